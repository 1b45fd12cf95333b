"""Which sentence fits an answer more closely than its rule's own: run out, never asked, not examined, a ban that ends.

A variant is a wording of its own under ``RULE/VARIANT``; where there is none, the rule's wording stands.
"""

from datetime import date

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.demands import Demand
from services.matching.matcher.eligibility.judge.circumstances import EXPELLED
from services.matching.matcher.eligibility.judge.judging import cleared_on
from services.matching.matcher.eligibility.sentences import WORDINGS
from services.matching.matcher.eligibility.sentences.wording import Wording
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.trees import NeedsCertificate, NeedsLanguage, Ranked

MET, UNKNOWN, NOT_MET = Status.MET, Status.UNKNOWN, Status.NOT_MET


def wording_of(demand: Demand, person: Person, day: date, status: Status) -> Wording:
    """The closest wording that there is for this answer."""
    for variant in _variants(demand, person, day, status):
        found = WORDINGS.get(f"{demand.rule}/{variant}")
        if found is not None:
            return found
    return WORDINGS[demand.rule]


def unseen(ask: asks.Ask, person: Person) -> bool:
    """Does the ask pass only because nobody looked yet? Then it is no news that it is met."""
    match ask:
        case asks.NotUnfit():
            return person.fitness.status in (None, "UNTESTED")
        case asks.NotRefused(code=code):
            return person.fitness.condition(code) is None
        case asks.NoBan():
            return asks.not_asked(ask, person)
        case _:
            return False


def _variants(demand: Demand, person: Person, day: date, status: Status) -> list[str]:
    ask = demand.ask
    if unseen(ask, person):
        return ["UNSEEN"]
    if status is UNKNOWN and asks.not_asked(ask, person):
        return [f"UNASKED_{getattr(ask, 'record', '')}", "UNASKED"]
    if isinstance(ask, asks.NoBan):
        return _of_ban(ask, person, day, status)
    found = []
    if status is NOT_MET and _ran_out(ask, person, day):
        found.append("EXPIRED")
    if isinstance(ask, NeedsCertificate):
        found += [f"{variant}{kind}" for kind in (ask.scheme, ask.certificate) for variant in _prefixes(found)]
    until = demand.value.get("until") if isinstance(demand.value, dict) else None
    if status is NOT_MET and isinstance(until, str) and until < day.isoformat():
        found.append("ENDED")
    return found


def _prefixes(found: list[str]) -> tuple[str, ...]:
    return ("EXPIRED_",) if "EXPIRED" in found else ("",)


def _of_ban(ask: asks.NoBan, person: Person, day: date, status: Status) -> list[str]:
    if status is NOT_MET:
        return ["ENDS"] if cleared_on(ask, person, day) else []
    expelled = [record for record in person.records if record.kind in EXPELLED and record.country == ask.country]
    return [record.kind or "" for record in expelled] if status is UNKNOWN else []


def _ran_out(ask: asks.Ask, person: Person, day: date) -> bool:
    """Was there something that would answer the ask, had it not run out?"""
    match ask:
        case asks.Paper(code=code):
            paper = person.requirement(code)
            ended = paper is not None and paper.valid_until is not None and paper.valid_until < day
            return paper is not None and (paper.status == "EXPIRED" or (paper.status == "MET" and ended))
        case NeedsCertificate(certificate=kind, scheme=scheme):
            return any(
                held.kind == kind and scheme in (None, held.scheme) and held.valid_until and held.valid_until < day
                for held in person.certificates
            )
        case NeedsLanguage(language=language, test=test):
            known = [one for one in person.languages if one.language == language and test in (None, one.test)]
            return any(one.valid_until and one.valid_until < day for one in known)
        case Ranked(test=test):
            return any(
                one.test == test and one.valid_until is not None and one.valid_until < day for one in person.languages
            )
        case _:
            return False
