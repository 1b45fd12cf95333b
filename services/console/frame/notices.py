"""The green line at the top of the next page: what was just done. Kept in the session, shown once."""

from typing import Any

from flask import session

_KEY = "notices"


def notice(text: str, *, detail: str = "", tone: str = "done") -> None:
    """Say this at the top of the page that is shown next. ``tone``: ``done`` (green) or ``look`` (blue)."""
    session[_KEY] = [*session.get(_KEY, []), {"text": text, "detail": detail, "tone": tone}][-3:]


def take() -> list[dict[str, Any]]:
    """The notices that wait; they are shown only once."""
    return list(session.pop(_KEY)) if _KEY in session else []
