"""A public table as files: CSV for a spreadsheet, JSON for a program. What is withheld or unknown is empty."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response

_ACTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a text that begins so for a formula, and would run what a stranger wrote into a title."""


def as_csv(name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Response:
    """The rows as UTF-8 CSV (RFC 4180): the columns in their order, None as an empty field."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(columns)
    lines.writerows([_safe(row.get(column)) for column in columns] for row in rows)
    return _file(out.getvalue(), "text/csv", f"{name}.csv")


def as_json(name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], **about: Any) -> Response:
    """``{...about, items: [...]}``; ``about`` says when, from where and under which licence."""
    items = [{column: row.get(column) for column in columns} for row in rows]
    text = json.dumps({**about, "items": items}, ensure_ascii=False, default=str)
    return _file(text, "application/json", f"{name}.json")


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_ACTS):
        return f"'{value}"
    return "" if value is None else value


def _file(content: str, kind: str, name: str) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
