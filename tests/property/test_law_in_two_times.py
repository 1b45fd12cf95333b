"""Whatever is proposed and approved in whatever order: one law a day, and what was believed keeps its answer."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.placement.model import policy

FIRST = date(2020, 1, 1)
DAYS = 12


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def moment(number: int) -> str:
    return f"2026-01-01T00:00:{number:02d}.000Z"


decisions = st.lists(
    st.tuples(
        st.integers(0, DAYS - 1),
        st.one_of(st.none(), st.integers(0, DAYS - 1)),
        st.sampled_from(["SET", "SET", "SET", "END"]),
        st.sampled_from(["approve", "approve", "reject", "wait"]),
    ),
    max_size=12,
)


@given(decisions)
def test_the_newest_approval_wins_on_its_own_days_and_history_never_changes(history: list[Any]) -> None:
    revisions: list[policy.Revision] = []
    # A plain second opinion: for each day the name of what holds, written over by every approval.
    holds: dict[int, int | None] = dict.fromkeys(range(DAYS))
    believed: list[dict[int, int | None]] = [dict(holds)]
    for at, (start, length, action, decision) in enumerate(history, start=1):
        last = None if length is None else min(start + length, DAYS - 1)
        tells = {
            "valid_from": day(start), "valid_until": None if last is None else day(last),
            "legal_basis": {}, "confidence": "H", "verified_on": day(0), "text": {}, "content": {"name": at},
        }  # fmt: skip
        revisions = policy.propose(revisions, tells, action=action, by="sari", at=moment(at))
        number = max(row["number"] for row in revisions)
        if decision == "approve":
            revisions = policy.approve(revisions, number, by="budi", at=moment(at))
            for covered in range(start, DAYS if last is None else last + 1):
                holds[covered] = at if action == "SET" else None
        elif decision == "reject":
            revisions = policy.reject(revisions, number, by="budi", at=moment(at), reason="tidak")
        believed.append(dict(holds))
    assert len({row["number"] for row in revisions}) == len(revisions)
    for at, then in enumerate(believed):
        for number, name in then.items():
            holding = [
                row["content"]["name"]
                for row in revisions
                if policy.is_law(row) and policy.covers(row, day(number)) and policy.held_at(row, moment(at))
            ]
            assert holding == ([] if name is None else [name])
