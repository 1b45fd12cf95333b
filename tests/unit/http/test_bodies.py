"""No body, however broken, gets past the door or breaks it."""

import gzip
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.http import bodies
from shared.http.problems import Malformed

Headers = dict[str, str]


def post(client: FlaskClient, baker: Headers, data: bytes, kind: str = "application/json", **headers: str) -> Any:
    return client.post("/v1/loaves", data=data, content_type=kind, headers=baker | headers)


@pytest.mark.parametrize(
    ("data", "code", "pointer"),
    [
        (b"{", "malformed_json", ""),
        (b'{"name": "roti",}', "malformed_json", ""),
        (b"{'name': 'roti'}", "malformed_json", ""),
        (b"name=roti", "malformed_json", ""),
        (b'{"name": "roti"} {}', "malformed_json", ""),
        (b"\x00", "malformed_json", ""),
        (b'{"name": "ro\x01ti"}', "malformed_json", ""),
        (b'{"name": "\xff"}', "not_utf8", ""),
        (b"\xff\xfe{\x00}\x00", "not_utf8", ""),
        (b'{"name": NaN}', "not_a_number", ""),
        (b'{"name": -Infinity}', "not_a_number", ""),
        (b'{"price": 1e999}', "number_too_large", "/price"),
        (b'{"price": 9007199254740992}', "number_too_large", "/price"),
        (b'{"price": ' + b"9" * 5000 + b"}", "number_too_large", ""),
        (b'{"name": "a\\u0000b"}', "broken_text", "/name"),
        (b'{"name": "\\ud800"}', "broken_text", "/name"),
        (b'{"toppings": [{"name": "\\udfff"}]}', "broken_text", "/toppings/0/name"),
        (b'{"\\ud800": 1}', "broken_text", ""),
        (b'{"a/b~c": "\\u0000"}', "broken_text", "/a~1b~0c"),
        (b'{"name": "a", "name": "b"}', "duplicate_key", "/name"),
        (b'{"toppings": [{"name": "a", "name": "b"}]}', "duplicate_key", "/toppings/0/name"),
        (b"[" * 40 + b"]" * 40, "too_deep", "/0" * 32),
        (b"[" * 100_000, "too_deep", ""),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "too_deep", ""),
    ],
)
def test_what_is_no_honest_json_is_malformed_with_a_pointer(
    client: FlaskClient, baker: Headers, data: bytes, code: str, pointer: str
) -> None:
    answer = post(client, baker, data)
    body = answer.get_json()
    assert (answer.status_code, body["code"]) == (400, code)
    assert body["errors"][0]["pointer"] == pointer
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("data", [b"[]", b'"roti"', b"7", b"true", b"[1]"])
def test_json_that_is_no_object_is_invalid(client: FlaskClient, baker: Headers, data: bytes) -> None:
    answer = post(client, baker, data)
    assert (answer.status_code, answer.get_json()["errors"][0]["code"]) == (422, "not_an_object")


@pytest.mark.parametrize("data", [b"null", b"{}", b""])
def test_nothing_is_told_what_it_lacks(client: FlaskClient, baker: Headers, data: bytes) -> None:
    answer = post(client, baker, data)
    assert answer.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in answer.get_json()["errors"]] == [("/name", "required")]


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "multipart/form-data",
        "application/json; charset=latin-1",
        "json",
        "application/\xff",
    ],
)
def test_a_body_that_does_not_call_itself_json_is_not_read(client: FlaskClient, baker: Headers, kind: str) -> None:
    answer = post(client, baker, b'{"name": "roti"}', kind)
    assert (answer.status_code, answer.get_json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=UTF-8", "application/merge-patch+json", "APPLICATION/JSON"]
)
def test_json_has_several_names(client: FlaskClient, baker: Headers, kind: str) -> None:
    assert post(client, baker, b'{"name": "roti"}', kind).status_code == 201


def test_a_mark_at_the_beginning_is_harmless(client: FlaskClient, baker: Headers) -> None:
    assert post(client, baker, b'\xef\xbb\xbf{"name": "roti"}').status_code == 201


def test_gzip_is_unpacked(client: FlaskClient, baker: Headers) -> None:
    packed = gzip.compress(b'{"name": "roti"}')
    assert post(client, baker, packed, **{"Content-Encoding": "gzip"}).get_json()["name"] == "roti"


@pytest.mark.parametrize(
    "packed",
    [
        b"not gzip",
        gzip.compress(b'{"name": "roti"}', mtime=0)[:-6],
        gzip.compress(b"{}", mtime=0) + b"more",
        b"\x1f\x8b",
    ],
)
def test_broken_gzip_is_malformed(client: FlaskClient, baker: Headers, packed: bytes) -> None:
    answer = post(client, baker, packed, **{"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "gzip_unreadable")


def test_a_gzip_bomb_is_too_large(client: FlaskClient, baker: Headers) -> None:
    bomb = gzip.compress(b'{"name": "' + b"0" * 50_000_000 + b'"}')
    assert len(bomb) < bodies.MOST_JSON
    answer = post(client, baker, bomb, **{"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "\xff"])
def test_other_encodings_are_not_read(client: FlaskClient, baker: Headers, encoding: str) -> None:
    answer = post(client, baker, b"{}", **{"Content-Encoding": encoding})
    assert (answer.status_code, answer.get_json()["code"]) == (415, "unsupported_encoding")


@pytest.mark.parametrize("size", [bodies.MOST_JSON + 1, 10 * 1024 * 1024])
def test_a_large_body_is_refused_with_the_limit(client: FlaskClient, baker: Headers, size: int) -> None:
    answer = post(client, baker, b" " * size)
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")
    if size < 6 * 1024 * 1024:
        assert answer.get_json()["limit_bytes"] == bodies.MOST_JSON


def test_a_body_of_exactly_the_limit_is_read(client: FlaskClient, baker: Headers) -> None:
    data = b'{"name": "roti"}'
    assert post(client, baker, data + b" " * (bodies.MOST_JSON - len(data))).status_code == 201


def test_a_document_as_deep_as_allowed_is_read() -> None:
    document: Any = 1
    for _ in range(bodies.DEEPEST):
        document = [document]
    assert bodies.parse(json.dumps(document).encode()) == document
    with pytest.raises(Malformed, match="levels"):
        bodies.parse(json.dumps([document]).encode())


def test_the_largest_exact_number_is_read() -> None:
    assert bodies.parse(b"[9007199254740991, -9007199254740991, 0.1]") == [2**53 - 1, 1 - 2**53, 0.1]
