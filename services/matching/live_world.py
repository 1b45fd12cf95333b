"""Each web worker holds the world in memory here, and brings it up to date before every answer.

A request reads where the numbered changes stand, and applies what is missing. So any number of workers agree without
talking to each other, and a document that has just been written counts at once.
"""

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.world import World
from services.matching.store import changes, read_models
from services.matching.store.read_models import ReadModels
from shared import clock
from shared.documents.mongo import Database


@dataclass(frozen=True, slots=True)
class AsOf:
    """What an answer was made from: how many rebuilds, how many changes, and when the newest of them happened.

    `promotion`, `exposures`: what else `changes.news` says.
    """

    generation: int
    sequence: int
    courses: int
    job_orders: int
    policies: int
    heard_at: datetime | None
    promotion: int | None
    exposures: int


class LiveWorld:
    """The world of this process. `read` hands it out under a lock: nobody sees it half changed."""

    def __init__(self, database: Database, distances: Distances) -> None:
        self._database = database
        self._read_models = ReadModels(database)
        self._distances = distances
        self._lock = threading.RLock()
        self._world = World(distances)
        self._at: tuple[int, int] | None = None  # generation and sequence that the world stands at

    @contextmanager
    def read(self) -> Iterator[tuple[World, AsOf]]:
        """The world as of now. A search holds the interpreter anyway, so one at a time costs nothing."""
        with self._lock:
            yield self._world_now()

    def warm(self) -> None:
        """Load before the first visitor comes; `/readyz` calls this and is false until it has worked once."""
        with self.read():
            return

    def _world_now(self) -> tuple[World, AsOf]:
        news = changes.news(self._database)
        head = news.head
        generation = changes.generation_of(self._database) if news.generation is None else news.generation
        if self._at is None or self._at[0] != generation:
            self._load()
        elif self._at[1] != head.number:
            missing = changes.between(self._database, self._at[1], head.number)
            if missing is None:
                self._load()
            else:
                self._apply(changes.by_collection(missing))
        self._at = (generation, head.number)
        return self._world, AsOf(
            generation=generation,
            sequence=head.number,
            courses=head.of(read_models.COURSES, read_models.BATCHES),
            job_orders=head.of(read_models.ORDERS, read_models.QUOTAS),
            policies=head.of(read_models.POLICIES),
            heard_at=head.heard_at,
            promotion=news.promotion,
            exposures=news.exposures,
        )

    def _load(self) -> None:
        world = World(self._distances)
        for collection in read_models.CATALOGUE:
            put = _puts(world)[collection]
            for document in self._read_models.all(collection):
                put(document)
        world.order_index.under(world.law.at(clock.today()))  # the first visitor should not wait for today's law
        self._world = world
        settle()

    def _apply(self, keys: dict[str, set[str]]) -> None:
        for collection in read_models.CATALOGUE:
            put, drop = _puts(self._world)[collection], _drops(self._world)[collection]
            for document in self._read_models.some(collection, keys.get(collection, ())):
                if document.get("erased"):
                    drop(document["_id"])
                else:
                    put(document)


YOUNG = 20_000
"""New values between two looks at the young ones: an answer makes Python's usual 700 in a tenth of a millisecond, and
nearly all of them go by themselves."""


def settle() -> None:
    """Keep what is loaded out of every collection, which would look at each order again in the middle of a question."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])


def _puts(world: World) -> dict[str, Callable[[Any], None]]:
    return {
        read_models.POLICIES: world.put_policy,
        read_models.COURSES: world.put_course,
        read_models.BATCHES: world.put_batch,
        read_models.ORDERS: world.put_order,
        read_models.QUOTAS: world.put_quota,
    }


def _drops(world: World) -> dict[str, Callable[[str], None]]:
    return {
        read_models.POLICIES: world.drop_policy,
        read_models.COURSES: world.drop_course,
        read_models.BATCHES: world.drop_batch,
        read_models.ORDERS: world.drop_order,
        read_models.QUOTAS: world.drop_quota,
    }
