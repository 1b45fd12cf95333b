"""The papers of later stages, from the person's requirement records: the checklist after "you may apply today"."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.matching.matcher.eligibility import basis
from services.matching.matcher.eligibility.asks import Paper
from services.matching.matcher.eligibility.demands import Demand
from services.matching.matcher.eligibility.law import LawOnDay
from services.matching.matcher.eligibility.status import Stage
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.policies import LegalBasis


@dataclass(frozen=True, slots=True)
class PaperKind:
    """`usual_days`: how long it usually takes from asking to holding it."""

    code: str
    stage: Stage
    who: str
    usual_days: int
    basis: LegalBasis


USUAL_PRACTICE = "usual practice, not law; ask the service centre"
"""What to say beside every `usual_days`: no regulation names them, they are our estimates (confidence L) for plans."""

PAPERS: tuple[PaperKind, ...] = (
    PaperKind("LABOUR_OFFICE_REGISTRATION", Stage.AGREEMENT, "LABOUR_OFFICE", 1, basis.REGISTERED),
    PaperKind("MARITAL_STATUS_STATEMENT", Stage.AGREEMENT, "PERSON", 3, basis.document("a")),
    PaperKind("FAMILY_CONSENT", Stage.AGREEMENT, "FAMILY", 3, basis.document("b")),
    PaperKind("HEALTH_CERTIFICATE", Stage.AGREEMENT, "CLINIC", 7, basis.document("d")),
    PaperKind("SOCIAL_SECURITY_PRE", Stage.AGREEMENT, "COMPANY", 2, basis.SOCIAL_SECURITY),
    PaperKind("PLACEMENT_AGREEMENT", Stage.AGREEMENT, "COMPANY", 7, basis.document("g")),
    PaperKind("PASSPORT", Stage.DEPARTURE, "IMMIGRATION", 14, basis.document("e")),
    PaperKind("WORK_VISA", Stage.DEPARTURE, "EMPLOYER", 30, basis.document("f")),
    PaperKind("WORK_CONTRACT", Stage.DEPARTURE, "EMPLOYER", 14, basis.document("h")),
    PaperKind("SOCIAL_SECURITY_DURING", Stage.DEPARTURE, "COMPANY", 2, basis.SOCIAL_SECURITY),
    PaperKind("ORIENTATION", Stage.DEPARTURE, "BP3MI", 7, basis.ORIENTATION),
    PaperKind("E_KPMI", Stage.DEPARTURE, "BP3MI", 3, basis.E_KPMI),
)
"""In the order of practice; the law prescribes no strict chain, so neither do we."""

BY_CODE = {paper.code: paper for paper in PAPERS}


def before_agreement(order: Order, law: LawOnDay) -> Iterator[Demand]:
    """A worker who goes alone signs with an employer, not with a placement company."""
    for demand in _DEMANDS[Stage.AGREEMENT]:
        if order.scheme != "MANDIRI" or demand.rule != "PLACEMENT_AGREEMENT":
            yield demand


def before_departure(order: Order, law: LawOnDay) -> Iterator[Demand]:
    yield from _DEMANDS[Stage.DEPARTURE]


def _paper(paper: PaperKind) -> Demand:
    return Demand(
        rule=paper.code,
        version=f"{paper.code}/1",
        stage=paper.stage,
        ask=Paper(paper.code),
        legal_basis=paper.basis,
    )


_DEMANDS = {
    stage: tuple(_paper(paper) for paper in PAPERS if paper.stage is stage)
    for stage in (Stage.AGREEMENT, Stage.DEPARTURE)
}
