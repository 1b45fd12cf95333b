"""One sentence for each change, in words that everybody knows: what would have to be, until when, and what it opens."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.pathway.batch_table import ChangeKind
from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.certificate import NeedsCertificate
from services.matching.matcher.requirements.driving_licence import NeedsDrivingLicence
from services.matching.matcher.requirements.hours import NeedsHours
from services.matching.matcher.requirements.language import NeedsLanguage, RankedTest
from shared.codes import languages, regencies, texts

ONLINE = Text("secara daring", "online")
NO_PLACE = Text("di dekat rumah", "near home")
NO_TITLE = Text("yang dicari", "that is needed")

SAYINGS = {
    ChangeKind.WAIT: Text(
        "Tinggal menunggu tanggalnya: lamaran bisa mulai {ready}.",
        "Only the date is missing: applying is possible from {ready}.",
    ),
    ChangeKind.PAPER: Text(
        "Bila ini sudah tercatat: {what}, lamaran bisa mulai {ready}.",
        "Once this is on record: {what}, applying is possible from {ready}.",
    ),
    ChangeKind.OPENED: Text(
        "Kelas {what} {where} baru direncanakan. Bila dibuka paling lambat {by}, lamaran bisa mulai {ready}.",
        "The class {what} {where} is only planned. If it opens by {by}, applying is possible from {ready}.",
    ),
    ChangeKind.SEAT: Text(
        "Kelas {what} {where} penuh. Bila ada satu kursi paling lambat {by}, lamaran bisa mulai {ready}.",
        "The class {what} {where} is full. If there is one seat by {by}, applying is possible from {ready}.",
    ),
    ChangeKind.LATER_REGISTRATION: Text(
        "Pendaftaran kelas {what} {where} ditutup {days} lalu. Bila bisa mendaftar, lamaran bisa mulai {ready}.",
        "Registration for {what} {where} closed {days} ago. If one may still register, applying is from {ready}.",
    ),
    ChangeKind.FREE_DAYS: Text(
        "Bila ada waktu untuk kelas {what} {where}, lamaran bisa mulai {ready}. Daftar paling lambat {by}.",
        "With time for the class {what} {where}, applying is possible from {ready}. Register by {by}.",
    ),
    ChangeKind.LATER_CLOSING: Text(
        "Lowongan yang dituju ditutup {days} terlalu cepat. Bila buka sampai {by}, lamaran bisa masuk.",
        "The job order closes {days} too soon. If it stays open until {by}, applying is possible.",
    ),
    ChangeKind.NEW_BATCH: Text(
        "Jadwal kelas yang ada belum cukup. Bila ada kelas untuk {what} {where} yang selesai paling lambat {by}, "
        "lamaran bisa masuk.",
        "The classes planned so far do not suffice. If there is a class for {what} {where} that ends by {by}, "
        "applying is possible.",
    ),
}

OFFICES = {
    "SEAMAN_BOOK": Text("kantor syahbandar (KSOP)", "the harbour master's office (KSOP)"),
    "STR_NURSE": Text("konsil tenaga kesehatan", "the health council"),
    "LICENCE": Text("kantor penerbitnya", "the office that issues it"),
    "DRIVING_LICENCE": Text("kantor polisi (Satpas)", "the police office (Satpas)"),
}
"""By kind, and by scheme where a scheme has an office of its own: no class gives these, so none is waited for."""
OF_AN_OFFICE = Text(
    "Masih perlu {what}, yang diurus di {office}. Bila ada paling lambat {by}, lamaran bisa masuk.",
    "Still needed: {what}, from {office}. If it is there by {by}, applying is possible.",
)
RENEWED = Text(
    "Masa berlaku {what} sudah habis: perpanjang di {office}. Bila ada lagi paling lambat {by}, lamaran bisa masuk.",
    "The {what} has run out: renew it at {office}. If it is there by {by}, applying is possible.",
)
OF_AN_EXAMINATION = Text(
    "Masih perlu {what}: daftar dan ikuti ujiannya. Bila lulus paling lambat {by}, lamaran bisa masuk.",
    "Still needed: {what}. Register for the examination and take it; if passed by {by}, applying is possible.",
)
TAKEN_AGAIN = Text(
    "Masa berlaku {what} sudah habis: ikuti lagi ujiannya. Bila lulus paling lambat {by}, lamaran bisa masuk.",
    "The {what} has run out: take the test again. If passed by {by}, applying is possible.",
)
RENEWED_OR_TAUGHT = Text(
    "Masa berlaku {what} sudah habis: perpanjang di lembaga yang menerbitkannya, atau ikuti lagi kelasnya. "
    "Bila ada lagi paling lambat {by}, lamaran bisa masuk.",
    "The {what} has run out: renew it where it was issued, or take its class again. "
    "If it is there by {by}, applying is possible.",
)

THEN_TRAINED = Text(
    "Bila ini sudah tercatat: {what}, jalur pelatihan terbuka, dan lamaran bisa mulai {ready}.",
    "Once this is on record: {what}, a path of training opens, and applying is possible from {ready}.",
)


BESIDES = Text("Ikuti juga: {courses}.", "Take as well: {courses}.")
"""Courses that are open to the person, and without which the change alone opens nothing."""
FIRST = Text("Ikuti dulu: {courses}.", "Take first: {courses}.")
"""Of such courses those that come before the change: no seaman's book without basic safety."""


def said(
    change: ChangeKind,
    *,
    by: date,
    ready_on: date,
    what: Text | None = None,
    regency: str | None = None,
    days: int | None = None,
    instead: Text | None = None,
    trained: bool = False,
    first: Sequence[Text] = (),
    besides: Sequence[Text] = (),
) -> Text:
    """The sentence of a change. `what`: the course or the paper. `regency`: where; None means online or not known.

    `instead`: another sentence (`of_no_class`). `trained`: after the paper come courses. `first` and `besides`: courses
    that are there and needed all the same, before the change and after it."""
    template = THEN_TRAINED if trained else instead or SAYINGS[change]
    sentence = template.filled(
        what=what or NO_TITLE,
        where=_where(change, regency),
        by=Text.both(partial(texts.day, by)),
        ready=Text.both(partial(texts.day, ready_on)),
        days=Text(f"{days} hari", f"{days} {'day' if days == 1 else 'days'}"),
    )
    more = [
        template.filled(courses=Text.joined(*courses, by=", "))
        for template, courses in ((FIRST, first), (BESIDES, besides))
        if courses
    ]
    return Text.joined(sentence, *more)


def title_of(course: Course) -> Text:
    """What the course is called; a programme that nobody teaches is called by what it would give."""
    if course.title is not None:
        return course.title
    given = _given(course)
    return NO_TITLE if given is None else given.named()


def _given(course: Course) -> Requirement | None:
    """What a made-up class would give, as an order asks it."""
    given = course.certificate
    if given is not None and given.kind == "DRIVING_LICENCE" and given.scheme is not None:
        return NeedsDrivingLicence(given.scheme.removeprefix("SIM_"))
    if given is not None and given.kind is not None:
        return NeedsCertificate(certificate=given.kind, scheme=given.scheme)
    for known in course.languages:
        if known.language is not None:
            test = languages.TESTS.get(known.test or "")
            if test is not None and test.is_numeric and known.result == languages.lowest(test.code):
                return RankedTest(test.code)
            return NeedsLanguage(language=known.language, test=known.test, result=known.result)
    for hours in course.hours_for:
        if hours.isco08 is not None:
            return NeedsHours(hours.isco08, hours.hours or 0, hours.destination)
    return None


def of_no_class(course: Course, person: Person, day: date) -> Text | None:
    """The sentence of a made-up class that stands for an examination, a paper of an office or one that ran out.

    None: it is a class."""
    given = _given(course) if course.title is None else None
    if given is None:
        return None
    ended = given.ran_out(person, day)
    kind = course.certificate.kind if course.certificate is not None else None
    office = OFFICES.get((course.certificate and course.certificate.scheme) or "") or OFFICES.get(kind or "")
    examined = isinstance(given, RankedTest) or kind in ("SKILL_TEST", "DRIVING_LICENCE")
    if ended and (kind == "SKILL_TEST" or isinstance(given, RankedTest | NeedsLanguage)):
        return TAKEN_AGAIN
    if office is not None and (ended or not examined):
        template = RENEWED if ended else OF_AN_OFFICE
        return Text.both(lambda lang: template.said(lang).replace("{office}", office.said(lang)))
    if examined:
        return OF_AN_EXAMINATION
    return RENEWED_OR_TAUGHT if ended else None


def papers_of(asks: frozenset[Requirement]) -> Text:
    """What has to be on record, as a list of nouns in a fixed order."""
    ages = [ask for ask in asks if isinstance(ask, NeedsAge)]
    strictest = max(ages, key=lambda age: (age.min or 0, -(age.max or 0)), default=None)
    wanted = {ask.on_record() for ask in asks if ask not in ages or ask is strictest}
    return Text.joined(*sorted(wanted, key=lambda words: (words.id, words.en)), by=", ")


def _where(change: ChangeKind, regency: str | None) -> Text:
    if regency is None:
        return NO_PLACE if change is ChangeKind.NEW_BATCH else ONLINE
    name = regencies.name(regency)
    return Text(f"di {name}", f"in {name}")
