"""What can be wrong with a request at any house: who asks, how it is sent, how big and how deep it is."""

import gzip
from collections.abc import Callable

from tests.e2e.broken.table import JSON, NOBODY, Body, Broken

GZIP = {**JSON, "Content-Encoding": "gzip"}
GZIP_BOMB = gzip.compress(b" " * 60_000_000, compresslevel=1)


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


def at(method: str, address: str, whole: Callable[[], Body]) -> list[Broken]:
    """Broken requests to an address that takes JSON by this method; `whole` is a body that it would take."""
    ask = f"{method} {address}"
    return [
        Broken("no credential", ask, 401, "unauthenticated", json={}, who="nobody"),
        Broken("a token of nobody's", ask, 401, "token_invalid", json={},
               headers={"Authorization": "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.AAAA"}, who="nobody"),
        Broken("a token that says none", ask, 401, "token_invalid", json={},
               headers={"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."}, who="nobody"),
        Broken("a token of 100 kB", ask, 431, "headers_too_large", json={},
               headers={"Authorization": f"Bearer {'a' * 100_000}"}, who="nobody"),
        Broken("an expired token", ask, 401, "token_expired", json={}, who="expired"),
        Broken("a password", ask, 401, "authorization_unreadable", json={},
               headers={"Authorization": "Basic YW5hOmFuYQ=="}, who="nobody"),
        Broken("a key of nobody's", ask, 401, "key_invalid", json={},
               headers={"Authorization": f"Bearer uji_{'k' * 16}_{'s' * 43}"}, who="nobody"),
        Broken("ten megabytes", ask, 413, "too_large", content=b'"' + b"x" * 10_000_000 + b'"', headers=JSON),
        Broken("a gzip bomb", ask, 413, "too_large", content=GZIP_BOMB, headers=GZIP),
        Broken("gzip cut off", ask, 400, "gzip_unreadable", content=gzip.compress(b'{"a": 1}')[:-5], headers=GZIP),
        Broken("gzip that is none", ask, 400, "gzip_unreadable", content=b'{"a": 1}', headers=GZIP),
        Broken("an encoding nobody reads", ask, 415, "unsupported_encoding", content=b"{}",
               headers={**JSON, "Content-Encoding": "br"}),
        Broken("JSON forty deep", ask, 400, "too_deep", "/a" * 32, content=nested(40), headers=JSON),
        Broken("JSON a million deep", ask, 400, "too_deep", "", content=b"[" * 1_000_000, headers=JSON),
        Broken("a number of 10,000 digits", ask, 400, "number_too_large", "", content=b"1" * 10_000, headers=JSON),
        Broken("a number beyond every double", ask, 400, "number_too_large", "/a", content=b'{"a": 1e999}',
               headers=JSON),
        Broken("infinity", ask, 400, "not_a_number", "", content=b'{"a": -Infinity}', headers=JSON),
        Broken("a NUL in a text", ask, 400, "broken_text", "/a", content=b'{"a": "\\u0000"}', headers=JSON),
        Broken("half of a pair", ask, 400, "broken_text", "/a", content=b'{"a": "\\ud800"}', headers=JSON),
        Broken("latin-1", ask, 400, "not_utf8", "", content='{"a": "é"}'.encode("latin-1"), headers=JSON),
        Broken("JSON in UTF-16", ask, 415, "unsupported_media_type", content="{}".encode("utf-16"),
               headers={"Content-Type": "application/json; charset=utf-16"}),
        Broken("a form", ask, 415, "unsupported_media_type", content=b"a=1",
               headers={"Content-Type": "application/x-www-form-urlencoded"}),
        Broken("no content type", ask, 415, "unsupported_media_type", content=b"{}", headers={"Content-Type": ""}),
        Broken("a method that is not for here", f"DELETE {address}", 405, "method_not_allowed"),
        Broken("a query that is no UTF-8", f"{ask}?a=%ff", 400, "malformed_query", "/a", json=whole()),
        Broken("a query with a NUL", f"{ask}?a=%00", 400, "malformed_query", "/a", json=whole()),
        Broken("a stray parameter", f"{ask}?dry=1", 422, "unknown_field", "/dry", json=whole()),
    ]  # fmt: skip


def creating(method: str, address: str, whole: Callable[[], Body]) -> list[Broken]:
    """The same, to an address where something is made: a repeated request must be recognised there."""
    ask = f"{method} {address}"
    return [
        *at(method, address, whole),
        Broken("an idempotency key of two words", ask, 400, "idempotency_key_unreadable", "/Idempotency-Key",
               json=whole(), headers={"Idempotency-Key": "a b"}),
        Broken("an idempotency key without end", ask, 400, "idempotency_key_unreadable", "/Idempotency-Key",
               json=whole(), headers={"Idempotency-Key": "a" * 201}),
    ]  # fmt: skip


ADDRESSES = [
    Broken("no such address", "GET /v1/nothing", 404, "no_such_address"),
    Broken("an address with dots", "GET /v1/../../etc/passwd", 404, "no_such_address"),
    Broken("a doubled slash", "GET //v1//candidates", 404, "no_such_address"),
    Broken("version two", f"GET /v2/candidates/{NOBODY}", 404, "no_such_address"),
    Broken("an address of 20 kB", f"GET /v1/{'a' * 20_000}", 414, "too_long_address"),
    Broken("a TRACE", "TRACE /v1/candidates", 405, "method_not_allowed"),
]
