"""The headline: what the person asked for, closed and why or open and when; then what else may be applied for today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.rules.person import STATUTORY_AGE
from services.matching.matcher.pathway.path import Paths
from services.matching.matcher.requirements.age import NeedsAge, birthday_of
from services.matching.matcher.requirements.status import State
from services.matching.matcher.verdicts.check import under_age
from services.matching.matcher.verdicts.outcomes import said_once
from services.matching.matcher.verdicts.verdict import Verdict
from shared.codes import countries, texts
from shared.words import Words

FACTS: dict[str, Text] = {
    "birth_date": Text("tanggal lahir", "the birth date"),
    "education": Text("ijazah", "the diploma"),
    "regency": Text("kabupaten asal", "the home regency"),
}
"""What helps most when hardly anything is known, most helpful first."""


@dataclass(frozen=True, slots=True)
class Summary:
    """`day`: from when; `steps`: courses and papers until then. Both None where nothing can be said.

    `needed`: the facts that would help most, where hardly anything is known.
    """

    state: State
    text: Text
    day: date | None = None
    steps: int | None = None
    needed: tuple[str, ...] = ()
    only_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Headline:
    """What the headline speaks of: the order nearest to the wish, its state, and the way to it.

    `order` None: nobody offers it. `exact` False: it is the nearest neighbour of the wish. `why`: what closes it.
    """

    order: Order | None
    state: State
    exact: bool
    day: date | None = None
    steps: int | None = None
    why: Text | None = None
    only_waiting: bool = False
    """Nothing is to be brought or learned: the day comes by itself."""


def first_of_all(person: Person, day: date) -> Summary | None:
    """What stands before any order: no consent, nothing known, a child."""
    if not person.consented:
        return Summary(State.CONSENT_NEEDED, CONSENT_TAKEN_BACK if person.consent == "WITHDRAWN" else CONSENT)
    needed = unknown_facts(person)
    if needed:
        return Summary(State.DATA_NEEDED, DATA.filled(facts=_listed([FACTS[fact] for fact in needed])), needed=needed)
    if under_age(person, day):
        adult = birthday_of(person.birth_date, STATUTORY_AGE) if person.birth_date else None
        return Summary(State.TRAINING, CHILD.filled(day=_day(adult)), day=adult)
    return None


def child_with_a_wish(child: Summary, order: Order, verdict: Verdict) -> Summary:
    """What a child is told, with the age that the work they asked for needs if that is more than 18."""
    ages = [(one.by, one.ask.min) for one in verdict.blocking if one.by is not None and isinstance(one.ask, NeedsAge)]
    if not ages:
        return child
    by, years = max(ages)
    if child.day is None or by <= child.day:
        return child
    text = OLDER.filled(order=named_in_words(order), years=Text(str(years), str(years)), day=_day(by))
    return replace(child, text=Text.joined(child.text, text), day=by)


def unknown_facts(person: Person) -> tuple[str, ...]:
    """The facts that would help most, when hardly anything is known of the person; else nothing."""
    can_do = person.skills or person.occupations or person.certificates or person.languages or person.training_hours
    known = [person.birth_date, person.education, person.home_regency, person.sex, can_do or None]
    hardly = sum(fact is not None for fact in known) <= 1 or (
        person.birth_date is None and person.education is None and not can_do
    )
    missing = {
        "birth_date": person.birth_date is None,
        "education": person.education is None,
        "regency": person.home_regency is None,
    }
    return tuple(fact for fact, gone in missing.items() if gone) if hardly else ()


def wish_spoken(person: Person) -> bool:
    """Did the person name work or a country?"""
    return bool(person.wishes.isco08 or person.wishes.destinations)


def summarise(
    person: Person, aim: Headline | None, others: Sequence[Order], day: date, others_asked: Text | None = None
) -> Summary:
    """`aim`: what was asked for, or without a wish the best that there is. `others`: open today and not asked for.
    `others_asked`: where that is open, what is said of the other wishes."""
    also = ALSO.filled(orders=_orders(others)) if others else None
    if aim is None:
        return Summary(State.NO_PATH, Text.joined(NO_WISH if not wish_spoken(person) else None, NO_ORDERS))
    named = named_in_words(aim.order) if aim.order is not None else _asked(person)
    if not wish_spoken(person):
        if aim.state is State.ELIGIBLE_NOW:
            return Summary(State.ELIGIBLE_NOW, Text.joined(NO_WISH, also or ALSO.filled(orders=named)), day, 0)
        return Summary(aim.state, Text.joined(NO_WISH, _some_way(aim)), aim.day, aim.steps)
    nobody = None if aim.exact else NOBODY.filled(asked=_asked(person))
    if aim.state is State.ELIGIBLE_NOW and aim.exact:
        return Summary(State.ELIGIBLE_NOW, Text.joined(OPEN.filled(order=named), others_asked), day, 0)
    if aim.state is State.ELIGIBLE_NOW:
        return Summary(State.NO_PATH, Text.joined(nobody, also or ALSO.filled(orders=named)))
    if aim.exact:
        return Summary(
            aim.state, Text.joined(_way(aim, named), also), aim.day, aim.steps, only_waiting=aim.only_waiting
        )
    state = aim.state if aim.order is not None else State.NO_PATH
    if aim.order is None:
        return Summary(state, Text.joined(nobody, aim.why, also or (None if aim.why else ANOTHER_DAY)))
    if aim.day is None:
        return Summary(State.NO_PATH, Text.joined(nobody, NEAREST_CLOSED.filled(order=named), aim.why, also))
    nearest = NEAREST.filled(order=named, day=_day(aim.day), steps=_steps(aim))
    return Summary(state, Text.joined(nobody, nearest, also), aim.day, aim.steps)


def by_paper(verdict: Verdict, day: date) -> tuple[date, int]:
    """A paper can be shown today, once for all rules that ask for it; a birthday must be waited for."""
    return verdict.by or day, len(said_once(verdict.blocking))


def by_path(paths: Paths) -> tuple[date, int] | None:
    """(the day on which the fastest path is ready, its courses and waits); None without a path."""
    if paths.fastest is None:
        return None
    return paths.fastest.ready_on, len(paths.fastest.steps) + len(paths.fastest.waits)


def _some_way(aim: Headline) -> Text:
    """Where nothing particular was asked for."""
    if aim.day is None:
        return Text.joined(NONE_YET, aim.why)
    return SOME_WAY.filled(day=_day(aim.day), steps=_steps(aim))


def _way(aim: Headline, named: Text) -> Text:
    if aim.day is not None and aim.state in (State.TRAINING, State.ELIGIBLE_BY):
        if aim.state is State.TRAINING:
            return BY.filled(order=named, day=_day(aim.day), steps=_steps(aim))
        how = WITH_TIME if aim.only_waiting else WITH_PAPERS
        return Text.joined(how.filled(order=named, day=_day(aim.day), steps=_steps(aim)), aim.why)
    closed = CLOSED.filled(order=named)
    return Text.joined(closed, aim.why)


def named_in_words(order: Order) -> Text:
    """`title, country`, as it stands within a sentence."""
    title = order.title or Text("lowongan ini", "this job order")
    small = Text(_lowered(title.id), _lowered(title.en))
    country = Text.both(partial(countries.name, order.country)) if order.country is not None else None
    return Text.joined(small, country, by=", ")


def _asked(person: Person) -> Text:
    wishes = person.wishes
    work = [work_called(code) for code in wishes.isco08[:2]]
    where = [Text.both(partial(countries.name, code)) for code in wishes.destinations[:2]]
    return Text.joined(*(Text.joined(*part, by=" / ") for part in (work, where) if part), by=", ")


def work_called(code: str) -> Text:
    """What people call an occupation; one that the vocabulary does not know is shown by its code."""
    entry = Words.default().vocabulary.occupations.get(code)
    return Text(_lowered(entry.indonesian), _lowered(entry.english)) if entry else Text(code, code)


def _orders(orders: Sequence[Order]) -> Text:
    return Text.joined(*map(named_in_words, orders[:2]), by="; ")


def _listed(parts: Sequence[Text]) -> Text:
    """`a, b dan c`"""
    head, last = Text.joined(*parts[:-1], by=", "), parts[-1]
    return last if len(parts) < 2 else Text(f"{head.id} dan {last.id}", f"{head.en} and {last.en}")


def _steps(aim: Headline) -> Text:
    return Text(str(aim.steps), f"{aim.steps} {'step' if aim.steps == 1 else 'steps'}")


def _day(day: date | None) -> Text:
    return Text.both(partial(texts.day, day)) if day else Text("-", "-")


def _lowered(text: str) -> str:
    return text if text.split(" ")[0].isupper() else text[:1].lower() + text[1:]


CONSENT = Text(
    "Bacakan persetujuan data dan catat jawabannya dulu. Sebelum itu tidak ada yang dihitung.",
    "Read out the data consent and record the answer first. Nothing is worked out before that.",
)
CONSENT_TAKEN_BACK = Text(
    "Persetujuan data sudah ditarik. Tidak ada yang dihitung, kecuali calon sendiri mau memberikannya lagi.",
    "The data consent was taken back. Nothing is worked out, unless the person wants to give it again.",
)
"""Whoever said stop is not read the consent again as if nobody had asked."""
DATA = Text(
    "Lengkapi data dulu: {facts}. Sesudah itu syarat dihitung.",
    "Complete the record first: {facts}. Then the requirements are worked out.",
)
CHILD = Text(
    "Belum 18 tahun: boleh ikut pelatihan, belum boleh melamar kerja di luar negeri sampai {day}.",
    "Under 18: training is possible, applying for work abroad is not until {day}.",
)
OLDER = Text(
    "Yang diminta, {order}, baru boleh mulai umur {years} tahun ({day}).",
    "What was asked for, {order}, is for those of {years} and more (from {day}).",
)
OPEN = Text(
    "Yang diminta sudah terbuka: bisa melamar {order} sekarang.",
    "What was asked for is open: may apply for {order} now.",
)
BY = Text(
    "Yang diminta, {order}, bisa dilamar sekitar {day}, lewat {steps} langkah.",
    "What was asked for, {order}, is open around {day}, after {steps}.",
)
WITH_PAPERS = Text(
    "Yang diminta, {order}, bisa dilamar mulai {day} bila data dan suratnya lengkap ({steps} hal).",
    "What was asked for, {order}, is open from {day} once record and papers are complete ({steps}).",
)
WITH_TIME = Text(
    "Yang diminta, {order}, bisa dilamar mulai {day}; tinggal menunggu hari itu.",
    "What was asked for, {order}, is open from {day}; only that day has to come.",
)
CLOSED = Text("Tujuan yang diminta, {order}, belum terbuka.", "What was asked for, {order}, is not open.")
NOBODY = Text("Belum ada lowongan resmi untuk {asked}.", "There is no legal job order for {asked}.")
NEAREST = Text(
    "Yang paling dekat: {order}, bisa dilamar sekitar {day}, lewat {steps} langkah.",
    "The nearest to it: {order}, open around {day}, after {steps}.",
)
NEAREST_CLOSED = Text("Yang paling dekat, {order}, belum terbuka.", "The nearest to it, {order}, is not open yet.")
SOME_WAY = Text(
    "Bisa melamar lowongan resmi sekitar {day}, lewat {steps} langkah.",
    "May apply for a legal job order around {day}, after {steps}.",
)
NONE_YET = Text(
    "Saat ini belum ada jalur resmi. Yang masih dibutuhkan:", "There is no legal way yet. What is still needed:"
)
NO_WISH = Text("Keinginan calon belum dicatat.", "No wish is on record.")
ALSO = Text("Yang bisa dilamar sekarang: {orders}.", "May be applied for now: {orders}.")
ANOTHER_DAY = Text(
    "Tanyakan lagi lain hari, atau pilih pekerjaan atau negara lain.",
    "Ask again another day, or choose other work or another country.",
)
NO_ORDERS = Text(
    "Belum ada lowongan resmi yang tercatat. Tanyakan lagi lain hari.",
    "No legal job order is on record yet. Ask again another day.",
)
