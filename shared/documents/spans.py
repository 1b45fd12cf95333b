"""A few rows from one end of a long range, on an engine that reads all that match before it stops at a limit.

The range is asked for in spans: first a short one at the end where the rows begin, then as long as should hold what is
still wanted by how many the span before held. An engine that stops at a limit is asked once or twice more for it.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any

WIDEST = 8
"""How many times longer a span may be than the one before: one that is too long costs more than two that are not."""

Rows = list[dict[str, Any]]
Find = Callable[[Mapping[str, Any], int], Rows]


def first_rows(
    find: Find,
    cuts: Sequence[Any],
    want: int,
    *,
    since: Mapping[str, Any],
    until: Mapping[str, Any],
    last: bool = False,
) -> Rows:
    """At most ``want`` rows from the beginning of a range, or from its end with ``last``; in the order of ``find``.

    Args:
        find: (condition on the ordering field, how many) → rows. The conditions are halves of ``$gte`` and ``$lt``,
            empty for everything; together they are the range, and no two overlap.
        cuts: where a span may end, ascending. Closer together where more rows are; nothing is lost beyond them.
        since: the lower end, ``{"$gt": x}``, ``{"$gte": x}`` or ``{}``.
        until: the upper end, ``{"$lt": x}`` or ``{}``.
    """
    begin = bisect_right(cuts, next(iter(since.values()))) if since else 0
    end = bisect_left(cuts, next(iter(until.values()))) if until else len(cuts)
    inner = cuts[begin:end]
    spans, done, width, found = len(inner) + 1, 0, 1, Rows()
    while done < spans and len(found) < want:
        taken = min(width, spans - done)
        first, beyond = (spans - done - taken, spans - done) if last else (done, done + taken)
        low = since if first == 0 else {"$gte": inner[first - 1]}
        high = until if beyond == spans else {"$lt": inner[beyond - 1]}
        some = find({**low, **high}, want - len(found))
        found += some
        done += taken
        should = math.ceil((want - len(found)) * taken / max(len(some), 1))
        width = min(max(should, 1), taken * WIDEST)
    return found
