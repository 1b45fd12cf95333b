"""The readable form: whoever asks "may this person apply for this order on this day, and if not, why and what next"."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.law.rules import demands
from services.matching.matcher.law.rules.person import STATUTORY_AGE
from services.matching.matcher.requirements.age import NeedsAge, birthday_of
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf, reads_nobody
from services.matching.matcher.requirements.records import NoBan
from services.matching.matcher.requirements.settled import Fixed
from services.matching.matcher.requirements.status import STATE_CODES, Stage, State, Status
from services.matching.matcher.verdicts import cautions
from services.matching.matcher.verdicts.outcomes import (
    CLOSES_FOR_ALL,
    in_order,
    names_the_order,
    outcome_of,
)
from services.matching.matcher.verdicts.verdict import Hidden, Outcome, Verdict

Known = dict[Hashable, Outcome | None]
"""Outcomes about one person on one day, by all that they read of a rule and an order."""


class OffersTold:
    """Outcomes of rules that no person is needed for, by rule and day: the same for everybody who is shown the order.

    A rule is known by itself and kept with its outcome: an order that changes has new rules, and its old ones go when
    there are too many.
    """

    MOST = 8_192

    def __init__(self) -> None:
        self._told: dict[tuple[int, date], tuple[AppliedRule, Outcome | None]] = {}

    def of(self, rule: AppliedRule, person: Person, order: Order, day: date) -> Outcome | None:
        """`outcome_of`, worked out once where it does not read the person."""
        if not reads_nobody(rule.ask):
            return outcome_of(rule, person, order, day)
        key = (id(rule), day)
        found = self._told.get(key)
        if found is None:
            if len(self._told) >= self.MOST:
                self._told.clear()
            found = self._told[key] = rule, outcome_of(rule, person, order, day)
        return found[1]


def check(
    person: Person,
    order: Order,
    law: LawOnDay,
    day: date,
    rules: Sequence[AppliedRule] | None = None,
    known: Known | None = None,
    offers: OffersTold | None = None,
) -> Verdict:
    """Every rule for one person and one order on one day.

    `rules`: what the order demands under this law, for callers who have it (`CompiledOrders.applied`). `known`:
    outcomes that other orders of this person had, for callers who ask about several; it grows. `offers`: those that
    stand beside these rules for everybody.
    Errors: none. Missing, expired and contradictory data become UNKNOWN or NOT_MET, never an exception and never MET.
    Without consent the verdict holds the consent rule and nothing else.
    """
    rules = demands(order, law) if rules is None else rules
    if not person.consented:
        consent = next(rule for rule in rules if rule.code == "CONSENT")
        asked = outcome_of(consent, person, order, day)
        return Verdict(state=State.CONSENT_NEEDED, by=None, outcomes=() if asked is None else (asked,))
    binding = [rule for rule in rules if rule.binding]
    known, offers = {} if known is None else known, offers or OffersTold()
    told = (_told_once(rule, person, order, day, known, offers) for rule in binding)
    outcomes = in_order([outcome for outcome in told if outcome is not None])
    state = state_by_law(binding, person, day)
    return Verdict(
        state=state,
        by=_by(binding, person, day),
        outcomes=outcomes,
        cautions=cautions.of(rules, outcomes, person, order, law, day, state),
        hidden=hidden(order, rules),
        law=law.key,
        law_verified_on=law.verified_on,
    )


def _told_once(
    rule: AppliedRule, person: Person, order: Order, day: date, known: Known, offers: OffersTold
) -> Outcome | None:
    """`outcome_of`; most rules ask the same for every order, and the sentences then name its work and country alone."""
    if rule.value is not None or rule.needed is not None:
        return offers.of(rule, person, order, day)
    asked = rule.code, rule.version, rule.stage, rule.legal_basis, rule.ask
    key = *asked, *((order.country, order.title_scheme, order.title) if names_the_order(rule.code) else ())
    if key not in known:
        known[key] = outcome_of(rule, person, order, day)
    return known[key]


def checked_once(
    person: Person, law: LawOnDay, day: date, applied: Mapping[str, Sequence[AppliedRule]], offers: OffersTold
) -> Callable[[Order], Verdict]:
    """`check` of one person, each order worked out at most once. `applied`: by order id (`CompiledOrders.applied`);
    `offers`: kept beside it."""
    verdicts: dict[str, Verdict] = {}
    known: Known = {}

    def verdict_of(order: Order) -> Verdict:
        if order.id not in verdicts:
            verdicts[order.id] = check(person, order, law, day, applied[order.id], known, offers)
        return verdicts[order.id]

    return verdict_of


def state_by_law(rules: Iterable[AppliedRule], person: Person, day: date) -> State:
    """The state from the APPLY rules alone, without words: the yardstick of `states`."""
    if not person.consented:
        return State.CONSENT_NEEDED
    if under_age(person, day):
        return State.TRAINING
    applying = (rule.ask for rule in rules if rule.stage is Stage.APPLY and rule.binding)
    return STATE_CODES[min((ask.reach(person, day) for ask in applying), default=2)]


def barriers(rules: Iterable[AppliedRule], person: Person, day: date) -> tuple[int, bool]:
    """(how many rules are blocking, does a ban or an unlawful offer close the order to everybody): what `check` says of
    somebody with consent, without words, which are most of its cost."""
    blocking, closed = 0, False
    for rule in rules:
        if not rule.binding or (rule.stage is not Stage.APPLY and rule.code not in CLOSES_FOR_ALL):
            continue
        status = rule.ask.judge(person, day)
        blocking += rule.stage is Stage.APPLY and status is not Status.MET
        closed |= rule.code in CLOSES_FOR_ALL and status is Status.NOT_MET
    return blocking, closed


def under_age(person: Person, day: date) -> bool:
    """Known to be under 18 on the day; an unknown birth date is a missing paper, not a child."""
    return NeedsAge(min=STATUTORY_AGE).judge(person, day) is Status.NOT_MET


def hidden(order: Order, rules: Iterable[AppliedRule]) -> Hidden | None:
    """Why the order is not shown at all, whoever asks; None for an order that is shown, blocked or not."""
    licence = order.company.status if order.company else None
    if order.status == "SUSPENDED" or licence == "SUSPENDED":
        return Hidden(reason="SUSPENDED", policy=None)
    for rule in rules:
        if rule.code == "COST" and rule.binding and rule.ask == Fixed(Status.NOT_MET):
            return Hidden(reason="UNLAWFUL_FEES", policy=rule.version)
    return None


def _by(rules: Iterable[AppliedRule], person: Person, day: date) -> date | None:
    """The day from which no age and no entry ban stands in the way; for people under 18 their eighteenth birthday."""
    if under_age(person, day) and person.birth_date is not None:
        return birthday_of(person.birth_date, STATUTORY_AGE)
    return last_wait(waited_for(rules), person, day)


def waited_for(rules: Iterable[AppliedRule]) -> tuple[NeedsAge | NoBan, ...]:
    """What time alone may clear of what an order demands."""
    applying = (rule.ask for rule in rules if rule.stage is Stage.APPLY)
    return tuple(part for ask in applying for part in _must(ask) if isinstance(part, NeedsAge | NoBan))


def last_wait(waited: Iterable[NeedsAge | NoBan], person: Person, day: date) -> date | None:
    """The day on which the last of these is cleared; None where nothing is waited for."""
    waits = (_passes(part, person, day) for part in waited)
    return max((wait for wait in waits if wait is not None), default=None)


def _passes(ask: NeedsAge | NoBan, person: Person, day: date) -> date | None:
    """A birthday counts only in time for the order; the end of a ban is news for every order of that country."""
    return ask.grows_into(person, day) if isinstance(ask, NeedsAge) else ask.cleared_on(person, day)


def _must(ask: Requirement) -> tuple[Requirement, ...]:
    """The parts that must all hold."""
    return ask.parts if isinstance(ask, AllOf) else (ask,)
