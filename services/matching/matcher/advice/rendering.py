"""From an `Advice` to the JSON of the answer, in one language. Shows what was worked out; decides nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.matching.matcher.advice.answer import Advice, Goal
from services.matching.matcher.advice.blocked import Blocked
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.reading import Money, Text
from services.matching.matcher.pathway.miss import Miss
from services.matching.matcher.pathway.path import Paths
from services.matching.matcher.ranking.values import Ranked, Reason
from services.matching.matcher.requirements.status import Stage, Status
from services.matching.matcher.verdicts.verdict import Caution, Outcome, Verdict

MOST_REASONS = 3
"""Reasons and missing things shown for one course or order; a fourth is not read."""


def payload(advice: Advice) -> dict[str, Any]:
    """The answer without its id and `as_of`."""
    lang = advice.lang
    summary = advice.summary
    return {
        "verdict": {
            "state": summary.state.value,
            "date": summary.day.isoformat() if summary.day else None,
            "steps": summary.steps,
            "text": _in(summary.text, lang),
            "goal": _goal(advice.goal, lang) if advice.goal else None,
        },
        "requirements": _requirements(advice.target, lang),
        "pathways": _paths(advice.paths),
        "nearest_change": _miss(advice.miss, lang),
        "courses": [_course(row, advice) for row in advice.courses],
        "placements": [_placement(row, advice) for row in advice.placements],
        "blocked": [_blocked(group, lang) for group in advice.blocked],
        "hidden": advice.standing.hidden_counts() if advice.standing else [],
        "warnings": _warnings(advice.target[1].cautions, lang) if advice.target else [],
    }


def _goal(goal: Goal, lang: str) -> dict[str, Any]:
    """What was asked for and is closed today: why, by which law, and the paths that open just that."""
    return {
        **_named(goal.order, lang),
        "blocked_by": [outcome_of(outcome, lang) for outcome in goal.verdict.blocking],
        "pathways": _paths(goal.paths),
        "nearest_change": _miss(goal.miss, lang),
    }


def _miss(miss: Miss | None, lang: str) -> dict[str, Any] | None:
    return {**miss.as_payload(), "text": _in(miss.text, lang)} if miss else None


def _paths(paths: Paths) -> list[dict[str, Any]]:
    return [path.as_payload() for path in paths.all()]


def _requirements(target: tuple[Order, Verdict] | None, lang: str) -> list[dict[str, Any]]:
    if target is None:
        return []
    order, verdict = target
    return [{"job_order": order.id, **outcome_of(outcome, lang)} for outcome in verdict.outcomes]


def outcome_of(outcome: Outcome, lang: str) -> dict[str, Any]:
    """One rule in one language. `code` is the rule; `version` the row of law or of code that says so."""
    shown = outcome.as_payload()
    return {
        "code": outcome.rule,
        "version": outcome.version,
        "stage": outcome.stage.value,
        "status": outcome.status.name,
        "group": outcome.group.value,
        "text": _in(outcome.text, lang),
        "legal_basis": shown["legal_basis"],
        "value": outcome.value,
        "needed": outcome.needed,
        "next_action": _in(outcome.next_action, lang) if outcome.next_action else None,
        "who": outcome.who,
        "usual_days": outcome.usual_days,
        "by": shown["by"],
    }


def _course(row: tuple[Course, Batch, Ranked], advice: Advice) -> dict[str, Any]:
    course, batch, ranked = row
    return {
        "course": course.id,
        "batch": batch.id,
        "title": _in(course.title, advice.lang) if course.title else None,
        "provider": course.provider.name,
        "starts": _day(batch.starts),
        "ends": _day(batch.ends),
        "closes": _day(batch.closes),
        "regency": batch.regency,
        "seats_left": batch.seats_left,
        "lesson_hours": course.lesson_hours,
        "cost_to_trainee": _money(course.cost_to_trainee),
        "certificate": {"kind": course.certificate.kind, "scheme": course.certificate.scheme}
        if course.certificate
        else None,
        "certificates": [{"kind": given.kind, "scheme": given.scheme} for given in course.certificates],
        **_rank(ranked, advice),
        "missing": _missing(ranked.missing, advice),
        "unlocks": list(ranked.unlocks),
    }


def _placement(row: tuple[Order, Verdict, Ranked], advice: Advice) -> dict[str, Any]:
    order, verdict, ranked = row
    return {
        "job_order": order.id,
        **_named(order, advice.lang),
        "eligible": verdict.eligible,
        "state": verdict.state.value,
        "by": _day(verdict.by),
        "wage": _money(order.wage),
        "term_months": order.term_months,
        "closes_on": _day(order.closes_on),
        "slots_left": order.slots.left if order.slots else None,
        **_rank(ranked, advice),
        "missing": _blocking(verdict, advice.lang) or _missing(ranked.missing, advice),
        "later": _later(verdict, advice.lang),
        "checks": {"company": _licence(order, verdict), "job_order": _published(order)},
        "warnings": _warnings(verdict.cautions, advice.lang),
    }


def _named(order: Order, lang: str) -> dict[str, Any]:
    return {
        "job_order": order.id,
        "code": order.code,
        "title": _in(order.title, lang) if order.title else None,
        "country": order.country,
        "isco08": order.isco08,
    }


def _rank(ranked: Ranked, advice: Advice) -> dict[str, Any]:
    return {
        "score": round(ranked.score, 2),
        "band": ranked.band,
        "reasons": [_reason(reason, advice) for reason in ranked.reasons[:MOST_REASONS]],
    }


def _reason(reason: Reason, advice: Advice) -> dict[str, Any]:
    quoted = [advice.quotes[pointer] for pointer in reason.evidence if pointer in advice.quotes]
    return {
        "code": reason.code,
        "text": _in(reason.text, advice.lang),
        "weight": round(reason.weight, 2),
        "evidence": list(reason.evidence),
        "quotes": quoted,
    }


def _missing(reasons: Sequence[Reason], advice: Advice) -> list[dict[str, Any]]:
    return [
        {"code": reason.code, "text": _in(reason.text, advice.lang), "next_action": None, "who": None, "legal": False}
        for reason in reasons[:MOST_REASONS]
    ]


def _blocking(verdict: Verdict, lang: str) -> list[dict[str, Any]]:
    """The rules in the way. The law and the order often ask for the same; what to do about it is said once."""
    found: dict[str, dict[str, Any]] = {}
    for outcome in verdict.blocking:
        action = _in(outcome.next_action, lang) if outcome.next_action else None
        row = {"code": outcome.rule, "text": _in(outcome.text, lang), "next_action": action, "who": outcome.who}
        found.setdefault(action or row["text"] or "", {**row, "legal": True})
    return list(found.values())


def _later(verdict: Verdict, lang: str) -> list[dict[str, Any]]:
    """What is left after applying, in the order in which it is due."""
    return [
        outcome_of(outcome, lang)
        for outcome in verdict.outcomes
        if outcome.stage is not Stage.APPLY and outcome.status is not Status.MET
    ]


def _licence(order: Order, verdict: Verdict) -> dict[str, Any] | None:
    """The company's licence, as of the day of its snapshot; None where the scheme knows no company."""
    if order.company is None:
        return None
    return {
        "sip3mi": order.company.sip3mi,
        "status": order.company.status,
        "valid_until": _day(order.company.valid_until),
        "snapshot_on": _day(order.company.snapshot_on),
        "met": all(outcome.status is Status.MET for outcome in verdict.of("COMPANY_LICENCE")),
    }


def _published(order: Order) -> dict[str, Any]:
    return {
        "verification": order.verification,
        "status": order.status,
        "sip2mi": order.sip2mi.number if order.sip2mi else None,
        "sip2mi_valid_until": _day(order.sip2mi.valid_until) if order.sip2mi else None,
    }


def _blocked(group: Blocked, lang: str) -> dict[str, Any]:
    return {**outcome_of(group.outcome, lang), "count": group.count, "job_orders": list(group.orders)}


def _warnings(cautions: Sequence[Caution], lang: str) -> list[dict[str, Any]]:
    return [{**caution.as_payload(), "text": _in(caution.text, lang)} for caution in cautions]


def _in(text: Text, lang: str) -> str:
    return text.en if lang == "en" else text.id


def _money(money: Money | None) -> Mapping[str, Any] | None:
    return {"amount": money.amount, "currency": money.currency} if money else None


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
