"""Who may apply for what today, once for each class of people to whom the same orders are open.

A hundred thousand people fall into a few thousand classes. So a question about everybody, such as the best lawful
orders of each, looks at classes and gathers. Whether somebody meets something is one bit: a requirement is the bits of
all people side by side, and what a kind of order asks is "and" and "or" of such rows, eight people in a byte.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facets import Facets
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.order_book.states import consented_rows, under_age_rows
from services.matching.matcher.requirements.age import patient
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf, AnyOf, leaves
from services.matching.matcher.requirements.status import Status

TOGETHER = 16_384
"""People looked at together: bounds the memory, whatever their number."""

Bits = NDArray[np.uint8]


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


def lawful(
    people: Facets, compiled: CompiledOrders, day: date, first: int = 0, last: int | None = None
) -> Iterator[Lawful]:
    """Everybody with consent, or those in some rows, in blocks of bounded memory; who has no open order comes too.

    What people have is judged at the first block, each distinct fact once; threads that take some rows each call
    `judged` before they part."""
    open_rows, kinds, kind_of = _open_kinds(compiled, day)
    met = _Met(people, compiled, kinds, day)
    willing, grown = consented_rows(people), ~under_age_rows(people, day)
    end = people.size if last is None else min(last, people.size)
    for start in range(first, end, TOGETHER):
        stop = min(start + TOGETHER, end)
        rows = np.arange(start, stop)[willing[start:stop]]
        if not len(rows):
            continue
        alike, bits = _distinct(met.bits(start, stop))  # kinds that the same people meet
        may = np.unpackbits(bits, axis=1, count=stop - start)[:, rows - start].T & grown[rows, None]
        class_of, classes = _distinct(np.packbits(may, axis=1))
        shown = np.unpackbits(classes, axis=1, count=len(bits))[:, alike[kind_of]]
        ends = np.cumsum(shown.sum(axis=1, dtype=np.int64))
        yield Lawful(rows, class_of, np.concatenate(([0], ends)), open_rows[np.nonzero(shown)[1]])


def judged(people: Facets, compiled: CompiledOrders, day: date) -> None:
    """Judge every distinct fact of the people by all that `lawful` asks."""
    _Met(people, compiled, _open_kinds(compiled, day)[1], day)
    under_age_rows(people, day)


def _open_kinds(compiled: CompiledOrders, day: date) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """(rows of orders open on the day, their distinct kinds, for each row which of these)."""
    rows = np.flatnonzero(compiled.columns().open_on(day))
    return rows, *np.unique(compiled.columns().kind[rows], return_inverse=True)


class _Met:
    """Who meets what these kinds of orders ask."""

    def __init__(self, people: Facets, compiled: CompiledOrders, kinds: NDArray[np.int64], day: date) -> None:
        self._people, self._day = people, day
        clauses = compiled.clauses()
        clauses = clauses.only(np.flatnonzero(np.isin(clauses.kind, kinds)))
        used, leaf = np.unique(clauses.leaves, return_inverse=True)
        self._asked = [compiled.patient[one] for one in used.tolist()]
        self._leaves_of = _in_step(leaf, clauses.starts)
        self._clauses_of = _in_step(np.arange(len(clauses.starts)), clauses.kind_starts)
        self._wide = [(at, compiled.wide[kind]) for at, kind in enumerate(kinds.tolist()) if kind in compiled.wide]
        every = {patient(leaf) for _, ask in self._wide for leaf in leaves(ask)}
        people.answer([*self._asked, *every], day)

    def bits(self, first: int, last: int) -> Bits:
        """(kinds, bytes): the people in these rows who meet each, the first one in the highest bit of the first byte.

        A clause is met by whom all its requirements are, and a kind by whom one of its clauses is."""
        every = [self._one(ask, first, last) for ask in self._asked]
        if not every:
            return np.zeros((0, (last - first + 7) // 8), dtype=np.uint8)
        found = _combined(np.bitwise_or, _combined(np.bitwise_and, np.stack(every), self._leaves_of), self._clauses_of)
        for at, ask in self._wide:
            found[at] = self._tree(ask, first, last)
        return found

    def _one(self, ask: Requirement, first: int, last: int) -> Bits:
        return np.packbits(self._people.reach(ask, self._day, first, last) == Status.MET)

    def _tree(self, ask: Requirement, first: int, last: int) -> Bits:
        if isinstance(ask, AllOf | AnyOf):
            combine = np.bitwise_and if isinstance(ask, AllOf) else np.bitwise_or
            found: Bits = combine.reduce([self._tree(part, first, last) for part in ask.parts])
            return found
        return self._one(patient(ask), first, last)


def _in_step(values: NDArray[np.int64], starts: NDArray[np.int64]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The first value of every group, then the second of those that have one, and so on: (which groups, their values).

    A group begins at each of `starts`. (`reduceat` along rows takes each byte by itself.)"""
    sizes = np.diff(starts, append=len(values))
    steps = (np.flatnonzero(sizes > at) for at in range(int(sizes.max(initial=0))))
    return [(which, values[starts[which] + at]) for at, which in enumerate(steps)]


def _combined(combine: np.ufunc, rows: Bits, steps: list[tuple[NDArray[np.int64], NDArray[np.int64]]]) -> Bits:
    """One row a group: its rows, combined."""
    (_, first), *others = steps
    found: Bits = rows[first]
    for which, values in others:
        found[which] = combine(found[which], rows[values])
    return found


def _distinct(rows: Bits) -> tuple[NDArray[np.int64], Bits]:
    """(for each row which of the distinct rows it is, those: one below the other)."""
    known: dict[bytes, int] = {}
    number = [known.setdefault(row.tobytes(), len(known)) for row in rows]
    once = np.frombuffer(b"".join(known), dtype=np.uint8).reshape(len(known), rows.shape[1])
    return np.array(number, dtype=np.int64), once
