"""What can be wrong with a file at the import doors."""

import gzip
import io
import json
import zipfile

import xlsxwriter

from shared.http import uploads
from tests.e2e.broken.table import Broken

DOOR = "POST /v1/imports"
HEADER = b"full_name;nik;birth_date\n"
SHEET = b"""code;title;lesson_hours;mode;funding;number;starts;ends;seats
X-1;Judul;200;OFFLINE;APBD;A-1;11/01/2030;26/02/2030;16
"""


def a_workbook(*rows: list[object]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def a_zip(compression: int = zipfile.ZIP_DEFLATED, **parts: bytes) -> bytes:
    """Parts by name; `__` stands for a slash, `_` before the ending for its dot."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts.items():
            folder, _, file = name.rpartition("__")
            archive.writestr(f"{folder}/{file}".lstrip("/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return target.getvalue()


def with_part(book: bytes, name: str, content: bytes) -> bytes:
    """A workbook with one more part, or another one in its place."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return target.getvalue()


BOOK = a_workbook(["full_name", "nik"], ["Ana", "9953064404010001"])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BOMB = with_part(BOOK, "xl/worksheets/sheet1.xml", b" " * 300_000_000)


def refused(what: str, code: str, name: str, content: bytes) -> Broken:
    return Broken(what, DOOR, 422, code, "/file", file=(name, content))


REGISTRY_FILES = [
    refused("nothing in it", "empty_file", "desa.csv", b""),
    refused("an old Excel", "file_is_xls", "desa.xls", OLE),
    refused("an old Excel that calls itself new", "file_is_xls", "desa.xlsx", OLE),
    refused("a workbook cut off", "file_cut_off", "desa.xlsx", BOOK[: len(BOOK) // 2]),
    refused("a workbook cut off at its last byte", "file_cut_off", "desa.xlsx", BOOK[:-1]),
    refused("a workbook with a hole", "file_cut_off", "desa.xlsx", BOOK[:200] + b"\0" * 200 + BOOK[400:]),
    refused("a workbook without sheets", "file_not_a_sheet", "desa.xlsx", a_zip(xl__styles_xml=b"<a/>")),
    refused("a workbook with macros", "file_has_macros", "desa.xlsm", with_part(BOOK, "xl/vbaProject.bin", b"x")),
    refused("a zip bomb", "file_too_big", "desa.xlsx", BOMB),
    refused("a picture", "file_not_a_sheet", "desa.csv", b"\x89PNG\r\n\x1a\n\0\0\0\0"),
    refused("a PDF", "file_not_a_sheet", "desa.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    refused("a page of HTML", "file_not_a_sheet", "desa.xls", b"<html><table><tr><td>Ana</td></tr></table></html>"),
    refused("only titles", "no_rows", "desa.csv", HEADER),
    refused("no titles", "no_header", "desa.csv", b"1;2;3\n4;5;6\n"),
    refused("titles of another sheet", "no_header", "desa.csv", b"kode;judul\nX;Y\n"),
    refused("a title twice", "column_twice", "desa.csv", b"full_name;full_name\nAna;Ani\n"),
    refused("a quote that never ends", "quote_not_closed", "desa.csv", HEADER + b'"Ana;1;2\n'),
    refused("a hundred thousand rows and one", "too_many_rows", "desa.csv", HEADER + b"Ana;;\n" * 100_001),
    refused("a thousand columns", "too_many_columns", "desa.csv", b"full_name" + b";x" * 1000 + b"\nAna\n"),
    refused("a cell of a megabyte", "cell_too_long", "desa.csv", HEADER + b"A" * 1_000_000 + b";;\n"),
    Broken("a gzip bomb", DOOR, 413, "too_large", file=("desa.csv.gz", gzip.compress(b"a" * 50_000_000))),
    Broken("no form", DOOR, 415, "unsupported_media_type", json={"rows": []}),
    Broken("a form without a boundary", DOOR, 400, "form_unreadable", content=b"x",
           headers={"Content-Type": "multipart/form-data"}),
    Broken("a form with another part", DOOR, 422, "one_file_wanted", "/file",
           content=b'--b\r\nContent-Disposition: form-data; name="sheet"; filename="a.csv"\r\n\r\nx\r\n--b--\r\n',
           headers={"Content-Type": "multipart/form-data; boundary=b"}),
    Broken("more than a file may have", DOOR, 413, "too_large", file=("desa.csv", b"x" * (uploads.MOST + 1))),
    Broken("perhaps", DOOR, 422, "not_yes_or_no", "/dry_run", file=("desa.csv", HEADER), query={"dry_run": "mungkin"}),
    Broken("an import that is none", "GET /v1/imports/x", 404, "no_such_import"),
]  # fmt: skip

TRAINING_FILES = [
    Broken("an old Excel", DOOR, 422, "file_is_xls", "/file", file=("kursus.xls", OLE), who="provider"),
    Broken("a workbook cut off", DOOR, 422, "file_cut_off", "/file", file=("kursus.xlsx", BOOK[:-30]), who="provider"),
    Broken("people instead of courses", DOOR, 422, "no_header", "/file", file=("kursus.csv", HEADER + b"A;;\n"),
           who="provider"),
    Broken("a sheet of nobody's", DOOR, 422, "required", "/provider_id", file=("kursus.csv", SHEET), who="reviewer"),
    Broken("an officer's sheet", DOOR, 403, "forbidden", file=("kursus.csv", SHEET)),
]  # fmt: skip

PLACEMENT_FILES = [
    Broken("a kind nobody knows", DOOR, 422, "unknown_code", "/kind", file=("x.json", b"[]"), query={"kind": "PEOPLE"},
           who="reviewer"),
    Broken("no kind", DOOR, 422, "required", "/kind", file=("x.json", b"[]"), who="reviewer"),
    Broken("no list", DOOR, 422, "list_wanted", "", file=("x.json", b"{}"), query={"kind": "COMPANIES"},
           who="reviewer"),
    Broken("an empty list", DOOR, 422, "list_wanted", "", file=("x.json", b"[]"), query={"kind": "COMPANIES"},
           who="reviewer"),
    Broken("JSON cut off", DOOR, 400, "malformed_json", "", file=("x.json", b'[{"sip3mi"'),
           query={"kind": "COMPANIES"}, who="reviewer"),
    Broken("six thousand items", DOOR, 422, "list_wanted", "", file=("x.json", json.dumps([{}] * 6000).encode()),
           query={"kind": "COMPANIES"}, who="reviewer"),
    Broken("laws by a reviewer", DOOR, 403, "forbidden", file=("x.json", b"[{}]"), query={"kind": "POLICIES"},
           who="reviewer"),
]  # fmt: skip
