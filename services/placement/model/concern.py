"""Whoever looks at a reported offer: which steps a concern takes. Who reported it is never known here.

``RECEIVED → CONFIRMED → RESOLVED`` or ``RECEIVED → DISMISSED``. As long as a concern stands CONFIRMED, it holds the
orders of its company back, and its order where that is not one of them.
"""

KINDS = (
    "MONEY_DEMANDED",
    "DOCUMENTS_KEPT",
    "NO_PERMIT",
    "VISIT_VISA",
    "FALSE_PROMISE",
    "THREATS",
    "UNDER_AGE",
    "OTHER",
)
"""What people see before departure (ILO indicators of forced labour, as far as they show at home)."""

STATES = ("RECEIVED", "CONFIRMED", "DISMISSED", "RESOLVED")

NEXT: dict[str, tuple[str, ...]] = {
    "RECEIVED": ("CONFIRMED", "DISMISSED"),
    "CONFIRMED": ("RESOLVED",),
    "DISMISSED": (),
    "RESOLVED": (),
}


def may_follow(state: str, wanted: str) -> bool:
    return wanted in NEXT[state]
