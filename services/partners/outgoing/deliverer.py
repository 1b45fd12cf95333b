"""The one active deliverer of the house brings the feed to every endpoint; `work` runs it as a thread.

Endpoints are worked on side by side, each by one thread at a time and in order. Those that fail or dawdle are worked
on in a lane of their own, so that they never hold a thread that a healthy one needs; a failing one rests between tries.
A lease keeps two deliverers apart, and whoever slept through its end writes nothing: a position is moved only from
where it was read.
"""

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.partners.model import organisation as organisations
from services.partners.model import schedule
from services.partners.outgoing import ending, measures, posting
from services.partners.outgoing.round import Outcome, Round
from services.partners.outgoing.window import Window
from services.partners.store.deliveries import Deliveries
from services.partners.store.feed import Feed
from services.partners.store.notices import Notices
from services.partners.store.organisations import Organisations
from services.partners.store.subscriptions import Subscriptions
from shared import clock, metrics
from shared.documents.leases import Lease
from shared.documents.mongo import Database, Document, Tx
from shared.documents.steady import keep_on, through
from shared.logs import broke
from shared.sealing import Seal

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=6)
HEALTHY_THREADS, SLOW_THREADS = 24, 12
LOOK_EVERY_SECONDS, IDLE_SECONDS = 0.05, 0.5
KNOWN_FOR_SECONDS = 0.5
"""Subscriptions, partners and what is due are read again this often; a pause takes effect so soon."""

FINISH_SECONDS, CLOSE_SECONDS = 3.0, 9.0
"""A process that ends waits so long for answers, and so long in all: less than its supervisor waits for it."""

WRITTEN_AFTER_SECONDS, WRITTEN_AFTER_POSITIONS = 5.0, 500
"""Passing over what is for others is written down now and then only: to pass over it again costs nothing."""


@dataclass(slots=True)
class _Place:
    """Where one subscription stands in this process; `written` is the position that the database knows."""

    standing: Document
    written: int
    asked: int
    written_at: float
    due_at: float = 0.0
    busy: bool = False
    slow: bool = False


class Deliverer:
    """Runs until told to stop."""

    def __init__(self, database: Database, *, seal: Seal, development: bool, mailing: bool) -> None:
        self._database = database
        self._feed = Feed(database)
        self._organisations = Organisations(database)
        self._subscriptions = Subscriptions(database)
        self._deliveries = Deliveries(database)
        self._ending = ending.Ending(database, self._subscriptions, Notices(database), mailing=mailing)
        self._seal = seal
        self._development = development
        self._lease = Lease(database, "deliveries", LEASE)
        self._window = Window(self._feed)
        self._lock = threading.Lock()
        self._places: dict[str, _Place] = {}
        self._active: list[Document] = []
        self._partners: dict[str, Document] = {}
        self._known_at = -KNOWN_FOR_SECONDS
        self._healthy = ThreadPoolExecutor(HEALTHY_THREADS, thread_name_prefix="delivery")
        self._slow = ThreadPoolExecutor(SLOW_THREADS, thread_name_prefix="delivery slow")

    def run(self, stopping: threading.Event) -> None:
        """Deliver until `stopping`; rounds in hand are finished.

        Raises:
            OutOfPatience: the database was away for too long.
        """
        parked = metrics.Counted(lambda: {"all": self._feed.waiting()})
        measures.PARKED.set_function(lambda: parked.of("all"))
        try:
            keep_on("Deliveries", self._step, stopping)
        finally:
            self.close()

    def _step(self) -> float:
        looked = False
        try:
            found = self.step()
            looked = True
            return LOOK_EVERY_SECONDS if found else IDLE_SECONDS
        finally:
            if not looked:
                measures.unknown()

    def step(self) -> bool:
        """Begin a round for every endpoint that has something to get and may get it. False: nobody subscribes."""
        if not self._lease.hold():
            with self._lock:
                self._places = {id: place for id, place in self._places.items() if place.busy}
            measures.unknown()
            return False
        self._know()
        if not self._active:
            measures.BEHIND.set(0)
            measures.FAILING.set(0)
            return False
        ends = self._feed.ends()
        now, today, behind = clock.now(), clock.today().isoformat(), 0
        for subscription in self._active:
            place = self._places.get(subscription["_id"])
            if place is None:
                continue  # another process has moved it meanwhile; it is read again in a moment
            organisation = self._partners.get(subscription["organisation_id"])
            behind = max(behind, ends.newest - place.standing["position"])
            if place.busy or organisation is None or not organisations.live(organisation, today):
                continue
            rest = place.standing["rest_until"]
            if rest is not None and rest > now:
                continue
            due = self._due(subscription["_id"], place, now)
            if due or place.standing["position"] < ends.newest:
                # What the feed has dropped meanwhile cannot be sent any more.
                place.standing["position"] = max(place.standing["position"], ends.oldest - 1)
                self._begin(organisation, subscription, place, due, ends.newest)
        measures.BEHIND.set(behind)
        measures.FAILING.set(sum(1 for place in self._places.values() if place.standing["failures"]))
        return True

    def settled(self) -> bool:
        """Whether no round is running, for tests."""
        with self._lock:
            return not any(place.busy for place in self._places.values())

    def close(self) -> None:
        """Finish what is in hand and give the lease back; an endpoint that dawdles is not waited for."""
        for lane in (self._healthy, self._slow):
            lane.shutdown(wait=False, cancel_futures=True)
        began = clock.monotonic()
        while not self.settled() and clock.monotonic() - began < CLOSE_SECONDS:
            if clock.monotonic() - began > FINISH_SECONDS:
                posting.cut_all()  # its try counts as one that took too long, and is made again
            time.sleep(LOOK_EVERY_SECONDS)
        through(self._lease.release)

    def _know(self) -> None:
        """Read again who subscribes, where those stand that are new here, and what is due."""
        if clock.monotonic() - self._known_at < KNOWN_FOR_SECONDS:
            return
        self._active = self._subscriptions.active()
        self._partners = self._organisations.everyone() if self._active else {}
        ids = [one["_id"] for one in self._active]
        standings = self._subscriptions.standings(ids)
        with self._lock:
            for id in ids:
                place = self._places.get(id)
                kept = standings.get(id) or self._subscriptions.standing(id)
                if place is None or (not place.busy and kept["asked"] != place.asked):
                    # New here, or somebody mended the endpoint, or asked for something again.
                    standing = {**kept, "waiting": True}
                    self._places[id] = _Place(standing, kept["position"], kept["asked"], clock.monotonic())
            self._places = {id: place for id, place in self._places.items() if place.busy or id in ids}
        self._known_at = clock.monotonic()

    def _due(self, id: str, place: _Place, now: datetime) -> list[Document]:
        """What is to be tried again; asked only where there may be something, and not at every look."""
        if not place.standing["waiting"] or clock.monotonic() < place.due_at:
            return []
        place.due_at = clock.monotonic() + KNOWN_FOR_SECONDS
        due = self._deliveries.due(id, now)
        if not due and not self._deliveries.any_waiting(id):
            place.standing["waiting"] = False
        return due

    def _begin(
        self, organisation: Document, subscription: Document, place: _Place, due: list[Document], newest: int
    ) -> None:
        place.busy = True
        suspect = place.slow or place.standing["failures"] > 0
        lane = self._slow if suspect else self._healthy
        future = lane.submit(self._work, organisation, subscription["_id"], place, due, newest)
        future.add_done_callback(lambda done: self._over(done, place))

    def _work(self, organisation: Document, id: str, place: _Place, due: list[Document], newest: int) -> None:
        # Read once more: its secret may have been changed a moment ago, or it was paused.
        subscription = self._subscriptions.rows.load(id)
        if subscription is None or subscription["status"] != "ACTIVE":
            return
        work = Round(
            feed=self._feed,
            deliveries=self._deliveries,
            seal=self._seal,
            development=self._development,
            organisation=organisation,
            subscription=subscription,
            standing=place.standing,
            entries=self._window.between,
        )
        out = work.run(due, newest)
        if not self._worth_writing(out, place):
            place.standing |= {"position": out.standing["position"]}
            return
        now = clock.now()
        ends = out.gone or schedule.given_up(out.standing["failing_since"], out.standing["failures"], now)

        def keep(tx: Tx) -> bool:
            if not self._subscriptions.move(tx, id, place.written, out.standing):
                return False
            self._deliveries.keep(tx, out.fresh, out.changed)
            if out.back_since is not None:
                self._deliveries.after_outage(tx, id, out.back_since, now)
            if ends:
                self._ending.disable(tx, id, "GONE" if out.gone else "FAILING")
            return True

        if self._database.run(keep):
            place.standing |= out.standing
            place.written, place.written_at, place.slow = out.standing["position"], clock.monotonic(), out.slow
        else:
            log.warning("Another deliverer has taken over", extra={"subscription": id})
            with self._lock:
                self._places.pop(id, None)

    def _worth_writing(self, out: Outcome, place: _Place) -> bool:
        moved = out.standing["position"] - place.written
        late = clock.monotonic() - place.written_at > WRITTEN_AFTER_SECONDS
        return bool(out.fresh or out.changed) or moved >= WRITTEN_AFTER_POSITIONS or (moved > 0 and late)

    def _over(self, done: "Future[None]", place: _Place) -> None:
        error = None if done.cancelled() else done.exception()
        if error is not None:
            broke(log, "A round of deliveries broke off and is done again", error)
            # Nothing was written; a moment's rest, and the same again.
            place.standing["rest_until"] = clock.now() + schedule.SHORTEST_REST
        with self._lock:
            place.busy = False
