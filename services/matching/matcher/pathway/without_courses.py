"""What opens an order without any course: a date that comes by itself, or a paper that somebody shows."""

from collections.abc import Hashable, Iterable
from datetime import date

import numpy as np

from services.matching.matcher.order_book.clauses import fold
from services.matching.matcher.pathway.aims import open_rows
from services.matching.matcher.pathway.gaps import GapEncoder
from services.matching.matcher.pathway.question import Question
from services.matching.matcher.pathway.timeline import StatusTimeline
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import leaves
from services.matching.matcher.requirements.status import Status


def opens_by_itself(question: Question) -> tuple[str, date] | None:
    """The first day on which an order that is closed today is open to the person as they are, and the best paid one."""
    day, catalogue = question.day, question.world.catalogue
    turning = [turn for turn in question.world.law.turning_days() if day < turn]
    all_compiled = {id(compiled): compiled for compiled in map(question.compiled_on, (day, *turning))}
    dated = dict.fromkeys(compiled.leaves[leaf] for compiled in all_compiled.values() for leaf in compiled.dated)
    encoder = GapEncoder(
        StatusTimeline(question.person, day, [*dated, *catalogue.dated], turning), question.supply.teaching
    )
    timeline = encoder.timeline
    opening = np.unique(
        np.concatenate([compiled.columns().first[compiled.columns().kind >= 0] for compiled in all_compiled.values()])
    )
    opens = {date.fromordinal(first) for first in opening[opening > day.toordinal()].tolist()}
    for first in sorted({*opens, *timeline.firsts[1:]}):
        compiled = question.compiled_on(first)
        open_ = open_rows(compiled, encoder.kinds(compiled, timeline.interval_of(first)), first) & question.wanted(
            compiled
        )
        if open_.any():
            wage = compiled.columns().wage
            return min((-float(wage[row]), compiled.ids[row]) for row in np.flatnonzero(open_).tolist())[1], first
    return None


def unknown_papers(question: Question) -> list[frozenset[Requirement]]:
    """For each paper the asks that it could settle, in a fixed order. What no paper settles is left out."""
    timeline, supply = question.timeline, question.supply
    all_compiled = {id(compiled): compiled for compiled in map(question.compiled_on, timeline.firsts)}
    asked = [leaf for compiled in all_compiled.values() for leaf in compiled.leaves]
    asked += [leaf for door in {p.door: None for p in supply.programmes} for leaf in leaves(door.asked)]
    found: dict[Hashable, list[Requirement]] = {}
    for ask in asked:
        proof = ask.proof()
        if proof is not None and timeline.status(ask, 0) is Status.UNKNOWN:
            found.setdefault(proof, []).append(ask)
    return [frozenset(asks) for asks in found.values()]


def of_training(question: Question, papers: Iterable[frozenset[Requirement]]) -> frozenset[Requirement]:
    """Those asks of the papers that a course teaches too, or asks at its door."""
    supply = question.supply
    doors = {leaf for door in {p.door: None for p in supply.programmes} for leaf in leaves(door.asked)}
    return frozenset(ask for asks in papers for ask in asks if ask in doors or supply.teaching.towards(ask))


def may_open(question: Question, asks: frozenset[Requirement]) -> bool:
    """Could anything that is closed to the person open once these asks, none of training, are met? False: nothing.

    Some way into some order (one alternative of what it asks) that neither the person nor a course opens must become
    one that they do.
    """
    encoder = question.encoder
    for interval, first in enumerate(question.timeline.firsts):
        compiled = question.compiled_on(first)
        if any(not asks.isdisjoint(leaves(wide)) for wide in compiled.wide.values()):
            return True
        reading = encoder.reading(compiled, interval)
        granted = reading.codes.copy()
        granted[[leaf for leaf, ask in enumerate(compiled.leaves) if ask in asks]] = 2
        if (compiled.clauses().weakest(granted) > reading.weakest).any():
            return True
    return False


def asks_of_order(question: Question, order_id: str, asks: frozenset[Requirement]) -> frozenset[Requirement]:
    """Those of the asks that this order makes; all of them where only a course on the way does."""
    compiled = question.compiled_on(question.day)
    made = {leaf for ask in compiled.asks_of(order_id) for leaf in leaves(fold(ask))}
    return asks & made or asks


def missing_papers(question: Question, order_id: str, day: date) -> tuple[str, ...]:
    """The codes of the rules of an order that are not known to be met for this person, in the rules' order."""
    applied = question.compiled_on(day).deciding(order_id)
    unknown = (rule.code for rule in applied if rule.ask.judge(question.person, day) is Status.UNKNOWN)
    return tuple(dict.fromkeys(unknown))
