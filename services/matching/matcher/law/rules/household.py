"""A household is never reached alone: the one rule of independent placement that reads who the employer is."""

from collections.abc import Iterator

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.requirements.settled import Fixed
from services.matching.matcher.requirements.status import Status
from services.matching.matcher.requirements.wording import COMPLETE, Wording, other, wording

INDEPENDENT = LegalBasis("Sisko P2MI", None, "daftar berkas loket LTSA Jawa Timur")


def alone(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """A household is never reached alone: the papers demand an employer that is a legal entity."""
    if order.scheme == "MANDIRI":
        status = {"COMPANY": Status.MET, None: Status.UNKNOWN}.get(order.employer.type, Status.NOT_MET)
        yield AppliedRule.built_in(
            "HOUSEHOLD_ALONE", Fixed(status), INDEPENDENT, value=order.employer.type, needed="COMPANY"
        )


FIELDS = {"HOUSEHOLD_ALONE": "/employer/type"}
"""Rule code → where in a job order its company sees what to change."""
UNLAWFUL = frozenset(("HOUSEHOLD_ALONE",))
"""Not met, they make the offer unlawful, whoever asks."""

WORDINGS: dict[str, Wording] = {
    "HOUSEHOLD_ALONE": wording(
        ("Majikan berupa badan usaha.", "The employer is a company."),
        ("Pekerjaan di rumah tangga tidak boleh lewat jalur mandiri.", "Work in a home may not be arranged alone."),
        ("Jenis majikan belum jelas.", "The kind of employer is not clear."),
        other("Cari lowongan lewat perusahaan resmi.", "Look for an order of a licensed company."),
        COMPLETE,
    ),
}
