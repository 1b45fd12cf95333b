"""A range asked for in spans gives what one question would have given, and reads little of it."""

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from shared.documents.spans import first_rows

TESTS = {"$gt": int.__gt__, "$gte": int.__ge__, "$lt": int.__lt__}


class Rows:
    """A list that counts how many of its rows match what it is asked."""

    def __init__(self, values: list[int]) -> None:
        self.values = values
        self.read = 0

    def find(self, where: Mapping[str, int], many: int, *, last: bool = False) -> list[dict[str, Any]]:
        found = [value for value in self.values if all(TESTS[name](value, bound) for name, bound in where.items())]
        self.read += len(found)
        return [{"at": value} for value in sorted(found, reverse=last)[:many]]


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("since", [{}, {"$gt": 120}, {"$gte": 120}, {"$gte": 2000}])
@pytest.mark.parametrize("until", [{}, {"$lt": 500}, {"$lt": 0}])
@pytest.mark.parametrize("want", [1, 7, 1000])
def test_the_rows_are_those_of_one_question(
    last: bool, since: Mapping[str, int], until: Mapping[str, int], want: int
) -> None:
    random = Random(f"{last}{since}{until}{want}")
    for _ in range(20):
        values = random.sample(range(-50, 1100), random.choice((0, 3, 60, 400)))
        cuts = sorted(random.sample(range(1000), random.choice((0, 1, 30))))
        rows = Rows(values)
        whole = rows.find({**since, **until}, want, last=last)
        assert (
            first_rows(
                lambda where, many, rows=rows: rows.find(where, many, last=last),  # type: ignore[misc]
                cuts,
                want,
                since=since,
                until=until,
                last=last,
            )
            == whole
        )


@pytest.mark.parametrize("share", [1, 3, 50])
@pytest.mark.parametrize("last", [False, True])
def test_a_page_reads_little_of_a_long_list(share: int, last: bool) -> None:
    rows = Rows(list(range(0, 100_000, share)))
    found = first_rows(
        lambda where, many: rows.find(where, many, last=last),
        range(100, 100_000, 100),
        21,
        since={},
        until={},
        last=last,
    )
    assert len(found) == 21 and rows.read < 400
