"""What orders ask, rewritten as alternatives (to meet one of these sets is to meet the whole), and all of it laid flat.

A tree of "all of" and "one of" becomes a list of sets of asks. What the order and the law decide alone is folded away
first, so that thousands of orders which ask the same of a person become one entry. Laid flat (`Clauses`,
`OrderColumns`), numpy answers ten thousand of them for one person in one pass.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf, AnyOf
from services.matching.matcher.requirements.settled import Fixed
from services.matching.matcher.requirements.status import Status

Alternative = frozenset[Requirement]

NOTHING = AllOf(())
"""Asks nothing, so it is always met."""
NEVER = AnyOf(())
"""Offers no alternative, so it is never met."""

WIDEST = 64
"""More alternatives than this are not written out in advance but looked at for each person, most of whose asks are
settled already. Real orders have fewer than ten; a tree of 200 leaves may have more than there are atoms."""


def fold(ask: Requirement) -> Requirement:
    """The same demand without what is fixed: unknown counts as never, groups inside their like are merged."""
    if isinstance(ask, Fixed):
        return NOTHING if ask.status is Status.MET else NEVER
    if isinstance(ask, NeedsAge):
        return replace(ask, wait_until=None)  # how long waiting helps is decided by the days on which the order is open
    if isinstance(ask, AllOf):
        return _group(AllOf, NEVER, NOTHING, map(fold, ask.parts))
    if isinstance(ask, AnyOf):
        return _group(AnyOf, NOTHING, NEVER, map(fold, ask.parts))
    return ask


def alternatives(ask: Requirement, code: Callable[[Requirement], int] | None = None) -> list[Alternative] | None:
    """The sets of asks of which one must be met; no set contains another. `ask` is folded.

    `code` tells for each ask that it is met already (2), can be met (1) or cannot (0). Without it every ask is open,
    and the answer is None when there are more than WIDEST sets.
    """
    if isinstance(ask, AllOf):
        parts = [alternatives(part, code) for part in ask.parts]
        if any(part is None for part in parts):
            return None
        found: list[Alternative] | None = [frozenset()]
        for part in sorted((part for part in parts if part is not None), key=len):
            found = smallest(one | other for one in found or () for other in part)
            if code is None and len(found) > WIDEST:
                return None
        return found
    if isinstance(ask, AnyOf):
        branches = [alternatives(part, code) for part in ask.parts]
        if any(branch is None for branch in branches):
            return None
        found = smallest(one for branch in branches if branch is not None for one in branch)
        return None if code is None and len(found) > WIDEST else found
    reading = 1 if code is None else code(ask)
    return [frozenset()] if reading == 2 else [frozenset((ask,))] if reading == 1 else []


def weakest_of(ask: Requirement, code: Callable[[Requirement], int]) -> int:
    """The code of a tree from the codes of its leaves: the least of "all of", the greatest of "one of"."""
    if isinstance(ask, AllOf):
        return min((weakest_of(part, code) for part in ask.parts), default=2)
    if isinstance(ask, AnyOf):
        return max((weakest_of(part, code) for part in ask.parts), default=0)
    return code(ask)


def smallest(sets: Iterable[Alternative]) -> list[Alternative]:
    """Without those that contain another one; each once, in the order in which they came."""
    once = list(dict.fromkeys(sets))
    return [one for one in once if not any(other < one for other in once)]


def _group(
    kind: type[AllOf] | type[AnyOf], ends: Requirement, empty: Requirement, parts: Iterable[Requirement]
) -> Requirement:
    """A group of folded parts: one part that decides alone ends it, parts that say nothing leave it."""
    kept: list[Requirement] = []
    for part in parts:
        if part == ends:
            return ends
        kept += part.parts if isinstance(part, kind) else [part]
    once = tuple(dict.fromkeys(kept))
    if not once:
        return empty
    return once[0] if len(once) == 1 else kind(once)


@dataclass(frozen=True, slots=True)
class Clauses:
    """All alternatives of all kinds, flat: clause c asks `leaves[starts[c]:starts[c + 1]]` and serves `kind[c]`."""

    leaves: NDArray[np.int32]
    starts: NDArray[np.int64]
    kind: NDArray[np.int32]
    kind_starts: NDArray[np.int64]

    @classmethod
    def of(cls, clauses: Sequence[Sequence[int]], kinds: Sequence[int]) -> "Clauses":
        """From each clause's leaves (not empty) and the kind that it serves; clauses of one kind stand together."""
        sizes = np.fromiter(map(len, clauses), dtype=np.int64, count=len(clauses))
        kind = np.array(kinds, dtype=np.int32)
        return cls(
            leaves=np.array([leaf for clause in clauses for leaf in clause], dtype=np.int32),
            starts=np.concatenate(([0], np.cumsum(sizes)[:-1])) if len(sizes) else np.zeros(0, dtype=np.int64),
            kind=kind,
            kind_starts=np.flatnonzero(np.diff(kind, prepend=-1)),
        )

    def only(self, places: NDArray[np.int64]) -> "Clauses":
        """Some of the clauses, in their order."""
        sizes = np.diff(self.starts, append=len(self.leaves))[places]
        starts = np.cumsum(sizes) - sizes
        leaves = np.arange(sizes.sum()) + np.repeat(self.starts[places] - starts, sizes)
        kind = self.kind[places]
        return Clauses(self.leaves[leaves], starts, kind, np.flatnonzero(np.diff(kind, prepend=-1)))

    def weakest(self, codes: NDArray[np.int8]) -> NDArray[np.int8]:
        """For each clause its worst leaf."""
        return np.minimum.reduceat(codes[self.leaves], self.starts) if len(self.starts) else np.zeros(0, dtype=np.int8)

    def best_of_kind(self, clause_codes: NDArray[np.int8]) -> NDArray[np.int8]:
        """For each kind its best clause."""
        if not len(clause_codes):
            return np.zeros(0, dtype=np.int8)
        return np.maximum.reduceat(clause_codes, self.kind_starts)


@dataclass(frozen=True, slots=True)
class OrderColumns:
    """The orders side by side. `until`: the last day on which the order can be reached, its closing day too.

    `by_kind`: places of the rows that somebody can reach, kind by kind.
    """

    kind: NDArray[np.int64]
    """-1: nobody can reach the order."""
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    until: NDArray[np.int64]
    closes: NDArray[np.int64]
    wage: NDArray[np.float64]
    by_kind: NDArray[np.int64]

    @classmethod
    def of(cls, rows: NDArray[np.void]) -> "OrderColumns":
        kind, first, last, closes = (rows[name].astype(np.int64) for name in ("kind", "first", "last", "closes"))
        order = np.argsort(kind, kind="stable")
        wage, unrated = rows["wage"].copy(), rows["unrated"]
        if len(np.unique(unrated[unrated > 0])) > 1:
            wage[unrated > 0] = -1.0  # of two currencies without a rate nobody can say which pays more
        return cls(kind, first, last, np.minimum(last, closes), closes, wage, order[kind[order] >= 0])

    def open_on(self, day: date) -> NDArray[np.bool_]:
        """For each row: may it be applied for on the day, as far as the order and the law decide it alone?"""
        asked = day.toordinal()
        return (self.kind >= 0) & (self.first <= asked) & (asked <= self.until)
