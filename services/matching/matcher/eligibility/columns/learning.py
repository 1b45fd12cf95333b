"""Columns of what people have learned: schooling, languages, certificates, lesson hours, work."""

import numpy as np

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.columns.answers import (
    MET,
    NOT_MET,
    UNKNOWN,
    Bytes,
    status_of,
    three,
)
from services.matching.matcher.eligibility.columns.block import Block
from services.matching.matcher.eligibility.people import NO_DAY, NOTHING
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts.trees import (
    NeedsCertificate,
    NeedsEducation,
    NeedsExperience,
    NeedsLanguage,
    Ranked,
)
from shared.codes import education, languages


def schooling(block: Block, ask: NeedsEducation) -> Bytes:
    needed = education.LADDER.get(ask.level or "")

    def level(word: str) -> int:
        rung = education.LADDER.get(word)
        if rung is None:
            return Status.UNKNOWN if ask.level is not None or ask.years is not None else Status.MET
        high = Status.MET if ask.level is None else status_of(None if needed is None else rung.rank >= needed.rank)
        long = Status.MET if ask.years is None else status_of(rung.years >= ask.years)
        return min(high, long)

    without = MET if ask.level is None and ask.years is None else UNKNOWN
    answer = block.looked_up("level", level, without)
    if ask.fields:
        field = block.looked_up("field", lambda word: status_of(word in ask.fields), UNKNOWN)
        answer = np.minimum(answer, field)
    return np.where(block.dense("schooled") == 1, answer, UNKNOWN)


def language(block: Block, ask: NeedsLanguage) -> Bytes:
    code = block.people.words["code"]
    owners, read = block.lines(block.people.languages)
    test, result, until = read("test"), read("result"), read("until")
    asked = (read("language") == code.find(ask.language)) & (test != NOTHING)
    asked &= (until == NO_DAY) | (until >= block.day)
    if ask.test is not None:
        asked &= test == code.find(ask.test)
    owners, test, result = owners[asked], test[asked], result[asked]
    answers = np.full(owners.size, UNKNOWN, dtype=np.int8)
    if ask.test is not None or ask.result is None:
        for name in np.unique(test):
            of_test = test == name
            answers[of_test] = _results(block, code.words[name], ask.result)[result[of_test]]
    return block.or_open("languages", block.best(owners, answers))


def ranked(block: Block, ask: Ranked) -> Bytes:
    """A valid score of any height."""
    owners, read = block.lines(block.people.languages)
    test, result, until = read("test"), read("result"), read("until")
    asked = (test == block.people.words["code"].find(ask.test)) & ((until == NO_DAY) | (until >= block.day))
    answers = _results(block, ask.test or "", None)[result[asked]]
    return block.or_open("languages", block.best(owners[asked], answers))


def _results(block: Block, test: str, minimum: str | None) -> Bytes:
    """How every word would do as a result of this test."""

    def answer(word: str) -> int:
        enough = languages.meets(test, word, minimum)
        return Status.MET if enough is None and word == minimum else status_of(enough)

    return block.people.words["result"].lookup(answer, UNKNOWN)


def certificate(block: Block, ask: NeedsCertificate) -> Bytes:
    words = block.people.words
    owners, read = block.lines(block.people.certificates)
    of_kind = read("kind") == words["code"].find(ask.certificate)
    owners, scheme, begins, ends = owners[of_kind], *(read(name)[of_kind] for name in ("scheme", "from", "until"))
    fits = np.full(owners.size, MET, dtype=np.int8)
    if ask.scheme is not None:
        fits = three(scheme == words["code"].find(ask.scheme), scheme == NOTHING)
    endless = MET if ask.certificate == "LANGUAGE" else UNKNOWN
    lasts = np.where(ends == NO_DAY, endless, three(ends >= block.day))
    best = block.best(owners, np.where(begins > block.day, NOT_MET, np.minimum(fits, lasts)))
    return block.or_open("certificates", best)


def hours(block: Block, ask: asks.Hours) -> Bytes:
    words = block.people.words
    owners, read = block.lines(block.people.hours)
    amounts = read("hours")
    wanted = read("isco08") == words["isco08"].find(ask.isco08)
    if ask.destination is not None:
        destination = read("destination")
        wanted &= (destination == NOTHING) | (destination == words["code"].find(ask.destination))
    return block.or_open("training_hours", block.sums(owners, amounts, wanted, amounts != NOTHING, ask.hours))


def experience(block: Block, ask: NeedsExperience) -> Bytes:
    owners, read = block.lines(block.people.occupations)
    amounts = read("months")
    starts = block.people.words["isco08"].lookup(lambda word: word.startswith(ask.isco08), 0) == 1
    sure = (amounts != NOTHING) & (read("sure") == 1)
    return block.or_open("occupations", block.sums(owners, amounts, starts[read("isco08")], sure, ask.months))
