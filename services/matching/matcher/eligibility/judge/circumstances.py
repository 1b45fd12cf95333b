"""Who and how somebody is, as far as rules may ask: home, sex, health, records, programmes, papers, a reserved slot."""

from datetime import date

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.judge.answers import yes
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.facts.abilities import PriorProgramme
from services.matching.matcher.facts.people import Person, Record
from services.matching.matcher.facts.trees import NeedsCondition, NeedsNoRecord, NeedsProgramme, NeedsSex

MET, NOT_MET, UNKNOWN = Status.MET, Status.NOT_MET, Status.UNKNOWN


def consent(ask: asks.Consent, person: Person, day: date) -> Status:
    return MET if person.consented else NOT_MET


def sex(ask: NeedsSex, person: Person, day: date) -> Status:
    if person.sex not in ("F", "M"):
        return UNKNOWN
    return MET if person.sex == ask.sex else NOT_MET


def home_outside(ask: asks.HomeOutside, person: Person, day: date) -> Status:
    if person.home_regency is None:
        return UNKNOWN
    return yes(not person.home_regency.startswith(ask.prefix))


def condition(ask: NeedsCondition, person: Person, day: date) -> Status:
    met = person.fitness.condition(ask.code)
    return UNKNOWN if met is None else yes(met)


def not_refused(ask: asks.NotRefused, person: Person, day: date) -> Status:
    return yes(person.fitness.condition(ask.code) is not False)


def not_unfit(ask: asks.NotUnfit, person: Person, day: date) -> Status:
    return yes(person.fitness.status not in ("UNFIT", "TEMP_UNFIT"))


def in_force(ask: NeedsNoRecord, record: Record, day: date) -> Status:
    """MET when this record counts against the person on the day."""
    if record.kind != ask.record or (record.until is not None and record.until < day):
        return NOT_MET
    if ask.country is None or record.country == ask.country:
        here = MET
    else:
        here = UNKNOWN if record.country is None else NOT_MET
    return min(here, _too_long(ask, record))


def _too_long(ask: NeedsNoRecord, record: Record) -> Status:
    """An earlier stay decides only by its length, where the order names one; that it was irregular never does."""
    if ask.years is None:
        return NOT_MET if ask.record == "STAY" else MET
    if record.years is None:
        return UNKNOWN
    return MET if record.years > ask.years else NOT_MET


def no_record(ask: NeedsNoRecord, person: Person, day: date) -> Status:
    """Nobody asked is no answer: silence is never a clean record."""
    if asks.not_asked(ask, person):
        return UNKNOWN
    worst = max((in_force(ask, record, day) for record in person.records), default=NOT_MET)
    return Status(MET - worst)


EXPELLED = ("DEPORTATION", "OVERSTAY")
"""Records after which countries usually close their border for a time; whether and how long, only they can say."""


def no_ban(ask: asks.NoBan, person: Person, day: date) -> Status:
    """A ban on record blocks while it runs. A deportation or overstay without a known ban leaves it open."""
    bans = [record for record in person.records if record.kind == "ENTRY_BAN"]
    known = any(ban.country == ask.country for ban in bans)
    worst = [_closing(ask, ban, day) for ban in bans]
    worst += [_closing(ask, record, day) for record in person.records if record.kind in EXPELLED and record.until]
    if not known:
        worst += [_perhaps(ask, record) for record in person.records if record.kind in EXPELLED and not record.until]
    return Status(MET - max(worst, default=NOT_MET))


def ban_ends(ask: asks.NoBan, person: Person, day: date) -> date | None:
    """The last day of the ban that blocks now; None when none does, or when one of them has no known end."""
    running = [
        record.until
        for record in person.records
        if record.kind in ("ENTRY_BAN", *EXPELLED)
        and (record.kind == "ENTRY_BAN" or record.until)
        and _closing(ask, record, day) is MET
    ]
    return None if None in running else max((until for until in running if until), default=None)


def _closing(ask: asks.NoBan, record: Record, day: date) -> Status:
    """MET when this record closes the country on the day; a ban that names no country might."""
    if record.until is not None and record.until < day:
        return NOT_MET
    return _perhaps(ask, record) if record.country is None else yes(record.country == ask.country)


def _perhaps(ask: asks.NoBan, record: Record) -> Status:
    return UNKNOWN if record.country in (None, ask.country) else NOT_MET


def programme(ask: NeedsProgramme, person: Person, day: date) -> Status:
    if asks.not_asked(ask, person):
        return UNKNOWN
    return max((_finished(ask, programme) for programme in person.prior_programmes), default=NOT_MET)


def _finished(ask: NeedsProgramme, programme: PriorProgramme) -> Status:
    if programme.kind != ask.programme:
        return NOT_MET
    if ask.field is None or programme.field == ask.field:
        same = MET
    else:
        same = UNKNOWN if programme.field is None else NOT_MET
    done = UNKNOWN if programme.finished is None else yes(programme.finished)
    return min(same, done)


def paper(ask: asks.Paper, person: Person, day: date) -> Status:
    """UNCHECKED and never recorded are unknown; missing, expired on record or expired by its date are not met."""
    record = person.requirement(ask.code)
    if record is None:
        return UNKNOWN
    if record.valid_until is not None and record.valid_until < day:
        return NOT_MET
    return {"MET": MET, "MISSING": NOT_MET, "EXPIRED": NOT_MET}.get(record.status or "", UNKNOWN)


def holds_slot(ask: asks.HoldsSlot, person: Person, day: date) -> Status:
    return yes(ask.order_id in person.holds)
