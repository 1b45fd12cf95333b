"""A plan for many people, made by a job: gathered group by group, so that a run that was killed goes on where it stood.

Options that were gathered under another law, model or generation are gathered anew. What closed meanwhile leaves them,
and is named in the plan.
"""

import json
import logging
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from services.matching.actions.moments import Moment
from services.matching.actions.people import known
from services.matching.live_world import AsOf, LiveWorld
from services.matching.matcher.facts.people import Person
from services.matching.matcher.fairness_slices import slices_of
from services.matching.matcher.plan import rendering
from services.matching.matcher.plan.figures import compared, figures
from services.matching.matcher.plan.gathering import MOST_EACH, Gathered, Way, Ways, put_together
from services.matching.matcher.plan.proposal import SECONDS, floors_for, lines, propose
from services.matching.matcher.plan.still_open import StillOpen
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.values import OrderProspect
from services.matching.matcher.relaxation import NotSolved
from services.matching.matcher.world import World
from services.matching.rankings import Rankings
from services.matching.store.allocations import MAKING, MadeNoMore
from services.matching.store.read_models import ReadModels
from services.matching.store.records import Forgotten, Records
from shared.disclosure import K_ANONYMITY
from shared.documents.mongo import Document, Tx

log = logging.getLogger(__name__)

TOGETHER = 200
"""People in one group: what is lost when a run is killed."""
SECONDS_FOR_MANY = 120.0
"""Of each search for whole people, where nobody waits for the answer."""
AGAIN = 3
"""How often what closed meanwhile is left out and all is divided anew; more would mean a world without rest."""
NOT_SOLVED = "NOT_SOLVED"


@dataclass(frozen=True, slots=True)
class PlanRooms:
    """What a plan is made in; `world` is read by nobody else meanwhile."""

    read_models: ReadModels
    records: Records
    world: LiveWorld
    rankings: Rankings


@dataclass(frozen=True, slots=True)
class Made:
    """A plan as documents: its sums, and a row for each person."""

    shown: Document
    rows: list[Document]


def plan(rooms: PlanRooms, id: str) -> None:
    """Make the edition that was begun under this id; nothing happens where it is made or was cancelled already."""
    editions = rooms.records.allocations
    edition = editions.load(id)
    if edition is None or edition["state"] != MAKING:
        return
    try:
        made = _made(rooms, edition)
        editions.finish(id, made.shown, iter(made.rows), known_still(rooms.records))
    except NotSolved:
        editions.fail(id, NOT_SOLVED)
    except MadeNoMore:
        log.info("A plan is not made any more: it was cancelled", extra={"plan": id})


def known_still(records: Records) -> Callable[[Tx, str], bool]:
    """Whether a person is known when what is kept about them is written."""

    def still(tx: Tx, id: str) -> bool:
        try:
            records.still_known(tx, id)
        except Forgotten:
            return False
        return True

    return still


def divided(
    gathered: Gathered, world: World, ranking: Ranking, asked: Mapping[str, Any], day: date, seconds: float = SECONDS
) -> tuple[Document, list[Document], list[Way]]:
    """The best plan of these options: (its sums, a row for each person, what is given)."""

    def groups(person: Person) -> Mapping[str, str]:
        return slices_of(person, day)

    floors = floors_for(gathered, groups, worst=asked["worst_off"], island=asked["island"])
    best = propose(gathered, floors, seconds)
    # Nobody here knows who registered first, so the order of the ids stands for it: it is as good as drawn by lot.
    rules = compared(gathered, best.option, np.arange(len(gathered.people)))
    given = [gathered.ways[row] for row in best.option[best.option >= 0].tolist()]
    rows = [rendering.person(line) for line in lines(gathered, best, world, ranking, day)]
    fates = dict(sorted(Counter(str(row["fate"]) for row in rows).items()))
    cut = int((np.bincount(gathered.options.person) >= MOST_EACH).sum())
    told = None if 0 < cut < K_ANONYMITY else cut
    by_island = asked["island"] is not None
    sums = rendering.sums(best, figures(gathered, rules, groups), told, by_island=by_island)
    return {**sums, "fates": fates}, rows, given


def made_of(as_of: AsOf, moment: Moment, model: str) -> Document:
    """What a plan says it was made from."""
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


def _made(rooms: PlanRooms, edition: Document) -> Made:
    asked, moment = edition["asked"], Moment.of(edition["asked"])
    ranking = rooms.rankings.current()
    with rooms.world.read() as (world, as_of):
        people, ways = _gathered(rooms, edition, world, as_of, ranking)
    closed: set[str] = set()
    for attempt in range(1 + AGAIN):
        rooms.records.allocations.still_made(edition["_id"])
        with rooms.world.read() as (world, as_of):
            open_now = StillOpen(world, moment.day, moment.known_on)
            closed |= {gone for mine in ways for way in mine for gone in open_now.lacks(way)}
            ways = [[way for way in mine if not open_now.lacks(way)] for mine in ways]
            gathered = put_together(people, ways, world)
            sums, rows, given = divided(gathered, world, ranking, asked, moment.day, SECONDS_FOR_MANY)
        with rooms.world.read() as (world, newest):
            if (
                newest.sequence == as_of.sequence
                or attempt == AGAIN
                or not StillOpen(world, moment.day, moment.known_on).any_gone(given)
            ):
                break
    shown = {
        "as_of": made_of(as_of, moment, ranking.fingerprint),
        "closed_meanwhile": sorted(closed),
        **sums,
    }
    return Made(shown, rows)


class Gatherer:
    """The options of people for one edition, in one world: kept ones, where they were made from the same."""

    def __init__(self, rooms: PlanRooms, edition: Document, world: World, as_of: AsOf, ranking: Ranking) -> None:
        moment = Moment.of(edition["asked"])
        self._rooms, self._id = rooms, str(edition["_id"])
        self._still = known_still(rooms.records)
        self._ways = Ways(world, ranking, day=moment.day, known_on=moment.known_on)
        self._basis = {
            "model": ranking.fingerprint,
            "generation": as_of.generation,
            "policies": as_of.policies,
            "law": list(world.law.at(moment.day, moment.known_on).key),
        }

    def group(self, ids: Sequence[str]) -> tuple[list[Person], list[list[Way]]]:
        """Those of some people who consent, and what each could be given."""
        editions, people = self._rooms.records.allocations, people_of(self._rooms.read_models, ids)
        if not people:
            return [], []
        made_from = {**self._basis, "people": {one.id: [one.version, list(one.holds)] for one in people}}
        kept = editions.options(self._id, people[0].id)
        if kept is not None and kept["made_of"] == made_from:
            return people, _unpacked(kept["packed"])
        ways = self._ways.of(people)
        editions.keep_options(self._id, [one.id for one in people], made_from, _packed(ways), self._still)
        return people, ways


def gather_ahead(rooms: PlanRooms, id: str, ids: Sequence[str]) -> int:
    """Work out and keep the options of some people of an edition, for whoever makes it; how many people they are.

    Asked by any process of any machine that reaches the database."""
    edition = rooms.records.allocations.load(id)
    if edition is None or edition["state"] != MAKING:
        return 0
    ranking = rooms.rankings.current()
    with rooms.world.read() as (world, as_of):
        try:
            return len(Gatherer(rooms, edition, world, as_of, ranking).group(ids)[0])
        except MadeNoMore:
            return 0


def groups(rooms: PlanRooms, id: str) -> Iterator[list[str]]:
    """Everybody of whom an edition is to be made, in groups."""
    edition = rooms.records.allocations.load(id)
    if edition is not None and edition["state"] == MAKING:
        yield from rooms.read_models.consenting_groups(TOGETHER, edition["asked"].get("regency"))


def _gathered(
    rooms: PlanRooms, edition: Document, world: World, as_of: AsOf, ranking: Ranking
) -> tuple[list[Person], list[list[Way]]]:
    """Everybody who is asked for in order of id, and what each could be given."""
    id, gatherer = str(edition["_id"]), Gatherer(rooms, edition, world, as_of, ranking)
    total = rooms.read_models.how_many_consent(edition["asked"].get("regency"))
    everybody: list[Person] = []
    found: list[list[Way]] = []
    for ids in groups(rooms, id):
        people, ways = gatherer.group(ids)
        everybody += people
        found += ways
        rooms.records.allocations.progress(id, len(everybody), max(total, len(everybody)))
    return everybody, found


def people_of(read_models: ReadModels, ids: Sequence[str]) -> list[Person]:
    """These people as far as they consent, in order of id."""
    applications = read_models.applications_of(ids)
    rows = [row for row in read_models.some_people(ids) if row.get("consent") == "GIVEN" and not row.get("erased")]
    people = [known(row, applications.get(row["_id"], ())) for row in rows]
    return sorted((one for one in people if one.consented), key=lambda one: one.id)


def _packed(ways: Sequence[Sequence[Way]]) -> bytes:
    rows = [
        [
            [way.order, way.order_version, way.batch, way.ready_on.isoformat()]
            + [way.gap.steps, way.gap.days, way.gap.wage_idr, way.chance, way.worth]
            for way in mine
        ]
        for mine in ways
    ]
    return zlib.compress(json.dumps(rows).encode(), 1)


def _unpacked(packed: bytes) -> list[list[Way]]:
    return [
        [
            Way(order, batch, date.fromisoformat(on), OrderProspect(steps, days, wage), chance, worth, version)
            for order, version, batch, on, steps, days, wage, chance, worth in mine
        ]
        for mine in json.loads(zlib.decompress(packed))
    ]
