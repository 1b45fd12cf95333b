"""Warnings beside a verdict: they decide nothing, and a reader should know them all the same."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import TypeGuard

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.law.policy_kinds import Corridor
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.certificate import NeedsCertificate
from services.matching.matcher.requirements.groups import leaves
from services.matching.matcher.requirements.status import Status
from services.matching.matcher.verdicts.outcomes import sentence_of
from services.matching.matcher.verdicts.verdict import Caution, Outcome
from shared.codes import countries, texts

DOUBTFUL = Text(
    "Aturan ini belum pasti: {what} Pastikan dulu ke BP3MI.",
    "This rule is not certain: {what} Make sure with BP3MI first.",
)
NO_AGREEMENT = Text(
    "Belum tercatat perjanjian kerja dengan {country}. Pastikan dulu ke BP3MI.",
    "No agreement with {country} is on record. Make sure with BP3MI first.",
)
NO_VISA = Text("Lowongan ini belum menyebut jenis visa.", "This order does not name the kind of visa yet.")
DRAFT = Text(
    "Lowongan ini belum terbit; dihitung seolah sudah diperiksa dan buka.",
    "This order is not published; it is judged as if it were checked and open.",
)
UNREADABLE_LAW = Text(
    "Ada aturan yang belum bisa dibaca program ini. Pastikan dulu ke BP3MI.",
    "There is a rule that this program cannot read yet. Make sure with BP3MI first.",
)
ENDS_TOO_SOON = Text(
    "Masa berlaku {paper} habis {day}, sebelum kontrak selesai. Perpanjang tepat waktu.",
    "The {paper} ends on {day}, before the contract does. Renew it in time.",
)
PASSPORT = Text("paspor", "passport")


def of(
    rules: Iterable[AppliedRule],
    outcomes: Iterable[Outcome],
    person: Person,
    order: Order,
    law: LawOnDay,
    day: date,
) -> tuple[Caution, ...]:
    """All cautions for one person and one order."""
    return (
        *_doubtful(rules, person, order, day),
        *_unreadable(law),
        *_no_agreement(order, law),
        *_no_visa(order),
        *_draft(order),
        *_ending(outcomes, person, order, day),
    )


def _doubtful(rules: Iterable[AppliedRule], person: Person, order: Order, day: date) -> Iterator[Caution]:
    """Rows of low confidence that would block if they were sure, each with what it says."""
    for rule in rules:
        if not rule.binding and rule.ask.judge(person, day) is not Status.MET:
            text = DOUBTFUL.filled(what=sentence_of(rule, person, order, day))
            yield Caution(code=f"DOUBTFUL_{rule.code}", version=rule.version, legal_basis=rule.legal_basis, text=text)


def _unreadable(law: LawOnDay) -> Iterator[Caution]:
    for version in law.unreadable:
        yield Caution(code="LAW_UNREADABLE", version=version, legal_basis=None, text=UNREADABLE_LAW)


def _no_agreement(order: Order, law: LawOnDay) -> Iterator[Caution]:
    """No ban row means open, but a placement country also needs an agreement with Indonesia."""
    named = {country for _, corridor in law.of(Corridor) for country in corridor.scope.countries}
    if order.country is not None and order.country not in named:
        text = NO_AGREEMENT.filled(country=Text.both(partial(countries.name, order.country)))
        yield Caution(code="NO_AGREEMENT", version=None, legal_basis=None, text=text)


def _no_visa(order: Order) -> Iterator[Caution]:
    if order.visa_type is None:
        yield Caution(code="VISA_NOT_NAMED", version=None, legal_basis=None, text=NO_VISA)


def _draft(order: Order) -> Iterator[Caution]:
    if order.is_draft:
        yield Caution(code="DRAFT", version=None, legal_basis=None, text=DRAFT)


def _ending(outcomes: Iterable[Outcome], person: Person, order: Order, day: date) -> Iterator[Caution]:
    """Papers that count today and end within the contract's term: a step to plan, not a block."""
    last = _end_of_contract(order, day)
    if last is None:
        return
    ending: dict[str, tuple[Text, date]] = {}
    asks = [ask for outcome in outcomes for ask in leaves(outcome.ask)]
    named = {(ask.certificate, ask.ends(person, day)) for ask in asks if _names_a_scheme(ask)}
    for ask in asks:
        ends = ask.ends(person, day)
        if ends is None or ends >= last:
            continue
        if isinstance(ask, NeedsCertificate) and ask.scheme is None and (ask.certificate, ends) in named:
            continue  # the same paper under the name of its kind
        ending.setdefault(ask.phrase().en, (ask.phrase(), ends))
    passport = person.requirement("PASSPORT")
    if passport and passport.status == "MET" and passport.valid_until and day <= passport.valid_until < last:
        ending["passport"] = PASSPORT, passport.valid_until
    for paper, ends in ending.values():
        text = ENDS_TOO_SOON.filled(paper=paper, day=Text.both(partial(texts.day, ends)))
        yield Caution(code="ENDS_WITHIN_CONTRACT", version=None, legal_basis=None, text=text)


def _names_a_scheme(ask: Requirement) -> TypeGuard[NeedsCertificate]:
    return isinstance(ask, NeedsCertificate) and ask.scheme is not None


def _end_of_contract(order: Order, day: date) -> date | None:
    """The contract is taken to begin when the order wants people gone, or today."""
    if order.term_months is None:
        return None
    begins = max(day, order.departure_by or day)
    months = begins.year * 12 + begins.month - 1 + order.term_months
    if months // 12 > date.max.year:
        return None
    return date(months // 12, months % 12 + 1, min(begins.day, 28))
