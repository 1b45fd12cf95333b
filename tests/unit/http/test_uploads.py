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


def form(client: FlaskClient, baker: Headers, **parts: Any) -> Any:
    return client.post("/v1/files", data=parts, content_type="multipart/form-data", headers=baker)


def bare(client: FlaskClient, baker: Headers, data: bytes, kind: str = uploads.CSV, **headers: str) -> Any:
    return client.post("/v1/files", data=data, content_type=kind, headers=baker | headers)


def test_a_form_and_bare_bytes_are_the_same_file(client: FlaskClient, baker: Headers) -> None:
    sha = hashlib.sha256(CSV).hexdigest()
    expected = {"name": "roti.csv", "bytes": len(CSV), "sha256": sha}
    assert form(client, baker, file=(io.BytesIO(CSV), "roti.csv")).get_json() == expected
    named = {"Content-Disposition": 'attachment; filename="roti.csv"'}
    assert bare(client, baker, CSV, **named).get_json() == expected
    assert bare(client, baker, CSV).get_json() == expected | {"name": "upload.csv"}


@pytest.mark.parametrize("packed_by", ["header", "name"])
def test_a_file_may_come_packed(client: FlaskClient, baker: Headers, packed_by: str) -> None:
    packed = gzip.compress(CSV)
    if packed_by == "header":
        answer = bare(client, baker, packed, **{"Content-Encoding": "gzip"})
    else:
        answer = form(client, baker, file=(io.BytesIO(packed), "roti.csv.gz"))
        assert answer.get_json()["name"] == "roti.csv"
    assert answer.get_json()["sha256"] == hashlib.sha256(CSV).hexdigest()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("roti <b>.csv", "roti _b_.csv"),
        ("Kursus Flores (2).xlsx", "Kursus Flores (2).xlsx"),
        ("...", "upload"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_a_name_is_only_a_name(client: FlaskClient, baker: Headers, sent: str, kept: str) -> None:
    assert form(client, baker, file=(io.BytesIO(CSV), sent)).get_json()["name"] == kept


@pytest.mark.parametrize(
    ("data", "kind", "headers", "status", "code"),
    [
        (b"{}", "application/json", {}, 415, "unsupported_media_type"),
        (b"x", "", {}, 415, "unsupported_media_type"),
        (b"", uploads.CSV, {}, 422, "empty_file"),
        (gzip.compress(b""), uploads.CSV, {}, 422, "empty_file"),
        (CSV, uploads.CSV, {"Content-Encoding": "gzip"}, 400, "gzip_unreadable"),
        (gzip.compress(CSV)[:-3], "application/gzip", {}, 400, "gzip_unreadable"),
        (b"0" * (uploads.MOST + 1), uploads.CSV, {}, 413, "too_large"),
        (b"0" * 10_000_000, uploads.CSV, {}, 413, "too_large"),
        (gzip.compress(b"0" * 50_000_000), uploads.CSV, {}, 413, "too_large"),
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
