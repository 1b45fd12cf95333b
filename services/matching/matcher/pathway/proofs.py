"""Papers that a person may have and nobody has seen: asks whose answer is "not known", by what would prove them."""

from collections.abc import Hashable
from datetime import date

from services.matching.matcher.eligibility.asks import Age, Ask, HomeOutside, Hours, NoBan
from services.matching.matcher.eligibility.judge.judging import judge
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts.trees import (
    NeedsAge,
    NeedsBirthDate,
    NeedsCertificate,
    NeedsEducation,
    NeedsExperience,
    NeedsLanguage,
    NeedsNoRecord,
    NeedsProgramme,
    NeedsSex,
    Ranked,
)
from services.matching.matcher.order_book.alternatives import fold, leaves_of
from services.matching.matcher.order_book.compiled import deciding
from services.matching.matcher.pathway.question import Question


def unknown_papers(question: Question) -> list[frozenset[Ask]]:
    """For each paper the asks that it could settle, in a fixed order. What no paper settles is left out."""
    standing, supply = question.standing, question.supply
    all_compiled = {id(compiled): compiled for compiled in map(question.compiled_on, standing.firsts)}
    asked = [leaf for compiled in all_compiled.values() for leaf in compiled.leaves]
    asked += [leaf for door in {p.door: None for p in supply.programmes} for leaf in leaves_of(door.asked)]
    found: dict[Hashable, list[Ask]] = {}
    for ask in asked:
        proof = proof_of(ask)
        if proof is not None and standing.status(ask, 0) is Status.UNKNOWN:
            found.setdefault(proof, []).append(ask)
    return [frozenset(asks) for asks in found.values()]


def proof_of(ask: Ask) -> Hashable | None:
    """What would have to be shown; asks with the same proof are settled together. None: no paper settles it."""
    match ask:
        case Age() | NeedsAge() | NeedsBirthDate():
            return "BIRTH_DATE"
        case NeedsSex():
            return "SEX"
        case HomeOutside():
            return "HOME"
        case NeedsEducation():
            return "EDUCATION"
        case NeedsCertificate(certificate=kind, scheme=scheme):
            return "CERTIFICATE", kind, scheme
        case NeedsLanguage(language=language, test=test):
            return "LANGUAGE", language, test
        case Hours(isco08=isco08):
            return "HOURS", isco08
        case NeedsExperience(isco08=isco08):
            return "EXPERIENCE", isco08
        case NeedsProgramme(programme=programme, field=field):
            return "PROGRAMME", programme, field
        case NeedsNoRecord(record=record, country=country):
            return "RECORD", record, country
        case Ranked(test=test):
            return "LANGUAGE", None, test
        case NoBan(country=country):
            return "RECORD", "ENTRY_BAN", country
        case _:
            return None


def asks_of_order(question: Question, order_id: str, asks: frozenset[Ask]) -> frozenset[Ask]:
    """Those of the asks that this order makes; all of them where only a course on the way does."""
    compiled = question.compiled_on(question.day)
    made = {leaf for ask in compiled.asks_of(order_id) for leaf in leaves_of(fold(ask))}
    return asks & made or asks


def missing_papers(question: Question, order_id: str, day: date) -> tuple[str, ...]:
    """The codes of the rules of an order that are not known to be met for this person, in the rules' order."""
    applied = deciding(question.compiled_on(day).applied[order_id])
    unknown = (rule.rule for rule in applied if judge(rule.ask, question.person, day) is Status.UNKNOWN)
    return tuple(dict.fromkeys(unknown))
