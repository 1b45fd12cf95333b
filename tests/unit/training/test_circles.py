"""A course that leads round in a circle is refused; one that leads up a ladder is not."""

from typing import Any

import pytest

from services.training.actions.circles import circle, circle_among

HOUSEKEEPER = {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER"}
NEEDS_IT = {"kind": "certificate", "certificate": "COMPETENCE", "scheme": "HOUSEKEEPER"}
SMP = {"kind": "education", "level": "SMP"}


def a_course(prerequisites: Any, **gives: Any) -> dict[str, Any]:
    return {"certificate": None, "languages": [], "prerequisites": prerequisites, **gives}


def japanese(result: str) -> dict[str, Any]:
    return {"language": "ja", "test": "JLPT", "result": result}


def needs_japanese(result: str) -> dict[str, Any]:
    return {"kind": "language", **japanese(result)}


@pytest.mark.parametrize(
    ("course", "where"),
    [
        (a_course({"all": [SMP, NEEDS_IT]}, certificate=HOUSEKEEPER), ("all", 1)),
        (a_course(NEEDS_IT, certificate=HOUSEKEEPER), ()),
        (a_course({"all": [needs_japanese("N4")]}, languages=[japanese("N4")]), ("all", 0)),
        (a_course({"all": [needs_japanese("N3")]}, languages=[japanese("N4")]), ("all", 0)),
    ],
)
def test_a_circle_is_found_where_it_closes(course: dict[str, Any], where: tuple[str | int, ...]) -> None:
    assert circle(course) == where


@pytest.mark.parametrize(
    "course",
    [
        a_course(None, certificate=HOUSEKEEPER),
        a_course(NEEDS_IT),
        a_course(NEEDS_IT, certificate={"kind": "COMPETENCE", "scheme": "FAMILY_COOK"}),
        a_course({"any": [NEEDS_IT, SMP]}, certificate=HOUSEKEEPER),
        a_course({"all": [needs_japanese("N5")]}, languages=[japanese("N4")]),
    ],
)
def test_a_ladder_and_a_choice_are_no_circle(course: dict[str, Any]) -> None:
    assert circle(course) is None


NEEDS_COOK = {"kind": "certificate", "certificate": "COMPETENCE", "scheme": "FAMILY_COOK"}
COOK = {"kind": "COMPETENCE", "scheme": "FAMILY_COOK"}
KEEPER_AFTER_COOK = a_course({"all": [SMP, NEEDS_COOK]}, certificate=HOUSEKEEPER)
COOK_AFTER_KEEPER = a_course(NEEDS_IT, certificate=COOK)
COOK_AFTER_JAPANESE = a_course(needs_japanese("N4"), certificate=COOK)
JAPANESE_AFTER_KEEPER = a_course(NEEDS_IT, languages=[japanese("N4")])


@pytest.mark.parametrize(
    "others",
    [[COOK_AFTER_KEEPER], [COOK_AFTER_JAPANESE, JAPANESE_AFTER_KEEPER], [COOK_AFTER_KEEPER, a_course(NEEDS_COOK)]],
)
def test_courses_that_are_entered_only_through_each_other_are_a_circle(others: list[dict[str, Any]]) -> None:
    assert circle_among(KEEPER_AFTER_COOK, others) == ("all", 1)


@pytest.mark.parametrize(
    "others",
    [
        [],
        [a_course(None, certificate=COOK)],
        [COOK_AFTER_KEEPER, a_course(SMP, certificate=COOK)],
        [COOK_AFTER_KEEPER, a_course(None, certificate=HOUSEKEEPER)],
        [COOK_AFTER_JAPANESE],
    ],
)
def test_what_comes_from_elsewhere_or_from_an_open_course_closes_nothing(others: list[dict[str, Any]]) -> None:
    assert circle_among(KEEPER_AFTER_COOK, others) is None


def test_a_ladder_of_courses_can_be_entered_at_its_foot_and_by_who_stands_higher() -> None:
    n5, n4 = a_course(None, languages=[japanese("N5")]), a_course(needs_japanese("N5"), languages=[japanese("N4")])
    n3 = a_course(needs_japanese("N4"), languages=[japanese("N3")])
    assert [circle_among(one, others) for one, others in ((n4, [n5, n3]), (n3, [n4, n5]), (n4, []), (n4, [n3]))] == [
        None
    ] * 4
