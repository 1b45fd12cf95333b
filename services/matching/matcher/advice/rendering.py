"""From an `Advice` to the JSON of the answer, in one language. Shows what was worked out; decides nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.matching.matcher.advice.answer import Advice, Goal
from services.matching.matcher.advice.blocked import Blocked
from services.matching.matcher.advice.courses import dated
from services.matching.matcher.advice.verdict import FACTS
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.reading import Money, Text
from services.matching.matcher.pathway.path import Path, Paths
from services.matching.matcher.pathway.smallest_change import SmallestChange
from services.matching.matcher.ranking.values import Ranked, Reason
from services.matching.matcher.requirements.status import Stage, State, Status
from services.matching.matcher.verdicts.verdict import Caution, Outcome, Verdict
from shared.codes import countries

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
            "needed": [{"fact": fact, "text": _in(FACTS[fact], lang)} for fact in summary.needed],
            "notes": [_in(note, lang) for note in advice.notes],
            "goal": _goal(advice.goal, advice) if advice.goal else None,
        },
        "requirements": _requirements(advice.target, lang),
        "pathways": _paths(advice.paths, advice),
        "nearest_change": _miss(advice.miss, lang),
        "courses": [_course(row, advice) for row in advice.courses],
        "placements": [_placement(row, advice) for row in advice.placements],
        "blocked": [_blocked(group, lang) for group in advice.blocked],
        "hidden": advice.standing.hidden_counts() if advice.standing else [],
        "warnings": _warnings(advice.target[1].cautions, lang) if advice.target else [],
    }


def _goal(goal: Goal, advice: Advice) -> dict[str, Any]:
    """What was asked for and is closed today: why, by which law, and the paths that open just that."""
    lang = advice.lang
    return {
        **_named(goal.order, lang),
        "state": goal.state.value,
        "exact": goal.exact,
        "blocked_by": [_brief(outcome, lang) for outcome in _once(goal.verdict.blocking)],
        "pathways": _paths(goal.paths, advice),
        "nearest_change": _miss(goal.miss, lang),
    }


def _once(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The law and the order often ask for the same: what reads alike is said once."""
    found: dict[tuple[str, str], Outcome] = {}
    for outcome in outcomes:
        found.setdefault((outcome.rule, outcome.text.id), outcome)
    return list(found.values())


def _miss(miss: SmallestChange | None, lang: str) -> dict[str, Any] | None:
    return {**miss.as_payload(), "text": _in(miss.text, lang)} if miss else None


def _paths(paths: Paths, advice: Advice) -> list[dict[str, Any]]:
    return [_path(path, advice) for path in paths.all()]


def _path(path: Path, advice: Advice) -> dict[str, Any]:
    """A path with what its courses and orders are called, where they are, and how it differs from the others."""
    lang, world = advice.lang, advice.world
    told = path.as_payload()
    if world is None:
        return told
    for step, row in zip(path.steps, told["steps"], strict=True):
        course, batch = world.courses[step.course], world.batches[step.batch]
        row["title"] = _in(course.title, lang) if course.title else None
        row["provider"], row["place"] = course.provider.name, batch.place
    orders = [world.orders[id] for id in path.unlocks if id in world.orders]
    told["opens"] = [_named(order, lang) for order in orders[:MOST_OPENED]]
    to = _order_in_words(orders[0], lang) if orders else ""
    text = INSTEAD if path.instead else KINDS_TOLD[path.kind]
    return {**told, "state": State.TRAINING.value, "text": _in(text, lang).format(to=to)}


MOST_OPENED = 3
KINDS_TOLD = {
    "FASTEST": Text("Paling cepat: {to}.", "The fastest: {to}."),
    "NEAREST": Text("Pelatihan paling dekat dari rumah: {to}.", "The training nearest to home: {to}."),
    "BEST_PAID": Text("Gaji paling tinggi: {to}.", "The best paid: {to}."),
}
INSTEAD = Text("Jalan lain, ke pekerjaan lain: {to}.", "Another way, to other work: {to}.")


def _order_in_words(order: Order, lang: str) -> str:
    title = _in(order.title, lang) if order.title else order.code or order.id
    return f"{title}, {countries.name(order.country, lang)}" if order.country else title


def _requirements(target: tuple[Order, Verdict] | None, lang: str) -> list[dict[str, Any]]:
    if target is None:
        return []
    order, verdict = target
    return [{"job_order": order.id, **outcome_of(outcome, lang)} for outcome in _once(verdict.outcomes)]


def outcome_of(outcome: Outcome, lang: str) -> dict[str, Any]:
    """One rule in one language. `code` is the rule; `version` the row of law or of code that says so.

    What was compared with what stands beside rules that are not met, where there is anything to compare.
    """
    basis = outcome.legal_basis
    row = {
        "code": outcome.rule,
        "version": outcome.version,
        "stage": outcome.stage.value,
        "status": outcome.status.name,
        "group": outcome.group.value,
        "text": _in(outcome.text, lang),
        "legal_basis": {"instrument": basis.instrument, "article": basis.article, "source": basis.source},
        "next_action": _in(outcome.next_action, lang) if outcome.next_action else None,
        "who": outcome.who,
        "usual_days": outcome.usual_days,
        "by": outcome.by.isoformat() if outcome.by else None,
    }
    if outcome.status is Status.MET:
        return row
    more = {"value": outcome.value, "needed": outcome.needed}
    return {**row, **{name: value for name, value in more.items() if value is not None}}


def _brief(outcome: Outcome, lang: str) -> dict[str, Any]:
    """The same without what was compared with what: that stands in the checklist and in `/v1/eligibility`."""
    return {name: value for name, value in outcome_of(outcome, lang).items() if name not in ("value", "needed")}


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
        **_rank(dated(ranked, batch), advice),
        "missing": _missing(ranked.missing, advice),
        "unlocks": list(ranked.unlocks),
    }


def _placement(row: tuple[Order, Verdict, Ranked], advice: Advice) -> dict[str, Any]:
    order, verdict, ranked = row
    return {
        "job_order": order.id,
        **_named(order, advice.lang),
        "eligible": verdict.eligible,
        "state": advice.state_of(order, verdict).value,
        "by": _day(verdict.by),
        "wage": _money(order.wage),
        "term_months": order.term_months,
        "closes_on": _day(order.closes_on),
        "slots_left": order.slots.left if order.slots else None,
        **_rank(ranked, advice),
        "missing": _blocking(verdict, advice.lang) or _missing(ranked.missing, advice),
        "later": _other_later(order, verdict, advice),
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
        "reasons": [_reason(reason, advice) for reason in ranked.reasons[:MOST_REASONS] if reason.weight > 0],
    }


def _reason(reason: Reason, advice: Advice) -> dict[str, Any]:
    quoted = [advice.quotes[pointer] for pointer in reason.evidence if pointer in advice.quotes]
    told = {"code": reason.code, "text": _in(reason.text, advice.lang), "weight": round(reason.weight, 2)}
    return {**told, "evidence": list(reason.evidence), "quotes": quoted} if reason.evidence else told


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


def _later(verdict: Verdict) -> list[Outcome]:
    """What is left after applying, in the order in which it is due."""
    return [one for one in verdict.outcomes if one.stage is not Stage.APPLY and one.status is not Status.MET]


def _other_later(order: Order, verdict: Verdict, advice: Advice) -> list[dict[str, Any]]:
    """What is left after applying: whole for the first placement, for the others what is left besides."""
    first, of_first, _ = advice.placements[0]
    shared = set() if order is first else {(one.rule, one.text.id) for one in _later(of_first)}
    return [_left(one, advice.lang) for one in _later(verdict) if (one.rule, one.text.id) not in shared]


def _left(outcome: Outcome, lang: str) -> dict[str, Any]:
    """A paper of a later stage, without its law: that stands in the checklist."""
    return {name: value for name, value in _brief(outcome, lang).items() if name not in ("legal_basis", "version")}


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
    told = _brief(group.outcome, lang)
    return {**told, "count": group.count, "job_orders": list(group.orders)}


def _warnings(cautions: Sequence[Caution], lang: str) -> list[dict[str, Any]]:
    return [{**caution.as_payload(), "text": _in(caution.text, lang)} for caution in cautions]


def _in(text: Text, lang: str) -> str:
    return text.en if lang == "en" else text.id


def _money(money: Money | None) -> Mapping[str, Any] | None:
    return {"amount": money.amount, "currency": money.currency} if money else None


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
