"""For views that show or change one document: its version is its ETag, and a change names the version it was made on.

``Aggregates.change`` compares, because only there comparing and writing are one step; this file only reads and writes
the headers.
"""

import re

from flask import g, request

from shared.http.problems import Fault, Malformed, PreconditionMissing, Stale, Text, say

_OURS = re.compile(r'"(0|[1-9][0-9]{0,14})"')
_ENTITY_TAG = re.compile(r'(W/)?"[\x21\x23-\x7e\x80-\xff]*"')
"""RFC 9110, section 8.8.3."""
_LIST = re.compile(rf"[ \t,]*{_ENTITY_TAG.pattern}(?:[ \t]*,[ \t]*(?:{_ENTITY_TAG.pattern})?)*")


def etag(version: int) -> str:
    """``7`` → ``"7"`` with its quotes, a strong validator: the same number in body, header and event."""
    return f'"{version}"'


def shown_anew() -> None:
    """The answer at hand is sent in full to whoever has this version already: days that pass change it too."""
    g.moves_by_itself = True


class Versions(int):
    """The versions that a change may be made on, where a caller names several, or any (``*``): equal to each of them.

    It stands wherever one version stands, and is compared and nothing else.
    """

    named: frozenset[int] | None

    def __new__(cls, named: frozenset[int] | None) -> "Versions":
        made = super().__new__(cls, min(named) if named else 0)
        made.named = named
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, int) and (self.named is None or other in self.named)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = int.__hash__


def if_match() -> int:
    """The version that the caller last read, from ``If-Match``: one ETag, a list of them, or ``*`` for whatever stands
    (RFC 9110, section 13.1.1).

    Raises:
        PreconditionMissing: no header.
        Malformed: no entity tag.
        Stale: only entity tags that were never ours, or weak ones, so none can be the present one.
    """
    header = ", ".join(request.headers.getlist("If-Match")).strip()
    if not header:
        raise PreconditionMissing(_SEND_IT, errors=[_fault("precondition_missing", _SEND_IT)])
    if header == "*":
        return Versions(None)
    if not _LIST.fullmatch(header):
        raise Malformed(_A_TAG, code="if_match_unreadable", errors=[_fault("if_match_unreadable", _A_TAG)])
    versions = frozenset(int(tag[1]) for found in _ENTITY_TAG.finditer(header) if (tag := _OURS.fullmatch(found[0])))
    if not versions:
        raise Stale(detail=_NOT_OURS, errors=[_fault("stale", _NOT_OURS)])
    return next(iter(versions)) if len(versions) == 1 else Versions(versions)


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
_A_TAG = say(
    'If-Match harus ETag lengkap dengan tanda kutipnya, misalnya "3" (beberapa dipisah koma, atau *).',
    'If-Match must be an ETag with its quotes, for example "3" (several with commas, or *).',
)
