"""The columns of many people beside many orders: each distinct fact beside each distinct order, once, then gathered.

The same numbers as `OrderShelf.columns` gives for one person, to the last bit: where a column is a sum, both add in the
same order. What a column reads of an order is one of a few things (its skills, its work and country, its demands, its
wage), and ten thousand orders have a few hundred of each between them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.ranking.features import needs
from services.matching.matcher.ranking.features.affinity import SkillAffinity
from services.matching.matcher.ranking.features.orders import (
    COLUMNS,
    MONTHS,
    OrderShelf,
    rupiah_of,
    scaled_wage,
    soonness,
    unit_of,
    wished_work,
)
from services.matching.matcher.ranking.features.profile import known_skills, lived_by, paid, papers_of, reaching
from services.matching.matcher.ranking.features.shares import Shares
from services.matching.matcher.ranking.features.skills import SkillMap
from services.matching.matcher.ranking.values import OrderProspects
from services.matching.matcher.requirements.experience import NeedsExperience
from shared.words import Words

Ints = NDArray[np.int64]
Matrix = NDArray[np.float64]
F = TypeVar("F")

PLAIN = {name: at for at, name in enumerate(COLUMNS)}
ANYBODY = Person(id="", consent="GIVEN")
WORK = ("same_work", "near_work", "suits", "wished_work")
PLACE = ("worked_there", "wished_country")


@dataclass(frozen=True, slots=True)
class OrderLooks:
    """Orders by what the columns read of them; position i of each array is order i.

    `look`, `unit`, `country`, `demand`: numbers into `essential`/`optional`, `units`, `countries`, `cells`.
    """

    orders: tuple[Order, ...]
    look: Ints
    essential: Shares
    optional: Shares
    unit: Ints
    units: Ints
    country: Ints
    countries: tuple[str, ...]
    demand: Ints
    cells: Ints
    """For each distinct list of demands and each kind: a number into `demands`, -1 where the kind is not asked."""
    demands: tuple[tuple[Ints, ...], ...]
    """Groups of alternatives whose mean is one column; each group is numbers into `needs`."""
    needs: tuple[needs.Need, ...]
    amount: Matrix
    currency: NDArray[np.str_]
    rupiah: Matrix
    wage: Matrix
    soon: Matrix
    by_id: Ints
    """The place of each among all in order of id, which settles ties."""

    @classmethod
    def of(cls, shelf: OrderShelf, orders: Sequence[Order], prospects: OrderProspects) -> "OrderLooks":
        rows, at = shelf.rows(orders)
        looks, look = np.unique(rows.look[at], return_inverse=True)
        units, unit = np.unique(rows.unit[at], return_inverse=True)
        countries, country = np.unique(rows.country[at], return_inverse=True)
        asked: dict[needs.Need, int] = {}
        demands: dict[tuple[tuple[int, ...], ...], int] = {}
        lists: dict[tuple[int, ...], int] = {}
        demand = np.zeros(len(orders), dtype=np.int64)
        for place, order in enumerate(orders):
            cells = [-1] * len(needs.KINDS)
            by_kind: dict[str, list[tuple[int, ...]]] = {}
            for kind, alternatives in needs.of(order):
                group = tuple(asked.setdefault(need, len(asked)) for need in alternatives)
                by_kind.setdefault(kind, []).append(group)
            for kind, groups in by_kind.items():
                cells[needs.KINDS.index(kind)] = demands.setdefault(tuple(groups), len(demands))
            demand[place] = lists.setdefault(tuple(cells), len(lists))
        gaps = [prospects.get(order.id) for order in orders]
        rupiah = [rupiah_of(order, gap.wage_idr if gap else None) for order, gap in zip(orders, gaps, strict=True)]
        return cls(
            orders=tuple(orders),
            look=look.astype(np.int64),
            essential=rows.essential_shares.only(looks),
            optional=rows.optional_shares.only(looks),
            unit=unit.astype(np.int64),
            units=units,
            country=country.astype(np.int64),
            countries=tuple(countries.tolist()),
            demand=demand,
            cells=np.array(list(lists), dtype=np.int64).reshape(-1, len(needs.KINDS)),
            demands=tuple(tuple(np.array(group, dtype=np.int64) for group in groups) for groups in demands),
            needs=tuple(asked),
            amount=np.array([order.wage.amount if order.wage else np.nan for order in orders], dtype=float),
            currency=np.array([order.wage.currency if order.wage else "" for order in orders], dtype=np.str_),
            rupiah=np.array([np.nan if one is None else one for one in rupiah], dtype=float),
            wage=np.array([scaled_wage(one) for one in rupiah], dtype=float),
            soon=np.array([soonness(gap) for gap in gaps], dtype=float),
            by_id=np.argsort(np.array(sorted(range(len(orders)), key=lambda at: orders[at].id), dtype=np.int64)),
        )

    def __len__(self) -> int:
        return len(self.orders)


class ManyPeople:
    """Some people beside `OrderLooks`: a table for each thing that the columns read of an order."""

    def __init__(
        self, people: Sequence[Person], looks: OrderLooks, skills: SkillMap, words: Words, suits: SkillAffinity
    ) -> None:
        self.people = people
        self._looks = looks
        self.levels = _levels(people, skills, words)
        self.by_unit = self._by_unit(skills, suits)
        self.by_country = self._by_country()
        self.by_cell = self._by_cell(skills)
        self.least = [person.wishes.min_wage for person in people]

    def wished_wage(self, person: int, orders: Ints) -> Matrix:
        """How near the wages of some orders come to what one person asks for; NaN where that is not known."""
        looks, least = self._looks, self.least[person]
        if least is None or least.amount <= 0:
            return np.full(len(orders), np.nan)
        amount, rupiah = looks.amount[orders], looks.rupiah[orders]
        same = looks.currency[orders] == least.currency
        other = rupiah / least.amount if least.currency == "IDR" else np.full(len(orders), np.nan)
        return np.minimum(1.0, np.where(same, amount / least.amount, other))

    def columns(self, who: Ints, which: Ints) -> Matrix:
        """len(who) x COLUMNS: person `who[i]` beside order `which[i]`; `who` ascends."""
        looks = self._looks
        table = np.full((len(who), len(COLUMNS)), np.nan)
        if not len(who):
            return table
        look = looks.look[which]
        table[:, PLAIN["skills"]] = looks.essential.covered_by(self.levels, who, look)
        table[:, PLAIN["weakest_skill"]] = looks.essential.weakest_by(self.levels, who, look)
        table[:, PLAIN["extra_skills"]] = looks.optional.covered_by(self.levels, who, look)
        for name, values in zip(WORK, self.by_unit, strict=True):
            table[:, PLAIN[name]] = values[who, looks.unit[which]]
        for name, values in zip(PLACE, self.by_country, strict=True):
            table[:, PLAIN[name]] = values[who, looks.country[which]]
        cells = looks.cells[looks.demand[which]]
        for at, kind in enumerate(needs.KINDS):
            table[:, PLAIN[kind]] = self.by_cell[who, cells[:, at]]  # cell -1 is the last column: NaN
        table[:, PLAIN["wage"]], table[:, PLAIN["soon"]] = looks.wage[which], looks.soon[which]
        some, starts = np.unique(who, return_index=True)
        for person, start, stop in zip(some.tolist(), starts.tolist(), [*starts[1:].tolist(), len(who)], strict=True):
            if self.least[person] is not None:
                table[start:stop, PLAIN["wished_wage"]] = self.wished_wage(person, which[start:stop])
        return table

    def _by_unit(self, skills: SkillMap, suits: SkillAffinity) -> Matrix:
        """(WORK, people, units)."""
        units, people = self._looks.units, self.people
        months = np.zeros((len(people), len(units)))
        near = np.zeros((len(people), len(units)))
        at = {unit: place for place, unit in enumerate(units.tolist())}
        groups: dict[int, list[int]] = {}
        for place, unit in enumerate(units.tolist()):
            groups.setdefault(unit // 100, []).append(place)
        for row, person in enumerate(people):
            longest: dict[int, float] = {}
            for isco08, count in lived_by(person, skills):
                unit = unit_of(isco08)
                if unit in at:
                    months[row, at[unit]] += count
                if unit // 100 in groups:
                    longest[unit // 100] = max(longest.get(unit // 100, 0.0), count)
            for group, count in longest.items():
                near[row, groups[group]] = count
        none = np.where(units >= 0, 0.0, np.nan)
        same_work, near_work = np.minimum(months / MONTHS, 1.0) + none, np.minimum(near / MONTHS, 1.0) + none
        return np.stack([same_work, near_work, self._suits(suits), self._wished_work()])

    def _suits(self, suits: SkillAffinity) -> Matrix:
        places = suits.places(self._looks.units)
        shares, row_of = suits.beside(places)
        none = np.ones((len(self.people), len(places)))
        told = [
            [(row_of[code], level) for code, level, _ in known_skills(person) if code in row_of]
            for person in self.people
        ]
        for who, row, level in _in_step(told):
            none[who] *= 1 - level[:, None] * shares[row]
        values: Matrix = 1 - none
        values[:, places == len(suits.units)] = np.nan
        return values

    def _wished_work(self) -> Matrix:
        def wished(isco08: tuple[str, ...]) -> Matrix:
            return wished_work(isco08, self._looks.units) if isco08 else np.full(len(self._looks.units), np.nan)

        return _gathered([person.wishes.isco08 for person in self.people], wished)

    def _by_country(self) -> Matrix:
        """(PLACE, people, countries)."""
        countries = np.array(self._looks.countries, dtype=np.str_)

        def among(names: tuple[str, ...]) -> Matrix:
            if not names:
                return np.full(len(countries), np.nan)
            return np.isin(countries, list(names)).astype(float)

        there = [tuple(sorted({work.country for work in person.occupations if work.country})) for person in self.people]
        wished = [tuple(sorted(person.wishes.destinations)) for person in self.people]
        return np.stack([_gathered(there, among), _gathered(wished, among)])

    def _by_cell(self, skills: SkillMap) -> Matrix:
        """People x distinct demands, and a last column of NaN."""
        looks = self._looks
        met = np.zeros((len(self.people), len(looks.needs)))
        lived = [at for at, need in enumerate(looks.needs) if isinstance(need.leaf, NeedsExperience)]
        if lived:
            leaves = [leaf for need in looks.needs if isinstance(leaf := need.leaf, NeedsExperience)]
            met[:, lived] = needs.experience_met(leaves, [paid(person) for person in self.people])
        others = [at for at in range(len(looks.needs)) if at not in set(lived)]
        for facet in sorted({looks.needs[at].leaf.FACET or "" for at in others}):
            mine = [at for at in others if facet == looks.needs[at].leaf.FACET]

            def answers(fact: Any, facet: str = facet, mine: Sequence[int] = mine) -> Matrix:
                profile = papers_of(replace(ANYBODY, **{facet: fact}), skills)
                return np.array([needs.met(looks.needs[at], profile) for at in mine])

            met[:, mine] = _gathered([getattr(person, facet) for person in self.people], answers)
        cells = np.full((len(self.people), len(looks.demands) + 1), np.nan)
        for at, groups in enumerate(looks.demands):
            total = np.zeros(len(self.people))
            for group in groups:
                total += met[:, group].max(axis=1)
            cells[:, at] = total / len(groups)
        return cells


def _levels(people: Sequence[Person], skills: SkillMap, words: Words) -> Matrix:
    """People x skills: the greatest reach of anything they named or did."""
    rows: dict[tuple[str, ...], int] = {}
    near: list[Matrix] = []

    def row(codes: tuple[str, ...]) -> int:
        if codes not in rows:
            positions = [position for position in map(skills.position, codes) if position is not None]
            rows[codes] = len(near) if positions else -1
            if positions:
                near.append(np.asarray(skills.near[positions].max(axis=0)))
        return rows[codes]

    told = [
        [(at, level) for codes, level in reaching(person, words) if (at := row(tuple(codes))) >= 0] for person in people
    ]
    levels = np.zeros((len(people), len(skills)))
    reach = np.array(near) if near else np.zeros((0, len(skills)))
    for who, what, level in _in_step(told):
        levels[who] = np.maximum(levels[who], level[:, None] * reach[what])
    return levels


def _in_step(told: Sequence[Sequence[tuple[int, float]]]) -> Iterable[tuple[Ints, Ints, Matrix]]:
    """The first of everybody, then the second, and so on: (who has one, what, how far)."""
    sizes = np.array([len(one) for one in told], dtype=np.int64)
    for at in range(int(sizes.max(initial=0))):
        who = np.flatnonzero(sizes > at)
        mine = [told[person][at] for person in who.tolist()]
        yield who, np.array([row for row, _ in mine]), np.array([level for _, level in mine])


def _gathered(facts: Sequence[F], answer: Callable[[F], Matrix]) -> Matrix:
    """One row a person, worked out once for each distinct fact."""
    known: dict[F, int] = {}
    column = np.array([known.setdefault(fact, len(known)) for fact in facts], dtype=np.int64)
    return np.array([answer(fact) for fact in known])[column]
