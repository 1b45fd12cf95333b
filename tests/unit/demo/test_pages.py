"""A page says each thing once, and shows what is open apart from what is not."""

import io
from typing import Any

from rich.console import Console

from deploy.demo.pages import page

PERSON = {"full_name": "Contoh", "number": "LB-2026-000001", "regency": "53.06", "birth_date": "2000-04-04"}
RM = {"amount": 1500, "currency": "MYR"}


def rule(version: str, text: str) -> dict[str, Any]:
    basis = {"instrument": f"basis of {version}", "article": None}
    return {"code": "HOURS", "version": version, "text": text, "next_action": "Train.", "legal_basis": basis}


def path(kind: str, batch: str, ready_on: str) -> dict[str, Any]:
    step = {"course": "a-course", "batch": batch, "starts": "2026-12-06", "ends": ready_on, "regency": "53.06"}
    return {
        "kind": kind,
        "steps": [step],
        "waits": [],
        "ready_on": ready_on,
        "can_leave_from": "2027-02-27",
        "unlocks": ["an-order"],
        "wage": RM,
        "cost_to_candidate": 0,
        "distance_km": 0,
    }


def placement(code: str, *, eligible: bool) -> dict[str, Any]:
    shown = {"title": code, "country": "MYS", "code": code, "wage": RM, "closes_on": "2027-02-22", "band": "GOOD"}
    return {**shown, "eligible": eligible, "reasons": [], "missing": []}


def printed(**changes: Any) -> str:
    goal = {"title": "Housekeeper", "country": "MYS", "code": "JO-1", "blocked_by": [], "opened_by": []}
    goal.update(changes.pop("goal", {}))
    answer: dict[str, Any] = {
        "id": "an-answer",
        "verdict": {"state": "ELIGIBLE_NOW", "text": "May apply now.", "date": "2026-11-24", "goal": goal},
        "as_of": {"day": "2026-11-24", "law_verified_on": "2026-11-23", "candidate": 1, "sequence": 1, "model": "card"},
        **{part: [] for part in ("pathways", "courses", "placements", "requirements", "blocked", "hidden")},
    }
    paper = io.StringIO()
    page(Console(file=paper, width=200), PERSON, {**answer, **changes}, {"a-course": "Housekeeping"})
    return paper.getvalue()


def test_what_law_and_order_both_ask_is_said_once_with_both_sources() -> None:
    text = printed(goal={"blocked_by": [rule("LAW/1", "Needs 200 hours."), rule("JO/2", "Needs 200 hours.")]})
    assert text.count("Needs 200 hours.") == text.count("→ Train.") == 1
    assert "basis of LAW/1" in text
    assert "basis of JO/2" in text


def test_one_way_that_is_best_in_two_senses_is_one_row() -> None:
    same, other = path("FASTEST", "b1", "2027-01-21"), path("NEAREST", "b2", "2027-02-24")
    text = printed(pathways=[same, other, path("BEST_PAID", "b1", "2027-01-21")])
    assert "fastest, best paid" in text
    assert text.count("apply from 21 Jan 2027") == text.count("apply from 24 Feb 2027") == 1


def test_open_orders_stand_under_a_heading_of_their_own() -> None:
    text = printed(placements=[placement("OPEN-1", eligible=True), placement("CLOSED-1", eligible=False)])
    parts = [text.index(part) for part in ("open to apply today", "OPEN-1", "what opens them", "CLOSED-1")]
    assert parts == sorted(parts)


def test_one_day_is_no_days() -> None:
    assert "(1 day before the day asked)" in printed()
