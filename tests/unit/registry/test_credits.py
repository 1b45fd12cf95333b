"""What training gives counts once for each enrolment, adds up over several, and follows corrections."""

from typing import Any

from services.registry.model import credits
from tests.unit.registry.people import a_candidate, an_enrolment


def hours(document: dict[str, Any]) -> int:
    return sum(entry["hours"] for entry in credits.with_credits(document)["training_hours"])


def credited(document: dict[str, Any], *enrolments: dict[str, Any]) -> dict[str, Any]:
    for enrolment in enrolments:
        document = credits.credited(document, enrolment) or document
    return document


def test_an_enrolment_told_twice_counts_once() -> None:
    once = credited(a_candidate(), an_enrolment())
    assert hours(once) == 200
    assert credits.credited(once, an_enrolment()) is None


def test_two_enrolments_add_up() -> None:
    assert hours(credited(a_candidate(), an_enrolment(1), an_enrolment(2))) == 400


def test_declared_hours_stay_beside_those_of_training() -> None:
    declared = a_candidate(training_hours=[{"isco08": "5322", "destination": None, "hours": 40}])
    assert hours(credited(declared, an_enrolment())) == 240


def test_a_corrected_result_takes_back_exactly_what_it_gave() -> None:
    both = credited(a_candidate(), an_enrolment(1), an_enrolment(2))
    corrected = credited(both, {**an_enrolment(1, version=6), "gives": None})
    assert hours(corrected) == 200


def test_a_result_that_is_told_again_differently_replaces_the_first() -> None:
    first = an_enrolment(version=5)
    second = an_enrolment(version=6, hours=[{"isco08": "5322", "destination": "MYS", "hours": 150}])
    assert hours(credited(a_candidate(), first, second)) == 150


def test_an_enrolment_that_gives_nothing_yet_changes_nothing() -> None:
    assert credits.credited(a_candidate(), {**an_enrolment(1, version=2), "gives": None}) is None


def test_what_training_adds_stands_behind_what_was_declared() -> None:
    declared = a_candidate(skills=[{"text": "masak", "source": "HOME", "months": 12, "codes": []}])
    whole = credits.with_credits(credited(declared, an_enrolment()))
    assert [skill["source"] for skill in whole["skills"]] == ["HOME", "TRAINING"]
    assert whole["certificates"][0]["enrolment"] == an_enrolment()["id"]
