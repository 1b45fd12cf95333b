"""The path search against the solver that tries everything, on more small worlds than an ordinary run has time for."""

import pytest

from tests.property.test_paths import disagreements

pytestmark = [pytest.mark.deep, pytest.mark.timeout(300)]

WORLDS = 3000
"""About two minutes; the ordinary run draws forty worlds that differ from one run to the next."""


@pytest.mark.parametrize("first", range(0, WORLDS, 100))
def test_every_best_path_of_a_hundred_worlds_is_the_one_found_by_trying_everything(first: int) -> None:
    found = {seed: disagreements(seed) for seed in range(first, first + 100)}
    assert {seed: said for seed, said in found.items() if said} == {}
