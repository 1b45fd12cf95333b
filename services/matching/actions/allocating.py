"""A plan for everybody at once: made by one person, signed by another, and never more than a proposal."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from services.matching.actions.eligibility import known
from services.matching.actions.house import House
from services.matching.actions.moments import Moment
from services.matching.live_world import AsOf
from services.matching.matcher.facts.people import Person
from services.matching.matcher.groups import groups_of
from services.matching.matcher.plan import rendering
from services.matching.matcher.plan.figures import compared, figures
from services.matching.matcher.plan.gathering import gather
from services.matching.matcher.plan.proposal import floors_for, lines, propose
from services.matching.problems import FourEyes, NoSuchAllocation, SignedAlready, TooManyPeople
from services.matching.store.records import Forgotten
from shared import ids
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller

MOST_PEOPLE = 300
"""In one plan. Each costs one answer, and whoever else asks this process waits meanwhile."""


def make(caller: Caller, house: House, asked: Mapping[str, Any]) -> Document:
    """A new edition. `asked` is a loaded `AllocationAsked`.

    Raises:
        TooManyPeople: more consented people are asked for than one plan takes.
    """
    caller.need("policies:propose")
    people = _people(house, asked)
    moment, ranking = Moment.of(asked), house.rankings.current()
    with house.catalogue.read() as (world, as_of):
        gathered = gather(people, world, ranking, day=moment.day, known_on=moment.known_on)

        def groups(person: Person) -> Mapping[str, str]:
            return groups_of(person, moment.day)

        floors = floors_for(gathered, groups, worst=asked["worst_off"], island=asked["island"])
        plan = propose(gathered, floors)
        # Nobody here knows who registered first, so the order of the ids stands for it: it is as good as drawn by lot.
        rules = compared(gathered, plan.option, np.arange(len(gathered.people)))
        rows = [rendering.person(line) for line in lines(gathered, plan, world, ranking)]
        shown = {
            "as_of": _made_of(as_of, moment, ranking.fingerprint),
            "asked": {name: asked.get(name) for name in ("regency", "worst_off", "island")},
            **rendering.sums(plan, figures(gathered, rules, groups)),
        }

    def still(tx: Tx, id: str) -> bool:
        try:
            house.records.still_known(tx, id)
        except Forgotten:
            return False
        return True

    return _shown(house.records.allocations.keep(ids.new(), caller.id, shown, rows, still))


def show(caller: Caller, house: House, id: str) -> Document:
    """An edition exactly as it was made, without those who were erased since. Raises: NoSuchAllocation."""
    caller.need("policies:propose")
    return _shown(_load(house, id))


def listed(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """`{items, next}` of the plans that were made, newest first, each in short: so a plan is found again."""
    caller.need("policies:propose")
    found = house.records.allocations.page(args)
    own, sums = ("version", "made_by", "made_at", "signed"), ("as_of", "asked", *rendering.IN_SHORT)
    items = [
        {"id": row["_id"], **{name: row[name] for name in own}, **{name: row["shown"][name] for name in sums}}
        for row in found["items"]
    ]
    return {**found, "items": items}


def sign(caller: Caller, house: House, id: str) -> Document:
    """A second person stands for the proposal. Signing again changes nothing.

    Raises:
        NoSuchAllocation: there is no edition of this id.
        FourEyes: whoever made it never signs it.
        SignedAlready: somebody else was faster.
    """
    caller.need("policies:propose")

    def work(tx: Tx) -> Document:
        edition = _load(house, id, tx)
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

    return _shown(house.database.run(work))


def _people(house: House, asked: Mapping[str, Any]) -> list[Person]:
    regency = asked.get("regency")
    rows = [row for row in house.read_models.people() if regency is None or row.get("home_regency") == regency]
    if len(rows) > MOST_PEOPLE:
        raise TooManyPeople(
            {
                "id": f"{len(rows)} orang; satu usulan paling banyak {MOST_PEOPLE}. Isi regency untuk satu kabupaten.",
                "en": f"{len(rows)} people; one plan takes at most {MOST_PEOPLE}. Give a regency to ask for fewer.",
            }
        )
    return [known(row, house.read_models.applications(row["_id"])) for row in rows]


def _load(house: House, id: str, tx: Tx | None = None) -> Document:
    found = house.records.allocations.load(id, tx)
    if found is None:
        raise NoSuchAllocation()
    return found


def _made_of(as_of: AsOf, moment: Moment, model: str) -> Document:
    return {
        "day": moment.day.isoformat(),
        "known_on": moment.known_on.isoformat() if moment.known_on else None,
        "courses": as_of.courses,
        "job_orders": as_of.job_orders,
        "policies": as_of.policies,
        "model": model,
        "generation": as_of.generation,
        "sequence": as_of.sequence,
    }


def _shown(edition: Document) -> Document:
    own = {name: edition[name] for name in ("version", "made_by", "made_at", "signed", "people")}
    return {"id": edition["_id"], **own, **edition["shown"]}
