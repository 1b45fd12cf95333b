"""Fitting starts here: what was shown (our own record) beside what others told came of it, as rows to learn from.

A row has the columns as they were when the list was shown; they are in the record, since a person who finishes a course
looks different afterwards. The outcome is what the topics say today. What the person was on the way to already when the
list was shown is no row of it: nothing that follows can be its merit.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.matching.matcher.ltr.examples import Examples, Grade, empty, objects
from services.matching.matcher.ranking.reranker import seen_at

Document = Mapping[str, Any]
Pair = tuple[str, str]

_OF_APPLICATION = {"DEPARTED": Grade.PLACED}
_OF_ENROLMENT = {"ENROLLED": Grade.ENROLLED, "COMPLETED": Grade.COMPLETED}


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The best that came of each pair of person and course, and of person and job order."""

    courses: Mapping[Pair, Grade]
    orders: Mapping[Pair, Grade]

    @classmethod
    def of(
        cls, decisions: Iterable[Document], enrolments: Iterable[Document], applications: Iterable[Document]
    ) -> "Outcomes":
        """From decisions, enrolments and applications as the houses' events have them; of a pair the best counts."""
        courses: dict[Pair, Grade] = {}
        orders: dict[Pair, Grade] = {}

        def note(grades: dict[Pair, Grade], person: str, offer: str, grade: Grade) -> None:
            grades[person, offer] = max(grade, grades.get((person, offer), Grade.SHOWN))

        for row in decisions:
            if row["decision"] == "ACCEPTED":
                for offer in row["chosen"]["courses"]:
                    note(courses, row["candidate_id"], offer, Grade.DECIDED)
                for offer in row["chosen"]["job_orders"]:
                    note(orders, row["candidate_id"], offer, Grade.DECIDED)
        for row in enrolments:
            certified = row["state"] == "COMPLETED" and row["result"] == "COMPETENT"
            grade = Grade.CERTIFIED if certified else _OF_ENROLMENT.get(row["state"], Grade.DECIDED)
            note(courses, row["candidate_id"], row["course_id"], grade)
        for row in applications:
            grade = _OF_APPLICATION.get(row["state"], Grade.APPLIED)
            note(orders, row["candidate_id"], row["job_order_id"], grade)
        return cls(courses, orders)

    def of_order(self, person: str, order: str) -> Grade:
        return self.orders.get((person, order), Grade.SHOWN)

    def of_course(self, person: str, course: str, unlocks: Iterable[str]) -> Grade:
        """A finished course has a share in the application to what it unlocked; an unfinished one has not."""
        own = self.courses.get((person, course), Grade.SHOWN)
        if own < Grade.COMPLETED:
            return own
        then = [grade for order in unlocks if (grade := self.of_order(person, order)) >= Grade.APPLIED]
        return max([own, *then])


def examples(
    snapshots: Iterable[Document], outcomes: Outcomes, people: Mapping[str, Any], columns: Mapping[str, tuple[str, ...]]
) -> dict[str, Examples]:
    """`orders` and `courses` → rows, each pair once: when it was first shown, which is before anything came of it.

    `snapshots` oldest first; `people`: whoever consents today, nobody else is learned from. `columns`: of the cards."""
    rows: dict[str, dict[Pair, tuple[Document, Grade, str]]] = {"orders": {}, "courses": {}}
    for snapshot in snapshots:
        person, seen = snapshot["candidate_id"], snapshot["seen"]
        if person not in people:
            continue
        record = tuple((told["code"], told["level"]) for told in seen.get("record", ()))
        for kind, shown in _shown(seen):
            if (person, shown["id"]) in rows[kind] or shown["id"] in seen["begun"][kind]:
                continue
            if kind == "orders":
                grade = outcomes.of_order(person, shown["id"])
            else:
                grade = outcomes.of_course(person, shown["id"], shown["unlocks"])
            rows[kind][person, shown["id"]] = ({**shown, "record": record}, grade, snapshot["_id"])
    return {kind: _together(found, columns[kind]) for kind, found in rows.items()}


def _shown(seen: Document) -> Iterator[tuple[str, Document]]:
    for kind in ("orders", "courses"):
        for shown in seen[kind]:
            yield kind, shown


def _together(rows: Mapping[Pair, tuple[Document, Grade, str]], columns: tuple[str, ...]) -> Examples:
    if not rows:
        return empty(columns)
    shown = [row for row, _, _ in rows.values()]
    return Examples(
        table=np.array([[row["columns"].get(column, math.nan) for column in columns] for row in shown], dtype=float),
        grade=np.array([grade for _, grade, _ in rows.values()], dtype=np.int64),
        propensity=np.array([row.get("propensity") or seen_at(row["rank"]) for row in shown], dtype=float),
        person=np.array([person for person, _ in rows], dtype=np.str_),
        offer=np.array([offer for _, offer in rows], dtype=np.str_),
        family=np.array([row["family"] for row in shown], dtype=np.str_),
        list=np.array([snapshot for _, _, snapshot in rows.values()], dtype=np.str_),
        record=objects([row["record"] for row in shown]),
        units=objects([tuple(row.get("units", ())) for row in shown]),
    )
