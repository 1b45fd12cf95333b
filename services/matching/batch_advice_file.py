"""The file that `rank-all --out` writes: CSV for every tool, or Parquet for whoever analyses millions of lines."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

PARQUET = ".parquet"
COLUMNS = (
    *("candidate", "candidate_version", "day", "model", "generation", "sequence", "kind", "rank"),
    *("id", "batch", "state", "score", "band", "chance", "worth"),
)
"""One line an offer; numbers with all their digits, `kind` ORDER or COURSE."""
Line = tuple[Any, ...]


class Lines(Protocol):
    """An open file."""

    def add(self, row: Mapping[str, Any]) -> None:
        """The offers of one row of `batch_advice`."""


def missing_for(path: Path) -> str | None:
    """What is not installed that this name asks for; None where all is there."""
    if path.suffix == PARQUET and find_spec("pyarrow") is None:
        return "a .parquet file needs the packages of requirements/parquet.txt; a .csv file needs none"
    return None


@contextmanager
def opened(path: Path) -> Iterator[Lines]:
    """The file, under its name only when it is whole."""
    half = path.with_name(f".{path.name}.half")
    if path.suffix == PARQUET:
        with _Parquet.at(half) as lines:
            yield lines
    else:
        with half.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            yield _Csv(writer)
    half.replace(path)


class _Csv:
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def add(self, row: Mapping[str, Any]) -> None:
        # repr has all digits of a number; None would be an empty cell.
        self._writer.writerows(
            ["" if cell is None else repr(cell) if isinstance(cell, float) else cell for cell in line]
            for line in _lines(row)
        )


class _Parquet:
    TOGETHER = 50_000
    """Lines of one row group: some megabytes of memory, whatever the number of people."""

    def __init__(self, arrow: Any, schema: Any, writer: Any) -> None:
        self._arrow, self._schema, self._writer = arrow, schema, writer
        self._waiting: list[Line] = []

    @classmethod
    @contextmanager
    def at(cls, path: Path) -> Iterator["_Parquet"]:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
        text, whole, number = arrow.string(), arrow.int64(), arrow.float64()
        made_of = text, whole, arrow.date32(), text, whole, whole
        kinds = *made_of, text, whole, text, text, text, number, text, number, number
        schema = arrow.schema(list(zip(COLUMNS, kinds, strict=True)))
        with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            lines = cls(arrow, schema, writer)
            yield lines
            lines.flush()

    def add(self, row: Mapping[str, Any]) -> None:
        self._waiting += _lines(row)
        if len(self._waiting) >= self.TOGETHER:
            self.flush()

    def flush(self) -> None:
        columns = zip(COLUMNS, zip(*self._waiting, strict=True), strict=True) if self._waiting else ()
        told = {name: list(cells) for name, cells in columns}
        if told:
            told["day"] = [date.fromisoformat(day) for day in told["day"]]
            self._writer.write_table(self._arrow.table(told, schema=self._schema))
        self._waiting = []


def _lines(row: Mapping[str, Any]) -> Iterator[Line]:
    made_of = row["made_of"]
    head = (row["_id"], row["version"], *(made_of[name] for name in ("day", "model", "generation", "sequence")))
    offers = chain(
        (("ORDER", place, offer) for place, offer in enumerate(row["orders"], start=1)),
        (("COURSE", place, offer) for place, offer in enumerate(row["courses"], start=1)),
    )
    for kind, place, offer in offers:
        told = (offer["id"], offer.get("batch"), offer.get("state"), offer["score"], offer["band"])
        yield (*head, kind, place, *told, offer["chance"], offer["worth"])
