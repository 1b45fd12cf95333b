"""The papers of later stages, from the person's requirement records: the checklist after "you may apply today"."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.matching.matcher.eligibility.asks import Paper
from services.matching.matcher.eligibility.demands import Demand
from services.matching.matcher.eligibility.law import LawOnDay
from services.matching.matcher.eligibility.status import Stage
from services.matching.matcher.facts import LegalBasis, Order


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

_LAW = "UU 18/2017"

PAPERS: tuple[PaperKind, ...] = (
    PaperKind(
        "LABOUR_OFFICE_REGISTRATION", Stage.AGREEMENT, "LABOUR_OFFICE", 1, LegalBasis(_LAW, "art. 5 d", "S41, S81")
    ),
    PaperKind("MARITAL_STATUS_STATEMENT", Stage.AGREEMENT, "PERSON", 3, LegalBasis(_LAW, "art. 13 a", "S03")),
    PaperKind("FAMILY_CONSENT", Stage.AGREEMENT, "FAMILY", 3, LegalBasis(_LAW, "art. 13 b", "S03")),
    PaperKind("HEALTH_CERTIFICATE", Stage.AGREEMENT, "CLINIC", 7, LegalBasis(_LAW, "art. 13 d", "S03")),
    PaperKind("SOCIAL_SECURITY_PRE", Stage.AGREEMENT, "COMPANY", 2, LegalBasis("Permenaker 4/2023", "art. 18", "S13")),
    PaperKind("PLACEMENT_AGREEMENT", Stage.AGREEMENT, "COMPANY", 7, LegalBasis(_LAW, "art. 13 g", "S03")),
    PaperKind("PASSPORT", Stage.DEPARTURE, "IMMIGRATION", 14, LegalBasis(_LAW, "art. 13 e", "S03")),
    PaperKind("WORK_VISA", Stage.DEPARTURE, "EMPLOYER", 30, LegalBasis(_LAW, "art. 13 f", "S03")),
    PaperKind("WORK_CONTRACT", Stage.DEPARTURE, "EMPLOYER", 14, LegalBasis(_LAW, "art. 13 h, 15", "S03")),
    PaperKind(
        "SOCIAL_SECURITY_DURING", Stage.DEPARTURE, "COMPANY", 2, LegalBasis("Permenaker 4/2023", "art. 18", "S13")
    ),
    PaperKind("ORIENTATION", Stage.DEPARTURE, "BP3MI", 7, LegalBasis("PP 59/2021", "art. 4", "S05")),
    PaperKind("E_KPMI", Stage.DEPARTURE, "BP3MI", 3, LegalBasis("Permen P2MI 34/2025", None, "S08")),
)
"""In the order of practice; the law does not prescribe a strict chain (domain.md 1.4), so neither do we."""

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
