"""What must be true of the offer: a lawful scheme, no visit visa, no listed partner, verified, open, a slot left."""

from collections.abc import Iterator

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.law import legal_basis
from services.matching.matcher.law.applied_rules import LICENSED_SCHEMES, AppliedRule
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AnyOf
from services.matching.matcher.requirements.settled import Fixed, HoldsSlot, Outside, Within
from services.matching.matcher.requirements.status import Stage, Status
from shared.codes.offers import SCHEMES

NOT_FOR_WORK = ("VISIT", "TOURIST", "UMRAH", "CALLING_LATER")
"""A calling visa applied for by the employer before departure is normal; a social pass with a promise of one is not."""


def scheme(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """One of the lawful ways to be placed. Training abroad (TITP) is none, and an offer without a way is refused."""
    status = Status.MET if order.scheme in SCHEMES else Status.NOT_MET
    yield _offer("SCHEME", Fixed(status), legal_basis.SCHEMES, order.scheme, list(SCHEMES))


def household_alone(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """A household is never reached alone: the papers demand an employer that is a legal entity."""
    if order.scheme == "MANDIRI":
        status = {"COMPANY": Status.MET, None: Status.UNKNOWN}.get(order.employer.type, Status.NOT_MET)
        yield _offer("HOUSEHOLD_ALONE", Fixed(status), legal_basis.INDEPENDENT, order.employer.type, "COMPANY")


def visa(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """The order that names no visa yet passes here; the work visa itself is a paper before departure."""
    status = Status.NOT_MET if order.visa_type in NOT_FOR_WORK else Status.MET
    yield _offer("VISA_TYPE", Fixed(status), legal_basis.document("f"), order.visa_type, "WORK")


def partner(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """The list of problem partners and employers that the labour attaché keeps, on the days on which they stand on it.

    A message without days speaks of its own day only, and is taken at its word for every day.
    """
    listing, listed = order.employer.partner_listing, order.employer.partner_listed
    if listing is None:
        status = Status.NOT_MET if listed else Status.MET
        yield _offer("PARTNER", Fixed(status), legal_basis.PARTNERS, listed, False)
        return
    first, last = (day and day.isoformat() for day in (listing.from_, listing.until))
    days = {"listed_from": first, "listed_until": last}
    yield _offer("PARTNER", Outside(listing.from_, listing.until), legal_basis.PARTNERS, days, False)


def verified(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """A draft is tried before it is published, as if it were verified and open; a caution says so."""
    if order.is_draft:
        return
    status = {"VERIFIED": Status.MET, None: Status.UNKNOWN}.get(order.verification, Status.NOT_MET)
    yield _offer("ORDER_VERIFIED", Fixed(status), legal_basis.VERIFICATION, order.verification, "VERIFIED")


def open_(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """Open by status, and on a day between its first and its closing day, both inclusive."""
    if not order.is_draft:
        status = {"OPEN": Status.MET, None: Status.UNKNOWN}.get(order.status, Status.NOT_MET)
        yield _offer("ORDER_STATUS", Fixed(status), legal_basis.ORDER, order.status, "OPEN")
    if order.opens_on is not None:
        opens = order.opens_on.isoformat()
        yield _offer("ORDER_OPENS", Within(order.opens_on, None), legal_basis.ORDER, opens, {"from": opens})
    if order.closes_on is None and order.is_draft:
        return
    closes: Requirement = Fixed(Status.UNKNOWN) if order.closes_on is None else Within(None, order.closes_on)
    last = None if order.closes_on is None else order.closes_on.isoformat()
    yield _offer("ORDER_CLOSES", closes, legal_basis.ORDER, last, {"until": last})


def slots(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """A slot is reserved, not counted: reserved ones are gone for everybody but their holder."""
    left = slots_left(order)
    if left is None:
        if order.scheme not in LICENSED_SCHEMES:
            return
        status = Status.UNKNOWN
    else:
        status = Status.MET if left > 0 else Status.NOT_MET
    free: Requirement = Fixed(status) if status is Status.MET else AnyOf((Fixed(status), HoldsSlot(order.id)))
    yield _offer("SLOTS", free, legal_basis.SLOTS, left, 1)


def slots_left(order: Order) -> int | None:
    """Slots that can still be reserved, by the quota or else by the permit; None when neither tells."""
    if order.slots is not None and order.slots.left is not None:
        return order.slots.left
    if order.sip2mi is None or order.sip2mi.quota is None:
        return None
    promised = 0 if order.slots is None else (order.slots.reserved or 0) + (order.slots.taken or 0)
    return order.sip2mi.quota - promised


def _offer(rule: str, ask: Requirement, legal_basis: LegalBasis, value: object, needed: object) -> AppliedRule:
    return AppliedRule(
        rule=rule,
        version=f"{rule}/1",
        stage=Stage.APPLY,
        ask=ask,
        legal_basis=legal_basis,
        value=value,
        needed=needed,
    )
