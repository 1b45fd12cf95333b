"""For views that show or change one document: its version is its ETag, and a change names the version it was made on.

``Aggregates.change`` compares, because only there comparing and writing are one step; this file only reads and writes
the headers.
"""

import re

from flask import request

from shared.http.problems import Fault, Malformed, PreconditionMissing

_TAG = re.compile(r'"(0|[1-9][0-9]{0,15})"')


def etag(version: int) -> str:
    """``7`` → ``"7"`` with its quotes, a strong validator: the same number in body, header and event."""
    return f'"{version}"'


def if_match() -> int:
    """The version that the caller last read, from ``If-Match``.

    428 without the header; 400 for anything that is not one strong tag of ours: ``*`` would overwrite unseen work,
    and a weak or foreign tag names no version.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise PreconditionMissing(
            {
                "id": 'Kirim If-Match dengan ETag dari bacaan terakhir Anda, misalnya If-Match: "3".',
                "en": 'Send If-Match with the ETag you last read, for example If-Match: "3".',
            }
        )
    found = _TAG.fullmatch(header)
    if not found:
        text = {
            "id": 'If-Match harus satu ETag dari kami, misalnya "3" lengkap dengan tanda kutipnya.',
            "en": 'If-Match must be one ETag of ours, for example "3" with its quotes.',
        }
        raise Malformed(
            text, code="if_match_unreadable", errors=[Fault("/If-Match", "if_match_unreadable", text, where="header")]
        )
    return int(found[1])
