"""What the law's word means for the next step of an application: what stops it, what it waits for, what comes later.

A judgement lists whatever is not met or not known, of every stage. Only what decides about applying stops or holds it
now; the papers of a stage are asked for at the step that needs them (`services/placement/model/judgement.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Body = dict[str, Any]

NEXT = {"APPLIED": "SELECTED", "SELECTED": "AGREED", "AGREED": "DEPARTED"}
_DECIDING = "APPLY"
_BINDS_AT = {"AGREED": "AGREEMENT", "DEPARTED": "DEPARTURE"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Rows of a judgement that nobody answered for."""

    known: bool
    """Whether the law has spoken of it at all."""
    current: bool
    stops: list[Body]
    """Against the law: nothing goes on."""
    waits: list[Body]
    """Not known: a supervisor may answer for it."""
    papers: list[Body]
    """Of the next step alone."""
    signed: list[Body]
    """Of the agreement that was signed: they hold nothing up but the announcing of the departure, which asks again."""
    later: list[Body]

    @property
    def may_go_on(self) -> bool:
        """Nothing is against it and nothing is open; what the next step needs beside is `papers`."""
        return self.known and not self.stops and not self.waits


def standing(application: Mapping[str, Any]) -> Standing:
    """How an application stands before its next step."""
    judgement = application.get("judgement") or {}
    rows = [one for one in judgement.get("rules", []) if not one.get("overridden")]
    deciding = [one for one in rows if one["stage"] == _DECIDING]
    state = application.get("stopped_at") or application["state"]
    step = NEXT.get(state)
    papers = [one for one in rows if step in _BINDS_AT and one["stage"] == _BINDS_AT[step]]
    signed = [one for one in rows if state in _BINDS_AT and one["stage"] == _BINDS_AT[state]]
    now = (*deciding, *papers, *signed)
    return Standing(
        known=bool(judgement),
        current=bool(judgement.get("current")),
        stops=[one for one in deciding if one["status"] == "NOT_MET"],
        waits=[one for one in deciding if one["status"] == "UNKNOWN"],
        papers=papers,
        signed=signed,
        later=[one for one in rows if one not in now],
    )
