"""What an order or a law asks of a person, in words: each kind of condition of `shared/conditions`, in full.

Two conditions that differ read differently: a supervisor compares a law with the one before it by these words.
"""

from collections.abc import Callable, Mapping
from typing import Any

from services.console.frame.occupations import occupation
from services.console.frame.words import country, day, language, scheme, t
from shared.codes import asked as codes
from shared.codes import certificates, education, languages, study

Leaf = Mapping[str, Any]

_SEXES = {"F": ("perempuan", "women"), "M": ("laki-laki", "men")}
_HEIGHT = "HEIGHT_"
_RECORDS = {
    "DEPORTATION": ("belum pernah dideportasi", "never deported"),
    "OVERSTAY": ("belum pernah tinggal melebihi izin", "never overstayed"),
    "PRISON": ("belum pernah dihukum penjara", "never in prison"),
    "ENTRY_BAN": ("tidak dilarang masuk", "not barred from entering"),
    "STAY": ("belum pernah tinggal di sana", "never lived there"),
}


def asked(node: Any) -> list[str]:
    """The conditions of a tree, one by one; alternatives stand in one with `or` between them."""
    if not isinstance(node, Mapping):
        return []
    if "any" in node:
        ways = [t(" dan ", " and ").join(asked(one)) for one in node["any"]]
        return [t(" atau ", " or ").join(filter(None, dict.fromkeys(ways)))]
    if "all" in node:
        return [said for one in node["all"] for said in asked(one)]
    return [_OF_KIND[node["kind"]](node) if node.get("kind") in _OF_KIND else t("syarat lain", "another requirement")]


def _age(leaf: Leaf) -> str:
    low, high = leaf.get("min"), leaf.get("max")
    if low is None:
        return t("umur paling tinggi {b} tahun", "aged {b} at most", b=high)
    if high is None:
        return t("umur mulai {a} tahun", "aged {a} or more", a=low)
    return t("umur {a}–{b} tahun", "aged {a} to {b}", a=low, b=high)


def _birth_date(leaf: Leaf) -> str:
    return t("lahir {a} sampai {b}", "born from {a} to {b}", a=day(leaf["from"]), b=day(leaf["until"]))


def _education(leaf: Leaf) -> str:
    rung, studied = education.LADDER.get(leaf.get("level") or ""), leaf.get("fields") or ()
    parts = [
        t("ijazah {level}", "diploma: {level}", level=rung.name_en if language() == "en" else rung.name_id)
        if rung
        else "",
        t("sekolah {n} tahun", "{n} school years", n=leaf["years"]) if leaf.get("years") else "",
        t("bidang {f}", "in {f}", f=t(" atau ", " or ").join(map(_studied, studied))) if studied else "",
    ]
    return ", ".join(filter(None, parts))


def _language(leaf: Leaf) -> str:
    test, result = str(leaf["test"]).replace("_", " "), leaf["result"]
    name = t(*languages.LANGUAGES[leaf["language"]]) if leaf["language"] in languages.LANGUAGES else leaf["language"]
    known = t("lulus", "passed") if result == languages.PASS else result
    return t("bahasa {name}: {test} {result}", "{name}: {test} {result}", name=name, test=test, result=known)


def _certificate(leaf: Leaf) -> str:
    kind = leaf["certificate"]
    said = t(*certificates.KINDS[kind]) if kind in certificates.KINDS else kind
    return f"{said}: {scheme(leaf['scheme'])}" if leaf.get("scheme") else said


def _hours(leaf: Leaf) -> str:
    said = t("{n} jam pelatihan", "{n} training hours", n=leaf["hours"])
    return f"{said}, {occupation(leaf['isco08'])}" if leaf.get("isco08") else said


def _experience(leaf: Leaf) -> str:
    work = occupation(leaf["isco08"])
    return t("{n} bulan pengalaman kerja, {work}", "{n} months of work, {work}", n=leaf["months"], work=work)


def _condition(leaf: Leaf) -> str:
    code = str(leaf["code"])
    if code.startswith(_HEIGHT):
        return t("tinggi paling sedikit {n} cm", "at least {n} cm tall", n=code.removeprefix(_HEIGHT))
    return t(*codes.CONDITIONS[code]) if code in codes.CONDITIONS else code


def _no_record(leaf: Leaf) -> str:
    said = t(*_RECORDS[leaf["record"]]) if leaf["record"] in _RECORDS else leaf["record"]
    parts = [
        t("lebih dari {n} tahun", "longer than {n} years", n=leaf["years"]) if leaf.get("years") else "",
        country(leaf["country"]) if leaf.get("country") else "",
    ]
    beside = ", ".join(filter(None, parts))
    return f"{said} ({beside})" if beside else said


def _prior_programme(leaf: Leaf) -> str:
    code = leaf["programme"]
    programme = t(*codes.PROGRAMMES[code]) if code in codes.PROGRAMMES else code
    said = t("sudah menyelesaikan {p}", "finished: {p}", p=programme)
    return f"{said}, {_studied(leaf['field'])}" if leaf.get("field") else said


def _studied(written: str) -> str:
    code = study.one(written) or written  # what was stored before the list knew one code for each field
    return t(*study.FIELDS[code]) if code in study.FIELDS else code.replace("_", " ").lower()


_OF_KIND: Mapping[str, Callable[[Leaf], str]] = {
    "age": _age,
    "birth_date": _birth_date,
    "sex": lambda leaf: t(*_SEXES[leaf["is"]]),
    "education": _education,
    "language": _language,
    "certificate": _certificate,
    "driving_licence": lambda leaf: f"SIM {leaf['class']}",
    "hours": _hours,
    "experience": _experience,
    "condition": _condition,
    "no_record": _no_record,
    "prior_programme": _prior_programme,
    "ranked": lambda leaf: t(
        "nilai ujian {test} diperingkat", "ranked by {test}", test=str(leaf["test"]).replace("_", " ")
    ),
}
"""One for each kind of `shared.conditions.leaves.KINDS`; a kind without one fails a test."""
