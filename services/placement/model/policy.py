"""Whoever proposes or approves a law: what was law on a day as we knew it at a moment, and what a decision changes.

A policy is one record with all its revisions. A revision is a row of two times: ``valid_from``/``valid_until`` (days on
which it is law, both inclusive, ``None`` = open) and ``known_from``/``known_until`` (the moments between which we held
it to be so; ``None`` before approval and while still held). Rows are never edited, only their ``known_until`` is
closed, so that "what did we believe in March about January" keeps its answer.

Within one policy the newest approval wins on its own days and the older rows keep the rest: an older row that
overlaps is closed in knowledge time and what is left of its days comes back as rows of their own (``carved_from``).
So at most one row of a policy holds on any day. Laws that hold side by side are policies with codes of their own.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

MOST_REVISIONS = 200
"""One event carries them all. A monthly rate reaches this after sixteen years, and then deserves a new code."""

TELLS = ("valid_from", "valid_until", "legal_basis", "confidence", "verified_on", "text", "content")
"""What somebody proposes: the fields that make two revisions the same revision."""

Revision = Mapping[str, Any]


def holds_on(revisions: Sequence[Revision], day: str, known_at: str | None = None) -> Revision | None:
    """The row that is law on ``day`` (ISO), as known now or at an earlier moment (ISO, UTC)."""
    return next((row for row in revisions if is_law(row) and covers(row, day) and held_at(row, known_at)), None)


def is_law(row: Revision) -> bool:
    """An approved row that says something; an approved ending only shortens others."""
    return bool(row["status"] == "APPROVED" and row["action"] == "SET")


def covers(row: Revision, day: str) -> bool:
    return row["valid_from"] <= day and (row["valid_until"] is None or day <= row["valid_until"])


def held_at(row: Revision, known_at: str | None) -> bool:
    if known_at is None:
        return row["known_until"] is None
    return row["known_from"] <= known_at and (row["known_until"] is None or known_at < row["known_until"])


def propose(
    revisions: Sequence[Revision], tells: Mapping[str, Any], *, action: str, by: str, at: str
) -> list[Revision]:
    """The revisions and one proposal more. ``action``: ``SET`` (this is law) or ``END`` (nothing is, on these days)."""
    proposal = {
        "number": _next(revisions),
        "action": action,
        "status": "PROPOSED",
        **{name: tells.get(name) for name in TELLS},
        "known_from": None,
        "known_until": None,
        "carved_from": None,
        "proposed_by": by,
        "proposed_at": at,
        "decided_by": None,
        "decided_at": None,
        "reason": None,
    }
    return [*revisions, proposal]


def approve(revisions: Sequence[Revision], number: int, *, by: str, at: str) -> list[Revision]:
    """The revisions after the proposal ``number`` became law; ``at`` is the moment from which it is known."""
    new = {**_numbered(revisions, number), "status": "APPROVED", "known_from": at, "decided_by": by, "decided_at": at}
    after: list[Revision] = []
    pieces: list[dict[str, Any]] = []
    for row in revisions:
        if row["number"] == number:
            after.append(new)
        elif is_law(row) and row["known_until"] is None and _overlap(row, new):
            after.append({**row, "known_until": at})
            pieces += [
                {**row, "valid_from": first, "valid_until": last, "known_from": at, "carved_from": row["number"]}
                for first, last in _rest(row, new)
            ]
        else:
            after.append(row)
    for piece in pieces:
        after.append({**piece, "number": _next(after)})
    return after


def reject(revisions: Sequence[Revision], number: int, *, by: str, at: str, reason: str) -> list[Revision]:
    decided = {"status": "REJECTED", "decided_by": by, "decided_at": at, "reason": reason}
    return [{**row, **decided} if row["number"] == number else row for row in revisions]


def _numbered(revisions: Sequence[Revision], number: int) -> Revision:
    row = find(revisions, number)
    assert row is not None, "the caller has found it"
    return row


def find(revisions: Sequence[Revision], number: int) -> Revision | None:
    return next((row for row in revisions if row["number"] == number), None)


def already_said(revisions: Sequence[Revision], tells: Mapping[str, Any]) -> Revision | None:
    """The row that says exactly this and still matters, so that the same file sent twice proposes nothing twice.

    Waiting and rejected proposals count (a rejected one is decided, not forgotten), approved ones as long as some of
    their days still stand. A row that was wholly replaced does not count: going back to it is news.
    """
    same = [row for row in revisions if all(row[name] == tells.get(name) for name in TELLS)]
    alive = _still_standing(revisions)
    return next((row for row in same if row["status"] != "APPROVED" or row["number"] in alive), None)


def is_waiting(revisions: Sequence[Revision], tells: Mapping[str, Any], *, action: str) -> bool:
    """Exactly this is proposed already and nobody has decided."""
    return any(
        row["status"] == "PROPOSED" and row["action"] == action and all(row[name] == tells.get(name) for name in TELLS)
        for row in revisions
    )


def _still_standing(revisions: Sequence[Revision]) -> set[int]:
    """Numbers of rows that hold, or of which a piece holds."""
    parents = {row["number"]: row["carved_from"] for row in revisions}
    standing: set[int] = set()
    for row in revisions:
        number: int | None = row["number"] if is_law(row) and row["known_until"] is None else None
        while number is not None and number not in standing:
            standing.add(number)
            number = parents[number]
    return standing


def _next(revisions: Sequence[Revision]) -> int:
    return max((row["number"] for row in revisions), default=0) + 1


def _overlap(one: Revision, other: Revision) -> bool:
    return bool(one["valid_from"] <= _last(other) and other["valid_from"] <= _last(one))


def _rest(old: Revision, new: Revision) -> Iterator[tuple[str, str | None]]:
    """The days of ``old`` before and after those of ``new``."""
    if old["valid_from"] < new["valid_from"]:
        yield old["valid_from"], _shift(new["valid_from"], -1)
    if new["valid_until"] is not None and new["valid_until"] < _last(old):
        yield _shift(new["valid_until"], 1), old["valid_until"]


def _last(row: Revision) -> str:
    return row["valid_until"] or "9999-12-31"


def _shift(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()
