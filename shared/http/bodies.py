"""For the door in front of every view: read a request's body once, strictly, before anybody trusts it.

What passes here is UTF-8 JSON without tricks: no NaN, no number that a double cannot hold exactly, no NUL and no half
of a surrogate pair (MongoDB and other programs choke on them), no key twice (two readers would disagree), no deep
nesting. Marks that nobody sees are dropped from every text, and the answer says so.
"""

import json
import re
import zlib
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Request

from shared.http.faults import escape
from shared.http.marks import without_marks
from shared.http.notices import notice
from shared.http.problems import Fault, Malformed, Text, TooLarge, UnsupportedMedia, say
from shared.http.sizes import LONGEST_NAME, MOST_VALUES, holds_too_much

MOST_JSON = 1024 * 1024
"""Bytes of a JSON body, before and after decompression. The largest honest document of any house is a tenth of it."""

DEEPEST = 32
"""Levels of nesting. A requirement tree may be 8 deep, and its document adds a handful."""

_DEEP = re.compile(rb'(?:\s*[\[{]\s*(?:"[^"\\]{0,40}"\s*:)?){1000}')
"""What begins like this is no document but an attempt to exhaust a reader that goes down step by step."""

LARGEST_NUMBER = 2**53 - 1
"""Beyond it, a double, JavaScript and spreadsheets stop telling whole numbers apart (RFC 8259, section 6)."""


def read_json(request: Request) -> Any:
    """The request's JSON document; None when it has no body.

    Raises:
        UnsupportedMedia: a body that does not call itself JSON.
        TooLarge: more than :data:`MOST_JSON` bytes.
        Malformed: bytes that are no JSON, or JSON with tricks; points to the place.
    """
    body = read_bytes(request, most=MOST_JSON)
    if not body:
        return None
    if not is_json(request):
        raise UnsupportedMedia(
            {
                "id": "Kirim JSON dengan header Content-Type: application/json.",
                "en": "Send JSON with the header Content-Type: application/json.",
            }
        )
    return parse(body)


def is_json(request: Request) -> bool:
    """Does the request call its body JSON (``application/json`` or ``application/…+json``, UTF-8)?"""
    kind = request.mimetype
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    return (kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))) and charset in (
        "utf-8",
        "utf8",
    )


def read_bytes(request: Request, *, most: int) -> bytes:
    """The body, unpacked if it came as gzip, never more than ``most`` bytes in memory, and never a part of it.

    Raises:
        UnsupportedMedia: a Content-Encoding other than gzip.
        TooLarge: more than `most`.
        Malformed: it broke off, or is no gzip.
    """
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise UnsupportedMedia(
            {
                "id": "Content-Encoding ini tidak dibaca. Kirim tanpa kompresi atau dengan gzip.",
                "en": "This Content-Encoding is not read. Send it plain or as gzip.",
            },
            code="unsupported_encoding",
            headers={"Accept-Encoding": "gzip"},
        )
    if request.content_length is not None and request.content_length > most:
        raise too_large(most)
    # One byte more than allowed tells "too large" from "just fits" also where no length was sent.
    raw = request.stream.read(most + 1)
    if len(raw) > most:
        raise too_large(most)
    if request.content_length is not None and len(raw) < request.content_length:
        # A cut CSV is a good CSV with fewer rows, and Rp150 instead of Rp1,500,000: nothing of it is read.
        raise Malformed(
            {
                "id": "Kiriman ini terputus sebelum selesai. Kirim ulang seluruhnya.",
                "en": "This was cut off before its end. Send all of it again.",
            },
            code="body_cut_off",
        )
    return gunzip(raw, most=most) if encoding in ("gzip", "x-gzip") and raw else raw


def gunzip(raw: bytes, *, most: int) -> bytes:
    """Unpack gzip without ever holding more than ``most`` bytes: a bomb of a few kilobytes stays harmless.

    Raises:
        TooLarge: more than `most`.
        Malformed: broken, or no gzip.
    """
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(raw, most + 1)
    except zlib.error:
        plain = b""
    if len(plain) > most:
        raise too_large(most)
    if not unpacker.eof or unpacker.unused_data:
        raise Malformed(
            {"id": "Isi gzip rusak atau terpotong. Kirim ulang.", "en": "The gzip data is damaged or cut off. Resend."},
            code="gzip_unreadable",
        )
    return plain


def too_large(most: int) -> TooLarge:
    """The refusal of a body over ``most`` bytes."""
    size = f"{most // 1024 // 1024} MB" if most >= 1024 * 1024 else f"{most // 1024} kB"
    return TooLarge(
        {"id": f"Paling besar {size}. Bagi menjadi beberapa kiriman.", "en": f"At most {size}. Send it in parts."},
        extra={"limit_bytes": most},
    )


def parse(body: bytes, *, most_values: int = MOST_VALUES) -> Any:
    """Strict JSON from bytes. Raises :class:`Malformed` with a pointer or a line and column, and :class:`TooLarge` for
    more values than anybody would judge: ``most_values``, of a file more than of what is typed.
    """
    if _DEEP.match(body):
        raise _too_deep("")
    if holds_too_much(body, most_values):
        text = say(
            f"Paling banyak {most_values} nilai dalam satu kiriman. Bagi menjadi beberapa kiriman.",
            f"At most {most_values} values in one request. Send it in parts.",
        )
        # They are counted over the whole body, so it is the whole that is too much.
        raise TooLarge(
            text,
            code="too_many_values",
            errors=[Fault("", "too_many_values", text)],
            extra={"limit_values": most_values},
        )
    try:
        document = json.loads(body.decode("utf-8-sig"), object_pairs_hook=_Pairs, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise _malformed("not_utf8", "Isi bukan UTF-8", "The body is not UTF-8", f"byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise _malformed(
            "malformed_json", "JSON tidak dapat dibaca", "The JSON cannot be read", f"{error.lineno}:{error.colno}"
        ) from None
    except RecursionError:
        raise _too_deep("") from None
    except _Constant as error:
        raise _malformed(
            "not_a_number", "JSON tidak mengenal nilai ini", "JSON has no such value", str(error)
        ) from None
    except ValueError:  # a run of digits so long that Python refuses to count it
        raise _malformed("number_too_large", "Ada angka yang terlalu panjang", "A number is too long", "") from None
    return _checked(document)


class _Constant(Exception):
    """NaN, Infinity or -Infinity."""


def _no_constant(word: str) -> Any:
    raise _Constant(word)


class _Pairs(list[Any]):
    """The members of an object as they were written, until it is known that no key comes twice."""


Way = tuple[Any, ...] | None
"""Where a value stands: ``(way to its holder, key)``. Written out as a pointer only when something is wrong there."""


def _checked(document: Any) -> Any:
    """The document with plain dicts, walked without recursion so that depth is measured and not suffered."""
    root: list[Any] = [document]
    waiting: list[tuple[Any, Any, Any, Way, int]] = [(root, 0, document, None, 1)]
    while waiting:
        holder, key, value, way, depth = waiting.pop()
        if isinstance(value, _Pairs):
            _deep_enough(way, depth)
            plain: dict[str, Any] = {}
            for name, inner in value:
                if len(name) > LONGEST_NAME:
                    raise _at(way, "name_too_long", "Nama isian ini terlalu panjang.", "A member's name is too long.")
                _clean_text(name, way)
                below = (way, name)
                if name in plain:
                    raise _at(below, "duplicate_key", "Isian ini ditulis dua kali.", "This is written twice.")
                plain[name] = inner
                waiting.append((plain, name, inner, below, depth + 1))
            holder[key] = plain
        elif isinstance(value, list):
            _deep_enough(way, depth)
            waiting.extend((value, index, inner, (way, index), depth + 1) for index, inner in enumerate(value))
        elif isinstance(value, str):
            _clean_text(value, way)
            holder[key] = _seen(value, way)
        elif isinstance(value, int | float) and not isinstance(value, bool) and not abs(value) <= LARGEST_NUMBER:
            raise _at(way, "number_too_large", "Angka ini terlalu besar.", "This number is too large.")
    return root[0]


def _pointer(way: Way) -> str:
    steps: list[str] = []
    while way:
        way, step = way
        steps.append(escape(step))
    return "".join(f"/{step}" for step in reversed(steps))


def _deep_enough(way: Way, depth: int) -> None:
    if depth > DEEPEST:
        raise _too_deep(_pointer(way))


def _clean_text(text: str, way: Way) -> None:
    if "\x00" in text or not _encodable(text):
        # The pointer itself would carry the broken letters back when they stand in a key.
        raise _at(way, "broken_text", "Teks ini berisi karakter yang rusak.", "This text contains broken characters.")


def _seen(text: str, way: Way) -> str:
    """The text without marks that nobody sees; the sender is told of it."""
    seen = without_marks(text)
    if seen is not text:
        notice("invisible_marks_removed", _pointer(way), _MARKS_REMOVED)
    return seen


_MARKS_REMOVED = say(
    "Tanda yang tidak terlihat (lebar nol, arah tulisan) dibuang dari teks ini.",
    "Invisible marks (zero width, direction of writing) were removed from this text.",
)


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _too_deep(pointer: str) -> Malformed:
    # A pointer of a thousand steps helps nobody: its beginning shows which member it is.
    text = {"id": f"Lebih dari {DEEPEST} tingkat.", "en": f"More than {DEEPEST} levels of nesting."}
    return Malformed(text, code="too_deep", errors=[Fault(pointer[:100], "too_deep", text)])


def _malformed(code: str, indonesian: str, english: str, place: str) -> Malformed:
    where = f" ({place})" if place else ""
    text = {"id": f"{indonesian}{where}.", "en": f"{english}{where}."}
    return Malformed(text, code=code, errors=[Fault("", code, text)])


def _at(way: Way, code: str, indonesian: str, english: str) -> Malformed:
    text: Text = {"id": indonesian, "en": english}
    return Malformed(text, code=code, errors=[Fault(_pointer(way), code, text)])


def check_query(raw: bytes) -> None:
    """Refuse a query string whose text cannot be right: bytes that are no UTF-8, and NUL. Points to the parameter."""
    for pair in raw.split(b"&"):
        name, _, value = pair.partition(b"=")
        if not (_is_text(name) and _is_text(value)):
            said = say(
                "Parameter ini bukan UTF-8 yang baik. Periksa pengodean %xx.",
                "This parameter is not good UTF-8. Check its %xx encoding.",
            )
            pointer = f"/{escape(unquote_to_bytes(name).decode())}" if _is_text(name) else ""
            raise Malformed(
                said, code="malformed_query", errors=[Fault(pointer, "malformed_query", said, where="query")]
            )


def _is_text(quoted: bytes) -> bool:
    try:
        return "\x00" not in unquote_to_bytes(quoted).decode("utf-8")
    except UnicodeDecodeError:
        return False
