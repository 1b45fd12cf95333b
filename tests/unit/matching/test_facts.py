"""Facts are read from the events of other houses: everything that is there, nothing that is not, never an error."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.matching.matcher.facts.abilities import Certificate
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order, Quota
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.policies import PolicyRecord
from services.matching.matcher.facts.reading import Money, Text
from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.groups import AllOf, AnyOf, Unreadable, leaves
from services.matching.matcher.requirements.kinds import parse_tree
from services.matching.matcher.requirements.language import NeedsLanguage
from services.matching.matcher.requirements.person import NeedsSex
from tests.builders import TODAY, a_batch, a_course, a_person_payload, an_order_payload

CONTRACTS = Path(__file__).parents[3] / "shared" / "contracts"


def example(owner: str, name: str) -> Any:
    return json.loads((CONTRACTS / owner / f"{name}.v1.good.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("kind", "owner", "name"),
    [
        (Person, "registry", "candidates"),
        (Course, "training", "courses"),
        (Batch, "training", "batches"),
        (Order, "placement", "job-orders"),
        (Quota, "placement", "quotas"),
        (PolicyRecord, "placement", "policies"),
    ],
)
def test_what_the_contract_s_good_example_says_is_read(kind: Any, owner: str, name: str) -> None:
    """No field that the example fills is lost on the way."""
    payload = example(owner, name)
    fact = kind.from_payload(payload)
    lost = [
        field.name
        for field in fields(fact)
        if payload.get(field.name) not in (None, [], {}) and getattr(fact, field.name) in (None, (), "")
    ]
    assert not lost
    assert hash(fact) == hash(kind.from_payload(payload))


@pytest.mark.parametrize("kind", [Person, Course, Batch, Order, Quota, PolicyRecord])
@pytest.mark.parametrize("junk", [None, "x", 7, 1.5, True, [], {}, [None], ["x", {}], {"x": {}}])
def test_a_value_of_the_wrong_kind_reads_as_not_known(kind: Any, junk: Any) -> None:
    names = [field.name for field in fields(kind)]
    fact = kind.from_payload({**dict.fromkeys(names, junk), "consent": "GIVEN"})
    assert is_dataclass(fact)


def test_unknown_fields_are_ignored() -> None:
    payload = a_person_payload()
    assert Person.from_payload({**payload, "shoe_size": 38}) == Person.from_payload(payload)


@pytest.mark.parametrize("day", ["2026-02-30", "30-11-2026", 20261124, "", "soon", None])
def test_an_impossible_day_is_no_day(day: Any) -> None:
    assert Person.from_payload(a_person_payload(birth_date=day)).birth_date is None


def test_an_end_that_cannot_be_read_is_no_endless_validity() -> None:
    """A language result without an end never expires; one with a broken end must not become one."""
    known = {"language": "ja", "test": "JLPT", "result": "N4", "valid_until": "2026-02-30"}
    (result,) = Person.from_payload(a_person_payload(languages=[known])).languages
    assert result.valid_until == date.min


def test_numbers_that_cannot_be_counts_are_not_counted() -> None:
    hours = [{"isco08": "9111", "destination": None, "hours": number} for number in (-1, 1.5, True, "200", 200.0)]
    person = Person.from_payload(a_person_payload(training_hours=hours))
    assert [done.hours for done in person.training_hours] == [None, None, None, None, 200]


def test_points_of_a_test_may_come_as_a_number() -> None:
    known = {"language": "ko", "test": "EPS_TOPIK", "result": 120, "valid_until": None}
    (result,) = Person.from_payload(a_person_payload(languages=[known])).languages
    assert result.result == "120"


def test_texts_and_money_need_their_parts() -> None:
    assert Text.from_payload({"id": "Satu"}) == Text("Satu", "Satu")
    assert Text.from_payload({}) is None
    assert Money.from_payload({"amount": 5, "currency": "MYR"}) == Money(5.0, "MYR")
    assert Money.from_payload({"amount": float("nan"), "currency": "MYR"}) is None
    assert Money.from_payload({"amount": 5}) is None


def test_slots_left_are_what_nobody_holds() -> None:
    assert Quota("o", 1, 10, 3, 2).left == 5
    assert Quota("o", 1, 10, None, None).left == 10
    assert Quota("o", 1, None, 1, 1).left is None


def test_a_tree_keeps_its_shape_and_equal_asks_are_equal_wherever_they_are_written() -> None:
    tree = parse_tree(
        {"all": [{"kind": "age", "min": 21, "max": 45, "ref": "butir 1"}, {"any": [{"kind": "sex", "is": "F"}]}]}
    )
    assert tree == AllOf((NeedsAge(min=21, max=45), AnyOf((NeedsSex(sex="F"),))))
    assert [leaf.ref for leaf in leaves(tree)] == ["butir 1", None]


@pytest.mark.parametrize("empty", [None, {}, {"all": []}])
def test_nothing_asked_is_an_empty_group(empty: Any) -> None:
    assert parse_tree(empty) == AllOf(())


@pytest.mark.parametrize(
    "broken",
    [{"any": []}, [], "x", 3, {"kind": "sex", "is": "X"}, {"kind": "age", "min": None, "max": None}, {"any": {}}],
)
def test_what_cannot_be_read_says_so(broken: Any) -> None:
    assert isinstance(parse_tree(broken), Unreadable)


def test_half_a_range_that_was_written_does_not_pass_for_an_open_one() -> None:
    assert isinstance(parse_tree({"kind": "age", "min": 21, "max": "45"}), Unreadable)
    assert isinstance(parse_tree({"kind": "birth_date", "from": "1985-06-31", "until": "2007-06-04"}), Unreadable)


def test_a_language_ask_reads_points_as_text() -> None:
    leaf = parse_tree({"kind": "language", "language": "ko", "test": "EPS_TOPIK", "result": 120})
    assert leaf == NeedsLanguage(language="ko", test="EPS_TOPIK", result="120")


def test_a_course_and_its_batch_are_read_with_their_days_and_seats() -> None:
    course = a_course()
    batch = a_batch(course)
    assert (batch.course_id, batch.seats_left) == (course.id, 12)
    assert course.accreditation is not None and course.accreditation.holds_on(TODAY)
    assert not course.accreditation.holds_on(date(2020, 1, 1))


def test_an_order_without_a_company_or_permit_has_none() -> None:
    order = Order.from_payload(an_order_payload(company=None, sip2mi={}))
    assert (order.company, order.sip2mi) == (None, None)


def test_a_person_s_certificates_keep_both_their_days() -> None:
    held = {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "valid_from": "2025-01-02", "valid_until": "2028-01-01"}
    (certificate,) = Person.from_payload(a_person_payload(certificates=[held])).certificates
    assert certificate == Certificate("COMPETENCE", "HOUSEKEEPER", None, date(2025, 1, 2), date(2028, 1, 1))
