"""From an `Advice` to the JSON of the answer, in one language. Shows what was worked out; decides nothing.

What several parts of an answer have in common stands once: the ways in `pathways`, the smallest change in
`nearest_change`, the checklist in `requirements`, what is left after applying in `later`; the others say what they have
beside it.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from services.matching.matcher.advice import paths_told, rules_told
from services.matching.matcher.advice.answer import Advice, Goal
from services.matching.matcher.advice.courses import TOWARDS, dated
from services.matching.matcher.advice.length import fitted
from services.matching.matcher.advice.offering import open_today
from services.matching.matcher.advice.paths_told import in_words, money, named, unlocks
from services.matching.matcher.advice.verdict import FACTS
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.ranking.values import Ranked, Reason
from services.matching.matcher.requirements.status import State, Status
from services.matching.matcher.verdicts.verdict import Caution, Verdict

Row = dict[str, Any]

MOST_REASONS = 3
"""Reasons and missing things shown for one course or order; a fourth is not read."""
FEWER_REASONS = 2
"""From the second row of a list on, as many reasons are told."""
MOST_UNLOCKED = 4
"""Ids of orders that one course of the list names; `unlocks_count` says how many there are where there are more."""
OPENS = Text("Yang terbuka: {order}.", "What it opens: {order}.")


def payload(advice: Advice) -> Row:
    """The answer without its id and `as_of`."""
    return fitted(_told(advice), advice)


def _told(advice: Advice) -> Row:
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
            **({"closed_by": rules_told.bans(advice.closed_by, lang)} if advice.closed_by else {}),
        },
        "checklist_of": target[0].id if target else None,
        "requirements": rules_told.checklist_of(advice),
        "pathways": paths_told.paths(advice),
        "nearest_change": _miss(advice, lang),
        "courses": _courses(advice),
        "placements": _placements(advice),
        **_later(advice),
        "placements_ranked": advice.placements_ranked,
        "placements_in_all": advice.placements_in_all,
        "blocked": rules_told.blocked(advice.blocked, lang, choice=bool(advice.placements or advice.courses)),
        "hidden": advice.standing.hidden_counts() if advice.standing else [],
        "warnings": rules_told.cautions(target[1].cautions, lang) if target else [],
    }


def _goal(goal: Goal, lang: str) -> Row:
    """What was asked for and is closed today: why, by which law, and which of the answer's paths open it."""
    return {
        **named(goal.order, lang),
        "state": goal.state.value,
        "exact": goal.exact,
        "blocked_by": rules_told.in_the_way_by_law(goal.verdict, lang),
        "opened_by": [] if goal.waits else [path.kind for path in goal.paths.all()],
    }


def _miss(advice: Advice, lang: str) -> Row | None:
    """The change, with the order that it opens by its name where the answer does not speak of it anyhow."""
    miss = advice.miss
    if miss is None:
        return None
    told = advice.goal is not None and advice.goal.order.id == miss.order
    order = advice.world.orders.get(miss.order) if advice.world is not None and not told else None
    to = OPENS.filled(order=Text.both(partial(in_words, order))) if order is not None else None
    return {**miss.as_payload(), "text": Text.joined(miss.text, to).said(lang)}


def _courses(advice: Advice) -> list[Row]:
    reasons = _Reasons(advice)
    return [_course(row, advice, reasons) for row in advice.courses]


def _course(row: tuple[Course, Batch, Ranked], advice: Advice, reasons: "_Reasons") -> Row:
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
        "cost_to_trainee": money(course.cost_to_trainee),
        "certificates": [{"kind": given.kind, "scheme": given.scheme} for given in course.certificates],
        **_rank(dated(ranked, batch), reasons),
        "missing": _wanting(ranked.missing, advice),
        **unlocks(ranked.unlocks, MOST_UNLOCKED),
    }


def _placements(advice: Advice) -> list[Row]:
    if advice.target is None:
        return []
    reasons, warned = _Reasons(advice), set(advice.target[1].cautions)
    return [_placement(row, advice, reasons, warned) for row in advice.placements]


def _later(advice: Advice) -> Row:
    """`later` and `not_asked` of the placements, as far as they have something beside the checklist."""
    if advice.target is None:
        return {}
    return rules_told.later([verdict for _, verdict, _ in advice.placements], advice.target[1], advice.lang)


def _opens_by_waiting(verdict: Verdict) -> bool:
    """Whether the day of `by` opens the order: a birthday opens none that a course is missing for as well."""
    return verdict.state is State.ELIGIBLE_BY or all(rule.by is not None for rule in verdict.blocking)


def _placement(row: tuple[Order, Verdict, Ranked], advice: Advice, reasons: "_Reasons", warned: set[Caution]) -> Row:
    """`warned`: what was warned of before by the same law; it is named by its sentence alone."""
    order, verdict, ranked = row
    lang = advice.lang
    if verdict.eligible:
        ranked = open_today(ranked)
    assert advice.target is not None, "whoever is shown an order has a checklist"
    by = advice.waiting.get(order.id) or (verdict.by if _opens_by_waiting(verdict) else None)
    cautions = rules_told.cautions(verdict.cautions, lang, warned) if order is not advice.target[0] else []
    return {
        **named(order, lang),
        "eligible": verdict.eligible,
        "state": advice.state_of(order, verdict).value,
        **({"by": _day(by)} if by else {}),
        "wage": money(order.wage),
        "term_months": order.term_months,
        "closes_on": _day(order.closes_on),
        **({"slots_left": order.slots.left} if order.slots else {}),
        **_rank(ranked, reasons),
        "missing": rules_told.in_the_way(verdict, lang) or _wanting(ranked.missing, advice),
        "checks": {"company": (company := _licence(order, verdict)), "job_order": _published(order)},
        **({"scheme": order.scheme} if company is None else {}),
        **({"warnings": cautions} if cautions else {}),
    }


def _rank(ranked: Ranked, reasons: "_Reasons") -> Row:
    return {"score": round(ranked.score, 2), "band": ranked.band, "reasons": reasons.of(ranked)}


class _Reasons:
    """The reasons of one list, row by row: the strongest of each, and beside it what no row before has said."""

    def __init__(self, advice: Advice) -> None:
        self._advice = advice
        self._told: set[tuple[str, str]] = set()
        self._most = MOST_REASONS

    def of(self, ranked: Ranked) -> list[Row]:
        good = [reason for reason in ranked.reasons if reason.weight > 0 or reason is TOWARDS][: self._most]
        said = [one for at, one in enumerate(good) if at == 0 or (one.code, one.text.id) not in self._told]
        self._told.update((one.code, one.text.id) for one in said)
        self._most = FEWER_REASONS
        return [_reason(one, self._advice) for one in said]


def _reason(reason: Reason, advice: Advice) -> Row:
    quoted = [advice.quotes[pointer] for pointer in reason.evidence if pointer in advice.quotes]
    told = {"code": reason.code, "text": reason.text.said(advice.lang), "weight": round(reason.weight, 2)}
    more = {"evidence": list(reason.evidence), "quotes": quoted}
    return {**told, **{name: found for name, found in more.items() if found}}


def _wanting(reasons: Sequence[Reason], advice: Advice) -> list[Row]:
    return [
        {"code": reason.code, "text": reason.text.said(advice.lang), "legal": False}
        for reason in reasons[:MOST_REASONS]
    ]


def _licence(order: Order, verdict: Verdict) -> Row | None:
    """The company's licence, as of the day of its snapshot; None where the scheme knows no company."""
    if order.company is None:
        return None
    return {
        "sip3mi": order.company.sip3mi,
        "valid_until": _day(order.company.valid_until),
        "met": all(outcome.status is Status.MET for outcome in verdict.of("COMPANY_LICENCE")),
    }


def _published(order: Order) -> Row:
    permit = order.sip2mi
    told = {"sip2mi": permit.number, "sip2mi_valid_until": _day(permit.valid_until)} if permit else {}
    return {"verification": order.verification, **told}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
