"""A row of a provider's sheet becomes a course and a batch; what cannot be read is found in its cell."""

from typing import Any

import pytest

from services.training.schemas.sheet import COLUMNS, Line, column_of, line_of
from shared.http.problems import Fault
from shared.sheets import read, records

ROW = {
    "code": "PLRT-200", "title": "Penata laksana rumah tangga", "lesson_hours": "200", "mode": "luring",
    "funding": "APBD", "number": "2027-1", "starts": "11/01/2027", "ends": "26/02/2027", "seats": "16",
}  # fmt: skip


def a_line(**cells: str) -> tuple[dict[str, Any], list[Fault]]:
    """The first row of a CSV with these columns."""
    written = {**ROW, **cells}
    content = "\t".join(written) + "\n" + "\t".join(written.values()) + "\n"
    [record] = records(read(content.encode(), COLUMNS), COLUMNS)
    return line_of(record)


def good(**cells: str) -> dict[str, Any]:
    item, faults = a_line(**cells)
    assert faults == []
    loaded: dict[str, Any] = Line().load(item)
    return loaded


def test_the_smallest_row_is_a_course_and_a_batch() -> None:
    line = good()
    assert (line["course"]["mode"], line["course"]["cost_to_trainee"]) == ("OFFLINE", {"amount": 0, "currency": "IDR"})
    assert line["course"]["title"] == {"id": ROW["title"], "en": ROW["title"]}
    assert (line["batch"]["starts"], line["batch"]["seats"], line["batch"]["regency"]) == ("2027-01-11", 16, None)


def test_lists_in_cells_become_entries() -> None:
    course = good(
        isco08="9111; 5322",
        hours_for="9111 | 200 | MYS; 5322 | 40",
        languages="en | CEFR | A2",
        destinations="MYS; SGP",
        certificate_kind="COMPETENCE",
        certificate_scheme="HOUSEKEEPER",
    )["course"]
    assert course["isco08"] == ["9111", "5322"]
    assert [(entry["hours"], entry["destination"]) for entry in course["hours_for"]] == [(200, "MYS"), (40, None)]
    assert (course["languages"][0]["test"], course["languages"][0]["result"]) == ("CEFR", "A2")
    assert course["certificate"]["scheme"] == "HOUSEKEEPER"


def test_prerequisites_are_read_in_both_languages() -> None:
    tree = good(prerequisites="umur | 18; education | smp; sertifikat | COMPETENCE | HOUSEKEEPER; jam | 9111 | 40")
    assert [leaf["kind"] for leaf in tree["course"]["prerequisites"]["all"]] == [
        "age",
        "education",
        "certificate",
        "hours",
    ]


@pytest.mark.parametrize("cell", ["umur | dewasa", "umur | ²", "jam | 9111 | ³", "kuat", "bahasa | ja", "umur"])
def test_a_prerequisite_that_cannot_be_read_is_refused_in_its_cell(cell: str) -> None:
    _, (fault,) = a_line(prerequisites=cell)
    assert (fault.code, fault.cell) == ("prerequisite_unreadable", "J2")


def test_hours_that_are_no_number_are_refused_and_not_misread() -> None:
    item, faults = a_line(hours_for="9111 | ² | MYS")
    assert faults == []
    assert "hours_for" in Line().validate(item)["course"]


@pytest.mark.parametrize(
    ("pointer", "column"),
    [
        ("/course/title/en", "title_en"),
        ("/course/title/id", "title"),
        ("/course/certificate/scheme", "certificate_scheme"),
        ("/course/hours_for/1/isco08", "hours_for"),
        ("/batch/ends", "ends"),
        ("/ends", "ends"),
        ("/course/skkni_units/0", "code"),
        ("", "code"),
    ],
)
def test_a_fault_is_shown_in_the_column_it_is_about(pointer: str, column: str) -> None:
    assert column_of(pointer) == column
