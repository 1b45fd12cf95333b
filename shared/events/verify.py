"""An operator asks whether the read model equals what the topics tell; nothing is changed.

The house goes on working meanwhile, so a document that was changed a moment ago may be told of and not known yet. Only
what differs in the same way for longer than that is a difference.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shared import clock
from shared.documents.mongo import Database
from shared.events import history
from shared.events.digest import Digest, digest, hash_of
from shared.events.envelope import Event
from shared.events.hearing import Hearing
from shared.events.history import Connect
from shared.events.projection import Projection

# While a listener that is behind catches up, the differences change. What stands still for so long is one, and nobody
# waits for ever.
STANDS_SECONDS, SETTLE_SECONDS = 5.0, 60.0
LOOK_EVERY_SECONDS = 1.0

# id -> hash of a living document.
_Hashes = dict[str, str]
# Topic and id.
_Place = tuple[str, str]
# Where it differs -> the hash of what is known; None where nothing is.
_Differences = dict[_Place, str | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the live read model equals what the topics tell; ``differing`` has ids by collection, empty left out.

    A document that was on its way to the listener meanwhile counts in neither digest.
    """

    live: list[Digest]
    rebuilt: list[Digest]
    differing: Mapping[str, list[str]]


class _Told:
    """What the log has told of one topic so far: the newest version of each key, and how it would be kept."""

    def __init__(self, projection: Projection) -> None:
        self._projection = projection
        self._versions: dict[str, int] = {}
        self.hashes: _Hashes = {}

    def take(self, events: Sequence[Event]) -> None:
        for event in events:
            if event.version < self._versions.get(event.key, 0):
                continue
            self._versions[event.key] = event.version
            if event.data is None or not self._projection.wants(event.data):
                self.hashes.pop(event.key, None)
            else:
                self.hashes[event.key] = hash_of(self._projection.document(event))


def verify(hearing: Hearing, connect: Connect) -> Verdict:
    """Compare the read model with what the topics tell.

    Raises:
        Interrupted: a rebuild of this house is running, or Kafka was away.
    """
    collections = {topic: one.collection for topic, one in hearing.projections.items()}
    told = {topic: _Told(one) for topic, one in hearing.projections.items()}
    live: dict[str, _Hashes] = {}

    def look() -> _Differences:
        live.update({topic: _hashes(hearing.database, collection) for topic, collection in collections.items()})
        # Read on after looking at what is known: then the log has told of all of it.
        read.read_to_the_end(lambda topic, events: told[topic].take(events))
        return _differences(live, told)

    with history.opened(hearing, connect) as read:
        standing, on_the_way = _settled(look)
    for topic, id in on_the_way:
        live[topic].pop(id, None)
        told[topic].hashes.pop(id, None)
    differing = {name: sorted(id for about, id in standing if about == topic) for topic, name in collections.items()}
    return Verdict(
        live=[digest(name, live[topic]) for topic, name in collections.items()],
        rebuilt=[digest(name, told[topic].hashes) for topic, name in collections.items()],
        differing={name: ids for name, ids in differing.items() if ids},
    )


def _settled(look: Callable[[], _Differences]) -> tuple[set[_Place], set[_Place]]:
    """Look until no difference stands, or one has stood for long enough; those that stand, and those that do not."""
    began = changed_at = clock.monotonic()
    before, stood = look(), None
    while before:
        time.sleep(LOOK_EVERY_SECONDS)
        differences, now = look(), clock.monotonic()
        # What differs only now is on its way; what differed a moment ago in the same way is not.
        standing = {place for place, known in differences.items() if (place, known) in before.items()}
        if standing != stood:
            stood, changed_at = standing, now
        before = differences
        if not standing or now - changed_at > STANDS_SECONDS or now - began > SETTLE_SECONDS:
            return standing, before.keys() - standing
    return set(), set()


def _hashes(database: Database, collection: str) -> _Hashes:
    return {doc["_id"]: hash_of(doc) for doc in database.collection(collection).find() if not doc.get("erased")}


def _differences(live: Mapping[str, _Hashes], told: Mapping[str, _Told]) -> _Differences:
    return {
        (topic, id): live[topic].get(id)
        for topic, one in told.items()
        for id in live[topic].keys() | one.hashes.keys()
        if live[topic].get(id) != one.hashes.get(id)
    }
