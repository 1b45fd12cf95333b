"""The template offers what its cells take: a drop-down for each list, of which every choice is read as its code."""

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from services.registry.schemas.sheet import COLUMNS as PEOPLE
from services.training.schemas.sheet import COLUMNS
from shared.sheets import Cell, Column, write_template
from shared.sheets.templates import _TemplateWriter
from shared.sheets.values import value_of

OFFERED = {
    "scheme": COLUMNS, "isco08": COLUMNS, "regency": COLUMNS, "mode": COLUMNS, "funding": COLUMNS, "status": COLUMNS,
    "sex": PEOPLE, "education_level": PEOPLE, "wish_isco08": PEOPLE, "wish_boarding_ok": PEOPLE,
}  # fmt: skip


def column_of(key: str) -> tuple[Column, int, tuple[Column, ...]]:
    offered = tuple(column for column in OFFERED[key] if column.offered)
    place = next(place for place, column in enumerate(offered) if column.key in (key, f"{key}s", f"certificate_{key}"))
    return offered[place], place, offered


@pytest.mark.parametrize("key", OFFERED)
def test_every_choice_of_a_drop_down_is_read_as_its_code(key: str) -> None:
    column, place, offered = column_of(key)
    content = write_template(offered, title="x", stamp={})
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    letters = "".join(chr(65 + step) for step in ([place] if place < 26 else [place // 26 - 1, place % 26]))
    rules = re.findall(r'<dataValidation [^>]*type="list"[^>]*sqref="([A-Z]+)[0-9]+:', sheet)
    assert letters in rules, (key, rules)
    choices = _TemplateWriter._listed(column)
    assert choices
    for choice in choices:
        value, _ = value_of(Cell("A2", choice), column)
        codes = value if isinstance(value, list) else [value]
        assert codes and all(code is not None for code in codes), choice


@pytest.mark.parametrize("columns", [COLUMNS, PEOPLE])
def test_what_is_filled_in_is_said_as_the_drop_down_says_it_and_read_as_its_code(columns: tuple[Column, ...]) -> None:
    offered = [column for column in columns if column.offered and column.kind == "code"]
    assert len(offered) >= 2
    for column in offered:
        codes = list(dict.fromkeys(column.choices.values()))
        rows = [{column.key: [code] if column.many else code} for code in codes]
        content = write_template([column], title="x", stamp={}, rows=rows)
        cells = [
            row[0] for row in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("x").to_python()
        ]
        assert set(cells[1:]) <= set(_TemplateWriter._listed(column)), column.key
        read = [value_of(Cell("A2", str(cell)), column)[0] for cell in cells[1:]]
        assert read == [row[column.key] for row in rows]
