"""Warnings beside a verdict: they decide nothing, and a reader should know them all the same."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import TypeGuard

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.law import SOON, LawOnDay
from services.matching.matcher.law.policy_kinds import Corridor
from services.matching.matcher.law.rules import demands
from services.matching.matcher.requirements.age import NeedsAge, age_on
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.certificate import NeedsCertificate
from services.matching.matcher.requirements.groups import leaves
from services.matching.matcher.requirements.status import Stage, State, Status
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
CLOSES_SOON = Text(
    "Hanya sampai {last}: {why} Sesudah itu tertutup, juga bagi lamaran yang sedang berjalan.",
    "Only until {last}: {why} After that it is closed, also for an application that is under way.",
)
TOO_OLD = Text("umur menjadi {years} tahun pada {day}.", "the age becomes {years} on {day}.")
RUNS_OUT = Text("masa berlaku {paper} habis.", "the {paper} runs out.")
RENEW = Text("Perpanjang tepat waktu.", "Renew it in time.")
OFFER_ENDS = {
    "COMPANY_LICENCE": Text("izin perusahaan habis.", "the company's licence ends."),
    "SIP2MI": Text("izin merekrut untuk lowongan ini habis.", "the permit to recruit for this order ends."),
    "PARTNER": Text(
        "mitra di luar negeri masuk daftar bermasalah mulai {day}.",
        "the partner abroad is on the problem list from {day}.",
    ),
}
NEW_BAN = Text("mulai {day} penempatan ini ditutup oleh aturan baru.", "from {day} a new rule closes this placement.")
NEW_LAW = Text("mulai {day} berlaku aturan baru. {what}", "from {day} a new rule applies. {what}")
SAID_BY_THE_ORDER = frozenset(("ORDER_CLOSES",))
"""Rules whose last day stands on every card of the order."""


MAY_APPLY = (State.ELIGIBLE_NOW, State.ELIGIBLE_BY)
Paper = tuple[Requirement, date]
"""What somebody shows for a requirement, and its last day."""


def of(
    rules: Iterable[AppliedRule],
    outcomes: Sequence[Outcome],
    person: Person,
    order: Order,
    law: LawOnDay,
    day: date,
    state: State,
) -> tuple[Caution, ...]:
    """All cautions for one person and one order. `state`: what they are beside."""
    papers = _papers(outcomes, person, day)
    soon = _closing(rules, papers, person, order, law, day) if state in MAY_APPLY else ()
    return (
        *_once(soon),
        *_doubtful(rules, person, order, day),
        *_unreadable(law),
        *_no_agreement(order, law),
        *_no_visa(order),
        *_draft(order),
        *_ending(papers, person, order, day),
    )


def _closing(
    rules: Iterable[AppliedRule], papers: Sequence[Paper], person: Person, order: Order, law: LawOnDay, day: date
) -> Iterator[Caution]:
    """What closes the order within weeks to somebody who may apply for it: `AGREED` needs a judgement of its own day,
    so that whoever is slow finds the door shut."""
    for rule in rules:
        if not rule.binding or rule.stage is not Stage.APPLY or rule.code in SAID_BY_THE_ORDER:
            continue
        if rule.ask.judge(person, day) is not Status.MET:
            continue
        turns = _turns(rule.ask, papers, person, day)
        first = next((turn for turn in turns if rule.ask.judge(person, turn) is not Status.MET), None)
        if first is not None:
            yield _closes(rule, *_why(rule, papers, person, order, first), first)
    for first, rows in groupby(law.coming, key=lambda row: row.valid_from):
        new = {row.version: row for row in rows}
        codes = {row.code for row in new.values()}
        then = LawOnDay((*(row for row in law.rows if row.code not in codes), *new.values()))
        stopped = {_policy_of(rule) for rule in rules if rule.ask.judge(person, first) is Status.NOT_MET}
        for rule in demands(order, then):
            if rule.version not in new or not rule.binding or rule.stage is not Stage.APPLY:
                continue
            if _policy_of(rule) in stopped:
                continue
            if rule.ask.judge(person, first) is Status.NOT_MET:
                said = NEW_BAN if rule.code == "BAN" else NEW_LAW
                what = said.filled(what=sentence_of(rule, person, order, first), day=_said(first))
                yield _closes(rule, what, None, first)


def _policy_of(rule: AppliedRule) -> tuple[str, str]:
    """The rule and the policy that says so, whichever of its revisions."""
    return rule.code, rule.version.rpartition("/")[0]


def _once(cautions: Iterable[Caution]) -> Iterable[Caution]:
    """The gate and the order ask for one certificate: what reads alike is said once, by the first."""
    found: dict[Text, Caution] = {}
    for caution in cautions:
        found.setdefault(caution.text, caution)
    return found.values()


def _turns(ask: Requirement, papers: Sequence[Paper], person: Person, day: date) -> list[date]:
    """The days within weeks on which the answer may turn."""
    last = date.fromordinal(min(day.toordinal() + SOON.days, date.max.toordinal()))
    turns = {turn for leaf in leaves(ask) for turn in leaf.turning_days(person, last)}
    turns |= {ends + timedelta(days=1) for leaf, ends in papers if ends < last and leaf in set(leaves(ask))}
    return sorted(turn for turn in turns if day < turn <= last)


def _why(
    rule: AppliedRule, papers: Sequence[Paper], person: Person, order: Order, first: date
) -> tuple[Text, Text | None]:
    """Why a rule that is met is so no longer on the `first` day after, and what to do about it if anything helps."""
    asks = list(leaves(rule.ask))
    if (paper := next((ask for ask, ends in papers if ask in asks and (first - ends).days == 1), None)) is not None:
        return RUNS_OUT.filled(paper=paper.phrase()), RENEW
    if any(isinstance(ask, NeedsAge) for ask in asks) and person.birth_date is not None:
        years = str(age_on(person.birth_date, first))
        return TOO_OLD.filled(years=Text(years, years), day=_said(first)), None
    ending = OFFER_ENDS.get(rule.code)
    return ending.filled(day=_said(first)) if ending else sentence_of(rule, person, order, first), None


def _closes(rule: AppliedRule, why: Text, act: Text | None, first: date) -> Caution:
    text = Text.joined(CLOSES_SOON.filled(last=_said(first - timedelta(days=1)), why=why), act)
    return Caution(code="CLOSES_SOON", version=rule.version, legal_basis=rule.legal_basis, text=text)


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


def _ending(papers: Iterable[Paper], person: Person, order: Order, day: date) -> Iterator[Caution]:
    """Papers that count today and end within the contract's term: a step to plan, not a block."""
    last = _end_of_contract(order, day)
    if last is None:
        return
    ending = {ask.phrase(): ends for ask, ends in papers if ends < last}
    passport = person.requirement("PASSPORT")
    if passport and passport.status == "MET" and passport.valid_until and day <= passport.valid_until < last:
        ending[PASSPORT] = passport.valid_until
    for paper, ends in ending.items():
        text = ENDS_TOO_SOON.filled(paper=paper, day=_said(ends))
        yield Caution(code="ENDS_WITHIN_CONTRACT", version=None, legal_basis=None, text=text)


def _papers(outcomes: Iterable[Outcome], person: Person, day: date) -> list[Paper]:
    """What is shown today for what is asked and has a last day; one paper asked for under two names is there once."""
    asks = dict.fromkeys(ask for outcome in outcomes for ask in leaves(outcome.ask))
    found = [(ask, ends) for ask in asks if (ends := ask.ends(person, day)) is not None]
    named = {(ask.certificate, ends) for ask, ends in found if _names_a_scheme(ask)}
    return [
        (ask, ends)
        for ask, ends in found
        if not (isinstance(ask, NeedsCertificate) and ask.scheme is None and (ask.certificate, ends) in named)
    ]


def _said(day: date) -> Text:
    return Text.both(partial(texts.day, day))


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
