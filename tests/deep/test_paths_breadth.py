"""The path search against the solver that tries everything, on more small worlds than an ordinary run has time for."""

import pytest

from tests.property.paths_by_hand import ByHand
from tests.property.paths_worlds import Drawn
from tests.property.test_changes_by_hand import wrongly_named
from tests.property.test_paths import disagreements

pytestmark = [pytest.mark.deep, pytest.mark.timeout(300)]

WORLDS = 1500
"""About a minute and a half; the ordinary run draws forty worlds that differ from one run to the next."""


@pytest.mark.parametrize("first", range(0, WORLDS, 100))
def test_every_best_path_of_a_hundred_worlds_is_the_one_found_by_trying_everything(first: int) -> None:
    found = {seed: disagreements(seed) for seed in range(first, first + 100)}
    assert {seed: said for seed, said in found.items() if said} == {}


@pytest.mark.parametrize("first", range(0, 100, 25))
def test_no_change_is_smaller_than_the_one_named_in_twenty_five_worlds(first: int) -> None:
    worlds = {seed: drawn for seed in range(first, first + 25) if (drawn := Drawn(seed)).person.consented}
    found = {seed: wrongly_named(drawn) for seed, drawn in worlds.items() if not ByHand(drawn.documents).ways()}
    assert {seed: said for seed, said in found.items() if said} == {}
