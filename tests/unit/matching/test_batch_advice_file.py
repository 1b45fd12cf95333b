"""The file of the lists of everybody: the same lines as CSV and as Parquet, whole or not there."""

import csv
import math
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from services.matching import batch_advice, batch_advice_file
from services.matching.batch_advice_file import COLUMNS, missing_for, opened


def a_row(number: int) -> dict[str, Any]:
    numbers = {"score": 1 / 3 + number, "band": "GOOD", "chance": 0.1 + 0.2, "worth": 2 / 3}
    return {
        "_id": f"person-{number:05}",
        "version": 3,
        "made_of": {"day": "2027-01-31", "model": "cold", "generation": 2, "sequence": 71},
        "orders": [{"id": f"order-{at}", "state": "ELIGIBLE_NOW", **numbers} for at in range(number % 3)],
        "courses": [{"id": "course", "batch": "batch", **numbers}],
    }


def written(path: Path, people: int) -> None:
    with opened(path) as lines:
        for number in range(people):
            lines.add(a_row(number))


def test_a_csv_file_has_a_line_an_offer_with_all_digits(tmp_path: Path) -> None:
    written(tmp_path / "all.csv", 3)
    with (tmp_path / "all.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert [(line["candidate"], line["kind"], line["rank"]) for line in lines] == [
        ("person-00000", "COURSE", "1"),
        *(("person-00001", kind, "1") for kind in ("ORDER", "COURSE")),
        *(("person-00002", kind, rank) for kind, rank in (("ORDER", "1"), ("ORDER", "2"), ("COURSE", "1"))),
    ]
    assert tuple(lines[0]) == COLUMNS
    assert float(lines[1]["score"]) == 1 / 3 + 1 and float(lines[0]["chance"]) == 0.1 + 0.2
    assert (lines[0]["state"], lines[1]["batch"]) == ("", "")


def test_a_parquet_file_has_the_same_lines_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow", reason="requirements/parquet.txt")
    parquet = import_module("pyarrow.parquet")
    monkeypatch.setattr(batch_advice_file._Parquet, "TOGETHER", 4)
    written(tmp_path / "all.csv", 10)
    written(tmp_path / "all.parquet", 10)
    file = parquet.ParquetFile(tmp_path / "all.parquet")
    assert file.num_row_groups > 2
    table = file.read().to_pylist()
    with (tmp_path / "all.csv").open(encoding="utf-8") as csv_file:
        for line, row in zip(csv.DictReader(csv_file), table, strict=True):
            assert {name: "" if cell is None else str(cell) for name, cell in row.items()} == line
    assert math.isclose(sum(row["worth"] for row in table), len(table) * 2 / 3)
    written(tmp_path / "nobody.parquet", 0)
    assert parquet.read_table(tmp_path / "nobody.parquet").num_rows == 0


@pytest.mark.parametrize("name", ["all.csv", "all.parquet"])
def test_what_was_not_finished_has_no_name(name: str, tmp_path: Path) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow", reason="requirements/parquet.txt")
    (tmp_path / name).write_text("the file of yesterday")
    with pytest.raises(KeyboardInterrupt), opened(tmp_path / name) as lines:
        lines.add(a_row(1))
        raise KeyboardInterrupt
    assert (tmp_path / name).read_text() == "the file of yesterday"


def test_parquet_without_its_packages_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(batch_advice_file, "find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        batch_advice.main(["--out", str(tmp_path / "all.parquet")])
    assert "requirements/parquet.txt" in capsys.readouterr().err
    assert missing_for(tmp_path / "all.csv") is None
    with pytest.raises(SystemExit):
        batch_advice.main(["--out", str(tmp_path / "nowhere" / "all.csv")])
    assert "there is no folder" in capsys.readouterr().err
