"""Words that the pages of a company share."""

from collections.abc import Mapping
from typing import Any

from services.console.frame import t

VERIFICATIONS = {
    "UNVERIFIED": ("unknown", "belum diverifikasi provinsi", "not verified by the province yet"),
    "VERIFIED": ("ok", "terverifikasi", "verified"),
    "REJECTED": ("stop", "ditolak", "rejected"),
}
STATUSES = {
    "OPEN": ("ok", "terbuka", "open"),
    "CLOSED": ("unknown", "ditutup", "closed"),
    "SUSPENDED": ("stop", "ditangguhkan", "suspended"),
}
FIELDS = {
    "title": ("judul", "title"),
    "country": ("negara", "country"),
    "scheme": ("jalur penempatan", "scheme"),
    "channel": ("kanal", "channel"),
    "visa_type": ("jenis visa", "kind of visa"),
    "isco08": ("jabatan", "occupation"),
    "title_scheme": ("skema sertifikat", "certificate scheme"),
    "wage": ("upah", "wage"),
    "term_months": ("lama kontrak", "term of the contract"),
    "working_hours": ("jam kerja", "working hours"),
    "costs": ("biaya", "costs"),
    "sip2mi": ("SIP2MI", "SIP2MI"),
    "closes_on": ("tanggal tutup", "closing day"),
    "opens_on": ("tanggal buka", "opening day"),
    "employer": ("pemberi kerja", "employer"),
    "company": ("perusahaan", "company"),
    "requirements": ("syarat", "requirements"),
    "verification": ("verifikasi", "verification"),
    "quota": ("kuota", "quota"),
}
TONES = {
    "APPLIED": "warn",
    "SELECTED": "info",
    "AGREED": "ok",
    "DEPARTED": "ok",
    "WITHDRAWN": "unknown",
    "REJECTED": "unknown",
    "STOPPED": "stop",
}


def of_code(table: Mapping[str, tuple[str, str, str]], code: str | None) -> tuple[str, str]:
    """Tone and words of a state."""
    tone, *text = table.get(code or "", ("unknown", code or "–", code or "–"))
    return tone, t(*text)


def field(rule: Mapping[str, Any]) -> str:
    """The field of the order that a rule is about, as people call it; empty where it is about none."""
    parts = [part for part in str(rule.get("field") or "").split("/") if part]
    known = [t(*FIELDS[part]) for part in parts if part in FIELDS]
    return known[0] if known else ""


def short(application: Mapping[str, Any]) -> str:
    """The end of its random number: enough to speak of it on the phone, and it says nothing of anybody."""
    return str(application["id"])[-6:].upper()
