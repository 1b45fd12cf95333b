"""What training tells fits its contract and holds nothing that stays in the house."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from services.training import says
from services.training.api.linked_data import course_as_json_ld
from tests.support.today import day

CONTRACTS = Path(__file__).resolve().parents[3] / "shared" / "contracts" / "training"


def fits(name: str, payload: dict[str, Any]) -> bool:
    schema = json.loads((CONTRACTS / f"{name}.v1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(payload)
    return True


def example(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((CONTRACTS / f"{name}.v1.good.json").read_text(encoding="utf-8"))
    return told


def a_course() -> dict[str, Any]:
    """A document as the store keeps it, made from the contract's own example."""
    told = example("courses")
    return {
        **told,
        "_id": told["id"],
        "review": {"state": told["review"], "reason": None, "by": "dev:rina-peninjau", "on": "2026-11-01"},
        "outcomes": [
            {"text": "merawat oma", "code": "CARE_ELDERLY", "similarity": 0.8},
            {"text": "kata yang tidak dikenal", "code": None, "similarity": 0.0},
        ],
    }


def test_a_course_is_told_in_codes_without_its_reviewer() -> None:
    told = says.course(a_course())
    assert fits("courses", told)
    assert [entry["code"] for entry in told["outcomes"]] == ["CARE_ELDERLY"]
    for secret in ("rina", "merawat oma", "tidak dikenal"):
        assert secret not in json.dumps(told)


def test_a_batch_is_told_as_it_stands() -> None:
    told = example("batches")
    assert says.batch({**told, "_id": told["id"], "updated_at": "x"}) == told


def test_an_enrolment_is_told_without_the_number_of_its_certificate() -> None:
    told = example("enrolments")
    said = says.enrolment({**told, "_id": told["id"], "certificate_number": "LSP/77"})
    assert fits("enrolments", said)
    assert "LSP/77" not in json.dumps(said)


def to_come() -> dict[str, str]:
    return {"starts": day(30), "ends": day(60), "closes": day(20)}


def test_linked_data_names_the_batches_that_somebody_can_still_join() -> None:
    batch = {**example("batches"), "_id": "1", "seats": 16, "taken": 20, "status": "OPEN"} | to_come()
    began = {**batch, "_id": "2", "starts": day(0)}
    shown = course_as_json_ld(a_course(), [batch, began, {**batch, "_id": "3", "status": "CANCELLED"}])
    assert (shown["@type"], [one["identifier"] for one in shown["hasCourseInstance"]]) == ("Course", ["1"])
    assert shown["hasCourseInstance"][0]["remainingAttendeeCapacity"] == 0
    assert "educationalCredentialAwarded" not in course_as_json_ld(
        {**a_course(), "certificate": None, "certificates": []}, []
    )


def search_engines_ask(course: dict[str, Any]) -> list[str]:
    """What Google's documentation of Course and Course info requires and this document lacks; [] = it passes."""
    lacks = []

    def must(holds: Any, what: str) -> None:
        if not holds:
            lacks.append(what)

    must(course.get("@context") == "https://schema.org" and course.get("@type") == "Course", "a Course of schema.org")
    must(isinstance(course.get("name"), str) and course["name"], "one name")
    must(isinstance(course.get("description"), str) and len(course["description"]) >= 20, "a description")
    must(course.get("provider", {}).get("@type", "").endswith("Organization"), "a provider")
    must(course.get("provider", {}).get("name"), "the provider's name")
    if "offers" in course:
        offer = course["offers"]
        must(offer.get("category") in ("Free", "Partially Free", "Subscription", "Paid"), "a category of the offer")
        if offer.get("category") not in ("Free",):
            must(isinstance(offer.get("price"), int | float) and offer.get("priceCurrency"), "price and currency")
    must(course.get("hasCourseInstance"), "an instance")
    for one in course.get("hasCourseInstance", []):
        must(one.get("@type") == "CourseInstance", "CourseInstance")
        must(one.get("courseMode") in ("Online", "Onsite", "Blended"), "courseMode")
        schedule, load = one.get("courseSchedule"), one.get("courseWorkload")
        must(schedule or load, "courseSchedule or courseWorkload")
        if load:
            must(re.fullmatch(r"P(?!$)(\d+D)?(T(?!$)(\d+H)?(\d+M)?)?", load), "a workload as an ISO 8601 duration")
        if schedule:
            must(schedule.get("repeatFrequency") in ("Daily", "Weekly", "Monthly", "Yearly"), "repeatFrequency")
            must(isinstance(schedule.get("repeatCount"), int) and schedule["repeatCount"] >= 1, "repeatCount")
        if "location" in one:
            place = one["location"]
            must(place.get("@type") == "Place" and place.get("name"), "a named Place")
            must(place.get("address", {}).get("addressLocality"), "an address")
    must("null" not in json.dumps(course), "no nulls")
    return lacks


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"lesson_hours": None},
        {"lesson_hours": 50, "mode": "ONLINE"},
        {"cost_to_trainee": None},
        {"cost_to_trainee": {"amount": 1_500_000, "currency": "IDR"}},
        {"certificate": None, "outcomes": []},
        {"mode": "BLENDED"},
    ],
    ids=str,
)
def test_linked_data_passes_what_search_engines_ask_of_a_course(changes: dict[str, Any]) -> None:
    batch = {**example("batches"), "_id": "1", "status": "OPEN"} | to_come()
    for batches in ([batch], [batch, {**batch, "place": None}]):
        assert search_engines_ask(course_as_json_ld({**a_course(), **changes}, batches)) == []
    if changes.get("lesson_hours", 1):
        assert search_engines_ask(course_as_json_ld({**a_course(), **changes}, [])) == []


def test_a_price_that_is_not_known_is_no_offer_and_a_rupiah_makes_it_paid() -> None:
    def offer(cost: Any) -> Any:
        return course_as_json_ld({**a_course(), "cost_to_trainee": cost}, []).get("offers")

    assert offer(None) is None
    assert offer({"amount": 0, "currency": "IDR"})["category"] == "Free"
    assert offer({"amount": 1, "currency": "IDR"})["category"] == "Paid"
    course = course_as_json_ld({**a_course(), "lesson_hours": 50}, [])
    assert course["hasCourseInstance"][0]["courseWorkload"] == "PT37H30M"
