"""Counts of people for everybody: no small one is published, and none can be worked out from what is."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.codes.anonymity import K_ANONYMITY
from shared.disclosure import ROUNDED_TO, Published, published

TABLES = st.dictionaries(st.sampled_from([f"53.{n:02}" for n in range(1, 23)]), st.integers(0, 60), min_size=1)


def possible(found: Published, cell: str) -> tuple[int, int]:
    """The least and the most that a reader can work out for a withheld cell. Whoever withholds says it is not 0."""
    hidden = [one for one, count in found.cells.items() if count is None]
    if found.total is None:
        return 1, 10**6
    shown = sum(count for count in found.cells.values() if count is not None)
    slack = ROUNDED_TO // 2 if found.rounded else 0
    most = found.total + slack - shown - (len(hidden) - 1)
    least = found.total - slack - shown if len(hidden) == 1 else 1
    return least, most


@given(TABLES)
@example({"53.01": 1, "53.02": 1, "53.03": 1, "53.04": 1, "53.05": 8})
def test_no_small_count_is_shown_or_can_be_worked_out(counts: dict[str, int]) -> None:
    found = published(counts)
    for cell, count in counts.items():
        if 0 < count < K_ANONYMITY:
            assert found.cells[cell] is None
            least, most = possible(found, cell)
            assert least == 1 and most >= K_ANONYMITY - 1, (counts, found)
        elif count == 0:
            assert found.cells[cell] == 0
        else:
            assert found.cells[cell] in (None, count)
    assert found.total is None or found.total == 0 or found.total >= K_ANONYMITY


@pytest.mark.slow
@given(TABLES, st.data())
def test_those_who_are_only_in_the_larger_table_are_a_count_too(larger: dict[str, int], data: st.DataObject) -> None:
    smaller = {cell: data.draw(st.integers(0, count)) for cell, count in larger.items()}
    found, around = published(smaller, among=larger), published(larger)
    for cell, count in larger.items():
        inner, outer = found.cells[cell], around.cells[cell]
        if inner and outer:
            assert not 0 < outer - inner < K_ANONYMITY
        assert count >= smaller[cell]
    if found.total and around.total and not (found.rounded or around.rounded):
        assert not 0 < around.total - found.total < K_ANONYMITY


@pytest.mark.parametrize(
    ("counts", "cells", "total", "rounded"),
    [
        ({"a": 40, "b": 20}, {"a": 40, "b": 20}, 60, False),
        ({"a": 0, "b": 0}, {"a": 0, "b": 0}, 0, False),
        ({"a": 3, "b": 20, "c": 50}, {"a": None, "b": None, "c": 50}, 75, True),  # 73: b goes with a
        ({"a": 3, "b": 4, "c": 50}, {"a": None, "b": None, "c": None}, 55, True),  # 7 of both would be found
        ({"a": 8, "b": 9, "c": 50}, {"a": None, "b": None, "c": 50}, 65, True),
        ({"a": 3, "b": 0}, {"a": None, "b": 0}, None, False),
        ({"a": 3, "b": 4}, {"a": None, "b": None}, None, False),
    ],
)
def test_by_hand(counts: dict[str, int], cells: dict[str, int | None], total: int | None, rounded: bool) -> None:
    assert published(counts) == Published(cells, total, rounded)
