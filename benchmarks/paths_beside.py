"""Row 6 of `speed`: the three paths of one person beside CP-SAT (OR-tools) on the same question.

CP-SAT is given what our search begins with, for nothing: which batches help with what, what each asks at its door, and
which gaps would open which orders on which days. It chooses batches that do not overlap, and an order, and is asked
three times: for the least day, the least distance, the greatest wage. Ties, which our search settles too, are left
out. One model for the three, all cores, its own parameters.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.drawn_province import DAY, Province, World
from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.gaps import Gap
from services.matching.matcher.pathway.question import Question
from services.matching.matcher.pathway.search import find

SECONDS = 30.0
"""Of one of its three searches; one that is not over by then counts as so long, so that the ratio is kept at least."""
Literals = dict[int, cp_model.IntVar]


class Model:
    """One person's question for CP-SAT; `best` may be asked several times."""

    def __init__(self, question: Question) -> None:
        offers, wishes = question.offers, question.person.wishes
        joinable = question.open & offers.within(question.km, wishes.max_distance_km, wishes.boarding_ok)
        self._groups, number = question.groups_of(joinable)
        self._rows = np.flatnonzero(joinable & (number >= 0)).tolist()
        self._group = {row: self._groups[number[row]] for row in self._rows}
        self._ends, self._starts = offers.ends.astype(int).tolist(), offers.starts.astype(int).tolist()
        self._model = model = cp_model.CpModel()
        self._takes: Literals = {row: model.new_bool_var("") for row in self._rows}
        model.add_no_overlap(
            model.new_optional_fixed_size_interval_var(
                self._starts[row], self._ends[row] - self._starts[row] + 1, take, ""
            )
            for row, take in self._takes.items()
        )
        last = max([self._ends[row] for row in self._rows], default=0)
        self._day = model.new_int_var(0, last, "")
        model.add_max_equality(self._day, [take * self._ends[row] for row, take in self._takes.items()])
        self._wage = model.new_int_var(0, 10**10, "")
        chosen = []
        for aim in question.aims:
            kinds: dict[tuple[int, int], int] = defaultdict(int)
            for first, until, wage in zip(aim.first.tolist(), aim.last.tolist(), aim.wage.tolist(), strict=True):
                kinds[first, until] = max(kinds[first, until], int(max(wage, 0)))
            of_aim = []
            for (first, until), wage in kinds.items():
                this = model.new_bool_var("")
                model.add_linear_constraint(self._day, first, until).only_enforce_if(this)
                model.add(self._wage <= wage).only_enforce_if(this)
                of_aim.append(this)
            this_aim = model.new_bool_var("")
            model.add(sum(of_aim) == this_aim)
            self._closed(aim.gap, this_aim, self._rows)
            chosen.append(this_aim)
        model.add_exactly_one(chosen)
        for row, take in self._takes.items():
            self._admitted(row, take)
        km = [int(question.km[row]) * take for row, take in self._takes.items()]
        self._goals = {"fastest": self._day, "nearest": sum(km), "best_paid": -self._wage}

    def _closed(self, gap: Gap, needed: cp_model.IntVar, rows: Iterable[int]) -> None:
        """Where `needed`, some of these batches give every bit and enough hours."""
        rows = list(rows)
        for bit in range(gap.mask.bit_length()):
            if gap.mask >> bit & 1:
                gives = [self._takes[row] for row in rows if self._group[row].mask >> bit & 1]
                self._model.add_bool_or([*gives, needed.negated()])
        for title, amount in gap.hours:
            hours = [(dict(self._group[row].hours).get(title, 0), self._takes[row]) for row in rows]
            self._model.add(sum(some * take for some, take in hours if some) >= amount).only_enforce_if(needed)

    def _admitted(self, row: int, take: cp_model.IntVar) -> None:
        doors = self._group[row].doors
        if not all(doors):  # a door without a gap is open
            return
        before = [other for other in self._rows if self._ends[other] < self._starts[row]]
        by = [self._model.new_bool_var("") for _ in doors]
        self._model.add_bool_or([*by, take.negated()])
        for door, this in zip(doors, by, strict=True):
            self._closed(door, this, before)

    def best(self, kind: str) -> int | None:
        """The least day, least distance, or (negative) greatest wage; None where there is no path, or no time."""
        self._model.minimize(self._goals[kind])
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = SECONDS
        done = solver.solve(self._model)
        return round(solver.objective_value) if done == cp_model.OPTIMAL else None


def beside(batches: int, orders: int, people: int) -> tuple[float, float, float, int, int]:
    """(how many times faster, our milliseconds, those of CP-SAT; people; for how many of them CP-SAT was done in time).

    Medians of people who have a path. Where CP-SAT was done, both say the same day and distance, or this fails."""
    world, ours, theirs, proved = Province(1).world(batches, orders), [], [], 0
    asked = [Province(number).person(number) for number in range(3 * people + 1)]
    find(asked.pop(), world, DAY)
    for person in asked:
        if len(ours) == people:
            break
        began = time.perf_counter()
        found = find(person, world, DAY)
        took = time.perf_counter() - began
        if found.fastest is None or found.fastest.beyond_wishes or not found.fastest.steps:
            continue
        ours.append(took)
        seconds, said = _cp_sat(person, world)
        theirs.append(seconds)
        nearest = found.nearest or found.fastest
        km = nearest.distance_km
        day, reached = said
        proved += day is not None and reached is not None
        assert day in (None, found.fastest.ready_on), f"another day: {day}"
        assert None in (km, reached) or reached == km, f"another distance: {reached}"
    ratio = statistics.median(slow / fast for slow, fast in zip(theirs, ours, strict=True))
    return ratio, statistics.median(ours) * 1000, statistics.median(theirs) * 1000, len(ours), proved


def _cp_sat(person: Person, world: World) -> tuple[float, tuple[date | None, int | None]]:
    question = Question(person, world, DAY)
    question.groups_of(question.open)
    assert question.aims is not None  # worked out before the clock begins
    began = time.perf_counter()
    model = Model(question)
    day, km, _ = (model.best(kind) for kind in ("fastest", "nearest", "best_paid"))
    return time.perf_counter() - began, (date.fromordinal(day) if day else None, km)
