"""From an `Advice` to the JSON of the answer, in one language. Shows what was worked out; decides nothing.

What several parts of an answer have in common stands once: the ways in `pathways`, the smallest change in
`nearest_change`, the checklist in `requirements`; the others say what they have beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from services.matching.matcher.advice import paths_told, rules_told
from services.matching.matcher.advice.answer import Advice, Goal
from services.matching.matcher.advice.courses import dated
from services.matching.matcher.advice.offering import open_today
from services.matching.matcher.advice.verdict import FACTS
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.reading import Money
from services.matching.matcher.pathway.smallest_change import SmallestChange
from services.matching.matcher.ranking.values import Ranked, Reason
from services.matching.matcher.requirements.status import State, Status
from services.matching.matcher.verdicts.verdict import Verdict

MOST_REASONS = 3
"""Reasons and missing things shown for one course or order; a fourth is not read."""
FEWER_REASONS, FIRST_ROWS = 2, 1
"""From the second row of a list on, as many reasons are told."""
MOST_UNLOCKED = 4
"""Ids of orders that one course of the list names; `unlocks_count` says how many there are where there are more."""


def payload(advice: Advice) -> dict[str, Any]:
    """The answer without its id and `as_of`."""
    lang = advice.lang
    summary = advice.summary
    goal, target = advice.goal, advice.target
    return {
        "verdict": {
            "state": summary.state.value,
            "date": summary.day.isoformat() if summary.day else None,
            "steps": summary.steps,
            "text": summary.text.said(lang),
            "needed": [{"fact": fact, "text": FACTS[fact].said(lang)} for fact in summary.needed],
            "notes": [note.said(lang) for note in advice.notes],
            "goal": _goal(goal, lang) if goal else None,
        },
        "checklist_of": target[0].id if target else None,
        "requirements": _checklist(advice),
        "pathways": paths_told.paths(advice.paths, advice.world, lang),
        "nearest_change": _miss(advice.miss, lang),
        "courses": [_course(row, at, advice) for at, row in enumerate(advice.courses)],
        "placements": [_placement(row, at, advice) for at, row in enumerate(advice.placements)],
        "blocked": rules_told.blocked(advice.blocked, lang),
        "hidden": advice.standing.hidden_counts() if advice.standing else [],
        "warnings": rules_told.cautions(target[1].cautions, lang) if target else [],
    }


def _goal(goal: Goal, lang: str) -> dict[str, Any]:
    """What was asked for and is closed today: why, by which law, and which of the answer's paths open it."""
    return {
        **paths_told.named(goal.order, lang),
        "state": goal.state.value,
        "exact": goal.exact,
        "blocked_by": rules_told.in_the_way_by_law(goal.verdict, lang),
        "opened_by": [path.kind for path in goal.paths.all()],
    }


def _checklist(advice: Advice) -> list[dict[str, Any]]:
    if advice.target is None:
        return []
    _, verdict = advice.target
    applying = verdict.state in (State.ELIGIBLE_NOW, State.ELIGIBLE_BY)
    return rules_told.checklist(verdict.outcomes, advice.lang, applying=applying)


def _miss(miss: SmallestChange | None, lang: str) -> dict[str, Any] | None:
    return {**miss.as_payload(), "text": miss.text.said(lang)} if miss else None


def _course(row: tuple[Course, Batch, Ranked], at: int, advice: Advice) -> dict[str, Any]:
    course, batch, ranked = row
    return {
        "course": course.id,
        "batch": batch.id,
        "title": course.title.said(advice.lang) if course.title else None,
        "provider": course.provider.name,
        "starts": _day(batch.starts),
        "ends": _day(batch.ends),
        "closes": _day(batch.closes),
        "regency": batch.regency,
        "seats_left": batch.seats_left,
        **({"lesson_hours": course.lesson_hours} if course.lesson_hours else {}),
        "cost_to_trainee": _money(course.cost_to_trainee),
        "certificates": [{"kind": given.kind, "scheme": given.scheme} for given in course.certificates],
        **_rank(dated(ranked, batch), at, advice),
        "missing": _wanting(ranked.missing, advice),
        **paths_told.unlocks(ranked.unlocks, MOST_UNLOCKED),
    }


def _placement(row: tuple[Order, Verdict, Ranked], at: int, advice: Advice) -> dict[str, Any]:
    order, verdict, ranked = row
    lang = advice.lang
    if verdict.eligible:
        ranked = open_today(ranked)
    assert advice.target is not None, "whoever is shown an order has a checklist"
    cautions = rules_told.cautions(verdict.cautions, lang) if order is not advice.target[0] else []
    return {
        **paths_told.named(order, lang),
        "eligible": verdict.eligible,
        "state": advice.state_of(order, verdict).value,
        **({"by": _day(verdict.by)} if verdict.by else {}),
        "wage": _money(order.wage),
        "term_months": order.term_months,
        "closes_on": _day(order.closes_on),
        "slots_left": order.slots.left if order.slots else None,
        **_rank(ranked, at, advice),
        "missing": rules_told.in_the_way(verdict, lang) or _wanting(ranked.missing, advice),
        **rules_told.later(verdict, advice.target[1], lang),
        "checks": {"company": _licence(order, verdict), "job_order": _published(order)},
        **({"warnings": cautions} if cautions else {}),
    }


def _rank(ranked: Ranked, at: int, advice: Advice) -> dict[str, Any]:
    good = [reason for reason in ranked.reasons if reason.weight > 0]
    return {
        "score": round(ranked.score, 2),
        "band": ranked.band,
        "reasons": [_reason(reason, advice) for reason in good[: MOST_REASONS if at < FIRST_ROWS else FEWER_REASONS]],
    }


def _reason(reason: Reason, advice: Advice) -> dict[str, Any]:
    quoted = [advice.quotes[pointer] for pointer in reason.evidence if pointer in advice.quotes]
    told = {"code": reason.code, "text": reason.text.said(advice.lang), "weight": round(reason.weight, 2)}
    more = {"evidence": list(reason.evidence), "quotes": quoted}
    return {**told, **{name: found for name, found in more.items() if found}}


def _wanting(reasons: Sequence[Reason], advice: Advice) -> list[dict[str, Any]]:
    return [
        {"code": reason.code, "text": reason.text.said(advice.lang), "legal": False}
        for reason in reasons[:MOST_REASONS]
    ]


def _licence(order: Order, verdict: Verdict) -> dict[str, Any] | None:
    """The company's licence, as of the day of its snapshot; None where the scheme knows no company."""
    if order.company is None:
        return None
    return {
        "sip3mi": order.company.sip3mi,
        "valid_until": _day(order.company.valid_until),
        "met": all(outcome.status is Status.MET for outcome in verdict.of("COMPANY_LICENCE")),
    }


def _published(order: Order) -> dict[str, Any]:
    permit = order.sip2mi
    told = {"sip2mi": permit.number, "sip2mi_valid_until": _day(permit.valid_until)} if permit else {}
    return {"verification": order.verification, **told}


def _money(money: Money | None) -> Mapping[str, Any] | None:
    return {"amount": money.amount, "currency": money.currency} if money else None


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
