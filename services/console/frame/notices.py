"""The green line at the top of the next page: what was just done. Kept in the session, shown once."""

from typing import Any

from flask import session

from services.console.frame.called import called
from services.console.frame.words import day, moment, t

_KEY = "notices"


def notice(text: str, *, detail: str = "", tone: str = "done") -> None:
    """Say this at the top of the page that is shown next. ``tone``: ``done`` (green) or ``look`` (blue)."""
    session[_KEY] = [*session.get(_KEY, []), {"text": text, "detail": detail, "tone": tone}][-3:]


def already(what: str = "", *, by: str | None = None, at: str | None = None) -> None:
    """Pressed twice, or in two tabs: it stands on record, and nothing was recorded a second time.

    Args:
        what: what stands there, in words: it may be another answer than the one that was just given.
        by: who recorded it, an id; only where the page itself names them.
        at: when, a moment or a day.
    """
    when = (moment(at) if "T" in at else day(at)) if at else ""
    who = t("oleh {who}", "by {who}", who=called(by)) if by else ""
    told = " ".join(filter(None, (what, when, who)))
    notice(
        t("Ini sudah tercatat; tidak ada yang dicatat dua kali.", "This is on record; nothing was recorded twice."),
        detail=t("Yang tercatat: {what}.", "On record: {what}.", what=told) if told else "",
        tone="look",
    )


def take() -> list[dict[str, Any]]:
    """The notices that wait; they are shown only once."""
    return list(session.pop(_KEY)) if _KEY in session else []
