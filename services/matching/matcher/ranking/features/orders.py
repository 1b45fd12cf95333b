"""The ranking asks this for the columns of one person beside many orders.

Orders are read once, when they are first seen or change (id and version), and stay as rows of a few arrays: a person
then costs a handful of array operations for any number of orders. One shelf serves all threads of a process; a changed
order is one more row, and what it asks stands there once, however many orders ask it.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.ranking.features import needs
from services.matching.matcher.ranking.features.profile import Profile
from services.matching.matcher.ranking.features.shares import Shares
from services.matching.matcher.ranking.features.skills import SkillMap
from services.matching.matcher.ranking.values import OrderProspect, OrderProspects
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

NO_GAP = OrderProspect()
MONTHS = 36  # more than three years of the same work add nothing further
_SOON = 120.0  # days after which the advantage of an early start has fallen to a third
SPARE = 20_000
"""Rows of changed and closed orders that a shelf may carry along, some 100 bytes each; then it begins anew."""
_WAGE_LOW, _WAGE_HIGH = 2e6, 45e6  # rupiah a month; about a minimum wage of NTT and a nurse's pay in Germany
Matrix = NDArray[np.float64]
Ints = NDArray[np.int64]
K = TypeVar("K")
Shelved = TypeVar("Shelved", Order, Course)
Rows = TypeVar("Rows", bound="ShelfRows")


@dataclass(frozen=True, slots=True)
class ShelfRows:
    """Everything about what is on a shelf, one row each. Replaced as a whole, never changed."""

    place: Mapping[tuple[str, int], int]
    """Id and version → row."""
    look: Ints
    """What names the same skills alike has the same number."""

    def at(self, items: Sequence[Order] | Sequence[Course]) -> Ints:
        """The rows of some of them; -1 for one that is not here."""
        return np.array([self.place.get((one.id, one.version), -1) for one in items], dtype=np.int64)


class Shelf(ABC, Generic[Shelved, Rows]):
    """Orders or courses as rows, read once. `columns` of each gives the numbers of one person beside some of them."""

    def __init__(self, skills: SkillMap, words: Words) -> None:
        self.skills = skills
        self._words = words
        self._lock = Lock()
        self._rows: Rows = self._empty()

    def rows(self, items: Sequence[Shelved]) -> tuple[Rows, Ints]:
        """The shelf with all of these on it, and their positions."""
        rows = self._rows
        at = rows.at(items)
        if (at < 0).any():
            with self._lock:
                if len(self._rows.look) > 8 * len(items) + SPARE:
                    self._rows = self._empty()
                new = [one for one in items if (one.id, one.version) not in self._rows.place]
                rows = self._rows = self._with(self._rows, new)
            at = rows.at(items)
        return rows, at

    @abstractmethod
    def _empty(self) -> Rows:
        """An empty shelf."""

    @abstractmethod
    def _with(self, rows: Rows, items: Sequence[Shelved]) -> Rows:
        """The rows and some more after them."""


@dataclass(frozen=True, slots=True)
class _OrderRows(ShelfRows):
    """`look`: a row of the next three."""

    essential: Matrix
    essential_shares: Shares
    optional_shares: Shares
    unit: Ints
    country: NDArray[np.str_]
    rupiah: Matrix
    """The monthly wage as the order itself says it; `wage`: the same scaled."""
    wage: Matrix
    demand: Ints
    """Orders that ask the same papers have the same number: a row of `needs`."""
    needs: needs.NeedTable


class OrderShelf(Shelf[Order, _OrderRows]):
    """The orders of a ranking."""

    def columns(
        self,
        profile: Profile,
        orders: Sequence[Order],
        gaps: OrderProspects,
        standing: "tuple[_OrderRows, Ints] | None" = None,
    ) -> Matrix:
        """len(orders) x len(COLUMNS), NaN where something is not known. `standing`: their `rows`, where known."""
        rows, at = standing or self.rows(orders)
        table = np.full((len(orders), len(COLUMNS)), np.nan)
        put = {name: table[:, index] for index, name in enumerate(COLUMNS)}
        looks, mine = np.unique(rows.look[at], return_inverse=True)  # what is asked alike is summed once
        essential = rows.essential_shares.only(looks)
        put["skills"][:] = essential.covered(profile.levels)[mine]
        put["weakest_skill"][:] = essential.weakest(profile.levels)[mine]
        put["extra_skills"][:] = rows.optional_shares.only(looks).covered(profile.levels)[mine]
        self._work(put, rows.unit[at], rows.country[at], profile)
        put["suits"][:] = profile.suited.columns(rows.unit[at])
        answers = rows.needs.columns(profile)[rows.demand[at]]
        for index, kind in enumerate(needs.KINDS):
            put[kind][:] = answers[:, index]
        self._wishes(put, rows.unit[at], rows.country[at], profile)
        rupiah, put["wage"][:] = rows.rupiah[at], rows.wage[at]
        if gaps:
            away = [gaps.get(order.id, NO_GAP) for order in orders]
            put["soon"][:] = [soonness(gap) for gap in away]
            wages = [(row, gap.wage_idr) for row, gap in enumerate(away) if gap.wage_idr is not None]
            given = [row for row, _ in wages]
            rupiah[given], put["wage"][given] = [wage for _, wage in wages], [scaled_wage(wage) for _, wage in wages]
        if profile.person.wishes.min_wage is not None:
            put["wished_wage"][:] = [_wished_wage(profile, *one) for one in zip(orders, rupiah.tolist(), strict=True)]
        return table

    def essential(self, rows: "_OrderRows", at: Ints) -> tuple[Matrix, Ints]:
        """(what is asked of each skill, distinct rows x skills; for each order the number of its row). For `rows`."""
        first, mine = as_they_come(rows.look[at])
        return rows.essential[rows.look[at[first]]], mine

    def able_skills(self, profile: Profile, order: Order, level: float, *, essential: bool) -> list[int]:
        """Positions of the order's skills that the person covers at least `level`, best covered first."""
        able = [index for index in self._asked(order, essential=essential) if profile.levels[index] >= level]
        return sorted(able, key=lambda index: (-profile.levels[index], index))

    def weak_skills(self, profile: Profile, order: Order, level: float) -> list[str]:
        """Essential skill codes of an order that the person covers less than `level`, least covered first."""
        weak = [index for index in self._asked(order, essential=True) if profile.levels[index] < level]
        return [self.skills.codes[index] for index in sorted(weak, key=lambda index: (profile.levels[index], index))]

    def _asked(self, order: Order, *, essential: bool) -> list[int]:
        rows, at = self.rows([order])
        return (rows.essential_shares if essential else rows.optional_shares).asked(int(rows.look[at[0]]))

    def _empty(self) -> _OrderRows:
        none, nothing = np.zeros(0, dtype=np.int64), np.zeros((0, len(self.skills)))
        shares, texts = Shares.of(nothing), np.zeros(0, dtype="U2")
        self._looks: dict[bytes, int] = {}
        self._demands: dict[needs.Demand, int] = {}
        return _OrderRows(
            {}, none, nothing, shares, shares, none, texts, np.zeros(0), np.zeros(0), none, needs.NeedTable.of(())
        )

    def _with(self, rows: _OrderRows, orders: Sequence[Order]) -> _OrderRows:
        size = len(self.skills)
        essential, optional = np.zeros((len(orders), size)), np.zeros((len(orders), size))
        for row, order in enumerate(orders):
            for skill in order.skills:
                position = self.skills.position(skill.code)
                if position is not None:
                    target = essential if skill.essential else optional
                    target[row, position] = max(target[row, position], skill.similarity)
            if not essential[row].any():
                self._presume(order, essential[row], optional[row])
        essential, optional = _shares(essential), _shares(optional)
        look, new = numbered(self._looks, [b"".join(map(bytes, row)) for row in zip(essential, optional, strict=True)])
        demands = list(map(needs.of, orders))
        demand, first = numbered(self._demands, demands)
        rupiah = [rupiah_of(order, None) for order in orders]
        place = {(order.id, order.version): at for at, order in enumerate(orders, len(rows.look))}
        return _OrderRows(
            place={**rows.place, **place},
            look=np.append(rows.look, look),
            essential=np.concatenate([rows.essential, essential[new]]),
            essential_shares=rows.essential_shares.beside(Shares.of(essential[new])),
            optional_shares=rows.optional_shares.beside(Shares.of(optional[new])),
            unit=np.append(rows.unit, np.array([unit_of(order.isco08) for order in orders], dtype=np.int64)),
            country=np.append(rows.country, np.array([order.country or "" for order in orders], dtype=np.str_)),
            rupiah=np.append(rows.rupiah, [np.nan if one is None else one for one in rupiah]),
            wage=np.append(rows.wage, [scaled_wage(one) for one in rupiah]),
            demand=np.append(rows.demand, demand),
            needs=rows.needs.beside([demands[at] for at in first]),
        )

    def _presume(self, order: Order, essential: Matrix, optional: Matrix) -> None:
        """An order that calls nothing essential asks what its occupation is made of, else all that it names.

        Without this it would be the only kind of order that nobody can lack anything for."""
        for code in self._words.taught_by(order.isco08 or ""):
            essential[self.skills.position(code)] = 1.0
        if not essential.any():
            essential[:] = optional

    def _work(self, put: dict[str, Matrix], unit: Ints, country: NDArray[np.str_], profile: Profile) -> None:
        done = np.array([unit_of(isco08) for isco08, _ in profile.lived], dtype=np.int64)
        months = np.array([count for _, count in profile.lived])
        same = (unit[:, None] == done) @ months
        # Unpaid practice stands under every group whose work it is, so the longest counts and not their sum.
        near = np.where(unit[:, None] // 100 == done // 100, months, 0.0).max(axis=1, initial=0.0)
        known = unit >= 0
        put["same_work"][:] = np.where(known, np.minimum(same / MONTHS, 1.0), np.nan)
        put["near_work"][:] = np.where(known, np.minimum(near / MONTHS, 1.0), np.nan)
        there = {work.country for work in profile.person.occupations if work.country}
        if there:
            put["worked_there"][:] = np.isin(country, sorted(there))

    def _wishes(self, put: dict[str, Matrix], unit: Ints, country: NDArray[np.str_], profile: Profile) -> None:
        wishes = profile.person.wishes
        if wishes.isco08:
            put["wished_work"][:] = wished_work(wishes.isco08, unit)
        if wishes.destinations:
            put["wished_country"][:] = np.isin(country, sorted(wishes.destinations))


def wished_work(wished: Sequence[str], unit: Ints) -> Matrix:
    """1 for a wished unit group, 0.5 for another of the same minor group, 0.25 for the same sub-major group."""
    best = np.zeros(len(unit))
    for isco08 in wished:
        code = unit_of(isco08)
        for divisor, worth in ((100, 0.25), (10, 0.5), (1, 1.0)):
            best = np.maximum(best, np.where((unit // divisor == code // divisor) & (unit >= 0), worth, 0.0))
    return best


@lru_cache(maxsize=1 << 14)  # wages of orders, the same for everybody
def scaled_wage(rupiah: float | None) -> float:
    """0..1 on a logarithmic scale, since the second million matters more than the twentieth; NaN when not known."""
    if rupiah is None or rupiah <= 0:
        return math.nan
    return min(1.0, max(0.0, math.log(rupiah / _WAGE_LOW) / math.log(_WAGE_HIGH / _WAGE_LOW)))


def soonness(gap: OrderProspect | None) -> float:
    """1 today, falling with the days until the person may apply; NaN when not known."""
    return math.nan if gap is None or gap.days is None else _soon_after(gap.days)


@lru_cache(maxsize=1 << 12)
def _soon_after(days: int) -> float:
    return math.exp(-days / _SOON)


def _wished_wage(profile: Profile, order: Order, rupiah: float) -> float:
    """`rupiah`: NaN when nobody can say."""
    least = profile.person.wishes.min_wage
    if least is None or least.amount <= 0:
        return math.nan
    if order.wage is not None and order.wage.currency == least.currency:
        return min(1.0, order.wage.amount / least.amount)
    if least.currency == "IDR" and rupiah == rupiah:
        return min(1.0, rupiah / least.amount)
    return math.nan


def rupiah_of(order: Order, given: float | None) -> float | None:
    """The monthly wage in rupiah: as given, else as the order itself says it; None when nobody can say."""
    if given is None and order.wage is not None and order.wage.currency == "IDR":
        return order.wage.amount
    return given


def unit_of(isco08: str | None) -> int:
    """A unit group of ISCO-08 as a number; -1 for anything else."""
    return int(isco08) if isco08 and len(isco08) == 4 and isco08.isdigit() else -1


def as_they_come(numbers: Ints) -> tuple[Ints, Ints]:
    """(places of the first of each number, for each place which of them it is like), in the order of the places.

    Numbers depend on what stood on a shelf before; what is worked out from them must not, to the last bit.
    """
    _, first, alike = np.unique(numbers, return_index=True, return_inverse=True)
    order = np.argsort(first)
    return first[order], np.argsort(order)[alike]


def numbered(known: dict[K, int], keys: Sequence[K]) -> tuple[Ints, list[int]]:
    """(the number of each key, places of those that are new); new ones are numbered on and noted in `known`."""
    before = len(known)
    numbers = [known.setdefault(key, len(known)) for key in keys]
    new = {number: at for at, number in reversed(list(enumerate(numbers))) if number >= before}
    return np.array(numbers, dtype=np.int64), [new[number] for number in sorted(new)]


def _shares(weights: Matrix) -> Matrix:
    totals = weights.sum(axis=1, keepdims=True)
    found: Matrix = np.divide(weights, totals, out=np.zeros_like(weights), where=totals > 0)
    return found
