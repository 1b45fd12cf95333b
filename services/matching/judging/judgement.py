"""What is said of one subject: an outcome, the rules behind it, and the versions that it was made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.requirements.status import Stage, Status
from shared.documents.mongo import Document

JOB_ORDER, APPLICATION, ENROLMENT = "JOB_ORDER", "APPLICATION", "ENROLMENT"
LAWFUL, UNLAWFUL, UNKNOWN = "LAWFUL", "UNLAWFUL", "UNKNOWN"

ENROL = "ENROL"
"""The stage of what a course asks before its first day."""

DECIDING = (Stage.APPLY.value, ENROL)
"""The outcome follows from these stages. Papers of later stages bind only at their own step."""

NO_VERSIONS: Document = dict.fromkeys(("candidate", "job_order", "quota", "course", "batch", "policies"))


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is not met or not known. `field`: the pointer to what it comes from in the job order, if it is there.

    Never what the person has: codes only. `facts`: the seal of it, of what is not known (`facts.Facts`).
    """

    rule: str
    version: str
    stage: str
    status: Status
    legal_basis: LegalBasis
    field: str | None = None
    facts: str | None = None

    def as_payload(self) -> Document:
        """For the wire. The same finding is made of thousands of people, so it is put into words once."""
        return _payload_of(self)


@lru_cache(maxsize=4096)
def _payload_of(finding: Finding) -> Document:
    basis = finding.legal_basis
    return {
        "rule": finding.rule,
        "version": finding.version,
        "stage": finding.stage,
        "status": finding.status.name,
        "legal_basis": {"instrument": basis.instrument, "article": basis.article, "source": basis.source},
        "text_code": f"{finding.rule}.{finding.status.name}",
        "field": finding.field,
        **({"facts": finding.facts} if finding.facts else {}),
    }


@dataclass(frozen=True, slots=True)
class Judgement:
    """`day`: ISO; of an enrolment the first day of its batch, of anything else the day judged.

    `candidate_id`: of whom, None for an order by itself. An application may come to be somebody else's, when two
    records turn out to be one person; versions of two people say nothing of each other.
    """

    id: str
    subject: str
    day: str
    findings: tuple[Finding, ...]
    versions: Document
    candidate_id: str | None = None

    @property
    def outcome(self) -> str:
        """A failed rule beats an unknown one."""
        return outcome_of(self.findings)

    def as_document(self) -> Document:
        """As it is kept and told, without its own version and the moment."""
        return {
            "_id": self.id,
            "subject": self.subject,
            "candidate_id": self.candidate_id,
            "day": self.day,
            "outcome": self.outcome,
            "versions": {**NO_VERSIONS, **self.versions},
            "rules": [finding.as_payload() for finding in self.findings],
        }


def outcome_of(findings: Iterable[Finding]) -> str:
    """What rules that are not met or not known amount to."""
    worst = min((one.status for one in findings if one.stage in DECIDING), default=Status.MET)
    return {Status.NOT_MET: UNLAWFUL, Status.UNKNOWN: UNKNOWN}.get(worst, LAWFUL)


def says_the_same(one: Document, other: Document) -> bool:
    """Would a house that heard one learn nothing from the other? Slots and seats alone are no news."""
    return _news(one) == _news(other)


def _news(document: Document) -> dict[str, Any]:
    versions = {name: value for name, value in document["versions"].items() if name not in ("quota", "batch")}
    return {
        **{name: document[name] for name in ("subject", "candidate_id", "day", "outcome", "rules")},
        "versions": versions,
    }
