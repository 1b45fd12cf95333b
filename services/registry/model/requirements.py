"""For the checklist on the candidate page: the papers and steps that the law asks for, as an officer records them.

Codes are the documents of UU 18/2017 art. 13 and the steps around them (art. 5; PP 59/2021; Perban 7/2022). Age and
competence are missing on purpose: they follow from the birth date and the certificates and are never set by hand.
"""

from dataclasses import dataclass
from typing import Any

from shared.codes import papers

Text = dict[str, str]


DERIVED = {
    "MIN_AGE_18": {
        "id": "Umur dihitung dari tanggal lahir. Perbaiki tanggal lahirnya bila keliru.",
        "en": "Age follows from the birth date. Correct the birth date if it is wrong.",
    },
    "COMPETENCE_CERTIFICATE": {
        "id": "Kompetensi dibaca dari sertifikat. Tambahkan sertifikat jenis COMPETENCE pada certificates.",
        "en": "Competence is read from certificates. Add a certificate of kind COMPETENCE to certificates.",
    },
}
"""Codes that a person may look for here, and where to record them instead."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that contradicts itself or the law: the field, a stable code, and what to do instead."""

    field: str
    code: str
    text: Text


def refusal(code: str, record: dict[str, Any], today: str) -> Refusal | None:
    """Why ``record`` (``{status, number, valid_until, note, village_head_ack}``) cannot stand, or None.

    Family consent counts only when the village head knows of it (UU 18/2017 art. 13 b).
    """
    until = record["valid_until"]
    if record["status"] == "MET" and until is not None and until < today:
        return Refusal(
            "valid_until",
            "already_expired",
            {
                "id": f"Masa berlaku sudah lewat ({until}). Pilih EXPIRED, atau isi tanggal dokumen yang baru.",
                "en": f"This ran out on {until}. Choose EXPIRED, or give the date of the new document.",
            },
        )
    if code == "FAMILY_CONSENT" and record["status"] == "MET" and record["village_head_ack"] is not True:
        return Refusal(
            "village_head_ack",
            "village_head_ack_missing",
            papers.VILLAGE_HEAD,
        )
    return None


def on_day(record: dict[str, Any], today: str) -> dict[str, Any]:
    """The record as it reads on ``today``: met until a day that is past is expired, whoever last looked at it."""
    until = record["valid_until"]
    if record["status"] == "MET" and until is not None and until < today:
        return {**record, "status": "EXPIRED"}
    return record
