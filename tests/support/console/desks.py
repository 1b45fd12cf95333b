"""What the pages behind the counter ask the registry: sheets of people, and a second record of one person."""

from typing import Any

from tests.support.console import people, providers
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ID
from tests.support.console.providers import OTHER, fault, text

Body = dict[str, Any]
HEADING, READ, WARNED = "Yuliana Taneo", "Yuliana Taneo, lahir 14 April 2002", "Desa tercatat Oelbubuk"
"""What a report of a sheet holds of people: a row without a heading, what was read, and what stood there before."""


def report(**changes: Any) -> Body:
    """A sheet of people that was tried: one row new, one changed, one refused, a column that nobody reads."""
    known = providers.report()
    unread = [{**known["unread"][0], "sheet": "Calon", "heading": HEADING}]
    sheets = [{**known["sheets"][0], "name": "Calon"}, known["sheets"][1]]
    warned = [fault("B6", text(WARNED, "The village is Oelbubuk."))]
    faults = [fault("G1", text(f'Kolom "{HEADING}" (G1) tidak dibaca.', f'Column "{HEADING}" (G1) is not read.'))]
    found = {"unread": unread, "sheets": sheets, "warnings": warned, "faults": faults}
    return {**known, "kind": "PEOPLE", **found, **changes}


def rows() -> list[Body]:
    new, changed, bad = providers.rows()
    village = {"field": "village", "label": text("Desa", "Village"), "from": text("–", "–"), "to": text(WARNED, WARNED)}
    return [
        {**new, "key": None, "target": None, "review_needed": None, "read": text(READ, READ)},
        {**changed, "key": None, "target": ID, "changes": [village], "warnings": report()["warnings"]},
        {**bad, "key": None, "target": None},
    ]


def tell(houses: FakeHouses) -> None:
    houses.says("registry", "GET /v1/imports", {"items": [report(), running()], "next": None})
    houses.says("registry", "GET /v1/imports/*", report())
    houses.says("registry", "GET /v1/imports/*/rows", {"items": rows(), "next": None})
    houses.says("registry", "GET /v1/imports/*.xlsx", b"PK workbook")
    houses.says("registry", f"GET /v1/candidates/{TWIN}", twin())
    houses.says("registry", f"GET /v1/candidates/{ID}/specific", specific())
    houses.says("registry", f"GET /v1/candidates/{ID}/risk-notes", {"items": [note()]})


TWIN, PHONE_OF_TWIN = BATCH, "+6281239109777"


def twin(**changes: Any) -> Body:
    """The same person, registered a second time with another spelling and without a NIK."""
    said = {"id": TWIN, "version": 7, "number": "LB-2026-000099", "full_name": "Dorotea Nggada", "nik_last4": None}
    return people.person(**{**said, "phone": PHONE_OF_TWIN, "consents": [], "consent": "NONE", **changes})


BANNED, LOAN, WORRY = "Malaysia, sampai 8 Des 2027", "7.654.321", "Pendampingnya tidak melepas tangannya"
"""What the parts that are kept apart show of the person."""


def specific(**changes: Any) -> Body:
    return {
        "candidate_id": ID,
        "version": people.person()["version"],
        "fitness": {"status": "FIT", "on": "2026-11-02"},
        "conditions": [
            {"code": "COLOUR_VISION", "met": False, "on": "2026-11-02"},
            {"code": "HEIGHT_158", "met": True, "on": None},
        ],
        "records": [{"kind": "ENTRY_BAN", "country": "MYS", "until": "2027-12-08", "years": None}],
        "loans": [{"lender": "SPONSOR", "amount": {"amount": 7654321, "currency": "IDR"}, "taken_on": None}],
        **changes,
    }


def note(**changes: Any) -> Body:
    at, by = people.person()["updated_at"], "dev:beni-petugas"
    said = {"text": WORRY, "severity": "WARN", "indicators": ["DEBT_BONDAGE", "ISOLATION"]}
    return {"id": OTHER, "at": at, "by": by, **said, **changes}


def running() -> Body:
    return report(id=OTHER, state="RUNNING", phase="JUDGING", done=1, counts={})
