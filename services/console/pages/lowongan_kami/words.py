"""Words that the pages of a company share."""

from collections.abc import Mapping
from typing import Any

from services.console.frame import both, t
from services.console.frame.words import ground
from shared.codes.offers import COST_ITEMS

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


def findings(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the law says against an order, the same thing once: with its field, and with every law that says it.

    Of a cost the field names which one: `biaya: pelatihan`.
    """
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in (order.get("judgement") or {}).get("rules", ()):
        about = ": ".join(filter(None, (field(row), _item(order, row))))
        what_to_do = both(row.get("change") or row.get("next_action"))
        basis = ground(row["legal_basis"])
        key = (row["status"], both(row["text"]), about, what_to_do)
        one = found.setdefault(key, {"status": row["status"], "text": key[1], "about": about, "do": key[3], "laws": []})
        if basis not in one["laws"]:
            one["laws"].append(basis)
    return list(found.values())


def _item(order: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """The cost that a rule is about, where it is about one."""
    parts = str(row.get("field") or "").split("/")
    costs = order.get("costs") or []
    if "costs" not in parts or not parts[-1].isdigit() or int(parts[-1]) >= len(costs):
        return ""
    item = costs[int(parts[-1])]["item"]
    return t(*COST_ITEMS[item]) if item in COST_ITEMS else ""


def held(order: Mapping[str, Any]) -> str:
    """Why an order is suspended, as far as its company may know."""
    if order.get("status") != "SUSPENDED":
        return ""
    company = order.get("company") or {}
    if company.get("status") not in (None, "ACTIVE"):
        return t(
            "Izin perusahaan sedang tidak berlaku. Hubungi kementerian; lowongan terbuka lagi begitu izinnya berlaku.",
            "The licence of the company is not in force. Ask the ministry; the order opens again once it is.",
        )
    if order.get("stopped_by_law"):
        return t("Aturan menghentikannya: lihat temuan.", "The law stops it: see the findings.")
    return t(
        "Ada laporan yang dibenarkan. Hubungi peninjau provinsi.",
        "A report about it was confirmed. Ask the province's reviewer.",
    )


def short(application: Mapping[str, Any]) -> str:
    """The end of its random number: enough to speak of it on the phone, and it says nothing of anybody."""
    return str(application["id"])[-6:].upper()
