"""The judge at work: one at a time in the house, judging again within a moment whatever has changed, and at midnight.

Nothing it knows is lost with it: it starts by judging everything that is open and telling it anew. So a judge that was
killed leaves nothing unjudged for good, and while none is at work the houses that act wait.
"""

import threading
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from services.matching import says
from services.matching.judging.docket import OPEN_APPLICATIONS, OPEN_ENROLMENTS, Docket
from services.matching.judging.facts import Facts
from services.matching.judging.judgement import APPLICATION, says_the_same
from services.matching.live_world import AsOf, LiveWorld
from services.matching.matcher.world import World
from services.matching.store.judgements import APPLICATIONS, ENROLMENTS, EVERYTHING, PEOPLE, Judgements
from shared import clock, metrics
from shared.documents import loops
from shared.documents.leases import Lease
from shared.documents.mongo import Database, Document
from shared.waking import HEARD

LEASE = timedelta(seconds=6)
TOGETHER = 100
"""Judgements of one transaction. More would keep the first ones waiting, fewer would pay for the commit more often."""


class Judge:
    """`run` until told to stop; `step` does what is due now."""

    def __init__(self, database: Database, live_world: LiveWorld, facts: Facts) -> None:
        self._store = Judgements(database)
        self._live_world = live_world
        self._facts = facts
        self._lease = Lease(database, "judge", LEASE)
        self._docket: Docket | None = None
        self._told: dict[str, Document] = {}
        self._seen: tuple[AsOf, date] | None = None

    def run(self, stopping: threading.Event) -> None:
        """Judge until `stopping`.

        Raises:
            OutOfPatience: the database was away for too long.
        """
        try:
            loops.steps(self.step, stopping, name="The judge", after_trouble=self._forget, bell=HEARD)
        finally:
            # A database that is away then keeps the lease, which runs out by itself in a few seconds.
            self._lease.give_back()

    def step(self) -> int:
        """Take in what changed and judge what is due. Returns how much was taken in and told."""
        if not self._lease.hold():
            self._docket = None
            return 0
        noted = self._store.noted()
        if self._docket is None or any(row["collection"] == EVERYTHING for row in noted):
            self._docket, self._told, self._seen = self._load(), {}, None
        if noted:
            self._take_in(self._docket, noted)
        told = self._judge(self._docket, bool(noted))
        if noted:
            self._store.looked_at(noted)
        return len(noted) + told

    def _load(self) -> Docket:
        docket = Docket(self._facts)
        for row in self._store.open(APPLICATIONS, OPEN_APPLICATIONS):
            docket.put_application(row)
        for row in self._store.open(ENROLMENTS, OPEN_ENROLMENTS):
            docket.put_enrolment(row)
        for row in self._store.these(PEOPLE, docket.concerned()):
            docket.put_person(row)
        return docket

    def _take_in(self, docket: Docket, noted: Sequence[Document]) -> None:
        keys: dict[str, set[str]] = {}
        for row in noted:
            keys.setdefault(row["collection"], set()).add(row["key"])
        people = keys.get(PEOPLE, set())
        for collection, put in ((APPLICATIONS, docket.put_application), (ENROLMENTS, docket.put_enrolment)):
            rows = list(self._store.these(collection, keys.get(collection, ())))
            for row in rows:
                put(row)
            self._store.take_back([row["_id"] for row in rows if row.get("erased")])
        # Also of people who are already concerned: their rows were read before, and may have been older.
        unknown = docket.concerned() - docket.people.keys()
        for row in self._store.these(PEOPLE, (people & docket.concerned()) | unknown):
            docket.put_person(row)
        docket.forget_the_unconcerned()

    def _judge(self, docket: Docket, news: bool) -> int:
        with self._live_world.read() as (world, as_of):
            seen = (as_of, clock.today())
            if seen == self._seen and not news:
                return 0
            judged = (judgement.as_document() for judgement in docket.due(world, seen[1]))
            number = self._tell_what_is_news(judged)
            self._show_what_waits(docket, world)
        self._seen = seen
        return number

    def _tell_what_is_news(self, judged: Iterable[Document]) -> int:
        """Tell what is news, whatever turned first and while the rest is judged: somebody may be about to act on it.

        Returns how much was judged.
        """
        kind = says.JUDGED if self._told else says.JUDGEMENT_ANNOUNCED
        turned: list[Document] = []
        others: list[Document] = []
        number = 0
        for one in judged:
            number += 1
            if not self._is_told(one):
                (turned if self._turned(one) else others).append(one)
            if len(turned) == TOGETHER:
                self._tell(turned, kind)
                turned = []
        others.sort(key=lambda one: one["subject"] != APPLICATION)
        rest = [*turned, *others]
        for start in range(0, len(rest), TOGETHER):
            self._tell(rest[start : start + TOGETHER], kind)
        return number

    def _tell(self, piece: Sequence[Document], kind: str) -> None:
        self._lease.hold()
        self._store.tell(piece, type=kind)
        for one in piece:
            self._told[one["_id"]] = one
            metrics.JUDGED.labels(one["subject"], one["outcome"]).inc()

    def _is_told(self, judged: Document) -> bool:
        before = self._told.get(judged["_id"])
        return before is not None and says_the_same(judged, before)

    def _turned(self, judged: Document) -> bool:
        before = self._told.get(judged["_id"])
        return before is None or before["outcome"] != judged["outcome"]

    def _show_what_waits(self, docket: Docket, world: World) -> None:
        for subject, number in docket.waiting(world).items():
            metrics.WAITING_FOR_FACTS.labels(subject).set(number)

    def _forget(self) -> None:
        """What was told and what was not is no longer certain: everything is compared and told anew."""
        self._docket = None
