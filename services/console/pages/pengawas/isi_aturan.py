"""What a law says in its fields, as a supervisor reads it: `applies.employer_type` is `berlaku bagi: pemberi kerja`."""

from typing import Any

from services.console.frame import country, t
from services.console.pages.lowongan_kami.isian import EMPLOYERS, SCHEMES
from shared.codes.offers import COST_ITEMS, VISA_TYPES

_PARTS = {
    "all": ("semua dari", "all of"),
    "amount": ("jumlah", "amount"),
    "any": ("salah satu dari", "any of"),
    "applies": ("berlaku bagi", "applies to"),
    "certificate": ("sertifikat", "certificate"),
    "code": ("kode", "code"),
    "countries": ("negara", "countries"),
    "country": ("negara", "country"),
    "currency": ("mata uang", "currency"),
    "employer_type": ("pemberi kerja", "employer"),
    "field": ("isian", "field"),
    "forbidden_payers": ("yang tidak boleh membayar", "who may not pay"),
    "home_regency_prefix": ("asal, awal kode wilayah", "home, beginning of the area code"),
    "hours": ("jam pelatihan", "hours of training"),
    "idr": ("dalam rupiah", "in rupiah"),
    "is": ("harus", "must be"),
    "isco08": ("jabatan (ISCO-08)", "occupations (ISCO-08)"),
    "items": ("biaya", "costs"),
    "kind": ("jenis", "kind"),
    "language": ("bahasa", "language"),
    "level": ("ijazah", "diploma"),
    "max": ("paling banyak", "at most"),
    "min": ("paling sedikit", "at least"),
    "min_age": ("umur terendah", "lowest age"),
    "op": ("perbandingan", "comparison"),
    "order": ("syarat lowongan", "asked of the order"),
    "person": ("syarat calon", "asked of the person"),
    "reading": ("cara membaca", "reading"),
    "result": ("hasil", "result"),
    "scheme": ("skema", "scheme"),
    "schemes": ("jalur penempatan", "schemes"),
    "test": ("ujian", "test"),
    "value": ("nilai", "value"),
}
_VALUES = {
    "CANDIDATE": ("calon", "the person"),
    "F": ("perempuan", "women"),
    "M": ("laki-laki", "men"),
    "NARROW": ("sempit", "narrow"),
    "WIDE": ("luas", "wide"),
    "age": ("umur", "age"),
    "condition": ("syarat kesehatan", "a condition of health"),
    "education": ("ijazah", "diploma"),
    "in": ("salah satu dari", "one of"),
    "min": ("paling sedikit", "at least"),
    "max": ("paling banyak", "at most"),
    "sex": ("jenis kelamin", "sex"),
    "term_months": ("lama kontrak (bulan)", "term (months)"),
    "visa_type": ("jenis visa", "kind of visa"),
    "wage": ("upah", "wage"),
    **COST_ITEMS,
    **EMPLOYERS,
    **SCHEMES,
    **VISA_TYPES,
}
_OF_COUNTRIES = ("countries", "country")


def lines(content: Any, name: str = "", part: str = "") -> list[tuple[str, str]]:
    """One line for each field that says something: (`berlaku bagi: negara`, `Malaysia, Singapura`).

    ``part``: the field of the law that the value stands in; what it leaves open is not told.
    """
    if isinstance(content, dict):
        return [one for key, value in content.items() for one in lines(value, _below(name, _part(str(key))), str(key))]
    if isinstance(content, list) and any(isinstance(one, dict | list) for one in content):
        return [one for at, value in enumerate(content, 1) for one in lines(value, f"{name} {at}", part)]
    if content is None or content == []:
        return []
    values = content if isinstance(content, list) else [content]
    return [(name, ", ".join(_value(one, part) for one in values))]


def _below(name: str, part: str) -> str:
    return f"{name}: {part}" if name else part


def _part(key: str) -> str:
    return t(*_PARTS[key]) if key in _PARTS else key.replace("_", " ")


def _value(value: Any, part: str) -> str:
    if part in _OF_COUNTRIES:
        return country(str(value))
    text = str(value)
    return t(*_VALUES[text]) if text in _VALUES else text.replace("_", " ")
