"""What the rules of open orders ask, in numbers: so that one person reads ten thousand orders rule by rule at once.

Two orders ask the same by a rule where they differ only in days that do not matter while both are open: how long the
order itself is lawful, and until when waiting for a birthday helps.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf, AnyOf, leaves
from services.matching.matcher.requirements.settled import Within

NOTHING, UNREAD = 0, -1
"""In place of a number: no further rule, and an order that nobody has asked about since it changed."""


class RuleNumbers:
    """`asks[number]`: what is asked, without such days; `codes[number]`: by which rule. Rows: of compiled orders."""

    def __init__(self) -> None:
        self.asks: list[Requirement] = [AllOf(())]
        self.codes: list[str] = [""]
        self.unwaited: list[Requirement | None] = [None]
        """For each of `asks`: the same where reaching an age in time does not help; None where it never does."""
        self._rules: NDArray[np.int32] = np.full((64, 1), UNREAD, dtype=np.int32)
        self._work: NDArray[np.int32] = np.zeros(64, dtype=np.int32)
        self._number: dict[tuple[str, Requirement], int] = {}
        self._work_at: dict[tuple[str | None, str | None], int] = {}

    def forget(self, row: int) -> None:
        """The order of this row has changed."""
        if row < len(self._rules):
            self._rules[row, 0] = UNREAD

    def unread(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of the rows that `read` must be told of first."""
        more = int(rows.max(initial=-1)) + 1 - len(self._rules)
        if more > 0:
            more = max(more, len(self._rules))
            self._rules = np.pad(self._rules, ((0, more), (0, 0)), constant_values=UNREAD)
            self._work = np.pad(self._work, (0, more))
        unread: NDArray[np.int64] = rows[self._rules[rows, 0] == UNREAD]
        return unread

    def read(self, row: int, order: Order, rules: Sequence[AppliedRule]) -> None:
        """Note what the deciding rules of an order ask, in their order."""
        numbers = [self._number_of(rule.code, rule.ask) for rule in rules]
        if len(numbers) > self._rules.shape[1]:
            more = len(numbers) - self._rules.shape[1]
            self._rules = np.pad(self._rules, ((0, 0), (0, more)), constant_values=NOTHING)
        self._rules[row] = NOTHING
        self._rules[row, : len(numbers)] = numbers
        self._work[row] = self._work_at.setdefault((order.country, order.title_scheme), len(self._work_at))

    def _number_of(self, rule: str, ask: Requirement) -> int:
        """The number of what is left of a rule while the order is open; most ask what stays as it is."""
        number = self._number.get((rule, ask))
        return self._numbered(rule, _while_open(ask)) if number is None else number

    def _numbered(self, rule: str, ask: Requirement) -> int:
        number = self._number.setdefault((rule, ask), len(self.asks))
        if number == len(self.asks):
            self.asks.append(ask)
            self.codes.append(rule)
            patient = any(isinstance(leaf, NeedsAge) and leaf.wait_until is not None for leaf in leaves(ask))
            self.unwaited.append(waiting_until(ask, None) if patient else None)
        return number

    def rules(self, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """rows x most rules of an order: the numbers of what is asked, NOTHING behind the last rule."""
        return self._rules[rows]

    def work(self, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """For each row a number that orders of the same country and title share."""
        return self._work[rows]


def waiting_until(ask: Requirement, until: date | None) -> Requirement:
    """One of `asks` where reaching an age helps until a day; None: never. An age that nobody may wait for stays."""
    if isinstance(ask, AllOf | AnyOf):
        return type(ask)(tuple([waiting_until(part, until) for part in ask.parts]))
    return replace(ask, wait_until=until) if isinstance(ask, NeedsAge) and ask.wait_until is not None else ask


def _while_open(ask: Requirement) -> Requirement:
    """What is left of a rule on a day on which the order is open, however long it stays open."""
    if isinstance(ask, Within):
        return AllOf(())
    if isinstance(ask, AllOf):
        return AllOf(tuple([_while_open(part) for part in ask.parts]))
    return waiting_until(ask, date.max)
