"""Files and bodies that cannot be read: each is refused with its code before anything is made of it."""

import gzip
import io
import json
import zipfile

import httpx
import pytest

from shared.http import uploads


def a_zip(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


FILES: list[tuple[str, bytes, str]] = [
    ("empty.csv", b"", "empty_file"),
    ("only-titles.csv", b"full_name;nik\n", "no_rows"),
    ("no-titles.csv", b"1;2;3\n4;5;6\n", "no_header"),
    ("without-name.csv", b"nik;birth_date\n9953064404010003;2001-04-04\n", "template_mismatch"),
    ("twice.csv", b"full_name;nama;nik\nAna;Ani;1\n", "template_mismatch"),
    ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_is_xls"),
    ("cut.xlsx", b"PK\x03\x04" + b"\0" * 40, "file_cut_off"),
    ("other.zip", a_zip(readme=b"hello"), "file_not_a_sheet"),
    ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\0", "file_not_a_sheet"),
    ("quote.csv", b'full_name;nik\n"Ana;1\n', "quote_not_closed"),
]


@pytest.mark.parametrize(("name", "content", "code"), FILES)
def test_a_broken_file_is_refused_with_its_code(officer: httpx.Client, name: str, content: bytes, code: str) -> None:
    answer = officer.post("/v1/imports", files={"file": (name, content)})
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert answer.json()["errors"]


def test_what_is_too_large_is_refused_before_it_is_read(officer: httpx.Client) -> None:
    answer = officer.post("/v1/imports", content=b"x" * (uploads.MOST + 1), headers={"Content-Type": "text/csv"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    packed = gzip.compress(json.dumps({"full_name": "M" * 50_000_000}).encode())
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = officer.post("/v1/candidates", content=packed, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
