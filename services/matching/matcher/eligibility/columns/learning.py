"""Columns of what people have learned: schooling, languages, certificates, lesson hours, work."""

from typing import TYPE_CHECKING

import numpy as np

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.columns.answers import (
    MET,
    NOT_MET,
    UNKNOWN,
    Bytes,
    looked_up,
    status_of,
    three,
)
from services.matching.matcher.eligibility.people import NO_DAY, NOTHING
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts import (
    NeedsCertificate,
    NeedsEducation,
    NeedsExperience,
    NeedsLanguage,
)
from shared.codes import education, languages

if TYPE_CHECKING:
    from services.matching.matcher.eligibility.columns.columns import Columns


def schooling(columns: "Columns", ask: NeedsEducation) -> Bytes:
    needed = education.LADDER.get(ask.level or "")

    def level(word: str) -> int:
        rung = education.LADDER.get(word)
        if rung is None:
            return Status.UNKNOWN if ask.level is not None or ask.years is not None else Status.MET
        high = Status.MET if ask.level is None else status_of(None if needed is None else rung.rank >= needed.rank)
        long = Status.MET if ask.years is None else status_of(rung.years >= ask.years)
        return min(high, long)

    without = MET if ask.level is None and ask.years is None else UNKNOWN
    answer = looked_up(columns, "level", level, without)
    if ask.fields:
        field = looked_up(columns, "field", lambda word: status_of(word in ask.fields), UNKNOWN)
        answer = np.minimum(answer, field)
    return np.where(columns.dense("schooled") == 1, answer, UNKNOWN)


def language(columns: "Columns", ask: NeedsLanguage) -> Bytes:
    code = columns.people.words["code"]
    owners, read = columns.lines(columns.people.languages)
    test, result, until = read("test"), read("result"), read("until")
    asked = (read("language") == code.find(ask.language)) & (test != NOTHING)
    asked &= (until == NO_DAY) | (until >= columns.day)
    if ask.test is not None:
        asked &= test == code.find(ask.test)
    owners, test, result = owners[asked], test[asked], result[asked]
    answers = np.full(owners.size, UNKNOWN, dtype=np.int8)
    if ask.test is not None or ask.result is None:
        for name in np.unique(test):
            of_test = test == name
            answers[of_test] = _results(columns, code.words[name], ask.result)[result[of_test]]
    return columns.best(owners, answers)


def _results(columns: "Columns", test: str, minimum: str | None) -> Bytes:
    """How every word would do as a result of this test."""

    def answer(word: str) -> int:
        enough = languages.meets(test, word, minimum)
        return Status.MET if enough is None and word == minimum else status_of(enough)

    return columns.people.words["result"].lookup(answer, UNKNOWN)


def certificate(columns: "Columns", ask: NeedsCertificate) -> Bytes:
    words = columns.people.words
    owners, read = columns.lines(columns.people.certificates)
    of_kind = read("kind") == words["code"].find(ask.certificate)
    owners, scheme, begins, ends = owners[of_kind], *(read(name)[of_kind] for name in ("scheme", "from", "until"))
    fits = np.full(owners.size, MET, dtype=np.int8)
    if ask.scheme is not None:
        fits = three(scheme == words["code"].find(ask.scheme), scheme == NOTHING)
    endless = MET if ask.certificate == "LANGUAGE" else UNKNOWN
    lasts = np.where(ends == NO_DAY, endless, three(ends >= columns.day))
    return columns.best(owners, np.where(begins > columns.day, NOT_MET, np.minimum(fits, lasts)))


def hours(columns: "Columns", ask: asks.Hours) -> Bytes:
    words = columns.people.words
    owners, read = columns.lines(columns.people.hours)
    amounts = read("hours")
    wanted = read("isco08") == words["isco08"].find(ask.isco08)
    if ask.destination is not None:
        destination = read("destination")
        wanted &= (destination == NOTHING) | (destination == words["code"].find(ask.destination))
    return columns.sums(owners, amounts, wanted, amounts != NOTHING, ask.hours)


def experience(columns: "Columns", ask: NeedsExperience) -> Bytes:
    owners, read = columns.lines(columns.people.occupations)
    amounts = read("months")
    starts = columns.people.words["isco08"].lookup(lambda word: word.startswith(ask.isco08), 0) == 1
    sure = (amounts != NOTHING) & (read("sure") == 1)
    return columns.sums(owners, amounts, starts[read("isco08")], sure, ask.months)
