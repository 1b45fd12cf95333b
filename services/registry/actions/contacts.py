"""Whoever a person was sent to sees name, number and phone: with the person's consent to exactly that, and for no
longer than it is needed. Every look is in the person's trail.

Other houses only told which organisation a referral or an application belongs to. The name is read here, by the
organisation itself; it never travels.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from services.registry.actions.house import Document, House, who
from services.registry.problems import NoSuchContact, NotShared, OrganisationNotActive
from services.registry.store.candidates import APPLICATIONS
from services.registry.store.contacts import COURSES, ENROLMENTS, ORDERS
from services.registry.store.trail import Did
from shared import clock
from shared.http.callers import Caller
from shared.profiles import consents

KEPT_AFTER = timedelta(days=30)
"""After the end of a course or an application there are still results, certificates and papers to hand over."""

_SIDES = {
    "provider": (ENROLMENTS, "SHARING_PROVIDER", COURSES),
    "company": (APPLICATIONS, "SHARING_COMPANY", ORDERS),
}
"""Role of a caller: what joins people to its organisation, the consent that it needs, what says whether it may act."""


def show(caller: Caller, house: House, candidate_id: str) -> Document:
    """Name, number and phone of one person for the organisation that they were sent to.

    Raises:
        NoSuchContact: nobody of this id is, or was until lately, sent to this organisation.
        NotShared: somebody is, who does not allow that the organisation sees this.
        OrganisationNotActive: the province ended the organisation's work.
    """
    kept, purpose, organisation = _side(caller, house)
    rows = [row for row in house.contacts.between(kept, organisation, candidate_id) if not _over(row)]
    person = house.candidates.load(candidate_id) if rows else None
    if person is None or person.get("erased") or person.get("merged_into"):
        raise NoSuchContact()
    if consents.state(person["consents"], purpose) != "GIVEN":
        raise NotShared()
    house.trail.add(None, who(caller), Did.CONTACT_SHOWN, [candidate_id], about=rows[0]["_id"])
    return _contact(person, rows)


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """A page of everybody who was sent to the organisation and lets it see them; some pages may be short. `candidate`
    in `args`: only these people, all of them at once.

    Raises:
        OrganisationNotActive: as for one person.
    """
    kept, purpose, organisation = _side(caller, house)
    named: list[str] | None = args.get("candidate")
    found: Document = (
        {"items": house.contacts.among(kept, organisation, named), "next": None}
        if named
        else house.contacts.page(kept, organisation, args)
    )
    rows: dict[str, list[Document]] = {}
    for row in found["items"]:
        if not _over(row):
            rows.setdefault(row["candidate_id"], []).append(row)
    people = house.candidates.several(rows)
    shown = [
        _contact(person, rows[person["_id"]])
        for person in people
        if person.get("alive") and consents.state(person["consents"], purpose) == "GIVEN"
    ]
    house.trail.add(None, who(caller), Did.CONTACT_SHOWN, [one["id"] for one in shown])
    return {"items": shown, "next": found["next"]}


def _side(caller: Caller, house: House) -> tuple[str, str, str]:
    """What joins people to the caller's organisation, the purpose that it needs, and the organisation; it is active."""
    caller.need("enrolments:write", "job_orders:write")
    if caller.kind not in _SIDES or caller.organisation is None:
        raise NoSuchContact()
    kept, purpose, told_by = _SIDES[caller.kind]
    if not house.contacts.may_act(told_by, caller.organisation, clock.today().isoformat()):
        raise OrganisationNotActive()
    return kept, purpose, caller.organisation


def _until(row: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(row["ended_on"]) + KEPT_AFTER if row["ended_on"] else None


def _over(row: Mapping[str, Any]) -> bool:
    until = _until(row)
    return until is not None and clock.today() > until


def _contact(person: Document, rows: list[Document]) -> Document:
    ends = [_until(row) for row in rows]
    last = None if None in ends else max(end for end in ends if end is not None)
    return {
        "id": person["_id"],
        "number": person["number"],
        "full_name": person["full_name"],
        "phone": person["phone"],
        "because": [{"id": row["_id"], "state": row["state"]} for row in rows],
        "visible_until": last and last.isoformat(),
    }
