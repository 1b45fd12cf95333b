"""Three million random pairs in both forms of the law: breadth that the everyday tests have no time for."""

from collections import Counter

import pytest

from services.matching.matcher.requirements.status import State
from tests.property.test_eligibility_forms import agree

pytestmark = [pytest.mark.deep, pytest.mark.timeout(900)]


@pytest.mark.parametrize("part", range(10))
def test_both_forms_agree_on_millions_of_pairs(part: int) -> None:
    found: Counter[State] = Counter()
    for seed in range(30):
        found += agree(100_000 + 30 * part + seed, people=200, orders=50, messy=0.02 + 0.01 * (seed % 10))
    assert found.total() >= 250_000
