"""Whoever promises a slot of a job order: slots are reserved and taken, never more than there are.

A quota is ``{quota, reserved, taken}``. Only the version guard of its document makes this safe under concurrency: the
functions here compute, one transaction writes.
"""

from collections.abc import Mapping
from typing import Any

Quota = Mapping[str, Any]


def left(quota: Quota) -> int:
    """Slots that nobody holds. Never below zero, because a ceiling is never lowered below what is promised."""
    return int(quota["quota"] - quota["reserved"] - quota["taken"])


def promised(quota: Quota) -> int:
    return int(quota["reserved"] + quota["taken"])


def reserved(quota: Quota) -> dict[str, Any]:
    """One slot more is held. Only where :func:`left` is above zero."""
    return {**quota, "reserved": quota["reserved"] + 1}


def released(quota: Quota, *, from_: str) -> dict[str, Any]:
    """One slot less is held (``from_`` = ``HELD``) or taken (``TAKEN``): it is free again."""
    part = "taken" if from_ == "TAKEN" else "reserved"
    return {**quota, part: quota[part] - 1}


def taken(quota: Quota) -> dict[str, Any]:
    """A held slot became a signed agreement."""
    return {**quota, "reserved": quota["reserved"] - 1, "taken": quota["taken"] + 1}
