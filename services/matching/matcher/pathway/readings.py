"""How all kinds of orders look to one person in one stretch: read once, asked by every part of the search."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.order_book.clauses import Clauses
from services.matching.matcher.order_book.compiled import CompiledOrders


@dataclass(frozen=True, slots=True)
class Reading:
    """`codes`, `kinds`: for each leaf and each kind of the orders 2 met, 1 a course could meet it, 0 neither.

    `lacking`: places of the clauses that courses could meet, of kinds that nothing else opens; `learnable`: the same
    clauses by themselves.
    """

    compiled: CompiledOrders
    codes: NDArray[np.int8]
    kinds: NDArray[np.int8]
    lacking: NDArray[np.int64]
    learnable: Clauses

    @classmethod
    def of(cls, compiled: CompiledOrders, codes: NDArray[np.int8]) -> "Reading":
        clauses = compiled.clauses()
        weakest = clauses.weakest(codes)
        kinds = compiled.with_wide(clauses.best_of_kind(weakest), codes)
        lacking = np.flatnonzero((weakest == 1) & (kinds[clauses.kind] == 1))
        return cls(compiled, codes, kinds, lacking, clauses.only(lacking))

    def kinds_with(self, met: list[int]) -> NDArray[np.int8]:
        """`kinds` after courses that meet these leaves, which only courses could meet before."""
        codes, kinds = self.codes.copy(), self.kinds.copy()
        codes[met] = 2
        kinds[self.learnable.kind[self.learnable.weakest(codes) == 2]] = 2
        return self.compiled.with_wide(kinds, codes)
