"""Rules that are data: gates, bans, age floors, lesson hours and who may pay what. Each row in force speaks."""

from collections.abc import Iterator
from datetime import date

from services.matching.matcher.facts.orders import Cost, Order
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.law.applied_rules import PROTECTION, AppliedRule, last_lawful_day
from services.matching.matcher.law.law import LawOnDay, Row
from services.matching.matcher.law.policy_kinds import AgeFloor, Ban, CostRule, Gate, HoursRule, Scope
from services.matching.matcher.law.rules.person import STATUTORY_AGE
from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.base import Requirement, yes
from services.matching.matcher.requirements.certificate import NeedsCertificate
from services.matching.matcher.requirements.groups import DO_THE_REST, AllOf, AnyOf
from services.matching.matcher.requirements.hours import NeedsHours
from services.matching.matcher.requirements.person import HomeOutside
from services.matching.matcher.requirements.settled import Fixed
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import COMPLETE, WAIT_FOR_IT, Wording, act, only, other, wording

BANS = LegalBasis(PROTECTION, "32 (4)", "Permenaker 17/2019")
COSTS = LegalBasis(PROTECTION, "30", "ntb.idntimes.com (5.300 warga NTB, 2024)")


def age_floors(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """A floor below 18 lowers nothing."""
    for row, floor in law.of(AgeFloor):
        ask = NeedsAge(min=max(floor.min_age, STATUTORY_AGE), wait_until=last_lawful_day(order) or date.max)
        yield from _where(order, row, floor.scope, "AGE_FLOOR", ask)


def gates(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """Not a ban: it opens with the certificate of the very title and the lesson hours asked for it."""
    for row, gate in law.of(Gate):
        opens = AllOf((_title_certificate(order), *(_hours(order, rule) for rule in _hours_in_force(order, law))))
        yield from _where(order, row, gate.scope, "GATE", AnyOf((HomeOutside(gate.home_prefix), opens)))


def hours(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """Binds everybody whom the row names, from NTT or not."""
    for row, rule in law.of(HoursRule):
        yield from _where(order, row, rule.scope, "TRAINING_HOURS", _hours(order, rule))


def bans(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """By country, employer, occupation and date. No row in force means open, and is said once."""
    closed = False
    for row, ban in law.of(Ban):
        covers = ban.scope.covers(order)
        if covers is not Status.NOT_MET:
            closed = closed or row.binding
            yield AppliedRule.by_row(row, "BAN", Fixed(Status(Status.MET - covers)), value=order.country)
    if not closed:
        yield AppliedRule.built_in("BAN", Fixed(Status.MET), BANS, value=order.country)


def costs(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """One outcome a row that the order breaks, naming the items; one for all when it breaks none."""
    broken = False
    for row, rule in law.of(CostRule):
        covers = rule.scope.covers(order)
        charged = [_charged(cost, rule) for cost in order.costs]
        worst = min(covers, max(charged, default=Status.NOT_MET))
        if worst is not Status.NOT_MET:
            broken = broken or row.binding
            named = sorted({cost.item for cost, hit in zip(order.costs, charged, strict=True) if hit and cost.item})
            yield AppliedRule.by_row(row, "COST", Fixed(Status(Status.MET - worst)), value=named)
    if not broken:
        yield AppliedRule.built_in("COST", Fixed(Status.MET), COSTS)


def _charged(cost: Cost, rule: CostRule) -> Status:
    """MET when this charge breaks the rule. Nothing to pay is no charge."""
    if cost.amount is not None and cost.amount.amount <= 0:
        return Status.NOT_MET
    item = Status.UNKNOWN if cost.item is None else yes(cost.item in rule.items)
    payer = Status.UNKNOWN if cost.payer is None else yes(cost.payer in rule.forbidden_payers)
    return min(item, payer)


def _title_certificate(order: Order) -> Requirement:
    """The scheme of the certificate must be that of the title. An order without one fits no certificate for sure."""
    asked = NeedsCertificate(certificate="COMPETENCE", scheme=order.title_scheme)
    return asked if order.title_scheme else AllOf((asked, Fixed(Status.UNKNOWN)))


def _hours_in_force(order: Order, law: LawOnDay) -> Iterator[HoursRule]:
    """The hours that this title needs in this country; doubtful rows ask nothing."""
    for row, rule in law.of(HoursRule):
        if row.binding and rule.scope.covers(order) is Status.MET:
            yield rule


def _hours(order: Order, rule: HoursRule) -> Requirement:
    if order.isco08 is None or order.country is None:
        return Fixed(Status.UNKNOWN)
    return NeedsHours(order.isco08, rule.hours, order.country)


def _where(order: Order, row: Row, scope: Scope, code: str, ask: Requirement) -> Iterator[AppliedRule]:
    """The rule where the row covers the order; an order that does not say enough leaves it open."""
    covers = scope.covers(order)
    if covers is not Status.NOT_MET:
        yield AppliedRule.by_row(row, code, ask if covers is Status.MET else AnyOf((Fixed(Status.UNKNOWN), ask)))


FIELDS = {"BAN": "/country"}
"""Rule code → where in a job order its company sees what to change."""
UNLAWFUL = frozenset(("COST",))
"""Not met, they make the offer unlawful, whoever asks."""

WORDINGS: dict[str, Wording] = {
    "GATE": wording(
        (
            "Syarat pelatihan dan sertifikat dari provinsi sudah terpenuhi.",
            "The province's rule on training is satisfied.",
        ),
        (
            "Untuk bekerja di rumah tangga, warga NTT perlu ikut pelatihan dan punya sertifikat {scheme} dulu.",
            "To work in a home, people from NTT first need training and a certificate as {scheme}.",
        ),
        (
            "Belum jelas apakah syarat pelatihan NTT sudah terpenuhi.",
            "It is not clear yet whether the NTT training rule is satisfied.",
        ),
        act(
            Group.LEARN,
            "PROVIDER",
            "Ikuti pelatihan {scheme}, lalu ujian sertifikatnya.",
            "Take the {scheme} course, then the test for the certificate.",
        ),
        act(
            Group.BRING,
            "PERSON",
            "Bawa yang belum tercatat: KTP, atau sertifikat yang memuat tanggal berakhirnya.",
            "Bring what is not on record: the identity card, or the certificate that shows its end date.",
        ),
    ),
    "GATE/EXPIRED": only(
        "Masa berlaku sertifikat {scheme} yang diminta provinsi sudah habis.",
        "The certificate as {scheme} that the province asks for has run out.",
        act(
            Group.LEARN,
            "CERTIFIER",
            "Perpanjang sertifikat {scheme} di lembaga yang menerbitkannya, atau ikuti lagi pelatihan dan ujiannya.",
            "Renew the certificate as {scheme} where it was issued, or take the course and its test again.",
        ),
    ),
    "GATE/PARTLY": only(
        "Dari yang diminta provinsi untuk warga NTT sudah ada: {held}. Masih perlu: {lacking}.",
        "Of what the province asks of people from NTT there is: {held}. Still needed: {lacking}.",
        DO_THE_REST,
    ),
    "GATE/PARTLY_OPEN": only(
        "Dari yang diminta provinsi untuk warga NTT sudah ada: {held}. Belum jelas: {lacking}.",
        "Of what the province asks of people from NTT there is: {held}. Not clear yet: {lacking}.",
        act(
            Group.BRING,
            "PERSON",
            "Bawa sertifikat yang memuat tanggal berakhirnya.",
            "Bring the certificate that shows its end date.",
        ),
    ),
    "GATE/NOT_YET": only(
        "Sertifikat {scheme} yang diminta provinsi baru berlaku mulai {by}.",
        "The certificate as {scheme} that the province asks for is valid only from {by}.",
        WAIT_FOR_IT,
    ),
    "BAN": wording(
        ("Tujuan ini terbuka.", "This destination is open."),
        ("Penempatan ke {country} untuk pekerjaan ini sedang ditutup.", "This work in {country} is closed at present."),
        ("Belum jelas apakah tujuan ini terbuka.", "It is not clear whether this destination is open."),
        other("Pilih negara atau pekerjaan lain yang terbuka.", "Choose a country or job that is open."),
        COMPLETE,
    ),
    "COST": wording(
        ("Tidak ada biaya yang dilarang.", "No forbidden fee is charged."),
        (
            "Calon diminta membayar biaya yang dilarang: {value}.",
            "Forbidden fees are asked of the person: {value}.",
        ),
        ("Belum jelas siapa yang membayar: {value}.", "It is not clear who pays: {value}."),
        act(
            Group.OTHERS,
            "SERVICE_CENTRE",
            "Jangan lanjutkan; calon tidak boleh membayar. Catat laporan dan beri tahu pengawas.",
            "Do not go on; the person must not pay. Write down a report and tell the supervisor.",
        ),
        COMPLETE,
    ),
}
"""Rule code → its sentences."""
