"""A row of a provider's sheet becomes a course and a batch; what cannot be read is found in its cell."""

from typing import Any

import pytest

from services.training.actions.imports.put import NEW_COURSE
from services.training.schemas.batches import BatchInSchema
from services.training.schemas.courses import CourseInSchema
from services.training.schemas.sheet import COLUMNS, Said, as_row, column_of, course_of, said
from services.training.schemas.sheet.columns import FIELDS, Field
from services.training.schemas.sheet.entries import prerequisite
from shared.http.problems import Fault
from shared.sheets import read, records, write_template

ROW = {
    "code": "PLRT-200", "title": "Penata laksana rumah tangga", "lesson_hours": "200", "mode": "luring",
    "funding": "APBD", "number": "2027-1", "starts": "11/01/2027", "ends": "26/02/2027", "seats": "16",
}  # fmt: skip


def a_line(**cells: str) -> tuple[Said, list[Fault]]:
    """The first row of a CSV with these columns."""
    written = {**ROW, **cells}
    content = "\t".join(written) + "\n" + "\t".join(written.values()) + "\n"
    [record] = records(read(content.encode(), COLUMNS), COLUMNS)
    row, faults = said(record)
    return row, [*record.faults, *faults]


def good(**cells: str) -> dict[str, Any]:
    row, faults = a_line(**cells)
    assert faults == []
    body = {"cost_to_trainee": None, **course_of(row.course, None), "code": row.code}
    return {"course": NEW_COURSE.load(body), "batch": BatchInSchema().load(dict(row.batch))}


@pytest.mark.parametrize("field", FIELDS, ids=[field.key for field in FIELDS])
def test_a_column_leads_to_a_field_of_the_body(field: Field) -> None:
    """Else whatever somebody types there is refused under a name that they never saw. `period` is two days in one."""
    _, noun, name, *_ = field.pointer.split("/")
    taken = {"course": CourseInSchema(), "batch": BatchInSchema()}[noun].load_fields
    assert name in taken or field.key == "period"


def test_the_smallest_row_is_a_course_and_a_batch() -> None:
    line = good()
    assert (line["course"]["mode"], line["course"]["cost_to_trainee"]) == ("OFFLINE", None)
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


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("bahasa | bahasa Jepang | jlpt | n4", ("ja", "JLPT", "N4")),
        ("bahasa | Korea | EPS-TOPIK | 120", ("ko", "EPS_TOPIK", "120")),
        ("bahasa | Inggris | IELTS | 5,5", ("en", "IELTS", "5.5")),
    ],
)
def test_a_language_is_asked_for_in_the_words_in_which_it_is_taught(cell: str, says: tuple[str, str, str]) -> None:
    language, test, result = says
    assert prerequisite(cell) == {"kind": "language", "language": language, "test": test, "result": result}


@pytest.mark.slow
@pytest.mark.parametrize("cell", ["umur | dewasa", "umur | ²", "jam | 9111 | ³", "kuat", "bahasa | ja", "umur"])
def test_a_prerequisite_that_cannot_be_read_is_refused_in_its_cell(cell: str) -> None:
    _, (fault,) = a_line(prerequisites=cell)
    assert (fault.code, fault.cell) == ("prerequisite_unreadable", "J2")


def test_hours_that_are_no_number_are_refused_and_not_misread() -> None:
    _, (fault,) = a_line(hours_for="9111 | ² | MYS")
    assert (fault.code, fault.cell) == ("not_a_number", "J2")


@pytest.mark.parametrize(
    ("pointer", "column"),
    [
        ("/course/title/en", "title_en"),
        ("/course/title/id", "title"),
        ("/course/certificate/scheme", "certificate_scheme"),
        ("/course/hours_for/1/isco08", "hours_for"),
        ("/batch/ends", "ends"),
        ("/ends", "ends"),
        ("/course/skkni_units/0", "skkni_units"),
        ("", "code"),
    ],
)
def test_a_fault_is_shown_in_the_column_it_is_about(pointer: str, column: str) -> None:
    assert column_of(pointer) == column


def test_an_empty_cell_says_nothing_of_a_course_on_record_and_a_list_grows() -> None:
    before = {**good(destinations="MYS", cost="1500000", certificate_kind="COMPLETION")["course"], "outcomes": []}
    row, _ = a_line(destinations="SGP", languages="en | CEFR | A2", cost="", title="")
    assert course_of(row.course, before) == {
        "lesson_hours": 200,
        "mode": "OFFLINE",
        "funding": "APBD",
        "destinations": ["MYS", "SGP"],
        "languages": [{"language": "en", "test": "CEFR", "result": "A2"}],
    }
    row, _ = a_line(destinations="ganti: JPN", certificate_kind="kosongkan", cost="kosongkan")
    changed = course_of(row.course, before)
    assert (changed["destinations"], changed["certificate"], changed["cost_to_trainee"]) == (["JPN"], None, None)


def test_what_a_template_says_of_a_course_is_read_as_that_course() -> None:
    course = good(
        isco08="9111; 5322", hours_for="9111 | 200 | MYS", languages="en | CEFR | A2", destinations="MYS; SGP",
        prerequisites="umur | 18; bahasa | ja | JLPT | N5", certificate_kind="COMPETENCE", cost="Rp 1.500.000",
        certificate_scheme="HOUSEKEEPER", certificate_months="36 bulan", regency="Maumere",
        outcomes='"""masak, cuci"""',
    )  # fmt: skip
    stored = {**course["course"], "outcomes": [{"text": one} for one in course["course"]["outcomes"]]}
    filled = as_row(stored, course["batch"])
    content = write_template(COLUMNS, title="Kursus", stamp={}, rows=[filled])
    [record] = records(read(content, COLUMNS), COLUMNS)
    row, faults = said(record)
    assert (faults, list(record.faults)) == ([], [])
    again = course_of(row.course, stored)
    again.pop("programme", None)
    for member, value in again.items():
        before = course["course"][member]
        assert value == before or [*value] == [*before], member
    assert BatchInSchema().load(dict(row.batch)) == course["batch"]
