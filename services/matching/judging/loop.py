"""The judge at work: one at a time in the house, judging again within a moment whatever has changed, and at midnight.

Nothing it knows is lost with it: it starts by comparing every judgement given with what stands now. So a judge that was
killed leaves nothing unjudged for good, and while none is at work the houses that act wait.
"""

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from services.matching.catalogue import AsOf, Catalogue
from services.matching.judging.docket import OPEN_APPLICATIONS, OPEN_ENROLMENTS, Docket
from services.matching.judging.judgement import Judgement, says_the_same
from services.matching.matcher.world import World
from services.matching.store.judgements import APPLICATIONS, ENROLMENTS, PEOPLE, Judgements
from shared import clock, metrics
from shared.documents import loops
from shared.documents.aggregates import Stale
from shared.documents.leases import Lease
from shared.documents.mongo import Database, Document

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=6)
TOGETHER = 200
"""Judgements of one transaction. More would keep the first ones waiting, fewer would pay for the commit more often."""


class Judge:
    """`run` until told to stop; `step` does what is due now."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._store = Judgements(database)
        self._catalogue = catalogue
        self._lease = Lease(database, "judge", LEASE)
        self._docket: Docket | None = None
        self._given: dict[str, Document] = {}
        self._seen: tuple[AsOf, date] | None = None

    def run(self, stopping: threading.Event) -> None:
        """Judge until `stopping`.

        Raises:
            OutOfPatience: the database was away for too long.
        """
        try:
            loops.steps(self.step, stopping, name="The judge", after_trouble=self._forget)
        finally:
            # A database that is away then keeps the lease, which runs out by itself in a few seconds.
            self._lease.give_back()

    def step(self) -> int:
        """Take in what changed and judge what is due. Returns how much was taken in and judged."""
        if not self._lease.hold():
            self._docket = None
            return 0
        if self._docket is None:
            self._docket = self._load()
        noted = self._store.noted()
        if noted:
            self._take_in(self._docket, noted)
        judged = self._judge(self._docket, bool(noted))
        if noted:
            self._store.looked_at(noted)
        return len(noted) + judged

    def _load(self) -> Docket:
        docket, self._seen = Docket(), None
        for row in self._store.open(APPLICATIONS, OPEN_APPLICATIONS):
            docket.put_application(row)
        for row in self._store.open(ENROLMENTS, OPEN_ENROLMENTS):
            docket.put_enrolment(row)
        for row in self._store.these(PEOPLE, docket.concerned()):
            docket.put_person(row)
        self._given = self._store.given({*docket.applications, *docket.enrolments})
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
            self._take_back([row["_id"] for row in rows if row.get("erased")])
        # Also of people who are already concerned: their rows were read before, and may have been older.
        unknown = docket.concerned() - docket.people.keys()
        for row in self._store.these(PEOPLE, (people & docket.concerned()) | unknown):
            docket.put_person(row)
        docket.forget_the_unconcerned()

    def _judge(self, docket: Docket, news: bool) -> int:
        with self._catalogue.read() as (world, as_of):
            seen = (as_of, clock.today())
            if seen == self._seen and not news:
                return 0
            judged = self._kept(docket, docket.due(world, seen[1]))
            self._show_what_waits(docket, world)
        self._seen = seen if self._docket is docket else None
        return judged

    def _kept(self, docket: Docket, due: Iterator[Judgement]) -> int:
        judged, piece = 0, []
        for judgement in due:
            document = judgement.as_document()
            before = self._given.get(judgement.id)
            if before is not None and before.get("erased"):
                continue
            if before is None or not says_the_same(document, before):
                piece.append((document, before))
            if len(piece) == TOGETHER:
                judged += self._keep(docket, piece)
                piece = []
        return judged + self._keep(docket, piece)

    def _keep(self, docket: Docket, piece: list[tuple[Document, Document | None]]) -> int:
        if not piece:
            return 0
        self._lease.hold()
        try:
            for document in self._store.keep(piece):
                self._given[document["_id"]] = document
                metrics.JUDGED.labels(document["subject"], document["outcome"]).inc()
        except Stale:
            log.warning("Another judge was at work; everything is compared again")
            self._docket = None
            return 0
        return len(piece)

    def _take_back(self, erased: Iterable[str]) -> None:
        for id in erased:
            self._given.pop(id, None)
            self._store.take_back(id)

    def _show_what_waits(self, docket: Docket, world: World) -> None:
        for subject, number in docket.waiting(world).items():
            metrics.WAITING_FOR_FACTS.labels(subject).set(number)

    def _forget(self) -> None:
        self._docket = None
