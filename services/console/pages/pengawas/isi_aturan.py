"""What a law says in its fields, as a supervisor reads it: `applies.employer_type` is `berlaku bagi: pemberi kerja`."""

from collections.abc import Mapping
from typing import Any

from services.console.frame import country, money, occupation, regency, t
from services.console.frame.conditions import asked
from services.console.frame.words import exact
from services.console.pages.lowongan_kami.biaya import PAYERS
from services.console.pages.lowongan_kami.isian import CHANNELS, EMPLOYERS, SCHEMES
from shared.codes import regencies
from shared.codes.offers import COST_ITEMS, VISA_TYPES

PARTS = {
    "applies": ("berlaku bagi", "applies to"),
    "channel": ("kanal", "channel"),
    "countries": ("negara", "countries"),
    "country": ("negara", "country"),
    "currency": ("mata uang", "currency"),
    "employer_type": ("pemberi kerja", "employer"),
    "forbidden_payers": ("yang tidak boleh membayar", "who may not pay"),
    "home_regency_prefix": ("asal calon", "home of the person"),
    "hours": ("jam pelatihan", "hours of training"),
    "hours_per_day": ("jam kerja sehari", "working hours a day"),
    "hours_per_week": ("jam kerja seminggu", "working hours a week"),
    "household_income": ("penghasilan majikan sebulan", "income of the household a month"),
    "household_size": ("penghuni rumah", "people in the household"),
    "idr": ("dalam rupiah", "in rupiah"),
    "isco08": ("jabatan", "occupations"),
    "items": ("biaya", "costs"),
    "min_age": ("umur terendah", "lowest age"),
    "order": ("syarat lowongan", "asked of the order"),
    "person": ("syarat calon", "asked of the person"),
    "reading": ("cara membaca", "reading"),
    "rest_per_day": ("jam istirahat sehari", "hours of rest a day"),
    "rest_per_week": ("jam istirahat seminggu", "hours of rest a week"),
    "scheme": ("jalur penempatan", "scheme"),
    "schemes": ("jalur penempatan", "schemes"),
    "term_months": ("lama kontrak (bulan)", "term (months)"),
    "visa_type": ("jenis visa", "kind of visa"),
    "wage": ("upah", "wage"),
}
"""Every member of a law of any kind, and every field of an order that a law may ask for."""

_OPS = {
    "in": ("salah satu dari {v}", "one of {v}"),
    "min": ("paling sedikit {v}", "at least {v}"),
    "max": ("paling banyak {v}", "at most {v}"),
}
_VALUES = {
    "NARROW": ("sempit: hanya jabatan yang disebut", "narrow: the named occupations only"),
    "WIDE": ("luas: semua jabatan", "wide: all occupations"),
    **CHANNELS,
    **COST_ITEMS,
    **EMPLOYERS,
    **PAYERS,
    **SCHEMES,
    **VISA_TYPES,
}


def lines(content: Mapping[str, Any], name: str = "") -> list[tuple[str, str]]:
    """One line for each member that says something: (`berlaku bagi: negara`, `Malaysia, Singapura`).

    ``name``: what the line of a member begins with. What a law leaves open is not told.
    """
    found: list[tuple[str, str]] = []
    for part, value in content.items():
        label = f"{name}: {_part(part)}" if name else _part(part)
        if value is None or value == []:
            continue
        if part == "person":
            found += [(f"{label} {at}", said) for at, said in enumerate(asked(value), 1)]
        elif part == "order":
            found += [(f"{label}: {_part(rule['field'])}", _compared(rule)) for rule in value]
        elif isinstance(value, Mapping):
            found += lines(value, label)
        else:
            values = value if isinstance(value, list) else [value]
            found.append((label, ", ".join(_value(one, part) for one in values)))
    return found


def _compared(rule: Mapping[str, Any]) -> str:
    """`paling sedikit RM 1.700`, `salah satu dari visa kerja, visa magang`."""
    value = rule["value"]
    said = ", ".join(_value(one, rule["field"]) for one in value) if isinstance(value, list) else _amount(value)
    return t(*_OPS[rule["op"]], v=said)


def _amount(value: Any) -> str:
    return money(value) if isinstance(value, Mapping) else exact(value)


def _part(key: str) -> str:
    return t(*PARTS[key]) if key in PARTS else key.replace("_", " ")


def _value(value: Any, part: str) -> str:
    text = str(value)
    if part in ("countries", "country"):
        return country(text)
    if part == "isco08":
        return occupation(text)
    if part == "home_regency_prefix":
        return "NTT" if text == regencies.NTT else regency(text)
    if isinstance(value, int | float):
        return exact(value)
    return t(*_VALUES[text]) if text in _VALUES else text.replace("_", " ")
