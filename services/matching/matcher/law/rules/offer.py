"""What must be true of the offer: a lawful scheme, no visit visa, no listed partner, verified, open, a slot left."""

from collections.abc import Iterator

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.law.applied_rules import (
    COUNTER,
    PROTECTION,
    READ_ON_WIKISOURCE,
    AppliedRule,
    document,
)
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AnyOf
from services.matching.matcher.requirements.settled import Fixed, HoldsSlot, Outside, Within
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import (
    COMPLETE,
    OTHER_LAWFUL_ORDER,
    REPORT,
    Wording,
    act,
    only,
    wording,
)
from shared.codes.offers import LICENSED_SCHEMES, NOT_FOR_WORK, SCHEMES

LAWFUL_WAYS = LegalBasis(PROTECTION, "49-50", "jogloabang.com/ekbis/pp-10-2020")
PARTNERS = LegalBasis(PROTECTION, "10", READ_ON_WIKISOURCE)
VERIFICATION = LegalBasis("PP 59/2021", None, "basishukum.com/pp/59/2021")
SLOTS = LegalBasis("SIP2MI", None, COUNTER)
ORDER = LegalBasis("Lowongan", None, None)


def scheme(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """One of the lawful ways to be placed. Training abroad (TITP) is none, and an offer without a way is refused."""
    status = Status.MET if order.scheme in SCHEMES else Status.NOT_MET
    yield AppliedRule.built_in("SCHEME", Fixed(status), LAWFUL_WAYS, value=order.scheme, needed=list(SCHEMES))


def visa(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """The order that names no visa yet passes here; the work visa itself is a paper before departure."""
    status = Status.NOT_MET if order.visa_type in NOT_FOR_WORK else Status.MET
    yield AppliedRule.built_in("VISA_TYPE", Fixed(status), document("f"), value=order.visa_type, needed="WORK")


def partner(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """The list of problem partners and employers that the labour attaché keeps, on the days on which they stand on it.

    A message without days speaks of its own day only, and is taken at its word for every day.
    """
    listing, listed = order.employer.partner_listing, order.employer.partner_listed
    if listing is None:
        status = Status.NOT_MET if listed else Status.MET
        yield AppliedRule.built_in("PARTNER", Fixed(status), PARTNERS, value=listed, needed=False)
        return
    first, last = (day and day.isoformat() for day in (listing.from_, listing.until))
    days = {"listed_from": first, "listed_until": last}
    yield AppliedRule.built_in("PARTNER", Outside(listing.from_, listing.until), PARTNERS, value=days, needed=False)


def verified(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """A draft is tried before it is published, as if it were verified and open; a caution says so."""
    if order.is_draft:
        return
    status = {"VERIFIED": Status.MET, None: Status.UNKNOWN}.get(order.verification, Status.NOT_MET)
    yield AppliedRule.built_in(
        "ORDER_VERIFIED", Fixed(status), VERIFICATION, value=order.verification, needed="VERIFIED"
    )


def open_(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """Open by status, and on a day between its first and its closing day, both inclusive."""
    if not order.is_draft:
        status = {"OPEN": Status.MET, None: Status.UNKNOWN}.get(order.status, Status.NOT_MET)
        yield AppliedRule.built_in("ORDER_STATUS", Fixed(status), ORDER, value=order.status, needed="OPEN")
    if order.opens_on is not None:
        opens = order.opens_on.isoformat()
        yield AppliedRule.built_in(
            "ORDER_OPENS", Within(order.opens_on, None), ORDER, value=opens, needed={"from": opens}
        )
    if order.closes_on is None and order.is_draft:
        return
    closes: Requirement = Fixed(Status.UNKNOWN) if order.closes_on is None else Within(None, order.closes_on)
    last = None if order.closes_on is None else order.closes_on.isoformat()
    yield AppliedRule.built_in("ORDER_CLOSES", closes, ORDER, value=last, needed={"until": last})


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
    yield AppliedRule.built_in("SLOTS", free, SLOTS, value=left, needed=1)


def slots_left(order: Order) -> int | None:
    """Slots that can still be reserved, by the quota or else by the permit; None when neither tells."""
    if order.slots is not None and order.slots.left is not None:
        return order.slots.left
    if order.sip2mi is None or order.sip2mi.quota is None:
        return None
    promised = 0 if order.slots is None else (order.slots.reserved or 0) + (order.slots.taken or 0)
    return order.sip2mi.quota - promised


FIELDS = {
    "SCHEME": "/scheme",
    "VISA_TYPE": "/visa_type",
    "PARTNER": "/employer/partner",
    "ORDER_VERIFIED": "/verification",
    "ORDER_STATUS": "/status",
    "SLOTS": "/quota",
}
"""Rule code → where in a job order its company sees what to change."""
UNLAWFUL = frozenset(("SCHEME", "VISA_TYPE", "PARTNER"))
"""Not met, they make the offer unlawful, whoever asks."""

WORDINGS: dict[str, Wording] = {
    "SCHEME": wording(
        ("Jalur penempatannya resmi.", "The way of placement is lawful."),
        ("Tawaran ini tidak lewat jalur resmi.", "This offer does not use a lawful way of placement."),
        ("Jalur penempatan belum jelas.", "The way of placement is not clear."),
        REPORT,
    ),
    "VISA_TYPE": wording(
        ("Jenis visa tidak menjadi halangan.", "The kind of visa is no obstacle."),
        (
            "Visa kunjungan tidak boleh dipakai untuk bekerja, juga bila visa kerja dijanjikan menyusul.",
            "A visit visa must not be used for work, even if a work visa is promised later.",
        ),
        ("Jenis visa belum jelas.", "The kind of visa is not clear."),
        REPORT,
    ),
    "PARTNER": wording(
        ("Mitra di luar negeri tidak masuk daftar bermasalah.", "The partner abroad is not on the problem list."),
        ("Mitra di luar negeri masuk daftar bermasalah.", "The partner abroad is on the problem list."),
        ("Mitra di luar negeri belum diperiksa.", "The partner abroad has not been checked."),
        REPORT,
    ),
    "ORDER_VERIFIED": wording(
        ("Lowongan sudah diperiksa pemerintah.", "The order was checked by the government."),
        ("Lowongan belum lolos pemeriksaan.", "The order has not passed the check."),
        ("Lowongan belum diperiksa.", "The order has not been checked."),
        act(Group.OTHERS, "PROVINCE", "Tunggu hasil pemeriksaan lowongan.", "Wait for the check of the order."),
    ),
    "ORDER_VERIFIED/REJECTED": only(
        "Lowongan ini sudah diperiksa dan ditolak.", "This order was checked and turned down.", OTHER_LAWFUL_ORDER
    ),
    "ORDER_STATUS": wording(
        ("Lowongan masih buka.", "The order is open."),
        ("Lowongan sudah ditutup atau dihentikan.", "The order is closed or stopped."),
        ("Belum jelas apakah lowongan masih buka.", "It is not clear whether the order is open."),
        OTHER_LAWFUL_ORDER,
        COMPLETE,
    ),
    "ORDER_OPENS": wording(
        ("Pendaftaran sudah dibuka.", "Applications have begun."),
        ("Pendaftaran baru dibuka pada {needed}.", "Applications begin {needed}."),
        ("Tanggal pembukaan belum tercatat.", "The first day is not on record."),
        act(Group.WAIT, "NOBODY", "Tunggu sampai pendaftaran dibuka.", "Wait until applications begin."),
    ),
    "ORDER_CLOSES": wording(
        ("Pendaftaran belum ditutup.", "Applications have not closed."),
        ("Pendaftaran sudah ditutup pada {needed}.", "Applications closed {needed}."),
        ("Tanggal penutupan belum tercatat.", "The closing day is not on record."),
        OTHER_LAWFUL_ORDER,
        COMPLETE,
    ),
    "SLOTS": wording(
        ("Masih ada tempat.", "There is still a place."),
        ("Tempat sudah penuh.", "All places are taken."),
        ("Jumlah tempat belum tercatat.", "The number of places is not on record."),
        OTHER_LAWFUL_ORDER,
        COMPLETE,
    ),
}
"""Rule code → its sentences."""
