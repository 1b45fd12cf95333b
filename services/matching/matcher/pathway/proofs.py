"""Papers that a person may have and nobody has seen: asks whose answer is "not known", by what would prove them."""

from collections.abc import Hashable
from datetime import date

from services.matching.matcher.order_book.alternatives import fold
from services.matching.matcher.order_book.compiled import deciding
from services.matching.matcher.pathway.question import Question
from services.matching.matcher.requirements.base import Requirement, judge
from services.matching.matcher.requirements.groups import leaves
from services.matching.matcher.requirements.status import Status


def unknown_papers(question: Question) -> list[frozenset[Requirement]]:
    """For each paper the asks that it could settle, in a fixed order. What no paper settles is left out."""
    standing, supply = question.standing, question.supply
    all_compiled = {id(compiled): compiled for compiled in map(question.compiled_on, standing.firsts)}
    asked = [leaf for compiled in all_compiled.values() for leaf in compiled.leaves]
    asked += [leaf for door in {p.door: None for p in supply.programmes} for leaf in leaves(door.asked)]
    found: dict[Hashable, list[Requirement]] = {}
    for ask in asked:
        proof = ask.proof()
        if proof is not None and standing.status(ask, 0) is Status.UNKNOWN:
            found.setdefault(proof, []).append(ask)
    return [frozenset(asks) for asks in found.values()]


def asks_of_order(question: Question, order_id: str, asks: frozenset[Requirement]) -> frozenset[Requirement]:
    """Those of the asks that this order makes; all of them where only a course on the way does."""
    compiled = question.compiled_on(question.day)
    made = {leaf for ask in compiled.asks_of(order_id) for leaf in leaves(fold(ask))}
    return asks & made or asks


def missing_papers(question: Question, order_id: str, day: date) -> tuple[str, ...]:
    """The codes of the rules of an order that are not known to be met for this person, in the rules' order."""
    applied = deciding(question.compiled_on(day).applied[order_id])
    unknown = (rule.rule for rule in applied if judge(rule.ask, question.person, day) is Status.UNKNOWN)
    return tuple(dict.fromkeys(unknown))
