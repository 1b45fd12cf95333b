"""Who may recruit: the company's licence (SIP3MI) and the permit for this order (SIP2MI), where a company recruits.

Government placements, independent workers and companies that send their own staff need neither.
"""

from collections.abc import Iterator

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.law.applied_rules import COUNTER, PROTECTION, AppliedRule
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf
from services.matching.matcher.requirements.settled import Fixed, Within
from services.matching.matcher.requirements.status import Status
from services.matching.matcher.requirements.wording import REPORT, Wording, only, other, wording
from shared.codes.offers import LICENSED_SCHEMES

RECRUITERS = LegalBasis(PROTECTION, "69", None)  # named by secondary sources; its text was not read
PERMITS = LegalBasis("SIP2MI", None, COUNTER)


def company(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """An active licence on the day, as the dated snapshot shows it; a licence without an end has none.

    Its number is for people to look up; the snapshot's status and days decide.
    """
    if order.scheme not in LICENSED_SCHEMES:
        return
    licence = order.company
    if licence is None:
        yield _licence("COMPANY_LICENCE", Fixed(Status.NOT_MET), RECRUITERS, None)
        return
    status = {"ACTIVE": Status.MET, None: Status.UNKNOWN}.get(licence.status, Status.NOT_MET)
    begun: Requirement = Fixed(Status.UNKNOWN) if licence.valid_from is None else Within(licence.valid_from, None)
    value = {
        "status": licence.status,
        "from": licence.valid_from and licence.valid_from.isoformat(),
        "until": licence.valid_until and licence.valid_until.isoformat(),
        "snapshot_on": licence.snapshot_on and licence.snapshot_on.isoformat(),
    }
    ask = AllOf((Fixed(status), begun, Within(None, licence.valid_until)))
    yield _licence("COMPANY_LICENCE", ask, RECRUITERS, value)


def sip2mi(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """A permit for this order, valid on the day; how many slots it leaves is a rule of its own."""
    if order.scheme not in LICENSED_SCHEMES:
        return
    permit = order.sip2mi
    if permit is None:
        yield _licence("SIP2MI", Fixed(Status.NOT_MET), PERMITS, None)
        return
    begun: Requirement = Fixed(Status.UNKNOWN) if permit.valid_from is None else Within(permit.valid_from, None)
    lasts: Requirement = Fixed(Status.UNKNOWN) if permit.valid_until is None else Within(None, permit.valid_until)
    value = {
        "from": permit.valid_from and permit.valid_from.isoformat(),
        "until": permit.valid_until and permit.valid_until.isoformat(),
    }
    yield _licence("SIP2MI", AllOf((begun, lasts)), PERMITS, value)


def _licence(code: str, ask: Requirement, legal_basis: LegalBasis, value: object) -> AppliedRule:
    return AppliedRule.built_in(code, ask, legal_basis, value=value, needed="VALID_ON_THE_DAY")


FIELDS = {"COMPANY_LICENCE": "/company", "SIP2MI": "/sip2mi"}
"""Rule code → where in a job order its company sees what to change."""
UNLAWFUL = frozenset(FIELDS)
"""Not met, they make the offer unlawful, whoever asks."""

NOT_BEFORE = other(
    "Sebelum hari itu jangan melamar dan jangan bayar apa pun; atau pilih lowongan lain.",
    "Before that day do not apply and pay nothing; or choose another job order.",
)

WORDINGS: dict[str, Wording] = {
    "COMPANY_LICENCE": wording(
        ("Izin perusahaan berlaku.", "The company's licence is valid."),
        ("Perusahaan tidak punya izin yang berlaku.", "The company has no valid licence."),
        ("Izin perusahaan belum jelas.", "The company's licence is not clear."),
        REPORT,
    ),
    "COMPANY_LICENCE/ENDED": only(
        "Izin perusahaan sudah habis pada {until}.",
        "The company's licence ended on {until}.",
        REPORT,
    ),
    "COMPANY_LICENCE/TO_COME": only(
        "Izin perusahaan baru berlaku mulai {from}.", "The company's licence is valid only from {from}.", NOT_BEFORE
    ),
    "SIP2MI/TO_COME": only(
        "Izin merekrut untuk lowongan ini baru berlaku mulai {from}.",
        "The permit to recruit for this order is valid only from {from}.",
        NOT_BEFORE,
    ),
    "SIP2MI/ENDED": only(
        "Izin merekrut untuk lowongan ini sudah habis pada {until}.",
        "The permit to recruit for this order ended on {until}.",
        REPORT,
    ),
    "SIP2MI": wording(
        ("Izin merekrut untuk lowongan ini berlaku.", "The permit to recruit for this order is valid."),
        (
            "Tidak ada izin merekrut yang berlaku untuk lowongan ini.",
            "There is no valid permit to recruit for this order.",
        ),
        ("Izin merekrut belum jelas.", "The permit to recruit is not clear."),
        REPORT,
    ),
}
"""Rule code → its sentences."""
