"""For whoever starts with a spreadsheet: an XLSX that is hard to fill in wrongly.

Text format where digits are names, day first for dates, drop-downs, a sheet of instructions, and a hidden stamp by
which ``read`` recognises the template's version and whose it is.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from shared import clock
from shared.codes import regencies
from shared.files.limits import MOST_ROWS
from shared.files.workbook_names import GUIDE_SHEET, LISTS_SHEET, OURSELVES, STAMP_SHEET
from shared.sheets.cells import Column, Value
from shared.sheets.lists import joined

_FORMATS: dict[str, str | int] = {"date": "dd/mm/yyyy", "whole": "#,##0", "number": "#,##0.##"}
_TEXT = 49
"""Number of the built-in format "Text", by which a spreadsheet keeps what is typed as it is typed."""


def write_template(
    columns: Sequence[Column],
    *,
    title: str,
    stamp: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]] = (),
) -> bytes:
    """An XLSX with the columns of a house, filled with ``rows`` (values by column key) where there are some.

    Args:
        title: name of the sheet, at most 31 characters.
        stamp: what the hidden sheet says, such as ``{"template": "loaves", "version": "1", "owner": id}``.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": clock.now().replace(tzinfo=None)})
    _TemplateWriter(book, columns).write(title, rows, stamp)
    book.close()
    return target.getvalue()


class _TemplateWriter:
    def __init__(self, book: "xlsxwriter.Workbook", columns: Sequence[Column]) -> None:
        self._book = book
        self._columns = [column for column in columns if column.offered]
        self._head = book.add_format({"bold": True, "bg_color": "#E3EEF4", "border": 1, "text_wrap": True})
        self._must = book.add_format({"bold": True, "bg_color": "#B5D2E1", "border": 1, "text_wrap": True})
        self._bold = book.add_format({"bold": True})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})

    def write(self, title: str, rows: Sequence[Mapping[str, Any]], stamp: Mapping[str, str]) -> None:
        sheet = self._book.add_worksheet(title[:31])
        guide = self._book.add_worksheet(GUIDE_SHEET)
        lists = self._book.add_worksheet(LISTS_SHEET)
        hidden = self._book.add_worksheet(STAMP_SHEET)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            shape = self._book.add_format({"num_format": _FORMATS.get(column.kind, _TEXT)})
            sheet.set_column(place, place, column.width, shape)
            heading = column.title["id"] + (" (wajib)" if column.required else "")
            sheet.write_string(0, place, heading, self._must if column.required else self._head)
            if column.help:
                sheet.write_comment(0, place, column.help["id"], {"author": OURSELVES})
            self._choices(sheet, lists, place, column)
            said = _spelled(column) if column.kind == "code" and not column.listed else {}
            for line, row in enumerate(rows, start=1):
                _write(sheet, line, place, row.get(column.key), shape, said)
        self._guide(guide)
        lists.very_hidden()
        for line, (key, value) in enumerate(stamp.items()):
            hidden.write_string(line, 0, key)
            hidden.write_string(line, 1, value)
        hidden.very_hidden()

    def _choices(self, sheet: Any, lists: Any, place: int, column: Column) -> None:
        """A drop-down where the column has a list, a check on dates and counts. It only warns, so that a cell may hold
        several values, or one that the list does not have.
        """
        rule: dict[str, Any] | None = None
        choices = self._listed(column)
        if choices:
            for line, choice in enumerate(choices):
                lists.write_string(line, place, choice)
            last = xlsxwriter.utility.xl_rowcol_to_cell(len(choices) - 1, place, row_abs=True, col_abs=True)
            first = xlsxwriter.utility.xl_rowcol_to_cell(0, place, row_abs=True, col_abs=True)
            rule = {"validate": "list", "source": f"={LISTS_SHEET}!{first}:{last}", "error_type": "warning"}
        elif column.kind == "date":
            rule = {"validate": "date", "criteria": ">", "value": date(1900, 1, 2), "error_type": "warning"}
        elif column.kind == "whole":
            rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_type": "warning"}
        if rule:
            sheet.data_validation(1, place, MOST_ROWS, place, rule)

    @staticmethod
    def _listed(column: Column) -> list[str]:
        if column.listed:
            return list(column.listed)
        if column.kind == "place":
            return [f"{one.name}" for one in regencies.table().values() if regencies.in_ntt(one.code)]
        if column.kind == "yes_no":
            return ["ya", "tidak"]
        return list(_spelled(column).values())

    def _guide(self, guide: Any) -> None:
        guide.set_column(0, 0, 28)
        guide.set_column(1, 1, 10)
        guide.set_column(2, 2, 70)
        guide.set_column(3, 3, 28)
        for line, text in enumerate(_HOW_TO):
            guide.write_string(line, 0, text)
        head = len(_HOW_TO) + 1
        for place, text in enumerate(("Kolom", "Wajib", "Isi", "Contoh")):
            guide.write_string(head, place, text, self._bold)
        for line, column in enumerate(self._columns, start=head + 1):
            guide.write_string(line, 0, column.title["id"], self._wrap)
            guide.write_string(line, 1, "ya" if column.required else "", self._wrap)
            guide.write_string(line, 2, self._meaning(column), self._wrap)
            guide.write_string(line, 3, column.example, self._wrap)

    def _meaning(self, column: Column) -> str:
        said = [column.help["id"]] if column.help else []
        listed = self._listed(column)
        if column.kind == "date":
            said.append("Hari/bulan/tahun, seperti 08/12/2026.")
        elif column.kind == "digits":
            said.append("Ketik sebagai teks; nol di depan tetap ada.")
        elif listed:
            said.append("Pilihan: " + ", ".join(listed[:30]) + ".")
        if column.many:
            said.append("Beberapa isi dipisah titik koma (;), ditambahkan ke yang tercatat; ganti: a; b menggantinya.")
        return " ".join(said)


def _spelled(column: Column) -> dict[str, str]:
    """Each code as the drop-down says it: its first spelling."""
    found: dict[str, str] = {}
    for spelling, code in column.choices.items():
        found.setdefault(code, spelling)
    return found


def _write(sheet: Any, line: int, place: int, value: Any, shape: Any, said: Mapping[str, str]) -> None:
    """``said``: the words for codes; everything else stays as it is."""
    if value is None:
        return
    if isinstance(value, list | tuple | set):
        value = joined([said.get(str(one), str(one)) for one in value])
    elif isinstance(value, str):
        value = said.get(value, value)
    if isinstance(value, bool):
        value = "ya" if value else "tidak"
    write_value(sheet, line, place, value, shape)


def write_value(sheet: Any, line: int, place: int, value: Value | int, shape: Any = None) -> None:
    """One value with its type kept; text stays text, also where it begins like a formula."""
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value, shape)
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value, shape)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, shape)
    elif value is not None:
        sheet.write_string(line, place, str(value)[:32_000], shape)


_HOW_TO = (
    "Isi lembar pertama, satu baris satu data. Jangan ubah judul kolom.",
    "Sel kosong tidak mengubah apa pun. Untuk menghapus isi yang tercatat, ketik kosongkan.",
    "Baris yang tidak ada di berkas tidak pernah dihapus dari sistem.",
    "Berkas yang sama boleh dikirim dua kali: tidak ada yang berubah.",
    "Setelah dikirim, unduh kembali berkas ini dengan catatan di samping sel yang perlu diperbaiki.",
)
