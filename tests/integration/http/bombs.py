"""Bodies under the size limit that are meant to keep a core busy: for every operation of a house, made from its schema.

Each is bytes, because a bomb must not be built by the reader's own rules.
"""

import gzip
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

BYTES = 1_000_000
UNDER_THE_COUNT = 9_000
"""Values that pass the counting, so that the judging itself is tried."""

MARKS = "\u0316\u0301"
"""Below and above, in the order that Unicode's composing must undo one by one."""


def plain() -> Iterator[tuple[str, bytes]]:
    """Bombs that need no schema."""
    yield "unknown members", json.dumps({f"k{n}": 1 for n in range(80_000)}).encode()
    yield "some unknown members", json.dumps({f"k{n}": 1 for n in range(UNDER_THE_COUNT)}).encode()
    yield "names like ours", json.dumps({f"ful_nam{n}": 1 for n in range(UNDER_THE_COUNT)}).encode()
    yield "empty objects", b"[" + b"{}," * 300_000 + b"{}]"
    yield "empty texts", b'["' + b'","' * 300_000 + b'"]'
    yield "quotes only", b'"' * BYTES
    yield "escaped quotes", b'"' + b'\\"' * (BYTES // 2 - 10)
    yield "backslashes", b'{"a":"' + b"\\" * (BYTES - 20)
    yield "deep lists", b"[" * (BYTES - 10)
    yield "deep objects", b'{"a":' * (BYTES // 5 - 10)
    yield "deep and wide", (b"[" * 31 + b"1," * 100 + b"1" + b"]" * 31)
    yield "long name", b'{"' + b"a" * (BYTES - 100) + b'":[' + b"1," * 20 + b"1]}"
    yield "one name again and again", b"{" + b'"a":1,' * (BYTES // 7) + b'"a":1}'
    yield "long number", b'{"a":' + b"9" * (BYTES - 20) + b"}"
    yield "long fraction", b'{"a":0.' + b"9" * (BYTES - 20) + b"}"
    yield "long exponent", b'{"a":1e' + b"9" * (BYTES - 20) + b"}"
    yield "many fractions", b"[" + b"1.234567890123456e300," * 9_000 + b"1]"
    yield "spaces", b" " * BYTES
    yield "escaped letters", b'{"a":"' + b"\\u0041" * (BYTES // 6 - 10) + b'"}'
    yield "half pairs", b'{"a":"' + b"\\ud800" * (BYTES // 6 - 10) + b'"}'


def of(document: dict[str, Any], schema: dict[str, Any]) -> Iterator[tuple[str, Callable[[], bytes | None]]]:
    """Bombs at each member of a schema, one level down and in the first entry of each list.

    Each is made when it is asked for (a house has thousands, a test throws some); None when it would be too long.
    """
    schemas = document.get("components", {}).get("schemas", {})
    for way, inner in _places(schemas, schema, (), 0):
        name = "/".join(map(str, way))
        for what, make in _values(schemas, inner):
            yield f"{what} at {name}", partial(_body, way, make)


def _body(way: tuple[Any, ...], make: Callable[[], Any]) -> bytes | None:
    whole = make()
    for step in reversed(way):
        whole = [whole] if step == 0 else {step: whole}
    body = json.dumps(whole, ensure_ascii=False).encode()
    return body if len(body) <= 1024 * 1024 else None


def _places(
    schemas: dict[str, Any], schema: dict[str, Any], way: tuple[Any, ...], depth: int
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    schema = _plain(schemas, schema)
    if way:
        yield way, schema
    if depth < 3:
        for name, inner in schema.get("properties", {}).items():
            if not inner.get("readOnly"):
                yield from _places(schemas, inner, (*way, name), depth + 1)
        if schema.get("items"):
            yield from _places(schemas, schema["items"], (*way, 0), depth)


def _plain(schemas: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema or "anyOf" in schema or "allOf" in schema:
        inner = schema.get("anyOf") or schema.get("allOf") or [schemas[schema["$ref"].rsplit("/", 1)[-1]]]
        schema = inner[0]
    return schema


def _values(schemas: dict[str, Any], schema: dict[str, Any]) -> Iterator[tuple[str, Callable[[], Any]]]:
    kind = schema.get("type", "object")
    kinds = kind if isinstance(kind, list) else [kind]
    many = range(UNDER_THE_COUNT)
    if "array" in kinds:
        inside = _plain(schemas, schema.get("items", {}))
        names = list(inside.get("properties", {}))[:3] or ["a"]
        yield "wrong codes", lambda: [f"X{n}" for n in many]
        yield "empty objects", lambda: [{} for _ in many]
        yield "wrong objects", lambda: [dict.fromkeys(names, "salah") for _ in range(2_000)]
        yield "fifty full of unknown members", lambda: [{f"k{n}": 1 for n in range(170)} for _ in range(50)]
        yield "lists", lambda: [[] for _ in many]
        yield "one text again", lambda: ["9111"] * UNDER_THE_COUNT
    elif "object" in kinds:
        yield "unknown members", lambda: {f"k{n}": 1 for n in many}
        yield "wide tree", lambda: {"all": [{"kind": "age"} for _ in range(4_000)]}
        yield "wrong leaves", lambda: {"all": [{"kind": "certificate", "scheme": f"X{n}"} for n in range(190)]}
        yield (
            "unknown leaves",
            lambda: {"any": [{"kind": f"K{n}", **{f"m{i}": 1 for i in range(30)}} for n in range(190)]},
        )
        yield "deep tree", _deep_tree
    else:
        yield "long text", lambda: "x" * (BYTES - 200)
        yield "spaces", lambda: "a" + " " * (BYTES - 200)
        yield "dashes", lambda: "-1" * (BYTES // 2 - 200)
        yield "digits", lambda: "5" * (BYTES - 200)
        yield "words", lambda: "ab " * (BYTES // 3 - 200)
        yield "accents", lambda: "a" + MARKS * (BYTES // 4 - 200)
        yield "some accents", lambda: "a" + MARKS * 400
        yield "ligatures", lambda: "\ufdfa" * (BYTES // 3 - 200)
        yield "a list", lambda: [1] * UNDER_THE_COUNT


def _deep_tree() -> Any:
    deep: Any = {"kind": "age", "min": 1}
    for level in range(28):
        deep = {"all": [deep, deep]} if level < 7 else {"all": [deep]}
    return deep


def packed(body: bytes) -> bytes:
    """The same bytes as a client sends them that compresses."""
    return gzip.compress(body, compresslevel=1)
