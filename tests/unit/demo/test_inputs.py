"""The demo's files: relative dates become days, tables become workbooks, and a person's own files stay as they are."""

from datetime import date
from pathlib import Path

from deploy.demo import inputs
from services.training.actions.imports.put import NEW_COURSE
from services.training.schemas import sheet
from services.training.schemas.batches import BatchInSchema
from shared.sheets import read, records

TODAY = date(2026, 11, 24)


def test_a_relative_date_becomes_a_day_in_the_way_of_its_file(tmp_path: Path) -> None:
    source = tmp_path / "own"
    source.mkdir()
    (source / "a.json").write_text('{"closes_on": "+120d", "valid_from": "-10d", "code": "JO-12d"}', encoding="utf-8")
    (source / "b.csv").write_text("Mulai;Angkatan\n+12d;Angkatan +12d\n", encoding="utf-8")
    made = inputs.prepare(source, tmp_path / "made", today=TODAY)
    assert (made / "a.json").read_text() == '{"closes_on": "2027-03-24", "valid_from": "2026-11-14", "code": "JO-12d"}'
    assert (made / "b.csv").read_text() == "Mulai;Angkatan\n06/12/2026;Angkatan 06/12/2026\n"


def test_files_without_relative_dates_are_sent_as_they_are(tmp_path: Path) -> None:
    source = tmp_path / "own"
    (source / "courses").mkdir(parents=True)
    (source / "courses" / "mine.csv").write_text("Mulai\n01/02/2027\n", encoding="utf-8")
    (source / "notes.txt").write_text("not for the houses", encoding="utf-8")
    made = inputs.prepare(source, tmp_path / "made", today=TODAY)
    assert (made / "courses" / "mine.csv").read_text() == "Mulai\n01/02/2027\n"
    assert not (made / "notes.txt").exists()


def test_every_sheet_of_the_demo_passes_the_training_houses_door(tmp_path: Path) -> None:
    made = inputs.prepare(inputs.OWN, tmp_path, today=TODAY)
    sheets = sorted((made / "courses").iterdir())
    assert {path.suffix for path in sheets} == {".csv", ".xlsx"}
    for path in sheets:
        rows = list(records(read(path.read_bytes(), sheet.COLUMNS), sheet.COLUMNS))
        assert rows, path.name
        for row in rows:
            line, faults = sheet.said(row)
            assert not faults and not row.faults, (path.name, faults, row.faults)
            body = {"cost_to_trainee": None, **sheet.course_of(line.course, None), "code": line.code}
            NEW_COURSE.load(body)
            BatchInSchema().load(dict(line.batch))
