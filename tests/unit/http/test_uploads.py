"""One file a request, however it is sent."""

import gzip
import hashlib
import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.http import uploads

Headers = dict[str, str]
CSV = b"kode;nama\n1;roti\n"
FORM = "multipart/form-data; boundary=x"


def packed(content: bytes) -> bytes:
    """Packed without the time of day: a test's name has the bytes in it and must be the same in every worker."""
    return gzip.compress(content, mtime=0)


def form(client: FlaskClient, baker: Headers, **parts: Any) -> Any:
    return client.post("/v1/files", data=parts, content_type="multipart/form-data", headers=baker)


def bare(client: FlaskClient, baker: Headers, data: bytes, kind: str = uploads.CSV, **headers: str) -> Any:
    return client.post("/v1/files", data=data, content_type=kind, headers=baker | headers)


def test_a_form_and_bare_bytes_are_the_same_file(client: FlaskClient, baker: Headers) -> None:
    sha = hashlib.sha256(CSV).hexdigest()
    expected = {"kind": "CSV", "bytes": len(CSV), "sha256": sha}
    assert form(client, baker, file=(io.BytesIO(CSV), "roti.csv")).get_json() == expected
    assert bare(client, baker, CSV).get_json() == expected


@pytest.mark.parametrize("packed_by", ["header", "name"])
def test_a_file_may_come_packed(client: FlaskClient, baker: Headers, packed_by: str) -> None:
    sent = packed(CSV)
    if packed_by == "header":
        answer = bare(client, baker, sent, **{"Content-Encoding": "gzip"})
    else:
        answer = form(client, baker, file=(io.BytesIO(sent), "roti.csv.gz"))
    assert answer.get_json()["sha256"] == hashlib.sha256(CSV).hexdigest()


@pytest.mark.parametrize("name", ["Maria Tukan.csv", "../../etc/passwd", "...", "x" * 300 + ".csv", "roti.xlsx"])
def test_a_name_is_not_remembered_and_says_nothing_about_the_file(
    client: FlaskClient, baker: Headers, name: str
) -> None:
    answer = form(client, baker, file=(io.BytesIO(CSV), name))
    assert answer.get_json().keys() == {"kind", "bytes", "sha256"} and answer.get_json()["kind"] == "CSV"
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    assert bare(client, baker, CSV, uploads.XLSX, **named).get_json() == answer.get_json()


def test_a_workbook_is_known_by_its_first_bytes(client: FlaskClient, baker: Headers) -> None:
    assert bare(client, baker, b"PK\x03\x04 and more").get_json()["kind"] == "XLSX"


@pytest.mark.parametrize(
    ("data", "kind", "headers", "status", "code"),
    [
        (b"{}", "application/json", {}, 415, "unsupported_media_type"),
        (b"x", "", {}, 415, "unsupported_media_type"),
        (b"", uploads.CSV, {}, 422, "empty_file"),
        (packed(b""), uploads.CSV, {}, 422, "empty_file"),
        (CSV, uploads.CSV, {"Content-Encoding": "gzip"}, 400, "gzip_unreadable"),
        (packed(CSV)[:-3], "application/gzip", {}, 400, "gzip_unreadable"),
        (b"0" * (uploads.MOST + 1), uploads.CSV, {}, 413, "too_large"),
        (b"0" * (2 * uploads.MOST), uploads.CSV, {}, 413, "too_large"),
        (packed(b"0" * 50_000_000), uploads.CSV, {}, 413, "too_large"),
        (b"--x", "multipart/form-data", {}, 400, "form_unreadable"),
        (b"--x\r\nContent-Disposition: form-data; name=file; filename=a", FORM, {}, 422, "one_file_wanted"),
        (b"\x00\xff", FORM, {}, 422, "one_file_wanted"),
        (b"", FORM, {}, 422, "one_file_wanted"),
        (b"x", FORM, {"Content-Encoding": "gzip"}, 415, "unsupported_encoding"),
    ],
)
def test_what_is_no_file_is_refused(
    client: FlaskClient, baker: Headers, data: bytes, kind: str, headers: Headers, status: int, code: str
) -> None:
    answer = bare(client, baker, data, kind, **headers)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert answer.mimetype == "application/problem+json"


def test_two_files_and_no_file_are_refused(client: FlaskClient, baker: Headers) -> None:
    two = form(client, baker, file=[(io.BytesIO(CSV), "a.csv"), (io.BytesIO(CSV), "b.csv")])
    other = form(client, baker, other=(io.BytesIO(CSV), "a.csv"))
    none = form(client, baker, file="just text")
    for answer in (two, other, none):
        assert (answer.status_code, answer.get_json()["code"]) == (422, "one_file_wanted")


def test_a_file_in_a_form_has_the_same_limit(client: FlaskClient, baker: Headers) -> None:
    answer = form(client, baker, file=(io.BytesIO(b"0" * (uploads.MOST + 1)), "a.csv"))
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")


def test_a_form_with_a_thousand_parts_is_too_large(client: FlaskClient, baker: Headers) -> None:
    answer = form(client, baker, **{f"part{n}": "x" for n in range(1000)})
    assert answer.status_code == 413


@pytest.mark.parametrize("kind", [uploads.CSV, uploads.XLSX, "application/octet-stream", "application/gzip"])
def test_a_file_that_was_cut_off_on_its_way_is_refused_whatever_it_is(
    client: FlaskClient, baker: Headers, kind: str
) -> None:
    """As gunicorn hands it over: it says how long the body is, and the line ends before that."""
    cut = {"CONTENT_LENGTH": str(len(CSV) + 6), "wsgi.input_terminated": True}
    answer = client.post("/v1/files", data=CSV, content_type=kind, headers=baker, environ_overrides=cut)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "body_cut_off")


def test_a_form_that_was_cut_off_is_refused(client: FlaskClient, baker: Headers) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n' + CSV
    cut = {"CONTENT_LENGTH": str(len(body) + 60), "wsgi.input_terminated": True}
    answer = client.post("/v1/files", data=body, content_type=FORM, headers=baker, environ_overrides=cut)
    assert 400 <= answer.status_code < 500
