"""An operator makes the read model of a house agree with the topics again, while the house goes on working.

A rebuild reads every topic from its beginning to the ends noted at the start and mends, document by document and in one
transaction with what follows from it, whatever is missing, old or different; then it removes what no topic tells of.
The listener need not know of it: both write through the same guard of versions. So no document is ever missing while
this runs, a rebuild that is killed has done no harm, and the next one goes over everything again. Dropping a collection
first and rebuilding it is the same thing.

docs/decisions/0011-rebuild-in-place.md tells why there is no second generation beside the live one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pymongo.errors import BulkWriteError

from shared import clock
from shared.documents.mongo import Database, Tx
from shared.events import caught_up, generations, history
from shared.events.envelope import Event, source_of
from shared.events.hearing import Hearing
from shared.events.history import Connect, Interrupted
from shared.events.projection import Projection

# By topic: id -> version.
_Versions = dict[str, dict[str, int]]
_FIELDS = {"version": 1, "erased": 1}


@dataclass(frozen=True, slots=True)
class Mended:
    """What a rebuild did to one collection."""

    collection: str
    written: int
    removed: int


def mend(hearing: Hearing, connect: Connect, *, force: bool = False) -> list[Mended]:
    """Make the read model agree with the topics; returns what was done to each collection.

    Raises:
        Interrupted: another rebuild runs, Kafka was away, or (without ``force``) the topics tell of so little that this
            looks like a lost log rather than like the truth.
    """
    database, projections = hearing.database, hearing.projections
    written = dict.fromkeys(projections, 0)
    told: _Versions = {topic: {} for topic in projections}
    # Before the ends of the log are noted: then they tell of all of it.
    known = _known(database, projections)

    def take(topic: str, events: Sequence[Event]) -> None:
        keys = [event.key for event in events]
        new = known[topic].keys().isdisjoint(keys) and told[topic].keys().isdisjoint(keys)
        written[topic] += _written(database, projections[topic], events, new=new)
        for event in events:
            told[topic][event.key] = max(event.version, told[topic].get(event.key, 0))

    with history.opened(hearing, connect) as read:
        read.read_to_the_end(take)
        if any(_strays(known, told).values()):
            # Something is to be removed, so look at what is known now.
            known = _known(database, projections)
        # Read on after looking at what is known: then a document that is only new has been told of.
        read.read_to_the_end(take)
        strays = _strays(known, told)
        if not force:
            _refuse_a_loss(known, strays)
        _remove(database, projections, strays, told)
        if any(id in told[topic] for topic, gone in strays.items() for id in gone):
            # Some stood at a version that nobody told of; what was told of them is read once more.
            read.begin_again()
            read.read_to_the_end(take)
        caught_up.mark(database, read.partitions)
    database.run(lambda tx: _begin_next(tx, projections))
    return [Mended(one.collection, written[topic], len(strays[topic])) for topic, one in projections.items()]


def _written(database: Database, projection: Projection, events: Sequence[Event], *, new: bool) -> int:
    """How many documents were written in one transaction. ``new``: nobody knew any of them when the rebuild began."""
    try:
        return database.run(lambda tx: projection.apply(tx, events, mend=True, new=new))
    except BulkWriteError:
        if not new:
            raise
        # The listener was faster with one of them.
        return database.run(lambda tx: projection.apply(tx, events, mend=True))


def _begin_next(tx: Tx, projections: Mapping[str, Projection]) -> None:
    number = generations.begin_next(tx)
    for note in dict.fromkeys(one.rebuilt for one in projections.values() if one.rebuilt is not None):
        note(tx, number)


def _known(database: Database, projections: Mapping[str, Projection]) -> _Versions:
    """What is kept now; version 0 of what was erased, because no record need tell of a stub."""
    rows = {topic: database.collection(one.collection).find({}, _FIELDS) for topic, one in projections.items()}
    return {topic: {row["_id"]: 0 if row.get("erased") else row["version"] for row in rows[topic]} for topic in rows}


def _strays(known: _Versions, told: _Versions) -> _Versions:
    """Living documents that no record tells of, or not in so high a version."""
    return {
        topic: {id: version for id, version in versions.items() if version > told[topic].get(id, 0)}
        for topic, versions in known.items()
    }


def _refuse_a_loss(known: _Versions, strays: _Versions) -> None:
    for topic, gone in strays.items():
        living = sum(version > 0 for version in known[topic].values())
        if len(gone) > 1 and len(gone) * 2 > living:
            raise Interrupted(
                f"{topic} no longer tells of {len(gone)} of {living} documents that are known here. If its"
                " log was lost, run `announce` in the house that owns it first; if all this was really erased, add"
                " --force."
            )


def _remove(database: Database, projections: Mapping[str, Projection], strays: _Versions, told: _Versions) -> None:
    for topic, gone in strays.items():
        for id, version in gone.items():
            vanished = _tombstone(topic, id, version) if id not in told[topic] else None
            _remove_one(database, projections[topic], id, version, vanished)


def _remove_one(database: Database, projection: Projection, id: str, version: int, vanished: Event | None) -> None:
    """Forget a stray. Of one that vanished the tombstone can no longer be heard: what follows from it is done."""

    def remove(tx: Tx) -> None:
        gone = tx.collection(projection.collection).delete_one({"_id": id, "version": version}).deleted_count
        if gone and vanished is not None and projection.after is not None:
            projection.after(tx, [vanished])

    database.run(remove)


def _tombstone(topic: str, id: str, version: int) -> Event:
    owner = topic.partition(".")[0]
    return Event(
        topic=topic,
        key=id,
        type=f"{owner}.document.vanished",
        version=version,
        source=source_of(owner),
        id=f"{topic}/{id}/{version}",
        time=clock.now(),
        trace=None,
        data=None,
    )
