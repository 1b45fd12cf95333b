"""For fields and views: what was done to a request that its sender should know of. The answer repeats it.

``notices`` in the body of an answer: ``[{code, pointer, message}]``. Never what was typed.
"""

from typing import Any

from flask import g, has_request_context

from shared.http.language import wanted_language
from shared.http.problems import Text, in_language

MOST = 20


def notice(code: str, pointer: str, message: Text) -> None:
    """Tell the sender of the running request; outside of one (a sheet that is read later) nobody is told here."""
    if has_request_context():
        said: list[dict[str, Any]] = g.setdefault("notices", [])
        row = {"code": code, "pointer": pointer, "message": in_language(message, wanted_language())}
        if len(said) < MOST and row not in said:
            said.append(row)


def noticed() -> list[dict[str, Any]]:
    """What the running request's sender is told."""
    found: list[dict[str, Any]] = g.get("notices", [])
    return found
