"""The ranking asks this for the columns of one person beside many courses.

`gain` is the heart: how much the course raises this person's prospect of decent legal work. It is worked out by the
ranker, which alone knows chances; this shelf supplies the rest and says what a course adds to a person's skills.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.courses import Course
from services.matching.matcher.ranking.features.orders import Shelf, ShelfRows, as_they_come, numbered, wished_work
from services.matching.matcher.ranking.features.profile import NEW, Profile
from services.matching.matcher.ranking.features.shares import one_below_other
from services.matching.matcher.ranking.values import CourseProspects

COLUMNS = (
    "gain",  # rise of the expected worth of the best order within reach
    "wished_work",  # it prepares for work that the person wishes
    "wished_country",  # an order that it helps to unlock lies in a country that the person wishes
    "near_work",  # it builds on work that the person did
    "suits",  # everything done so far beside the work that it prepares for, as the ranker learned it
    "builds_on",  # it builds on skills that the person has
    "teaches_new",  # share of what it teaches that is new to the person
    "close",  # distance from home to the place of its next batch
    "within_wish",  # no farther than the person said
    "cheap",  # cost to the trainee
    "boarding",  # a bed where the person asked for one
    "soon",  # days until what it unlocks is reachable
)
_FAR, _SOON, _DEAR = 150.0, 180.0, 2e6  # km, days, rupiah after which the advantage has fallen to a third
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _CourseRows(ShelfRows):
    """`look`: a row of the next two."""

    teaches: Matrix
    near_taught: Matrix
    units: NDArray[np.int64]
    """The unit groups that a course prepares for, filled up with -1."""


class CourseShelf(Shelf[Course, _CourseRows]):
    """The courses of a ranking."""

    def taught(self, courses: Sequence[Course]) -> tuple[NDArray[np.int64], Matrix]:
        """How far somebody fresh from a course can do each skill: courses that teach alike have the same row.

        (For each course the number of its row, distinct rows x skills.)
        """
        rows, at = self.rows(courses)
        first, mine = as_they_come(rows.look[at])
        return mine, NEW * rows.near_taught[rows.look[at[first]]]

    def columns(self, profile: Profile, courses: Sequence[Course], outlooks: CourseProspects, gain: Matrix) -> Matrix:
        """len(courses) x len(COLUMNS), NaN where something is not known."""
        rows, at = self.rows(courses)
        table = np.full((len(courses), len(COLUMNS)), np.nan)
        put = {name: table[:, index] for index, name in enumerate(COLUMNS)}
        put["gain"][:] = gain
        looks, mine = np.unique(rows.look[at], return_inverse=True)  # what is taught alike is summed once
        teaches = rows.teaches[looks] > 0
        count = np.maximum(teaches.sum(axis=1), 1)
        known = teaches.any(axis=1)
        have, new = np.where(teaches, profile.levels, 0.0), np.where(teaches, 1 - profile.levels, 0.0)
        put["builds_on"][:] = np.where(known, np.minimum(1.0, 2 * have.sum(axis=1) / count), np.nan)[mine]
        put["teaches_new"][:] = np.where(known, new.sum(axis=1) / count, np.nan)[mine]
        wishes = profile.person.wishes
        units = rows.units[at]
        prepares = (units >= 0).any(axis=1)
        put["near_work"][:] = np.where(prepares, _near_work(profile, units), np.nan)
        put["suits"][:] = np.fmax.reduce(profile.suited.columns(units), axis=1, initial=np.nan)
        if wishes.isco08:
            near = wished_work(wishes.isco08, units.ravel()).reshape(units.shape).max(axis=1, initial=0.0)
            put["wished_work"][:] = np.where(prepares, near, np.nan)
        for row, course in enumerate(courses):
            self._terms(put, row, course, outlooks, profile)
        return table

    def _terms(
        self, put: dict[str, Matrix], row: int, course: Course, outlooks: CourseProspects, profile: Profile
    ) -> None:
        wishes, outlook = profile.person.wishes, outlooks.get(course.id)
        online = course.mode == "ONLINE"
        distance = 0.0 if online else (outlook.distance_km if outlook else None)
        if distance is not None:
            put["close"][row] = math.exp(-distance / _FAR)
            if wishes.max_distance_km is not None:
                put["within_wish"][row] = float(distance <= wishes.max_distance_km)
        if course.cost_to_trainee is not None and course.cost_to_trainee.currency == "IDR":
            put["cheap"][row] = math.exp(-max(0.0, course.cost_to_trainee.amount) / _DEAR)
        if wishes.boarding_ok and course.boarding is not None and not online:
            put["boarding"][row] = float(course.boarding)
        if wishes.boarding_ok is False and course.boarding is not None:
            put["boarding"][row] = float(not course.boarding)
        if wishes.destinations and outlook is not None and outlook.orders:
            put["wished_country"][row] = any(order.country in wishes.destinations for order in outlook.orders)
        if outlook is not None and outlook.days is not None:
            put["soon"][row] = math.exp(-outlook.days / _SOON)

    def _empty(self) -> _CourseRows:
        none, nothing = np.zeros(0, dtype=np.int64), np.zeros((0, len(self.skills)))
        self._looks: dict[bytes, int] = {}
        return _CourseRows({}, none, nothing, nothing, np.zeros((0, 0), dtype=np.int64))

    def _with(self, rows: _CourseRows, courses: Sequence[Course]) -> _CourseRows:
        teaches = np.zeros((len(courses), len(self.skills)))
        for row, course in enumerate(courses):
            codes = [(outcome.code, outcome.similarity) for outcome in course.outcomes]
            if not codes:
                codes = [(code, 1.0) for isco08 in course.isco08 for code in self._words.taught_by(isco08)]
            for code, similarity in codes:
                position = self.skills.position(code)
                if position is not None:
                    teaches[row, position] = max(teaches[row, position], similarity)
        look, new = numbered(self._looks, list(map(bytes, teaches)))
        near = np.array([(row[:, None] * self.skills.near).max(axis=0) for row in teaches[new]])
        return _CourseRows(
            place={**rows.place, **{(one.id, one.version): at for at, one in enumerate(courses, len(rows.look))}},
            look=np.append(rows.look, look),
            teaches=np.concatenate([rows.teaches, teaches[new]]),
            near_taught=np.concatenate([rows.near_taught, near.reshape(-1, len(self.skills))]),
            units=one_below_other(rows.units, _units([course.isco08 for course in courses]), -1),
        )


def _near_work(profile: Profile, units: NDArray[np.int64]) -> Matrix:
    """Share of three years of work in the sub-major groups that each course prepares for."""
    done = np.array([int(isco08) // 100 if isco08.isdigit() else -9 for isco08, _ in profile.lived], dtype=np.int64)
    months = np.array([count for _, count in profile.lived])
    here = (units[:, :, None] // 100 == done).any(axis=1)
    months_near = np.where(here, months, 0.0).max(axis=1, initial=0.0)
    found: Matrix = np.minimum(1.0, months_near / 36)
    return found


def _units(courses: Sequence[Sequence[str]]) -> NDArray[np.int64]:
    known = [[int(code) for code in codes if code.isdigit() and len(code) == 4] for codes in courses]
    widest = max(map(len, known), default=0)
    return np.array([row + [-1] * (widest - len(row)) for row in known], dtype=np.int64).reshape(len(known), widest)
