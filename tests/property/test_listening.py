"""Whatever the wire does to a history (interleave, repeat, reorder, replay): the newest version of each is kept."""

from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from shared.events import inbox
from shared.events.envelope import Event
from shared.events.projection import Projection, each
from tests.support.bakery import an_event
from tests.support.memory import MemoryDatabase

TOPIC = "bakery.loaves.v1"


class Wire(NamedTuple):
    """A history as it arrives: in pieces, each of which is one transaction."""

    pieces: list[list[Event]]
    newest: dict[str, Event]


@st.composite
def wires(draw: st.DrawFn) -> Wire:
    """A few keys with some versions, the last perhaps a tombstone; every event at least once, in any order."""
    history: list[Event] = []
    newest = {}
    for key in draw(st.lists(st.sampled_from("abcd"), min_size=1, unique=True)):
        last = draw(st.integers(1, 5))
        erased = draw(st.booleans())
        events = [
            an_event(TOPIC, key, version, name=f"{key}{version}", tombstone=erased and version == last)
            for version in range(1, last + 1)
        ]
        newest[key] = events[-1]
        history += events
    again = draw(st.lists(st.sampled_from(history), max_size=10))
    arriving = draw(st.permutations(history + again))
    pieces: list[list[Event]] = []
    while arriving:
        size = draw(st.integers(1, len(arriving)))
        pieces.append(arriving[:size])
        arriving = arriving[size:]
    return Wire(pieces, newest)


def _keep(database: MemoryDatabase, projection: Projection, piece: list[Event], *, mend: bool = False) -> int:
    return database.run(lambda tx: projection.apply(tx, piece, mend=mend))


def _fold(wire: Wire) -> dict[str, dict[str, Any]]:
    kept = {}
    for key, event in wire.newest.items():
        state = {"erased": True} if event.data is None else {"name": event.data["name"]}
        kept[key] = {"_id": key, "version": event.version, **state}
    return kept


@given(wires())
def test_a_projection_ends_in_the_fold_of_the_newest_versions(wire: Wire) -> None:
    database = MemoryDatabase()
    projection = Projection("loaves", shape=lambda data: {"name": data["name"]})
    for piece in wire.pieces:
        _keep(database, projection, piece)
    assert database.collection("loaves").rows == _fold(wire)


@given(wires(), st.data())
def test_what_follows_a_write_sees_each_key_grow_and_end_at_its_newest(wire: Wire, data: st.DataObject) -> None:
    database = MemoryDatabase()
    followed: dict[str, list[int]] = {}

    def after(tx: Any, event: Event) -> None:
        followed.setdefault(event.key, []).append(event.version)

    projection = Projection("loaves", after=each(after))
    for piece in wire.pieces:
        _keep(database, projection, piece)
    # A rebuild that reads everything once more has nothing to mend.
    for piece in data.draw(st.permutations(wire.pieces)):
        assert _keep(database, projection, piece, mend=True) == 0
    for key, versions in followed.items():
        assert versions == sorted(set(versions))
        assert versions[-1] == wire.newest[key].version


@given(wires())
def test_a_rebuild_mends_whatever_was_done_to_a_document(wire: Wire) -> None:
    database = MemoryDatabase()
    projection = Projection("loaves", shape=lambda data: {"name": data["name"]})
    for key, event in wire.newest.items():
        database.collection("loaves").insert_one({"_id": key, "version": event.version, "name": "tampered"})
    for piece in wire.pieces:
        _keep(database, projection, piece, mend=True)
    assert database.collection("loaves").rows == _fold(wire)


@given(wires())
def test_an_action_is_done_for_growing_versions_only_and_for_the_newest(wire: Wire) -> None:
    database = MemoryDatabase()
    done: dict[str, list[int]] = {}
    for piece in wire.pieces:
        for event in piece:
            if inbox.first_time(database.transaction, event):
                done.setdefault(event.key, []).append(event.version)
    for key, versions in done.items():
        assert versions == sorted(set(versions))
        assert versions[-1] == wire.newest[key].version
