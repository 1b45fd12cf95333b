"""A plan for everybody at once: made by one person, signed by another, and never more than a proposal."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.matching.actions.house import House
from services.matching.actions.moments import Moment
from services.matching.actions.planning import divided, known_still, made_of, people_of
from services.matching.matcher.plan import rendering
from services.matching.matcher.plan.gathering import gather
from services.matching.matcher.relaxation import NotSolved
from services.matching.problems import (
    FourEyes,
    NoSuchAllocation,
    PlanEnded,
    PlanMadeAlready,
    PlanNotMade,
    PlanNotReady,
    SignedAlready,
)
from services.matching.store.allocations import CANCELLED, MAKING, READY
from shared import ids
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller

MOST_AT_ONCE = 300
"""People of a plan that is made while somebody waits; a larger one is made by a job and watched."""
KIND = "make_plan"
MOST_SHOWN = 300
"""People that stand in a plan itself; all of them are pages of their own."""


def make(caller: Caller, house: House, asked: Mapping[str, Any]) -> Document:
    """A new edition, ready for a few people; for many it is begun, and a job makes it. `asked` is a loaded
    `AllocationAsked`.

    Raises:
        PlanNotMade: the solver found no plan; nothing is kept.
    """
    caller.need("policies:propose")
    moment, ranking = Moment.of(asked), house.rankings.current()
    wanted = {**asked, "as_of_date": moment.day.isoformat()}
    ids_of = [id for group in _first_groups(house, asked) for id in group]
    if len(ids_of) > MOST_AT_ONCE:
        editions, total = house.records.allocations, house.read_models.how_many_consent(asked.get("regency"))
        return _shown(house, editions.begin(ids.new(), caller.id, wanted, total, KIND))
    people = people_of(house.read_models, ids_of)
    with house.live_world.read() as (world, as_of):
        gathered = gather(people, world, ranking, day=moment.day, known_on=moment.known_on)
        try:
            sums, rows, _ = divided(gathered, world, ranking, asked, moment.day)
        except NotSolved as error:
            raise PlanNotMade() from error
        shown = {"as_of": made_of(as_of, moment, ranking.fingerprint), "closed_meanwhile": [], **sums}
    still = known_still(house.records)
    return _shown(house, house.records.allocations.keep(ids.new(), caller.id, wanted, shown, rows, still))


def _first_groups(house: House, asked: Mapping[str, Any]) -> Iterator[list[str]]:
    """Ids of people who are asked for, until they are more than one request takes."""
    seen = 0
    for group in house.read_models.consenting_groups(MOST_AT_ONCE + 1, asked.get("regency")):
        yield group
        seen += len(group)
        if seen > MOST_AT_ONCE:
            return


def show(caller: Caller, house: House, id: str) -> Document:
    """An edition exactly as it was made, without those who were erased since. Raises: NoSuchAllocation."""
    caller.need("policies:propose")
    return _shown(house, _load(house, id))


def people(caller: Caller, house: House, id: str, args: Mapping[str, Any]) -> Document:
    """`{items, next}`: what an edition says of each person, in order of their ids. Raises: NoSuchAllocation."""
    caller.need("policies:propose")
    if _load(house, id)["state"] != READY:
        return {"items": [], "next": None}
    return house.records.allocations.people(id, args)


def listed(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """`{items, next}` of the plans that were made, newest first, each in short: so a plan is found again."""
    caller.need("policies:propose")
    found = house.records.allocations.page(args)
    items = [{**_in_short(row), **{name: (row["shown"] or _NOT_YET)[name] for name in _SUMS}} for row in found["items"]]
    return {**found, "items": items}


def sign(caller: Caller, house: House, id: str) -> Document:
    """A second person stands for the proposal. Signing again changes nothing.

    Raises:
        NoSuchAllocation: there is no edition of this id.
        FourEyes: whoever made it never signs it.
        SignedAlready: somebody else was faster.
        PlanNotReady: it is being made.
        PlanEnded: it was cancelled, or could not be made.
    """
    caller.need("policies:propose")

    def work(tx: Tx) -> Document:
        edition = _load(house, id, tx)
        if edition["state"] != READY:
            raise PlanNotReady() if edition["state"] == MAKING else PlanEnded()
        if edition["made_by"] == caller.id:
            raise FourEyes(
                {
                    "id": "Usulan ini Anda sendiri yang membuat. Minta orang lain menandatanganinya.",
                    "en": "You made this proposal. Ask somebody else to sign it.",
                }
            )
        if edition["signed"] is None:
            return house.records.allocations.sign(tx, edition, caller.id)
        if edition["signed"]["by"] != caller.id:
            raise SignedAlready()
        return edition

    return _shown(house, house.database.run(work))


def cancel(caller: Caller, house: House, id: str) -> Document:
    """A plan that is being made is not made any more, and says who stopped it. Cancelling again changes nothing.

    Raises:
        NoSuchAllocation: there is no edition of this id.
        PlanMadeAlready: it is ready.
        PlanEnded: it could not be made.
    """
    caller.need("policies:propose")

    def work(tx: Tx) -> Document:
        edition = _load(house, id, tx)
        if edition["state"] == MAKING:
            return house.records.allocations.cancel(tx, edition, caller.id, KIND)
        if edition["state"] != CANCELLED:
            raise PlanMadeAlready() if edition["state"] == READY else PlanEnded()
        return edition

    cancelled = house.database.run(work)
    house.records.allocations.clear(id)
    return _shown(house, cancelled)


def _load(house: House, id: str, tx: Tx | None = None) -> Document:
    found = house.records.allocations.load(id, tx)
    if found is None:
        raise NoSuchAllocation()
    return found


def _shown(house: House, edition: Document) -> Document:
    """The edition with its first people, or with how far it is."""
    rows = house.records.allocations.people(edition["_id"], {"limit": MOST_SHOWN})
    people = {"people": rows["items"], "people_in_all": house.records.allocations.how_many(edition["_id"])}
    if edition["state"] != READY:
        people = {"people": [], "people_in_all": 0}
    return {**_in_short(edition), **(edition["shown"] or _NOT_YET), **people}


def _in_short(edition: Document) -> Document:
    own = ("version", "made_by", "made_at", "signed", "state", "failure", "progress")
    asked = {name: edition["asked"].get(name) for name in ("regency", "worst_off", "island")}
    told = {name: edition[name] for name in own}
    # An edition of before plans could be cancelled says nothing of it.
    return {"id": edition["_id"], **told, "cancelled": edition.get("cancelled"), "asked": asked}


_SUMS = ("as_of", *rendering.IN_SHORT)
_NOT_YET: Document = {
    **dict.fromkeys((*_SUMS, "notice", "floors_text", "weighed")),
    "proposal": True,
    "fates": {},
    **{name: [] for name in ("floors", "figures", "closed_meanwhile")},
}
"""Of a plan that is being made, or cannot be."""
