"""Who may apply for what today, once for each class of people whom the law cannot tell apart.

A hundred thousand people fall into a few thousand classes, since most requirements ask what many have alike. So a
question about everybody, such as the best lawful orders of each, looks at classes and gathers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facets import Facets
from services.matching.matcher.law.rules.person import STATUTORY_AGE
from services.matching.matcher.order_book.compiled import NOBODY, CompiledOrders
from services.matching.matcher.order_book.states import ELIGIBLE_NOW, blocks, consented_rows, patient
from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import leaves

TOGETHER = 50_000
"""People looked at together: bounds the memory, whatever their number."""


@dataclass(frozen=True, slots=True)
class Lawful:
    """Some people and the orders that are ELIGIBLE_NOW for them.

    `rows`: positions in `Facets`, ascending. `class_of`: for each of them its class c, whose orders are
    `orders[starts[c]:starts[c + 1]]`, rows of the compiled orders, ascending.
    """

    rows: NDArray[np.int64]
    class_of: NDArray[np.int64]
    starts: NDArray[np.int64]
    orders: NDArray[np.int64]


def lawful(people: Facets, compiled: CompiledOrders, day: date) -> Iterator[Lawful]:
    """Everybody with consent, in blocks of bounded memory; who has no open order comes too."""
    asks = _asked(compiled, day)
    willing = consented_rows(people)
    for first in range(0, people.size, TOGETHER):
        last = min(first + TOGETHER, people.size)
        rows = np.arange(first, last)[willing[first:last]]
        if not len(rows):
            continue
        some = people.only(rows)
        class_of = some.alike(asks, day)
        one_each = np.unique(class_of, return_index=True)[1]
        orders, sizes = [], []
        for _, block in blocks(some.only(one_each), compiled, day):
            order, member = np.nonzero(block == ELIGIBLE_NOW)
            orders.append(order[np.argsort(member.astype(np.uint16), kind="stable")])  # a block is no longer than that
            sizes.append(np.bincount(member, minlength=block.shape[1]))
        starts = np.concatenate(([0], np.cumsum(np.concatenate(sizes))))
        yield Lawful(rows, class_of, starts, np.concatenate(orders))


def _asked(compiled: CompiledOrders, day: date) -> list[Requirement]:
    """Everything that an order open on the day asks of a person, and that nobody is a child."""
    rows = compiled.columns()
    kinds = np.unique(rows.kind[rows.open_on(day) & (rows.kind != NOBODY)]).tolist()
    asked = {patient(leaf) for kind in kinds for leaf in leaves(compiled.kinds[kind])}
    return [NeedsAge(min=STATUTORY_AGE), *sorted(asked, key=repr)]
