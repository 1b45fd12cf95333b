"""The three kinds of organisations that the province keeps: where each is kept, its form, and its words."""

from dataclasses import dataclass
from typing import Any

from services.console.frame import placement, t, training
from services.console.frame.ask import House
from services.console.pages.lembaga.isian import Company, Organisation, Partner, Provider
from shared import clock

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """``path``: of its collection in the house. ``code``: the field by which people name one. ``keys``: it has some."""

    house: House
    path: str
    form: type[Organisation]
    code: str
    plural: tuple[str, str]
    singular: tuple[str, str]
    new: tuple[str, str]
    keys: bool


KINDS: dict[str, Kind] = {
    "pelatihan": Kind(
        training,
        "/v1/providers",
        Provider,
        "code",
        ("Lembaga pelatihan", "Training providers"),
        ("Lembaga pelatihan", "Training provider"),
        ("Catat lembaga pelatihan baru", "Enter a new training provider"),
        keys=True,
    ),
    "perusahaan": Kind(
        placement,
        "/v1/companies",
        Company,
        "sip3mi",
        ("Perusahaan penempatan", "Placement companies"),
        ("Perusahaan penempatan", "Placement company"),
        ("Catat perusahaan penempatan baru", "Enter a new placement company"),
        keys=True,
    ),
    "mitra": Kind(
        placement,
        "/v1/foreign-partners",
        Partner,
        "code",
        ("Mitra di luar negeri", "Partners abroad"),
        ("Mitra di luar negeri", "Partner abroad"),
        ("Catat mitra baru di luar negeri", "Enter a new partner abroad"),
        keys=False,
    ),
}
"""By the word in the address. Partners abroad write nothing here, so they have no keys."""

ADDRESS = "any(pelatihan,perusahaan,mitra):jenis"
RIGHTS = ("providers:write", "companies:write")

_STATUSES = {
    "ACTIVE": ("ok", "berlaku", "valid"),
    "SUSPENDED": ("warn", "dibekukan", "suspended"),
    "REVOKED": ("stop", "dicabut", "revoked"),
}


def standing(name: str, one: Body) -> tuple[str, str]:
    """Tone and words of how an organisation stands today."""
    if name == "mitra":
        return (
            ("stop", t("di daftar bermasalah", "listed as a problem"))
            if one["listed"]
            else ("ok", t("tidak di daftar bermasalah", "not listed as a problem"))
        )
    if name == "perusahaan":
        if one.get("concerns"):
            return "stop", t("ditahan karena laporan", "held back by a concern")
        if one["status"] == "ACTIVE" and _over(one["valid_until"]):
            return "stop", t("izinnya habis", "its licence ran out")
        tone, *words = _STATUSES[one["status"]]
        return tone, t(words[0], words[1])
    if not one["active"]:
        return "unknown", t("tidak aktif", "not active")
    licence = one.get("licence")
    if licence is None:
        return "unknown", t("izin belum dicatat", "no licence on record")
    if _over(licence["until"]):
        return "stop", t("izinnya habis", "its licence ran out")
    return "ok", t("aktif", "active")


def until(name: str, one: Body) -> str | None:
    """The last day of its licence, or of its listing."""
    part = {
        "pelatihan": one.get("licence"),
        "perusahaan": {"until": one.get("valid_until")},
        "mitra": one.get("listing"),
    }
    found: str | None = (part[name] or {}).get("until")
    return found


def _over(last: str | None) -> bool:
    return last is not None and last < clock.today().isoformat()
