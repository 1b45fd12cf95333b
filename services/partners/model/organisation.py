"""Whoever asks for events is an organisation: what it is, on which legal basis it hears, what of, until when."""

from collections.abc import Mapping, Sequence
from typing import Any

Document = Mapping[str, Any]

KINDS = {
    "MINISTRY": {"id": "Kementerian atau lembaga pusat", "en": "Ministry or national agency"},
    "PROVINCE": {"id": "Pemerintah Provinsi NTT", "en": "Province of NTT"},
    "TRANSIT_PROVINCE": {"id": "Provinsi perlintasan", "en": "Transit province"},
    "TASK_FORCE": {"id": "Gugus tugas pencegahan TPPO", "en": "Task force against trafficking"},
    "VILLAGE_TASK_FORCE": {"id": "Gugus tugas desa", "en": "Village task force"},
    "REPORTING_SYSTEM": {"id": "Sistem pelaporan", "en": "Reporting system"},
    "PROVIDER": {"id": "Lembaga pelatihan", "en": "Training provider"},
    "CITIZEN_APP": {"id": "Aplikasi warga", "en": "App for citizens"},
}
STATUSES = ("ACTIVE", "SUSPENDED")
LEVELS = ("MINIMAL", "REFERENCES")
"""How much a payload holds: ids, regency, sector and state; or the references (and, of what is public, the state)."""

KEY_SCOPES = ("subscriptions:write", "events:read")


def live(organisation: Document, today: str) -> bool:
    """Whether it hears anything on this day: not suspended, and the agreement has not ended (last day inclusive)."""
    until = organisation["valid_until"]
    return organisation["status"] == "ACTIVE" and (until is None or today <= until)


def covers(regions: Sequence[str], wanted: str | None) -> bool:
    """Whether codes of provinces and regencies hold this one; none at all means everywhere.

    A place that is not known (None: a person's regency) is held by no code, so only those of everywhere hear of it.
    """
    return not regions or (wanted is not None and any(wanted == one or wanted.startswith(f"{one}.") for one in regions))
