"""Whoever moves an application on: which step may follow which, and who may take it.

``APPLIED → SELECTED → AGREED → DEPARTED``; ``WITHDRAWN`` (the person) and ``REJECTED`` (the company) end it before the
departure. A slot must be reserved before ``AGREED``: with the quota used up the placement agreement cannot be passed
on to the national system.
"""

STATES = ("APPLIED", "SELECTED", "AGREED", "DEPARTED", "WITHDRAWN", "REJECTED")

NEXT = {
    "APPLIED": ("SELECTED", "WITHDRAWN", "REJECTED"),
    "SELECTED": ("AGREED", "WITHDRAWN", "REJECTED"),
    "AGREED": ("DEPARTED", "WITHDRAWN", "REJECTED"),
    "DEPARTED": (),
    "WITHDRAWN": (),
    "REJECTED": (),
}

COMPANY_MAY = frozenset({"SELECTED", "REJECTED"})
"""Steps that the company itself reports. The agreement is signed before an officer, so the officer reports it."""


def may_follow(state: str, wanted: str) -> bool:
    return wanted in NEXT[state]


def gives_slot_back(state: str) -> bool:
    return state in ("WITHDRAWN", "REJECTED")
