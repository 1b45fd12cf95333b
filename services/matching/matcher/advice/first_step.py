"""Where several things are missing, or the offer ends before any class does: an honest sentence instead of a bare no.

The smallest change knows one thing that would have to change. Here stands what is said where one alone opens nothing:
what comes first, and that no date is on record; or what of the offer or the law ends before the person can be ready.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from services.matching.matcher.advice.answer import FirstStep
from services.matching.matcher.advice.waiting import waiting
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.policies import PolicyRecord
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.applied_rules import last_lawful_day
from services.matching.matcher.law.law import Law
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.pathway.batch_table import ChangeKind
from services.matching.matcher.pathway.entrances import Entrance
from services.matching.matcher.pathway.question import Question, Searched
from services.matching.matcher.pathway.search import Search
from services.matching.matcher.requirements.groups import leaves
from services.matching.matcher.requirements.status import Group
from services.matching.matcher.verdicts.outcomes import closed_for_all, never_open, said_once
from services.matching.matcher.verdicts.verdict import Outcome, Verdict
from shared.codes import texts


def first_step(question: Question, order: Order, verdict: Verdict) -> FirstStep | None:
    """What is said of this order, which no path and no single change opens; None where it is closed for good, and the
    rules in the way say to choose another."""
    if closed_for_all(verdict.outcomes) or never_open(verdict.outcomes):
        return None
    return _ending(question, order) or _too_late(order, verdict) or _begin(question, order, verdict)


def _ending(question: Question, order: Order) -> FirstStep | None:
    """What ends before the person can be ready, if one thing alone does: permit, licence, or the law of today."""
    for end, text, lasting, law in _lasting(question, order):
        world = Searched(question.world.catalogue, OrderIndex([lasting]), law)
        ready_on = _ready(Question(question.person, world, question.day, known_on=question.known_on), lasting)
        if ready_on is not None:
            return FirstStep(
                change=ChangeKind.LATER_END,
                order=order.id,
                by=end,
                ready_on=ready_on,
                days=(ready_on - end).days,
                text=text.filled(end=_day(end), next=_day(end + timedelta(days=1)), ready=_day(ready_on)),
            )
    return None


def _ready(question: Question, order: Order) -> date | None:
    """From when the person may apply: by classes, or on a day that alone opens it; None where neither does."""
    found = Search.beyond_wishes(question).choice.fastest()
    return waiting(question, [order]).get(order.id) if found is None else date.fromordinal(found.ready_on)


def _lasting(question: Question, order: Order) -> Iterator[tuple[date, Text, Order, Law]]:
    """(the last day of one thing that ends, what is said of it, the order and the law as they were if it did not)."""
    law, today = question.world.law, question.day
    permit, company, listing = order.sip2mi, order.company, order.employer.partner_listing
    if permit is not None and permit.valid_until is not None and today <= permit.valid_until < date.max:
        yield permit.valid_until, PERMIT, replace(order, sip2mi=replace(permit, valid_until=date.max)), law
    if company is not None and company.valid_until is not None and today <= company.valid_until < date.max:
        yield company.valid_until, LICENCE, replace(order, company=replace(company, valid_until=date.max)), law
    if listing is not None and listing.from_ is not None and today < listing.from_:
        unlisted = replace(order, employer=replace(order.employer, partner_listing=None, partner_listed=False))
        yield listing.from_ - timedelta(days=1), LISTING, unlisted, law
    # The last turn that the path does not outlive: what opens while it is put off, and not once it has come.
    for turn in reversed([turn for turn in law.turning_days() if today < turn]):
        before = turn - timedelta(days=1)
        yield before, NEW_LAW, order, _until(question, before)


def _until(question: Question, day: date) -> Law:
    """The law up to this day, and that of the day for ever after."""
    numbers = {row.code: row.number for row in question.law_on(day).rows}
    lasting: list[PolicyRecord] = []
    for record in question.world.law.records:
        begun = [one for one in record.revisions if one.valid_from is not None and one.valid_from <= day]
        kept = [replace(one, valid_until=None) if one.number == numbers.get(record.code) else one for one in begun]
        lasting.append(replace(record, revisions=tuple(kept)))
    return Law.from_records(lasting)


def _too_late(order: Order, verdict: Verdict) -> FirstStep | None:
    """A day that is waited for, behind the last of the order."""
    waits = [one.by for one in verdict.blocking if one.by is not None]
    last = last_lawful_day(order)
    if not waits or last is None or last >= max(waits):
        return None
    text = TOO_LATE.filled(last=_day(last), by=_day(max(waits)))
    return FirstStep(change=ChangeKind.FIRST_STEP, order=order.id, by=None, text=text)


def _begin(question: Question, order: Order, verdict: Verdict) -> FirstStep | None:
    """The first thing to do of several."""
    missing = [one for one, _ in said_once(verdict.blocking)]
    doable = [one for one in missing if one.next_action is not None and one.group is not Group.WAIT]
    doable = [one for one in doable if one.by is None] or doable  # a ban that ends by itself is waited for
    if not doable:
        return None
    first = min(doable, key=_first)
    assert first.next_action is not None
    waits = [one.by for one in verdict.blocking if one.by is not None]
    left = [one for one in missing if one is not first and one.by is None and one.group is not Group.WAIT]
    text = Text.joined(
        BEGIN.filled(act=_inside(first.next_action)),
        _date_of(question, first) or _not_for_them(question, order, first),
        _rest(len(left)),
        NOT_BEFORE.filled(by=_day(max(waits))) if waits else None,
    )
    return FirstStep(change=ChangeKind.FIRST_STEP, order=order.id, text=text)


ORDER_OF_STEPS = {"EDUCATION": 2, "LANGUAGE": 3, "RANKED": 3}
"""What is learned first; whatever else is learned comes after it."""


def _first(outcome: Outcome) -> int:
    """What decides whether the rest is worth while, then papers that are there, then schooling, tests, certificates."""
    if outcome.group is Group.OTHERS:
        return 0
    return 1 if outcome.group is Group.BRING else ORDER_OF_STEPS.get(outcome.rule, 4)


EXAMINED = frozenset(("LANGUAGE", "RANKED"))


def _date_of(question: Question, first: Outcome) -> Text | None:
    """That no date is on record for what is learned first; None where a class is planned, or nothing is learned."""
    if first.group is not Group.LEARN:
        return None
    if any(question.supply.teaching.towards(leaf) for leaf in leaves(first.ask)):
        return None
    skill_test = any(getattr(leaf, "certificate", None) == "SKILL_TEST" for leaf in leaves(first.ask))
    return NO_EXAMINATION if first.rule in EXAMINED or skill_test else NO_DATE


def _not_for_them(question: Question, order: Order, first: Outcome) -> Text | None:
    """That every class which teaches it stays shut to this person while the order lasts (an age, a sex, schooling);
    None where one does not. Whoever is told to begin with a course would be turned away at its door."""
    if first.group is not Group.LEARN:
        return None
    known = question.world.catalogue.examples(question.day + timedelta(days=1))
    taught = {at for leaf in leaves(first.ask) for at in question.supply.teaching.towards(leaf)}
    courses, entrances = [known[at][0] for at in sorted(taught & known.keys())], question.entrances
    last = last_lawful_day(order) or date.max
    days = [day for day in question.timeline.firsts if day <= last]
    shut = all(entrances.on(course, day) is Entrance.SHUT for course in courses for day in days)
    return NOT_FOR_THEM if courses and days and shut else None


def _rest(number: int) -> Text | None:
    if number == 0:
        return None
    left = "1 more requirement is" if number == 1 else f"{number} more requirements are"
    return Text(f"Sesudah itu masih ada {number} syarat lain.", f"After that {left} left.")


def _inside(sentence: Text) -> Text:
    """A sentence that stands behind a colon."""
    return Text(sentence.id[:1].lower() + sentence.id[1:], sentence.en[:1].lower() + sentence.en[1:])


def _day(day: date) -> Text:
    return Text.both(partial(texts.day, day))


PERMIT = Text(
    "Izin merekrut untuk lowongan ini habis {end}. Bila diperpanjang, lamaran bisa mulai {ready}.",
    "The permit to recruit for this order ends on {end}. If it is renewed, applying is possible from {ready}.",
)
LICENCE = Text(
    "Izin perusahaan habis {end}. Bila diperpanjang, lamaran bisa mulai {ready}.",
    "The company's licence ends on {end}. If it is renewed, applying is possible from {ready}.",
)
LISTING = Text(
    "Mitra di luar negeri masuk daftar bermasalah mulai {next}, sebelum bisa melamar ({ready}). Pilih lowongan lain.",
    "The partner abroad is on the problem list from {next}, before applying is possible ({ready}). Choose another job "
    "order.",
)
NEW_LAW = Text(
    "Mulai {next} berlaku aturan baru, sebelum bisa melamar ({ready}); dengan aturan itu jalurnya tertutup. Pilih yang "
    "lain.",
    "From {next} a new rule applies, before applying is possible ({ready}); it closes the path. Choose something else.",
)
TOO_LATE = Text(
    "Lowongan ini berakhir {last}, sebelum {by}. Pilih lowongan lain, atau tanyakan lagi sesudah {by}.",
    "This job order ends on {last}, before {by}. Choose another one, or ask again after {by}.",
)
BEGIN = Text(
    "Belum bisa dihitung kapan terbuka. Mulai dari ini: {act}",
    "When it opens cannot be worked out yet. Begin with this: {act}",
)
NO_EXAMINATION = Text("Tanggal ujian belum tercatat.", "No date of the examination is on record.")
NO_DATE = Text("Tanggalnya belum tercatat.", "No date is on record.")
NOT_FOR_THEM = Text(
    "Kelas yang tercatat tidak menerima umur, jenis kelamin, atau ijazah ini; tanyakan kelas lain ke LTSA.",
    "The classes on record do not take this age, sex or schooling; ask the service centre for another one.",
)
NOT_BEFORE = Text("Sebelum {by} belum bisa melamar.", "Before {by} applying is not possible.")
