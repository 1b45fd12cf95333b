"""A course that leads round in a circle is refused; one that leads up a ladder is not."""

from typing import Any

import pytest

from services.training.schemas.circles import circle

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
