"""What counts as an outcome of an advice, and what does not."""

import math
from typing import Any

import pytest

from services.matching.learning.rows import Outcomes, examples
from services.matching.matcher.ltr.examples import Examples, Grade

COLUMNS = {"orders": ("skills", "wage"), "courses": ("gain",)}
NOTHING = Outcomes.of([], [], [])


def a_line(id: str, rank: int = 1, **changes: Any) -> dict[str, Any]:
    line = {"id": id, "rank": rank, "propensity": rank**-0.5, "score": 50.0, "family": "91", "columns": {"skills": 0.5}}
    return {**line, **changes}


def a_snapshot(
    person: str, *, orders: Any = (), courses: Any = (), begun: dict[str, list[str]] | None = None, id: str = "answer"
) -> dict[str, Any]:
    seen = {"orders": orders, "courses": courses, "begun": begun or {"orders": [], "courses": []}}
    return {"_id": id, "candidate_id": person, "seen": seen}


def rows(
    *snapshots: dict[str, Any], outcomes: Outcomes = NOTHING, people: Any = ("ana", "beni")
) -> dict[str, Examples]:
    return examples(snapshots, outcomes, dict.fromkeys(people, {}), COLUMNS)


def an_application(state: str, person: str = "ana", order: str = "order") -> dict[str, Any]:
    return {"candidate_id": person, "job_order_id": order, "state": state}


def an_enrolment(state: str, result: str | None = None) -> dict[str, Any]:
    return {"candidate_id": "ana", "course_id": "course", "state": state, "result": result}


@pytest.mark.parametrize(
    ("state", "result", "grade"),
    [
        ("APPLIED", None, Grade.DECIDED),
        ("DROPPED", None, Grade.DECIDED),
        ("ENROLLED", None, Grade.ENROLLED),
        ("COMPLETED", "NOT_YET_COMPETENT", Grade.COMPLETED),
        ("COMPLETED", "COMPETENT", Grade.CERTIFIED),
    ],
)
def test_a_course_is_worth_how_far_the_person_came(state: str, result: str | None, grade: Grade) -> None:
    outcomes = Outcomes.of([], [an_enrolment(state, result)], [])
    assert outcomes.of_course("ana", "course", []) == grade
    assert outcomes.of_course("beni", "course", []) == Grade.SHOWN


@pytest.mark.parametrize(("state", "grade"), [("APPLIED", 5), ("REJECTED", 5), ("AGREED", 5), ("DEPARTED", 6)])
def test_an_order_is_worth_an_application_or_a_departure(state: str, grade: int) -> None:
    assert Outcomes.of([], [], [an_application(state)]).of_order("ana", "order") == grade


def test_only_a_finished_course_has_a_share_in_what_it_unlocked() -> None:
    unfinished = Outcomes.of([], [an_enrolment("ENROLLED")], [an_application("DEPARTED")])
    finished = Outcomes.of([], [an_enrolment("COMPLETED")], [an_application("DEPARTED")])
    assert unfinished.of_course("ana", "course", ["order"]) == Grade.ENROLLED
    assert finished.of_course("ana", "course", ["order"]) == Grade.PLACED
    assert finished.of_course("ana", "course", ["another"]) == Grade.COMPLETED


def test_only_an_accepted_decision_is_an_outcome() -> None:
    def decided(decision: str) -> Outcomes:
        chosen = {"courses": [], "batches": [], "job_orders": ["order"]}
        return Outcomes.of([{"candidate_id": "ana", "decision": decision, "chosen": chosen}], [], [])

    assert decided("ACCEPTED").of_order("ana", "order") == Grade.DECIDED
    assert decided("DECLINED").of_order("ana", "order") == Grade.SHOWN


def test_a_pair_counts_once_as_it_looked_when_it_was_first_shown() -> None:
    first = a_snapshot("ana", orders=[a_line("order", columns={"skills": 0.2})], id="first")
    again = a_snapshot("ana", orders=[a_line("order", columns={"skills": 0.9, "wage": 1.0})], id="again")
    found = rows(first, again)["orders"]
    assert found.list.tolist() == ["first"] and found.table[0, 0] == 0.2
    assert math.isnan(found.table[0, 1]), "what was not known is not a zero"


def test_what_the_person_was_on_the_way_to_is_no_row() -> None:
    outcomes = Outcomes.of([], [], [an_application("DEPARTED")])
    begun = a_snapshot("ana", orders=[a_line("order")], begun={"orders": ["order"], "courses": []})
    assert len(rows(begun, outcomes=outcomes)["orders"]) == 0


def test_nothing_is_learned_from_who_does_not_consent_today() -> None:
    shown = [a_snapshot(person, orders=[a_line("order")]) for person in ("ana", "beni")]
    assert rows(*shown, people=("beni",))["orders"].person.tolist() == ["beni"]


def test_orders_and_courses_are_rows_apart() -> None:
    course = a_line("course", unlocks=["order"], columns={"gain": 0.4}, rank=3)
    found = rows(a_snapshot("ana", orders=[a_line("order")], courses=[course]))
    assert found["courses"].table.tolist() == [[0.4]] and found["orders"].offer.tolist() == ["order"]
    assert found["courses"].propensity[0] == pytest.approx(3**-0.5)
