"""A job order with its company, its SIP2MI and the slots that are left."""

from dataclasses import dataclass, field, replace
from datetime import date

from services.matching.matcher.facts.reading import Money, Payload, Text, day, each, flag, mapping, number, text, whole
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf
from services.matching.matcher.requirements.kinds import parse_tree


@dataclass(frozen=True, slots=True)
class Listing:
    """Both days inclusive; `until` None means that no end is known."""

    from_: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Employer:
    """`partner_listing`: the days on which the partner or employer stands on the list of problem partners.

    `partner_listed` says so of the day of the message alone: it counts where a message carries no days.
    """

    type: str | None = None
    partner_id: str | None = None
    partner_listed: bool | None = None
    partner_listing: Listing | None = None
    household_income: Money | None = None
    household_size: int | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """The placement company as the licence snapshot of `snapshot_on` shows it; `valid_until` None means no end."""

    id: str | None
    sip3mi: str | None
    status: str | None
    valid_from: date | None
    valid_until: date | None
    snapshot_on: date | None


@dataclass(frozen=True, slots=True)
class Sip2mi:
    """The permit to recruit for this order."""

    number: str | None
    valid_from: date | None
    valid_until: date | None
    quota: int | None


@dataclass(frozen=True, slots=True)
class WorkingHours:
    per_day: float | None = None
    per_week: float | None = None
    rest_per_day: float | None = None
    rest_per_week: float | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    item: str | None
    payer: str | None
    amount: Money | None


@dataclass(frozen=True, slots=True)
class OrderSkill:
    code: str
    essential: bool
    similarity: float


@dataclass(frozen=True, slots=True)
class Quota:
    """Payload: `placement.quotas.v1`; `id` is the job order's."""

    id: str
    version: int
    quota: int | None
    reserved: int | None
    taken: int | None

    @property
    def left(self) -> int | None:
        """Slots that can still be reserved; None when the quota itself is not known."""
        return None if self.quota is None else self.quota - (self.reserved or 0) - (self.taken or 0)

    @classmethod
    def from_payload(cls, payload: Payload) -> "Quota":
        get = payload.get
        return cls(
            id=text(get("id")) or "",
            version=whole(get("version")) or 0,
            quota=whole(get("quota")),
            reserved=whole(get("reserved")),
            taken=whole(get("taken")),
        )


@dataclass(frozen=True, slots=True)
class Order:
    """Payload: `placement.job-orders.v1`; `slots` is joined from `placement.quotas.v1` by the reader."""

    id: str
    version: int = 0
    code: str | None = None
    title: Text | None = None
    description: Text | None = None
    country: str | None = None
    scheme: str | None = None
    channel: str | None = None
    visa_type: str | None = None
    isco08: str | None = None
    kbji: str | None = None
    title_scheme: str | None = None
    employer: Employer = field(default_factory=Employer)
    company: Company | None = None
    wage: Money | None = None
    term_months: int | None = None
    working_hours: WorkingHours = field(default_factory=WorkingHours)
    costs: tuple[Cost, ...] = ()
    sip2mi: Sip2mi | None = None
    requirements: Requirement = AllOf(())
    skills: tuple[OrderSkill, ...] = ()
    verification: str | None = None
    status: str | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    departure_by: date | None = None
    slots: Quota | None = None

    @property
    def is_draft(self) -> bool:
        """Nobody has published it yet: it speaks neither of its verification nor of its status."""
        return self.verification is None and self.status is None

    def with_slots(self, slots: Quota | None) -> "Order":
        return replace(self, slots=slots)

    @classmethod
    def from_payload(cls, payload: Payload, slots: Quota | None = None) -> "Order":
        get = payload.get
        return cls(
            id=text(get("id")) or "",
            version=whole(get("version")) or 0,
            code=text(get("code")),
            title=Text.from_payload(get("title")),
            description=Text.from_payload(get("description")),
            country=text(get("country")),
            scheme=text(get("scheme")),
            channel=text(get("channel")),
            visa_type=text(get("visa_type")),
            isco08=text(get("isco08")),
            kbji=text(get("kbji")),
            title_scheme=text(get("title_scheme")),
            employer=_employer(mapping(get("employer"))),
            company=_company(mapping(get("company"))),
            wage=Money.from_payload(get("wage")),
            term_months=whole(get("term_months")),
            working_hours=_working_hours(mapping(get("working_hours"))),
            costs=each(_cost, get("costs")),
            sip2mi=_sip2mi(mapping(get("sip2mi"))),
            requirements=parse_tree(get("requirements")),
            skills=tuple(skill for skill in each(_skill, get("skills")) if skill.code),
            verification=text(get("verification")),
            status=text(get("status")),
            opens_on=day(get("opens_on")),
            closes_on=day(get("closes_on")),
            departure_by=day(get("departure_by")),
            slots=slots,
        )


def _employer(source: Payload) -> Employer:
    return Employer(
        type=text(source.get("type")),
        partner_id=text(source.get("partner_id")),
        partner_listed=flag(source.get("partner_listed")),
        partner_listing=_listing(source.get("partner_listing")),
        household_income=Money.from_payload(source.get("household_income")),
        household_size=whole(source.get("household_size")),
    )


def _listing(value: object) -> Listing | None:
    """One that was written but cannot be read has no first day, so it counts on every day."""
    source = mapping(value)
    return Listing(day(source.get("from")), day(source.get("until"))) if source else None


def _company(source: Payload) -> Company | None:
    if not source:
        return None
    return Company(
        id=text(source.get("id")),
        sip3mi=text(source.get("sip3mi")),
        status=text(source.get("status")),
        valid_from=day(source.get("valid_from")),
        valid_until=day(source.get("valid_until")),
        snapshot_on=day(source.get("snapshot_on")),
    )


def _sip2mi(source: Payload) -> Sip2mi | None:
    if not source:
        return None
    return Sip2mi(
        number=text(source.get("number")),
        valid_from=day(source.get("valid_from")),
        valid_until=day(source.get("valid_until")),
        quota=whole(source.get("quota")),
    )


def _working_hours(source: Payload) -> WorkingHours:
    return WorkingHours(
        per_day=number(source.get("per_day")),
        per_week=number(source.get("per_week")),
        rest_per_day=number(source.get("rest_per_day")),
        rest_per_week=number(source.get("rest_per_week")),
    )


def _cost(source: Payload) -> Cost:
    return Cost(text(source.get("item")), text(source.get("payer")), Money.from_payload(source.get("amount")))


def _skill(source: Payload) -> OrderSkill:
    similarity = number(source.get("similarity"))
    return OrderSkill(
        code=text(source.get("code")) or "",
        essential=flag(source.get("essential")) or False,
        similarity=1.0 if similarity is None else similarity,
    )
