"""Whoever moves an application on: which step may follow which, and who may take it.

``APPLIED → SELECTED → AGREED → DEPARTED``; ``WITHDRAWN`` (the person) and ``REJECTED`` (the company) end it before the
departure. A slot must be reserved before ``AGREED``: with the quota used up the placement agreement cannot be passed
on to the national system. ``STOPPED``: the law stands against it for now; it goes back to ``stopped_at`` by itself when
the cause ends, and nobody moves it there or from there but to end it.
"""

from collections.abc import Mapping
from typing import Any

from services.placement.model import judgement as judgements

STOPPED = "STOPPED"
STATES = ("APPLIED", "SELECTED", "AGREED", "DEPARTED", "WITHDRAWN", "REJECTED", STOPPED)

NEXT = {
    "APPLIED": ("SELECTED", "WITHDRAWN", "REJECTED"),
    "SELECTED": ("AGREED", "WITHDRAWN", "REJECTED"),
    "AGREED": ("DEPARTED", "WITHDRAWN", "REJECTED"),
    "DEPARTED": (),
    "WITHDRAWN": (),
    "REJECTED": (),
    STOPPED: ("WITHDRAWN", "REJECTED"),
}

UNDER_WAY = ("APPLIED", "SELECTED", "AGREED")
"""States that the law may stop."""

ONWARD = ("SELECTED", "AGREED", "DEPARTED")
"""Steps that need a lawful judgement."""

COMPANY_MAY = frozenset({"SELECTED", "REJECTED"})
"""Steps that the company itself reports. The agreement is signed before an officer, so the officer reports it."""


def may_follow(state: str, wanted: str) -> bool:
    return wanted in NEXT[state]


def gives_slot_back(state: str) -> bool:
    return state in ("WITHDRAWN", "REJECTED")


def is_further(application: Mapping[str, Any], *, than: Mapping[str, Any]) -> bool:
    """Whether one of two live applications is as far along as the other, or further; stopped ones from where they
    were."""
    one, other = (_WAY.index(each["stopped_at"] or each["state"]) for each in (application, than))
    return one >= other


_WAY = (*UNDER_WAY, "DEPARTED")


def standing(application: Mapping[str, Any], judgement: Mapping[str, Any] | None) -> dict[str, Any]:
    """The application as it stands by the last judgement, whether or not that was written into it yet."""
    if judgement is None or judgement.get("erased"):
        return dict(application)
    return judged(application, judgement) or dict(application)


def judged(application: Mapping[str, Any], judgement: Mapping[str, Any]) -> dict[str, Any] | None:
    """The application after a judgement: stopped, going on again, its announced departure suspended or standing again;
    None when nothing changes.

    A departure is suspended while it could not be announced: something is not known, a paper of the agreement is gone,
    or the person has left on another order. Else a port would read that somebody may pass whom no officer may let go.
    """
    state, unlawful = application["state"], judgement["outcome"] == judgements.UNLAWFUL
    new = dict(application)
    if unlawful and state in UNDER_WAY:
        new |= {"state": STOPPED, "stopped_at": state}
    elif not unlawful and state == STOPPED:
        new |= {"state": application["stopped_at"], "stopped_at": None}
    waits = new["state"] == "AGREED" and bool(new.get("departure"))
    held_up = judgements.holds_up(judgement, "AGREED", application.get("overrides", []))
    suspended = waits and (held_up or application.get("left_elsewhere", False))
    if suspended != application.get("departure_suspended", False):
        new["departure_suspended"] = suspended
    return new if new != application else None
