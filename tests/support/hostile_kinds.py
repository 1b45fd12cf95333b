"""What can be wrong with a request, kind by kind: bodies, forms, types, heads, paths, ids, parameters, whole lines."""

import gzip
import json
import random
import zlib
from collections.abc import Callable, Sequence

Dice = random.Random
ID = b"00000000-0000-4000-8000-000000000000"
"""Of nobody: it stands in the paths of operations, so that something odd can take its place."""


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _deep(dice: Dice) -> bytes:
    depth = dice.choice((50, 1_000, 100_000))
    return b'{"full_name":' + b"[" * depth + b"]" * depth + b"}"


END = b"--B--\r\n"
NAMED = b'Content-Disposition: form-data; name="file"'
MIXED = b"\r\nContent-Type: multipart/mixed; boundary=C"


def part(head: bytes, body: bytes = b"x") -> bytes:
    return b"--B\r\n" + head + b"\r\n\r\n" + body + b"\r\n"


def _parts(dice: Dice) -> bytes:
    return b"".join(
        b'--B\r\nContent-Disposition: form-data; name="p%d"\r\n\r\nx\r\n' % number
        for number in range(dice.choice((300, 5_000, 12_000)))
    )


JSON_BODIES: dict[str, Callable[[Dice], bytes]] = {
    "deep": _deep,
    "huge whole number": lambda dice: b'{"limit": 1' + b"0" * dice.choice((20, 400, 5_000)) + b"}",
    "huge fraction": lambda dice: (
        b'{"wishes": {"min_wage": {"amount": 1e' + str(dice.choice((308, 309, 9999))).encode() + b"}}}"
    ),
    "not a number": lambda dice: dice.choice((b'{"a": NaN}', b'{"a": Infinity}', b'{"a": -Infinity}', b"NaN")),
    "a name twice": lambda dice: b'{"full_name": "A B", "full_name": "C D"}',
    "null byte": lambda dice: dice.choice((b'{"full_name": "A\\u0000B"}', b'{"full_name": "A\0B"}', b"\0" * 100)),
    "half a pair": lambda dice: dice.choice(
        (b'{"full_name": "\\ud800"}', b'{"\\udfff": 1}', b'{"full_name": "\xed\xa0\x80"}')
    ),
    "no utf-8": lambda dice: bytes(dice.randrange(128, 256) for _ in range(200)),
    "utf-16": lambda dice: '{"full_name": "Ana"}'.encode(dice.choice(("utf-16", "utf-32", "utf-16-be"))),
    "a mark in front": lambda dice: b"\xef\xbb\xbf" + _json({"full_name": "Ana"}),
    "cut off": lambda dice: b'{"full_name": "An',
    "two documents": lambda dice: b"{}{}",
    "no object": lambda dice: dice.choice((b"[]", b"1", b'"x"', b"null", b"true", b"")),
    "comment": lambda dice: b'{/* x */ "a": 1,}',
    "many members": lambda dice: _json({f"k{number}": number for number in range(30_000)}),
    "long text": lambda dice: _json({"full_name": "A" * 900_000}),
    "marks": lambda dice: _json({"full_name": "\u0316\u0301" * 100_000}),
    "escapes": lambda dice: b'{"full_name": "' + b"\\u0041" * 150_000 + b'"}',
    "half pairs": lambda dice: b'{"full_name": "' + b"\\ud800\\udc00\\ud800" * 40_000 + b'"}',
    "a name again and again": lambda dice: b"{" + b'"full_name": 1,' * 60_000 + b'"full_name": "Ana"}',
    "odd numbers": lambda dice: (
        b'{"limit": ' + dice.choice((b"-0", b"1e-99999", b"0e9", b"01", b"+1", b"1.", b".5", b"0x1", b"1_0")) + b"}"
    ),
    "digits without end": lambda dice: b'{"limit": ' + b"9" * 900_000 + b"}",
    "fractions without end": lambda dice: b'{"limit": 0.' + b"1" * 900_000 + b"}",
    "names without end": lambda dice: b'{"' + b"k" * 900_000 + b'": 1}',
    "odd names": lambda dice: _json({"": 1, "\x00": 1, "\u202e": 1, "a/b~c": {"": [{}]}, " full_name": "A"}),
    "lists in lists": lambda dice: _json([[[[{"a": [[]] * 20_000}]]]]),
    "prototype": lambda dice: _json({"__proto__": {}, "constructor": {}, "$where": "1", "a.b": {"$gt": ""}}),
}
FORMS: dict[str, Callable[[Dice], bytes]] = {
    "many parts": lambda dice: _parts(dice) + END,
    "no end": lambda dice: _parts(Dice(1)),
    "huge head of a part": lambda dice: (
        part(NAMED + b'; filename="' + b"x" * dice.choice((9_000, 300_000)) + b'"') + END
    ),
    "many heads of a part": lambda dice: b"--B\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\nx\r\n" + END,
    "a form within": lambda dice: part(NAMED + MIXED, b"--C\r\n\r\n" * 5_000 + b"--C--") + END,
    "no name": lambda dice: part(b"Content-Disposition: form-data") + END,
    "two files": lambda dice: part(NAMED + b'; filename="a"') * 2 + END,
    "lines only": lambda dice: b"\r\n" * 200_000,
    "boundaries only": lambda dice: b"--B\r\n" * 100_000,
    "empty": lambda dice: b"",
    "odd charset of a part": lambda dice: part(NAMED + b"\r\nContent-Type: text/plain; charset=rot13") + END,
    "quoted badly": lambda dice: part(NAMED + b'; filename*=UTF-9\'\'%zz; name="fi\\"le"') + END,
}
TYPES: Sequence[bytes] = (
    b"application/json",
    b"application/json; charset=utf-16",
    b"application/json; charset=nonsense",
    b"text/plain",
    b"application/xml",
    b"application/x-www-form-urlencoded",
    b"multipart/form-data",
    b"application/json;" + b"a=b;" * 2_000,
    b"",
    b"application/merge-patch+json",
    b"\xff\xfe",
    b"*/*",
)
BOUNDARIES: Sequence[bytes] = (b"B", b'"B"', b"", b"B" * 2_000, b'"', b"B; boundary=C")
PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "gzip cut off": lambda body: gzip.compress(body * 10)[:-5],
    "gzip of nothing": lambda body: gzip.compress(b""),
    "no gzip at all": lambda body: body,
    "gzip twice": lambda body: gzip.compress(gzip.compress(body)),
    "gzip bomb": lambda body: gzip.compress(b" " * 60_000_000, 9),
    "gzip with rubbish behind": lambda body: gzip.compress(body) + b"rubbish" * 100,
    "deflate": zlib.compress,
}
METHODS = (
    b"GET",
    b"HEAD",
    b"OPTIONS",
    b"TRACE",
    b"PROPFIND",
    b"post",
    b"DELETE",
    b"PUT",
    b"PATCH",
    b"POST",
    b"CONNECT",
)
HEADS: dict[str, Sequence[bytes]] = {
    "many heads": [b"\r\n".join(b"X-%d: y" % number for number in range(many)) for many in (90, 400, 3_000)],
    "a long head": [b"X-Long: " + b"x" * length for length in (7_000, 15_000, 70_000)],
    "expects": [b"Expect: 100-continue", b"Expect: 200-ok", b"Expect: "],
    "no token": [
        b"Authorization: Bearer " + token
        for token in (b"", b"." * 3_000, b"a.b.c", b"\xff", b"uji_" + b"x" * 5_000, b"eyJhbGciOiJub25lIn0.e30.")
    ],
    "languages": [b"Accept-Language: " + odd for odd in (b"en;q=0.9," * 600, b"\xff;q=x", b"en;q=1e999")],
    "odd accept": [b"Accept: " + odd for odd in (b"a/b/c;q", b"*", b"application/json;q=NaN", b"text/html")],
    "odd packing of answers": [b"Accept-Encoding: gzip;q=x, \xff, *;q=0"],
    "odd version": [
        b"If-Match: " + odd for odd in (b'"' + b"9" * 30 + b'"', b'"\xff"', b"W/", b'"1", ' * 900, b'"-1"', b'"1e3"')
    ],
    "odd key": [b"Idempotency-Key: " + odd for odd in (b"x" * 5_000, b"\xf0\x9f\x92\xa9", b"", b"\t")],
    "odd addresses": [b"X-Forwarded-For: " + odd for odd in (b"1.2.3.4," * 900, b"nobody", b"::1%eth0", b"\xff")],
    "range": [b"Range: bytes=0-0," + b"1-2," * 500],
    "cookies": [b"Cookie: " + b"a=b; " * 1_000],
    "odd day": [b"If-Modified-Since: Wed, 99 Foo 99999 99:99:99 GMT"],
    "traced": [
        b"traceparent: " + odd for odd in (b"00-" + b"0" * 32 + b"-" + b"0" * 16 + b"-01", b"x" * 3_000, b"\xff")
    ],
    "another host": [b"Host: " + odd for odd in (b"a" * 300, b"x:99999", b"[::", b"..")],
    "no host that is one": [b"Host: " + odd for odd in (b"xn--a", b"a" * 64 + b".id", b".", b"xn--99999999:80")],
    "twice": [
        head + b"\r\n" + head
        for head in (b'If-Match: "1"', b"Content-Type: application/json", b"Authorization: Bearer x", b"Cookie: a=b")
    ],
    "other conditions": [
        b"If-None-Match: " + b'"x", ' * 900,
        b"If-None-Match: *",
        b"If-Unmodified-Since: x",
        b"If-Range: \xff\r\nRange: bytes=9-1",
        b"Range: lines=1-",
    ],
    "trailers": [b"TE: trailers, deflate;q=x\r\nTrailer: Content-Length"],
    "upgrades": [b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA", b"Upgrade: websocket\r\nOrigin: null"],
    "origins": [b"Origin: " + odd for odd in (b"null", b"javascript:", b"http://[", b"x" * 4_000, b"\xff")],
    "forwarded": [b"Forwarded: for=" + odd for odd in (b'"[::1]:x";proto=javascript', b"_x," * 900, b"\xff")],
    "override": [b"X-HTTP-Method-Override: DELETE\r\nX-Forwarded-Host: a b\r\nX-Forwarded-Proto: javascript"],
}
PATHS: Sequence[bytes] = (
    b"/%00",
    b"/..%2f..%2fetc/passwd",
    b"/v1/%ff",
    b"/v1/candidates/%F0%9F%8D%9E",
    b"//v1//candidates",
    b"/v1/" + b"a" * 7_000,
    b"/v1/candidates?" + b"a=1&" * 1_500,
    b"/v1/candidates?limit=" + b"9" * 4_000,
    b"/v1/candidates?after=%00%ff",
    b"/v1/candidates?limit=NaN&limit=2",
    b"/" + b"x" * 40_000,
    b"*",
    b"http://somebody.example/v1/candidates",
    b"/v1/\xc3\xa9",
    b"/v1/candidates;a=b",
    b"/v1/candidates#x",
    b"/v1/imports?dry_run=%FF",
    b"/v1/candidates?" + b"a&" * 4_000,
    b"/v1/candidates?" + b"a=1;" * 1_900,
    b"/v1/candidates?%00=1&%ff=2&=&&==",
    b"/%c0%ae%c0%ae/%c0%afetc",
    b"/v1/%e2%80%ae%ef%bb%bf",
    b"/./v1/../v1/candidates/.",
    b"/v1\\candidates",
    b"?",
    b"/openapi.json?x=" + b"%41" * 2_000,
    b"/metrics",
)
IDS: Sequence[bytes] = (
    b"%00", b"%ff", b"%c0%80", b"..%2f..", b"%2e%2e", b"%E2%80%AE", b"a" * 4_000, b"%F0%9F%8D%9E", b"-1", b";",
    b"%0d%0aX:%20y", b"%7B%22%24gt%22%3A1%7D", b"%CC%96%CC%81" * 300, b"null", b"%u0041", b"%", b"9" * 400,
    b"\xef\xbf\xbe",
)  # fmt: skip
"""What stands where an id belongs."""

PARAMETERS: Sequence[bytes] = (
    b"after", b"limit", b"fields", b"lang", b"updated_since", b"as_of_date", b"known_on", b"wait", b"since",
    b"subject", b"state", b"min_candidate_version", b"dry_run", b"country", b"regency", b"q", b"centre",
    b"provider", b"subscription", b"Limit", b"a[]",
)  # fmt: skip

QUERIES: Sequence[bytes] = (
    b"", b"%00", b"%ff", b"-1", b"9" * 30, b"1e999", b"NaN", b"2026-02-30", b"0000-00-00",
    b"9999-12-31T23:59:59Z", b"[]", b"%7B%7D", b"%CC%96%CC%81" * 300, b"%EF%BC%91", b"x" * 5_000,
    b"2026-01-01T00:00:00%2B99:99", b"true", b"%E2%80%AE",
)  # fmt: skip
"""What stands where the value of a parameter belongs."""
