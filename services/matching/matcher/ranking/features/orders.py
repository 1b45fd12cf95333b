"""The ranking asks this for the columns of one person beside many orders.

Orders are read once, when they are first seen or change (id and version). Those that look alike are one row of a few
arrays: a person then costs a handful of array operations for any number of orders. One shelf serves all threads.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.orders import Order, OrderSkill
from services.matching.matcher.ranking.features import needs
from services.matching.matcher.ranking.features.profile import Profile
from services.matching.matcher.ranking.features.skills import SkillMap
from services.matching.matcher.ranking.values import OrderProspects
from shared.words import Words

COLUMNS = (
    "skills",  # essential skills covered, weighted by how surely the order names them
    "weakest_skill",  # the least covered of the essential ones
    "extra_skills",  # optional skills covered
    "same_work",  # months in the same unit group of ISCO-08
    "near_work",  # months in the same sub-major group
    "suits",  # everything done so far beside this kind of work, as the ranker learned it
    "worked_there",  # any earlier work in the country
    "language",
    "certificate",
    "hours",
    "experience",
    "schooling",
    "programme",
    "wished_work",
    "wished_country",
    "wished_wage",
    "wage",
    "soon",
)
"""All grow with what serves the person: every curve over them may only rise."""

_MONTHS = 36  # more than three years of the same work add nothing further
_SOON = 120.0  # days after which the advantage of an early start has fallen to a third
_WAGE_LOW, _WAGE_HIGH = 2e6, 45e6  # rupiah a month; about a minimum wage of NTT and a nurse's pay in Germany
Matrix = NDArray[np.float64]
Look = tuple[tuple[OrderSkill, ...], str | None, str | None, tuple[needs.KindOfNeed, ...]]
"""Skills, unit group and country of an order, and what it asks that can be met in part."""


@dataclass(frozen=True, slots=True)
class _OrderLooks:
    """What of the orders on the shelf a person is laid beside, one row for all that are alike in it. Replaced as a
    whole, never changed."""

    look_of: dict[tuple[str, int], int]
    """Order by id and version → its row."""
    known: dict[Look, int]
    essential: Matrix
    asked: NDArray[np.bool_]
    optional: Matrix
    unit: NDArray[np.int64]
    country: NDArray[np.str_]
    needs: needs.NeedTable


class OrderShelf:
    """Orders as rows; `columns` gives the numbers of one person beside some of them."""

    def __init__(self, skills: SkillMap, words: Words) -> None:
        self.skills = skills
        self._words = words
        self._lock = Lock()
        self._looks = self._build({}, {})

    def looks(self, orders: Sequence[Order]) -> tuple["_OrderLooks", NDArray[np.int64]]:
        """The shelf with all of `orders` on it, and the row of each."""
        looks = self._looks
        if any((order.id, order.version) not in looks.look_of for order in orders):
            with self._lock:
                looks = self._looks
                old = {} if len(looks.look_of) > 8 * len(orders) + 1000 else looks.look_of
                known = dict(looks.known) if old else {}
                new = (order for order in orders if (order.id, order.version) not in old)
                read = {(order.id, order.version): known.setdefault(_look(order), len(known)) for order in new}
                looks = self._looks = self._build({**old, **read}, known)
        return looks, np.array([looks.look_of[order.id, order.version] for order in orders], dtype=np.int64)

    def columns(self, profile: Profile, orders: Sequence[Order], gaps: OrderProspects) -> Matrix:
        """len(orders) x len(COLUMNS), NaN where something is not known."""
        looks, at = self.looks(orders)
        shown, look = np.unique(at, return_inverse=True)
        table = self._columns(profile, looks, shown)[look]
        put = {name: table[:, index] for index, name in enumerate(COLUMNS)}
        wishes_wage = profile.person.wishes.min_wage is not None
        for row, order in enumerate(orders):
            gap = gaps.get(order.id)
            wage = _rupiah(order, gap.wage_idr if gap else None)
            if wage is not None:
                put["wage"][row] = scaled_wage(wage)
            if wishes_wage:
                put["wished_wage"][row] = _wished_wage(profile, order, wage)
            if gap is not None and gap.days is not None:
                put["soon"][row] = math.exp(-gap.days / _SOON)
        return table

    def _columns(self, profile: Profile, looks: "_OrderLooks", at: NDArray[np.int64]) -> Matrix:
        """The same for rows of the shelf; wages and days, in which orders that look alike differ, are left out."""
        essential, asked = looks.essential[at], looks.asked[at]
        table = np.full((len(at), len(COLUMNS)), np.nan)
        put = {name: table[:, index] for index, name in enumerate(COLUMNS)}
        has_essential = asked.any(axis=1)
        put["skills"][:] = np.where(has_essential, essential @ profile.levels, np.nan)
        weakest = np.where(asked, profile.levels, np.inf).min(axis=1)
        put["weakest_skill"][:] = np.where(has_essential, weakest, np.nan)
        optional = looks.optional[at]
        put["extra_skills"][:] = np.where(optional.any(axis=1), optional @ profile.levels, np.nan)
        self._work(put, looks.unit[at], looks.country[at], profile)
        put["suits"][:] = profile.suited.columns(looks.unit[at])
        answers = looks.needs.columns(profile)[at]
        for index, kind in enumerate(needs.KINDS):
            put[kind][:] = answers[:, index]
        self._wishes(put, looks.unit[at], looks.country[at], profile)
        return table

    def able_skills(self, profile: Profile, order: Order, level: float, *, essential: bool) -> list[int]:
        """Positions of the order's skills that the person covers at least `level`, best covered first."""
        looks, at = self.looks([order])
        asked = np.flatnonzero(looks.asked[at[0]] if essential else looks.optional[at[0]])
        able = [int(index) for index in asked if profile.levels[index] >= level]
        return sorted(able, key=lambda index: (-profile.levels[index], index))

    def weak_skills(self, profile: Profile, order: Order, level: float) -> list[str]:
        """Essential skill codes of an order that the person covers less than `level`, least covered first."""
        looks, at = self.looks([order])
        asked = np.flatnonzero(looks.asked[at[0]])
        weak = [index for index in asked if profile.levels[index] < level]
        return [self.skills.codes[index] for index in sorted(weak, key=lambda index: (profile.levels[index], index))]

    def _build(self, look_of: dict[tuple[str, int], int], known: dict[Look, int]) -> _OrderLooks:
        size = len(self.skills)
        essential, optional = np.zeros((len(known), size)), np.zeros((len(known), size))
        for row, (skills, isco08, _, _) in enumerate(known):
            for skill in skills:
                position = self.skills.position(skill.code)
                if position is not None:
                    target = essential if skill.essential else optional
                    target[row, position] = max(target[row, position], skill.similarity)
            if not essential[row].any():
                self._presume(isco08, essential[row], optional[row])
        return _OrderLooks(
            look_of=look_of,
            known=known,
            essential=_shares(essential),
            asked=essential > 0,
            optional=_shares(optional),
            unit=np.array([_unit(isco08) for _, isco08, _, _ in known], dtype=np.int64),
            country=np.array([country or "" for _, _, country, _ in known], dtype=np.str_),
            needs=needs.NeedTable.of([asked for _, _, _, asked in known]),
        )

    def _presume(self, isco08: str | None, essential: Matrix, optional: Matrix) -> None:
        """An order that calls nothing essential asks what its occupation is made of, else all that it names.

        Without this it would be the only kind of order that nobody can lack anything for."""
        for code in self._words.taught_by(isco08 or ""):
            essential[self.skills.position(code)] = 1.0
        if not essential.any():
            essential[:] = optional

    def _work(
        self, put: dict[str, Matrix], unit: NDArray[np.int64], country: NDArray[np.str_], profile: Profile
    ) -> None:
        done = np.array([_unit(isco08) for isco08, _ in profile.lived], dtype=np.int64)
        months = np.array([count for _, count in profile.lived])
        same = (unit[:, None] == done) @ months
        # Unpaid practice stands under every group whose work it is, so the longest counts and not their sum.
        near = np.where(unit[:, None] // 100 == done // 100, months, 0.0).max(axis=1, initial=0.0)
        known = unit >= 0
        put["same_work"][:] = np.where(known, np.minimum(same / _MONTHS, 1.0), np.nan)
        put["near_work"][:] = np.where(known, np.minimum(near / _MONTHS, 1.0), np.nan)
        there = {work.country for work in profile.person.occupations if work.country}
        if there:
            put["worked_there"][:] = np.isin(country, sorted(there))

    def _wishes(
        self, put: dict[str, Matrix], unit: NDArray[np.int64], country: NDArray[np.str_], profile: Profile
    ) -> None:
        wishes = profile.person.wishes
        if wishes.isco08:
            put["wished_work"][:] = wished_work(wishes.isco08, unit)
        if wishes.destinations:
            put["wished_country"][:] = np.isin(country, sorted(wishes.destinations))


def wished_work(wished: Sequence[str], unit: NDArray[np.int64]) -> Matrix:
    """1 for a wished unit group, 0.5 for another of the same minor group, 0.25 for the same sub-major group."""
    best = np.zeros(len(unit))
    for isco08 in wished:
        code = _unit(isco08)
        for divisor, worth in ((100, 0.25), (10, 0.5), (1, 1.0)):
            best = np.maximum(best, np.where((unit // divisor == code // divisor) & (unit >= 0), worth, 0.0))
    return best


def scaled_wage(rupiah: float | None) -> float:
    """0..1 on a logarithmic scale, since the second million matters more than the twentieth; NaN when not known."""
    if rupiah is None or rupiah <= 0:
        return math.nan
    return min(1.0, max(0.0, math.log(rupiah / _WAGE_LOW) / math.log(_WAGE_HIGH / _WAGE_LOW)))


def _wished_wage(profile: Profile, order: Order, rupiah: float | None) -> float:
    least = profile.person.wishes.min_wage
    if least is None or least.amount <= 0:
        return math.nan
    if order.wage is not None and order.wage.currency == least.currency:
        return min(1.0, order.wage.amount / least.amount)
    if least.currency == "IDR" and rupiah is not None:
        return min(1.0, rupiah / least.amount)
    return math.nan


def _rupiah(order: Order, given: float | None) -> float | None:
    if given is None and order.wage is not None and order.wage.currency == "IDR":
        return order.wage.amount
    return given


def _look(order: Order) -> Look:
    return order.skills, order.isco08, order.country, tuple(needs.of(order))


def _unit(isco08: str | None) -> int:
    return int(isco08) if isco08 and len(isco08) == 4 and isco08.isdigit() else -1


def _shares(weights: Matrix) -> Matrix:
    totals = weights.sum(axis=1, keepdims=True)
    found: Matrix = np.divide(weights, totals, out=np.zeros_like(weights), where=totals > 0)
    return found
