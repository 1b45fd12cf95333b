"""Columns of who and how people are, as far as rules may ask: ages, home, sex, health, records, papers, slots."""

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
from services.matching.matcher.eligibility.people import NO_DAY, NOTHING, number_of_day
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts import (
    NeedsBirthDate,
    NeedsCondition,
    NeedsNoRecord,
    NeedsProgramme,
    NeedsSex,
)

if TYPE_CHECKING:
    from services.matching.matcher.eligibility.columns.columns import Columns


def consent(columns: "Columns", ask: asks.Consent) -> Bytes:
    return three(columns.consented())


def age(columns: "Columns", ask: asks.Age) -> Bytes:
    birth = columns.dense("birth")
    age = (columns.day - birth) // 10_000
    fits = np.ones(columns.size, dtype=np.bool_)
    if ask.min is not None:
        fits &= age >= ask.min
    if ask.max is not None:
        fits &= age <= ask.max
    return np.where(birth == NO_DAY, UNKNOWN, three(fits))


def birth_date(columns: "Columns", ask: NeedsBirthDate) -> Bytes:
    born = columns.dense("born")
    fits = np.ones(columns.size, dtype=np.bool_)
    if ask.from_ is not None:
        fits &= born >= number_of_day(ask.from_)
    if ask.until is not None:
        fits &= born <= number_of_day(ask.until)
    return np.where(born == NO_DAY, UNKNOWN, three(fits))


def sex(columns: "Columns", ask: NeedsSex) -> Bytes:
    answers = {"F": Status.NOT_MET, "M": Status.NOT_MET, ask.sex: Status.MET}
    return looked_up(columns, "sex", lambda word: answers.get(word, Status.UNKNOWN), UNKNOWN)


def condition(columns: "Columns", ask: NeedsCondition) -> Bytes:
    """One record against it outweighs any for it."""
    owners, read = columns.lines(columns.people.conditions)
    of_code = read("code") == columns.people.words["code"].find(ask.code)
    met = np.full(columns.size, UNKNOWN, dtype=np.int8)
    met[owners[of_code & (read("met") == 1)]] = MET
    met[owners[of_code & (read("met") == 0)]] = NOT_MET
    return met


def not_refused(columns: "Columns", ask: asks.NotRefused) -> Bytes:
    return three(columns.leaf(NeedsCondition(code=ask.code)) != NOT_MET)


def no_record(columns: "Columns", ask: NeedsNoRecord) -> Bytes:
    words = columns.people.words
    owners, read = columns.lines(columns.people.records)
    until, country, years = read("until"), read("country"), read("years")
    runs = (read("kind") == words["code"].find(ask.record)) & ((until == NO_DAY) | (until >= columns.day))
    here = np.full(owners.size, MET, dtype=np.int8)
    if ask.country is not None:
        here = three(country == words["code"].find(ask.country), country == NOTHING)
    if ask.years is not None:
        here = np.minimum(here, three(years > ask.years, years == NOTHING))
    elif ask.record == "STAY":
        here[:] = NOT_MET
    return MET - columns.best(owners, np.where(runs, here, NOT_MET))


def programme(columns: "Columns", ask: NeedsProgramme) -> Bytes:
    words = columns.people.words
    owners, read = columns.lines(columns.people.programmes)
    field, finished = read("field"), read("finished")
    same = np.full(owners.size, MET, dtype=np.int8)
    if ask.field is not None:
        same = three(field == words["code"].find(ask.field), field == NOTHING)
    done = three(finished == 1, finished == NOTHING)
    of_kind = read("kind") == words["code"].find(ask.programme)
    return columns.best(owners, np.where(of_kind, np.minimum(same, done), NOT_MET))


def home_outside(columns: "Columns", ask: asks.HomeOutside) -> Bytes:
    return looked_up(columns, "home", lambda word: status_of(not word.startswith(ask.prefix)), UNKNOWN)


def not_unfit(columns: "Columns", ask: asks.NotUnfit) -> Bytes:
    return looked_up(columns, "fitness", lambda word: status_of(word not in ("UNFIT", "TEMP_UNFIT")), MET)


def paper(columns: "Columns", ask: asks.Paper) -> Bytes:
    words = columns.people.words
    owners, read = columns.lines(columns.people.papers)
    of_code = read("code") == words["code"].find(ask.code)
    owners, status, until = owners[of_code], read("status")[of_code], read("until")[of_code]
    answers = {"MET": Status.MET, "MISSING": Status.NOT_MET, "EXPIRED": Status.NOT_MET}
    answer = words["status"].lookup(lambda word: answers.get(word, Status.UNKNOWN), UNKNOWN)[status]
    papers = np.full(columns.size, UNKNOWN, dtype=np.int8)
    papers[owners] = np.where((until != NO_DAY) & (until < columns.day), NOT_MET, answer)
    return papers


def holds_slot(columns: "Columns", ask: asks.HoldsSlot) -> Bytes:
    owners, read = columns.lines(columns.people.holds)
    holders = np.zeros(columns.size, dtype=np.bool_)
    holders[owners[read("order") == columns.people.words["order"].find(ask.order_id)]] = True
    return three(holders)
