"""The path search finds what somebody with all the time in the world would find, on any small world."""

from operator import attrgetter

from hypothesis import given, settings
from hypothesis import strategies as st

from services.matching.matcher.pathway.search import find
from tests.property.paths_by_hand import FAR
from tests.property.paths_worlds import Drawn


def disagreements(seed: int) -> list[str]:
    """Where the search and the solver that tries everything differ on the world of this seed."""
    drawn = Drawn(seed)
    by_hand = drawn.by_hand()
    ways = by_hand.ways()
    paths = find(drawn.person, drawn.world, drawn.day)
    if not ways:
        return [f"a path where there is none: {paths.fastest}"] if paths else []
    said = []
    for path, key in ((paths.fastest, "fastest"), (paths.nearest, "nearest"), (paths.best_paid, "best_paid")):
        way = min(ways, key=attrgetter(key))
        if path is None:
            said.append(f"{key}: nothing found, there is {way.ids}")
            continue
        found = (tuple(step.batch for step in path.steps), path.ready_on, path.cost_to_candidate, path.distance_km)
        best = (way.ids[::-1], way.ready_on, way.price, way.km if way.km < FAR else None)
        if found != best:
            said.append(f"{key}: {found}, best is {best}")
        if set(path.unlocks) != (opened := by_hand.opened_by(way)):
            said.append(f"{key} unlocks {path.unlocks}, in truth {opened}")
        if bool(path.beyond_wishes) == by_hand.as_wished(way):
            said.append(f"{key} says of the wishes {path.beyond_wishes}")
    return said


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_best_path_of_each_kind_is_the_one_found_by_trying_everything(seed: int) -> None:
    assert disagreements(seed) == []
