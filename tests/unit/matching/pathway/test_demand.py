"""The sums that the province sees: right, and never of fewer than ten people."""

import json
from pathlib import Path
from typing import Any

import fastjsonschema

from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.demand import needs
from tests.builders import TODAY, a_batch, a_course, a_person, an_order, days
from tests.unit.matching.pathway.small_worlds import a_world


def untrained(number: int, **changes: Any) -> list[Person]:
    return [a_person(**{"certificates": [], "training_hours": [], **changes}) for _ in range(number)]


def test_ten_people_of_one_regency_are_a_need_and_nine_are_nobodys_business() -> None:
    course = a_course()
    past = a_batch(course, starts=days(-60), ends=days(-31), status="DONE")
    world = a_world([course], [past], [an_order(closes_on=days(83))])
    found = needs([*untrained(10), *untrained(9, home_regency="53.07")], world, TODAY)
    assert [(need.programme, need.regency, need.month, need.count) for need in found] == [
        ("COMPETENCE:HOUSEKEEPER", "53.06", days(83)[:7], 10)
    ]


def test_people_with_a_path_or_an_open_order_or_without_consent_need_nothing() -> None:
    course = a_course()
    world = a_world([course], [a_batch(course)], [an_order()])
    assert needs(untrained(12), world, TODAY) == []
    none = a_world([course], [], [an_order()])
    assert needs([a_person() for _ in range(12)], none, TODAY) == []
    assert needs(untrained(12, consent="WITHDRAWN"), none, TODAY) == []
    assert needs(untrained(12, home_regency=None), none, TODAY) == []


def test_a_full_class_is_a_need_for_its_programme() -> None:
    course = a_course()
    world = a_world([course], [a_batch(course, taken=16)], [an_order()])
    assert [(need.programme, need.count) for need in needs(untrained(11), world, TODAY)] == [
        ("COMPETENCE:HOUSEKEEPER", 11)
    ]


def test_people_who_differ_in_what_a_rule_reads_are_counted_apart() -> None:
    course = a_course(prerequisites={"all": [{"kind": "education", "level": "SMP"}]})
    world = a_world([course], [], [an_order()])
    people = [*untrained(10), *untrained(10, education={"level": "SD", "years": 6, "field": None})]
    assert [need.count for need in needs(people, world, TODAY)] == [10]


def test_a_need_fits_its_contract_and_keeps_its_id() -> None:
    course = a_course()
    world = a_world([course], [], [an_order()])
    (need,) = needs(untrained(10), world, TODAY)
    (again,) = needs(untrained(15), world, TODAY)
    assert need.id == again.id
    schema = json.loads(Path("shared/contracts/matching/demand.v1.schema.json").read_text(encoding="utf-8"))
    fastjsonschema.validate(schema, {**need.as_payload(), "version": 1})
