"""Words that the pages of incoming referrals share."""

from collections.abc import Mapping
from typing import Any

TONES = {"APPLIED": "warn", "SELECTED": "info", "ENROLLED": "info", "COMPLETED": "ok", "DROPPED": "plain"}


def short(enrolment: Mapping[str, Any]) -> str:
    """The end of its random number, upper case: enough to speak of it on the phone, and it says nothing of anybody."""
    return str(enrolment["id"])[-6:].upper()
