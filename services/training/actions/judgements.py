"""What the law said of an enrolment: a seat lapses when its course cannot admit the person; steps ask here first."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.training import says
from services.training.actions import batches, courses, seats
from services.training.actions.house import House
from services.training.store import BATCHES, COURSES, PEOPLE
from shared import clock
from shared.documents.mongo import Document, Tx
from shared.events.envelope import Event
from shared.judgements import AgainstTheLaw, NotJudgedYet, NotKnownToBeLawful, hidden, told

ENROLMENT = "ENROLMENT"
NEED_ADMISSION = ("SELECTED", "ENROLLED")
"""Steps that need a lawful judgement."""
JUDGED = ("APPLIED", "SELECTED", "ENROLLED")
"""States in which matching judges an enrolment."""


def heard(tx: Tx, house: House, event: Event) -> None:
    """A judgement arrived: a seat that is held for somebody whom the course cannot admit is free again at once.

    Who sits in a course that has begun stays there: the first day decided. It decided only of whoever was admitted for
    that very day; a batch that is moved is judged anew. What was judged of another record, before two became one, of an
    older state of the person, or for a day on which the batch no longer begins, takes no seat from anybody.
    """
    if event.data is None or event.data["outcome"] not in ("LAWFUL", "UNLAWFUL"):
        return
    for enrolment in house.store.some_enrolments([event.key], tx):
        if event.data["outcome"] == "LAWFUL":
            _admit_anew(tx, house, enrolment, event.data)
            continue
        if event.data.get("candidate_id") not in (None, enrolment["candidate_id"]):
            continue
        batch = batches.load(house, enrolment["batch_id"], tx)
        person = house.store.person(enrolment["candidate_id"], tx)
        if not _is_new_enough(event.data, person, courses.load(house, enrolment["course_id"], tx), batch):
            continue  # a seat that is gone does not come back: what is heard next decides
        begun = batch["starts"] <= clock.today().isoformat() and admitted(enrolment, batch)
        if enrolment["state"] in ("APPLIED", "SELECTED") or (enrolment["state"] == "ENROLLED" and not begun):
            if batch["status"] != "CANCELLED" and batch["taken"] > 0:
                seats.move(tx, house, batch, -1)
            seats.let_go(tx, house, enrolment, "NOT_ADMITTED")


def admitted(enrolment: Document, batch: Document) -> bool:
    """Was the person let in for the first day that the batch has now? (What is from before this was kept counts.)"""
    return enrolment.get("admitted_for") in (None, batch["starts"])


def _admit_anew(tx: Tx, house: House, enrolment: Document, judgement: Document) -> None:
    """Somebody who was let in is lawful for the new first day of a batch that was moved, too."""
    day = enrolment.get("admitted_for")
    if day in (None, judgement["day"]) or enrolment["state"] not in NEED_ADMISSION:
        return
    batch = batches.load(house, enrolment["batch_id"], tx)
    person = house.store.person(enrolment["candidate_id"], tx)
    if _is_current(judgement, enrolment, person, courses.load(house, enrolment["course_id"], tx), batch):
        again = enrolment | {"admitted_for": batch["starts"]}
        house.store.enrolments.change(tx, again, type=says.ENROLMENT_ANNOUNCED)


def need_admission(tx: Tx, house: House, enrolment: Document, *, to_provider: bool) -> None:
    """Stop unless the course admits the person on the first day of the batch. ``to_provider``: a provider asks, which
    is not told of somebody's health or past.

    Raises:
        NotJudgedYet: what was judged is older than what was heard of the person, or than the course and its dates.
        AgainstTheLaw, NotKnownToBeLawful: with the rules, their basis and the way out.
    """
    judgement = house.store.judgement(enrolment["_id"], tx)
    person = house.store.person(enrolment["candidate_id"], tx)
    course = courses.load(house, enrolment["course_id"], tx)
    batch = batches.load(house, enrolment["batch_id"], tx)
    if judgement is None or not _is_current(judgement, enrolment, person, course, batch):
        raise NotJudgedYet()
    for status, problem in (("NOT_MET", AgainstTheLaw), ("UNKNOWN", NotKnownToBeLawful)):
        if rules := [rule for rule in judgement["rules"] if rule["status"] == status]:
            raise problem.of(rules, to_others=to_provider)


def waiting(house: House) -> dict[str, int]:
    """How many enrolments that are under way have no judgement, or one older than what this house has heard."""
    shown = with_judgements(house, house.store.enrolments_under_way(JUDGED))
    return {ENROLMENT: sum(1 for one in shown if not (one["judgement"] or {}).get("current"))}


def with_judgements(house: House, enrolments: Sequence[Document]) -> list[Document]:
    """The enrolments, each with its ``judgement`` as visitors see it (None = not judged yet)."""
    found = house.store.judgements_of(one["_id"] for one in enrolments)
    people = house.store.several(PEOPLE, (one["candidate_id"] for one in enrolments))
    offered = house.store.several(COURSES, (one["course_id"] for one in enrolments))
    planned = house.store.several(BATCHES, (one["batch_id"] for one in enrolments))

    def shown(one: Document) -> dict[str, Any] | None:
        judgement = found.get(one["_id"])
        if judgement is None or judgement.get("erased"):
            return None
        beside = people.get(one["candidate_id"]), offered[one["course_id"]], planned[one["batch_id"]]
        return {
            **{name: judgement[name] for name in ("outcome", "day", "versions", "judged_at")},
            "rules": [rule | {"overridden": False} for rule in told(judgement["rules"])],
            "current": _is_current(judgement, one, *beside),
        }

    return [one | {"judgement": shown(one)} for one in enrolments]


def for_provider(enrolment: Document) -> Document:
    """An enrolment of :func:`with_judgements` as its provider sees it: that something personal stands against it, and
    not what."""
    known = enrolment["judgement"]
    return {**enrolment, "judgement": known and {**known, "rules": hidden(known["rules"])}}


def _is_current(
    judgement: Document, enrolment: Document, person: Document | None, course: Document, batch: Document
) -> bool:
    """Of this person, no older than what this house heard of them, than the course, and for the first day of the batch.

    What was judged of another record, before two became one, is no judgement of the person who was kept; neither is one
    that does not say of whom it was made.
    """
    return (
        not judgement.get("erased")
        and judgement.get("candidate_id") == enrolment["candidate_id"]
        and _is_new_enough(judgement, person, course, batch)
    )


def _is_new_enough(judgement: Mapping[str, Any], person: Document | None, course: Document, batch: Document) -> bool:
    versions = judgement["versions"]
    return bool(
        judgement["day"] == batch["starts"]
        and (versions["candidate"] or 0) >= (person["version"] if person else 0)
        and (versions["course"] or 0) >= course["version"]
    )
