"""Whole requests as bytes on a line that are not quite HTTP: first lines, lengths, pieces, and what comes twice."""

import random
import struct
from collections.abc import Callable

from tests.support.hostile_kinds import NAMED, part

Dice = random.Random


def _get(path: bytes, *heads: bytes) -> bytes:
    return b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n" + b"".join(head + b"\r\n" for head in heads) + b"\r\n"


def _post(path: bytes, *heads: bytes, body: bytes = b"") -> bytes:
    return b"POST" + _get(path, *heads)[3:] + body


CLOSE = b"Connection: close"
CHUNKED = b"Transfer-Encoding: chunked"
JSON = b"Content-Type: application/json"
RAW: dict[str, Callable[[bytes], bytes]] = {
    "HTTP/0.9": lambda path: b"GET " + path + b"\r\n\r\n",
    "HTTP/1.0": lambda path: b"GET " + path + b" HTTP/1.0\r\n\r\n",
    "HTTP/9.9": lambda path: b"GET " + path + b" HTTP/9.9\r\nHost: x\r\n\r\n",
    "HTTP/2": lambda path: b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0" * 50,
    "TLS": lambda path: b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(300),
    "noise": lambda path: struct.pack(">40I", *Dice(7).choices(range(2**32), k=40)) + b"\r\n\r\n",
    "no host": lambda path: b"GET " + path + b" HTTP/1.1\r\n\r\n",
    "two hosts": lambda path: _get(path, b"Host: b"),
    "folded head": lambda path: _get(path, b"A: b\r\n c", CLOSE),
    "null in a head": lambda path: _get(path, b"A: b\0c", CLOSE),
    "two lengths": lambda path: _post(path, b"Content-Length: 2", b"Content-Length: 3", body=b"{}"),
    "length and pieces": lambda path: _post(path, b"Content-Length: 4", CHUNKED, CLOSE, body=b"0\r\n\r\n"),
    "negative length": lambda path: _post(path, b"Content-Length: -1"),
    "length of words": lambda path: _post(path, b"Content-Length: two", body=b"{}"),
    "length with a sign": lambda path: _post(path, b"Content-Length: +2", CLOSE, body=b"{}"),
    "lengths in a list": lambda path: _post(path, b"Content-Length: 2, 2", CLOSE, body=b"{}"),
    "length in hex": lambda path: _post(path, b"Content-Length: 0x2", CLOSE, body=b"{}"),
    "length of spaces": lambda path: _post(path, b"Content-Length: 2 2", CLOSE, body=b"{}"),
    "nearly chunked": lambda path: _post(path, b"Transfer-Encoding: xchunked", CLOSE, body=b"2\r\n{}\r\n0\r\n\r\n"),
    "chunked twice": lambda path: _post(path, CHUNKED, CHUNKED, CLOSE, body=b"2\r\n{}\r\n0\r\n\r\n"),
    "chunked, and another": lambda path: _post(
        path, b"Transfer-Encoding: chunked, identity", CLOSE, body=b"2\r\n{}\r\n0\r\n\r\nGET /livez HTTP/1.1\r\n\r\n"
    ),
    "endless piece": lambda path: _post(path, JSON, CHUNKED, CLOSE, body=b"f" * 17 + b"\r\n{}\r\n0\r\n\r\n"),
    "long word on a piece": lambda path: _post(
        path, JSON, CHUNKED, CLOSE, body=b"2;" + b"x" * 60_000 + b"\r\n{}\r\n0\r\n\r\n"
    ),
    "pieces in HTTP/1.0": lambda path: (
        b"POST " + path + b" HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
    ),
    "length with zeros": lambda path: _post(path, JSON, b"Content-Length: 0000000002", CLOSE, body=b"{}"),
    "length with a word behind": lambda path: _post(path, JSON, b"Content-Length: 2;x", CLOSE, body=b"{}"),
    "length in other digits": lambda path: _post(path, JSON, b"Content-Length: \xd9\xa2", CLOSE, body=b"{}"),
    "expects and waits": lambda path: _post(path, JSON, b"Expect: 100-continue", b"Content-Length: 900000", CLOSE),
    "behind the pieces": lambda path: _post(
        path,
        JSON,
        CHUNKED,
        CLOSE,
        body=b"2\r\n{}\r\n0\r\nContent-Length: 9\r\nTransfer-Encoding: x\r\n" + b"A: b\r\n" * 900 + b"\r\n",
    ),
    "size that is signed": lambda path: _post(path, JSON, CHUNKED, CLOSE, body=b"+2\r\n{}\r\n0\r\n\r\n"),
    "size in zeros": lambda path: _post(path, JSON, CHUNKED, CLOSE, body=b"0" * 5_000 + b"2\r\n{}\r\n0\r\n\r\n"),
    "pieces ended by a line": lambda path: _post(path, JSON, CHUNKED, CLOSE, body=b"2\n{}\n0\n\n"),
    "a second request in a body": lambda path: _post(
        path, JSON, b"Content-Length: 40", CLOSE, body=b"POST /v1/candidates HTTP/1.1\r\nHost: x\r\n\r\n{}"
    ),
    "an address of a mail": lambda path: _get(b"mailto:a@b", CLOSE),
    "spaces in the first line": lambda path: b"GET  " + path + b"  HTTP/1.1\r\nHost: x\r\n\r\n",
    "tabs in the first line": lambda path: b"GET\t" + path + b"\tHTTP/1.1\r\nHost: x\r\n\r\n",
    "lines before it": lambda path: b"\r\n" * 900 + _get(path, CLOSE),
    "space before the colon": lambda path: _post(path, b"Content-Length : 2", CLOSE, body=b"{}"),
    "tab before the colon": lambda path: _post(path, b"Transfer-Encoding\t: chunked", CLOSE, body=b"0\r\n\r\n"),
    "head without a colon": lambda path: _get(path, b"nonsense", CLOSE),
    "head without a name": lambda path: _get(path, b": x", CLOSE),
    "lines that end early": lambda path: _post(path, JSON, b"Content-Length: 2", CLOSE, body=b"{}").replace(
        b"\r\n", b"\n"
    ),
    "carriage returns alone": lambda path: _get(path, CLOSE).replace(b"\r\n", b"\r"),
    "given up in the body": lambda path: _post(path, JSON, b"Content-Length: 900", body=b'{"full_name": "An'),
    "given up in a file": lambda path: _post(
        path, b"Content-Type: multipart/form-data; boundary=B", b"Content-Length: 9000", body=part(NAMED)[:60]
    ),
    "given up in the head": lambda path: _get(path)[:-9],
    "somebody in the address": lambda path: _get(b"http://a:b@c" + path, CLOSE),
    "no slash": lambda path: _get(path.lstrip(b"/"), CLOSE),
    "a body to read": lambda path: _get(path, JSON, b"Content-Length: 2", CLOSE) + b"{}",
    "endless length": lambda path: _post(path, b"Content-Length: 99999999999999999999", body=b"{}"),
    "too long": lambda path: _post(path, b"Content-Length: 99999999", CLOSE, body=b"{}"),
    "pieces": lambda path: _post(path, JSON, CHUNKED, CLOSE, body=b"1\r\n{\r\n1\r\n}\r\n0\r\nX-Behind: y\r\n\r\n"),
    "many pieces": lambda path: _post(path, JSON, CHUNKED, CLOSE, body=b"1\r\n \r\n" * 50_000 + b"0\r\n\r\n"),
    "odd pieces": lambda path: _post(path, CHUNKED, CLOSE, body=b"-5\r\nab\r\n0\r\n\r\n"),
    "other encoding": lambda path: _post(path, b"Transfer-Encoding: gzip, chunked", CLOSE, body=b"0\r\n\r\n"),
    "one after the other": lambda path: _get(path) * 30 + _get(b"/livez", CLOSE),
    "upgrade": lambda path: _get(path, b"Connection: Upgrade, close", b"Upgrade: websocket", b"Sec-WebSocket-Key: x"),
}
