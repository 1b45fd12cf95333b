"""For views that show or change one document: its version is its ETag, and a change names the version it was made on.

``Aggregates.change`` compares, because only there comparing and writing are one step; this file only reads and writes
the headers.
"""

import re

from flask import request

from shared.http.problems import Fault, Malformed, PreconditionMissing, Stale, Text, say

_OURS = re.compile(r'"(0|[1-9][0-9]{0,14})"')
_ENTITY_TAG = re.compile(r'(W/)?"[\x21\x23-\x7e\x80-\xff]*"')
"""RFC 9110, section 8.8.3."""


def etag(version: int) -> str:
    """``7`` → ``"7"`` with its quotes, a strong validator: the same number in body, header and event."""
    return f'"{version}"'


def if_match() -> int:
    """The version that the caller last read, from ``If-Match``.

    Raises:
        PreconditionMissing: no header, or ``*``, which would overwrite what the caller never saw.
        Malformed: no entity tag, or several.
        Stale: an entity tag that was never ours, so it cannot be the present one.
    """
    header = request.headers.get("If-Match", "").strip()
    if header in ("", "*"):
        raise PreconditionMissing(_SEND_IT, errors=[_fault("precondition_missing", _SEND_IT)])
    found = _OURS.fullmatch(header)
    if found:
        return int(found[1])
    if _ENTITY_TAG.fullmatch(header):
        raise Stale(detail=_NOT_OURS, errors=[_fault("stale", _NOT_OURS)])
    raise Malformed(_ONE_TAG, code="if_match_unreadable", errors=[_fault("if_match_unreadable", _ONE_TAG)])


def _fault(code: str, text: Text) -> Fault:
    return Fault("/If-Match", code, text, where="header")


_SEND_IT = say(
    'Kirim If-Match dengan ETag dari bacaan terakhir Anda, misalnya If-Match: "3".',
    'Send If-Match with the ETag you last read, for example If-Match: "3".',
)
_NOT_OURS = say(
    "ETag ini bukan dari data ini. Baca ulang, lalu kirim ETag yang baru.",
    "This ETag is not of this document. Read it again and send the new ETag.",
)
_ONE_TAG = say(
    'If-Match harus satu ETag lengkap dengan tanda kutipnya, misalnya "3".',
    'If-Match must be one ETag with its quotes, for example "3".',
)
