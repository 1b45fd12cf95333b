"""What no path can beat is worked out beside the search, and must say the same as the search itself."""

from datetime import date

import numpy as np
import pytest

from services.matching.matcher.pathway.backward_search import FAR, MOST_STEPS, BackwardSearch
from services.matching.matcher.pathway.gaps import CLOSED, Gap
from services.matching.matcher.pathway.lower_bounds import LowerBounds
from services.matching.matcher.pathway.question import Question
from services.matching.matcher.pathway.search import Search
from tests.builders import TODAY, a_batch, a_course, an_order, days
from tests.property.paths_worlds import Drawn
from tests.unit.matching.pathway.small_worlds import a_world, untrained


def searched(question: Question) -> tuple[BackwardSearch, set[Gap]]:
    return Search.beyond_wishes(question).backward, {aim.gap for aim in question.aims if aim.gap}


@pytest.mark.parametrize("seed", range(40))
def test_the_first_day_that_closes_a_gap_is_that_of_the_search(seed: int) -> None:
    """`closed_at` knows the calendar alone, `ending` every batch with its way and price: the same first day."""
    drawn = Drawn(seed)
    backward, gaps = searched(Question(drawn.person, drawn.world, drawn.day))
    bounds = LowerBounds(backward)
    for gap in gaps:
        for steps in range(1, MOST_STEPS + 1):
            ending = backward.ending(gap, steps)
            closing = [] if ending is None else np.flatnonzero(ending < FAR).tolist()
            assert bounds.closed_at(gap, steps) == (closing[0] if len(closing) else bounds.never)


def test_what_is_closed_already_needs_no_day_and_what_nothing_closes_never_comes() -> None:
    course = a_course()
    batches = [a_batch(course, starts=days(5), ends=days(30)), a_batch(course, starts=days(2), ends=days(20))]
    backward, gaps = searched(Question(untrained(), a_world([course], batches, [an_order()]), TODAY))
    bounds = LowerBounds(backward)
    (gap,) = gaps
    assert bounds.closed_at(CLOSED) == -1
    assert backward.days[bounds.closed_at(gap)] == date.fromisoformat(days(20)).toordinal()
    assert bounds.closed_at(Gap(1 << 60)) == bounds.never
