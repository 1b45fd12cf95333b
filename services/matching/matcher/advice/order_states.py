"""Where one person stands with every order: open now, open with a paper, closed, or not shown to anybody."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.people import Person
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.order_book.states import state_codes
from services.matching.matcher.requirements.status import STATE_CODES, State
from services.matching.matcher.verdicts.verdict import Hidden


class OrderStates:
    """Orders by state, hidden ones apart. `codes`: for each row of `compiled` a place in `STATE_CODES`."""

    def __init__(self, compiled: CompiledOrders, codes: NDArray[np.int8]) -> None:
        self.compiled, self.codes = compiled, codes
        self.hidden: Mapping[str, Hidden] = dict(compiled.hidden)

    @classmethod
    def of(cls, person: Person, compiled: CompiledOrders, day: date) -> "OrderStates":
        return cls(compiled, state_codes(person, compiled, day))

    @cached_property
    def shown(self) -> NDArray[np.int64]:
        """Rows of the orders that are shown."""
        return np.flatnonzero(self.compiled.shown())

    @cached_property
    def states(self) -> Mapping[str, State]:
        """The state of each order that is shown."""
        return OfShown(self, lambda row: STATE_CODES[self.codes[row]])

    def of_state(self, state: State) -> list[str]:
        """Ids of the orders in this state, in their own order."""
        return [self.compiled.ids[row] for row in self.rows_of_state(state).tolist()]

    def rows_of_state(self, state: State) -> NDArray[np.int64]:
        """The same as rows of `compiled`."""
        rows = np.flatnonzero((self.codes == STATE_CODES.index(state)) & self.compiled.shown())
        return rows[np.argsort(self.compiled.by_id()[rows])]

    def hidden_counts(self) -> list[dict[str, object]]:
        """How many orders nobody is shown, by reason and policy."""
        counts = Counter((one.reason, one.policy) for one in self.hidden.values())
        return [
            {"reason": reason, "policy": policy, "count": count}
            for (reason, policy), count in sorted(counts.items(), key=str)
        ]


T = TypeVar("T")


class OfShown(Mapping[str, T]):
    """Something of each order that is shown, by its id; read where it stands: few of ten thousand are asked for."""

    def __init__(self, standing: OrderStates, told: Callable[[int], T]) -> None:
        self._standing, self._told = standing, told
        self._shown = standing.compiled.shown()

    def __getitem__(self, id: str) -> T:
        row = self._standing.compiled.row_of(id)
        if row is None or not self._shown[row]:
            raise KeyError(id)
        return self._told(row)

    def __iter__(self) -> Iterator[str]:
        return map(self._standing.compiled.ids.__getitem__, self._standing.shown.tolist())

    def __len__(self) -> int:
        return len(self._standing.shown)
