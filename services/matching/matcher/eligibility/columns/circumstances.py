"""Columns of who and how people are, as far as rules may ask: ages, home, sex, health, records, papers, slots."""

import numpy as np

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.columns.answers import (
    MET,
    NOT_MET,
    UNKNOWN,
    Bytes,
    Truth,
    status_of,
    three,
)
from services.matching.matcher.eligibility.columns.block import Block
from services.matching.matcher.eligibility.judge.circumstances import EXPELLED
from services.matching.matcher.eligibility.people import NO_DAY, NOTHING, Ints, number_of_day
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts.trees import (
    NeedsBirthDate,
    NeedsCondition,
    NeedsNoRecord,
    NeedsProgramme,
    NeedsSex,
)


def consent(block: Block, ask: asks.Consent) -> Bytes:
    return three(block.consented())


def age(block: Block, ask: asks.Age) -> Bytes:
    birth = block.dense("birth")
    age = (block.day - birth) // 10_000
    fits = np.ones(block.size, dtype=np.bool_)
    if ask.min is not None:
        fits &= age >= ask.min
    if ask.max is not None:
        fits &= age <= ask.max
    return np.where(birth == NO_DAY, UNKNOWN, three(fits))


def birth_date(block: Block, ask: NeedsBirthDate) -> Bytes:
    born = block.dense("born")
    fits = np.ones(block.size, dtype=np.bool_)
    if ask.from_ is not None:
        fits &= born >= number_of_day(ask.from_)
    if ask.until is not None:
        fits &= born <= number_of_day(ask.until)
    return np.where(born == NO_DAY, UNKNOWN, three(fits))


def sex(block: Block, ask: NeedsSex) -> Bytes:
    answers = {"F": Status.NOT_MET, "M": Status.NOT_MET, ask.sex: Status.MET}
    return block.looked_up("sex", lambda word: answers.get(word, Status.UNKNOWN), UNKNOWN)


def condition(block: Block, ask: NeedsCondition) -> Bytes:
    """One record against it outweighs any for it."""
    owners, read = block.lines(block.people.conditions)
    of_code = read("code") == block.people.words["code"].find(ask.code)
    met = np.full(block.size, UNKNOWN, dtype=np.int8)
    met[owners[of_code & (read("met") == 1)]] = MET
    met[owners[of_code & (read("met") == 0)]] = NOT_MET
    return met


def not_refused(block: Block, ask: asks.NotRefused) -> Bytes:
    return three(condition(block, NeedsCondition(code=ask.code)) != NOT_MET)


def no_record(block: Block, ask: NeedsNoRecord) -> Bytes:
    words = block.people.words
    owners, read = block.lines(block.people.records)
    until, country, years = read("until"), read("country"), read("years")
    runs = (read("kind") == words["code"].find(ask.record)) & ((until == NO_DAY) | (until >= block.day))
    here = np.full(owners.size, MET, dtype=np.int8)
    if ask.country is not None:
        here = three(country == words["code"].find(ask.country), country == NOTHING)
    if ask.years is not None:
        here = np.minimum(here, three(years > ask.years, years == NOTHING))
    elif ask.record == "STAY":
        here[:] = NOT_MET
    clean = MET - block.best(owners, np.where(runs, here, NOT_MET))
    return np.where(block.unasked("records"), UNKNOWN, clean)


def no_ban(block: Block, ask: asks.NoBan) -> Bytes:
    owners, here, perhaps, ban, running, until = _bans(block, ask)
    closing = np.where(running & (ban | (until != NO_DAY)), np.where(here, MET, perhaps.astype(np.int8) * UNKNOWN), 0)
    known = np.zeros(block.size, dtype=np.bool_)
    known[owners[ban & here]] = True
    expelled = ~ban & (until == NO_DAY) & (here | perhaps) & ~known[owners]
    return MET - block.best(owners, np.maximum(closing, expelled.astype(np.int8) * UNKNOWN).astype(np.int8))


def _bans(block: Block, ask: asks.NoBan) -> tuple[Ints, Truth, Truth, Truth, Truth, Ints]:
    """The records that may close a country: owner, of this country, of no country, a ban, running, its last day."""
    code = block.people.words["code"].find
    owners, read = block.lines(block.people.records)
    kind = read("kind")
    of_kind = np.isin(kind, [code(word) for word in ("ENTRY_BAN", *EXPELLED)])
    kind, country, until = kind[of_kind], read("country")[of_kind], read("until")[of_kind]
    running = (until == NO_DAY) | (until >= block.day)
    here, perhaps = country == code(ask.country), country == NOTHING
    return owners[of_kind], here, perhaps, kind == code("ENTRY_BAN"), running, until


def programme(block: Block, ask: NeedsProgramme) -> Bytes:
    words = block.people.words
    owners, read = block.lines(block.people.programmes)
    field, finished = read("field"), read("finished")
    same = np.full(owners.size, MET, dtype=np.int8)
    if ask.field is not None:
        same = three(field == words["code"].find(ask.field), field == NOTHING)
    done = three(finished == 1, finished == NOTHING)
    of_kind = read("kind") == words["code"].find(ask.programme)
    best = block.best(owners, np.where(of_kind, np.minimum(same, done), NOT_MET))
    return block.or_open("prior_programmes", best)


def home_outside(block: Block, ask: asks.HomeOutside) -> Bytes:
    return block.looked_up("home", lambda word: status_of(not word.startswith(ask.prefix)), UNKNOWN)


def not_unfit(block: Block, ask: asks.NotUnfit) -> Bytes:
    return block.looked_up("fitness", lambda word: status_of(word not in ("UNFIT", "TEMP_UNFIT")), MET)


def paper(block: Block, ask: asks.Paper) -> Bytes:
    words = block.people.words
    owners, read = block.lines(block.people.papers)
    of_code = read("code") == words["code"].find(ask.code)
    owners, status, until = owners[of_code], read("status")[of_code], read("until")[of_code]
    answers = {"MET": Status.MET, "MISSING": Status.NOT_MET, "EXPIRED": Status.NOT_MET}
    answer = words["status"].lookup(lambda word: answers.get(word, Status.UNKNOWN), UNKNOWN)[status]
    papers = np.full(block.size, UNKNOWN, dtype=np.int8)
    papers[owners] = np.where((until != NO_DAY) & (until < block.day), NOT_MET, answer)
    return papers


def holds_slot(block: Block, ask: asks.HoldsSlot) -> Bytes:
    owners, read = block.lines(block.people.holds)
    holders = np.zeros(block.size, dtype=np.bool_)
    holders[owners[read("order") == block.people.words["order"].find(ask.order_id)]] = True
    return three(holders)
