"""A job order with its company, its SIP2MI and the slots that are left."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated

from services.matching.matcher.facts.reading import Money, Name, Number, Payload, Similarity, Text, Yes, fact
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf
from services.matching.matcher.requirements.kinds import parse_tree
from shared.codes import sectors


@dataclass(frozen=True, slots=True)
class Listing:
    """Both days inclusive; `until` None means that no end is known.

    One that was written but cannot be read has no first day, so it counts on every day.
    """

    from_: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Employer:
    """`partner_listing`: the days on which the partner or employer stands on the list of problem partners.

    `partner_listed` says so of the day of the message alone: it counts where a message carries no days.
    """

    type: str | None = None
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
    """Hours a day and a week, worked and of rest."""

    per_day: float | None = None
    per_week: float | None = None
    rest_per_day: float | None = None
    rest_per_week: float | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """One charge of an offer and who pays it; None where the order does not say."""

    item: str | None
    payer: str | None
    amount: Money | None


@dataclass(frozen=True, slots=True)
class OrderSkill:
    """A skill that an order names; `similarity` below 1: found from its words."""

    code: str
    essential: Yes
    similarity: Similarity


@dataclass(frozen=True, slots=True)
class Quota:
    """Payload: `placement.quotas.v1`; `id` is the job order's."""

    id: Name
    version: Number
    quota: int | None
    reserved: int | None
    taken: int | None

    @property
    def left(self) -> int | None:
        """Slots that can still be reserved; None when the quota itself is not known."""
        return None if self.quota is None else self.quota - (self.reserved or 0) - (self.taken or 0)

    @classmethod
    def from_payload(cls, payload: Payload) -> "Quota":
        return fact(cls, payload)


@dataclass(frozen=True, slots=True)
class Order:
    """Payload: `placement.job-orders.v1`; `slots` is joined from `placement.quotas.v1` by the reader."""

    id: Name
    version: Number = 0
    code: str | None = None
    title: Text | None = None
    country: str | None = None
    scheme: str | None = None
    channel: str | None = None
    visa_type: str | None = None
    isco08: str | None = None
    title_scheme: str | None = None
    employer: Employer = field(default_factory=Employer)
    company: Company | None = None
    wage: Money | None = None
    term_months: int | None = None
    working_hours: WorkingHours = field(default_factory=WorkingHours)
    costs: tuple[Cost, ...] = ()
    sip2mi: Sip2mi | None = None
    requirements: Annotated[Requirement, parse_tree] = AllOf(())
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

    @property
    def sector(self) -> str:
        """Of `shared/codes/sectors.py`: for sums over many orders, never for a rule or a score."""
        return sectors.sector_of(self.isco08, household=self.employer.type == "HOUSEHOLD")

    def with_slots(self, slots: Quota | None) -> "Order":
        return replace(self, slots=slots)

    @classmethod
    def from_payload(cls, payload: Payload, slots: Quota | None = None) -> "Order":
        return fact(cls, payload, slots=slots)
