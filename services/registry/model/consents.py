"""For registration and the consent desk: what the person allowed, for which purpose, and since when.

UU 27/2022 art. 22 wants consent explicit, recorded and separable by purpose; art. 9 and 40 let it be withdrawn, and
processing must stop within 3 x 24 hours: here it stops with the next event, seconds later. Rows are never changed into
something else, only closed, so that the record shows what was allowed when. What they add up to is read by
``shared/profiles/consents.py``, at every door alike.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

Consent = dict[str, Any]
"""``{purpose, given_at, method, given_by, recorded_by, withdrawn_at}``; times are aware instants."""


def open_consent(consents: Iterable[Consent], purpose: str) -> Consent | None:
    """The row that allows ``purpose`` today, if there is one.

    Like :func:`shared.profiles.consents.state`: what was given before the last withdrawal allows nothing, though nobody
    closed that very row (it was written down late, or stood in another record of the person).
    """
    rows = [row for row in consents if row["purpose"] == purpose]
    last = max((row["withdrawn_at"] for row in rows if row["withdrawn_at"] is not None), default=None)
    for row in rows:
        if row["withdrawn_at"] is None and (last is None or row["given_at"] > last):
            return row
    return None


def given(consents: list[Consent], consent: Consent) -> list[Consent]:
    """The list with one more consent; unchanged when that purpose is already allowed, or the same is written down
    already (giving twice changes nothing)."""
    standing = ((row["purpose"], row["given_at"]) for row in consents if row["withdrawn_at"] is None)
    if open_consent(consents, consent["purpose"]) or (consent["purpose"], consent["given_at"]) in standing:
        return consents
    return [*consents, consent]


def withdrawn(consents: list[Consent], purpose: str, at: datetime) -> list[Consent]:
    """The list with every open row of ``purpose`` closed at ``at``."""
    return [
        {**row, "withdrawn_at": at} if row["purpose"] == purpose and row["withdrawn_at"] is None else row
        for row in consents
    ]
