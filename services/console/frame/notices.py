"""The green line at the top of the next page: what was just done. Kept in the session, shown once."""

from typing import Any

from flask import session

from services.console.frame.words import t

_KEY = "notices"


def notice(text: str, *, detail: str = "", tone: str = "done") -> None:
    """Say this at the top of the page that is shown next. ``tone``: ``done`` (green) or ``look`` (blue)."""
    session[_KEY] = [*session.get(_KEY, []), {"text": text, "detail": detail, "tone": tone}][-3:]


def already() -> None:
    """Pressed twice, or in two tabs: it stands on record, and nothing was recorded a second time."""
    notice(
        t("Ini sudah tercatat; tidak ada yang dicatat dua kali.", "This is on record; nothing was recorded twice."),
        tone="look",
    )


def take() -> list[dict[str, Any]]:
    """The notices that wait; they are shown only once."""
    return list(session.pop(_KEY)) if _KEY in session else []
