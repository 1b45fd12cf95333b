"""What one order demands under the law of one day: the list that both forms of the engine evaluate.

`rules.demands(order, law)` runs every rule. The person and the day come later, so one list serves everybody, and it
serves every day on which the law is the same.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.law.law import Row
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.status import Stage
from shared.codes.offers import LICENSED_SCHEMES

PROTECTION, READ_ON_WIKISOURCE = "UU 18/2017", "id.wikisource.org, UU 18/2017"
FIVE_CONDITIONS = "sulteng.antaranews.com/berita/341481 (BP3MI Sulawesi Tengah, 2025)"
COUNTER = "Sisko P2MI (m.antaranews.com/amp/berita/3473877)"
"""Instruments that several rules stand on, and where their text was read, in November 2026. Each rule cites beside its
code. Check them with BP3MI NTT before real use, and never add an article number that was not read in a text in force
(drafts with other numbers circulate)."""


def document(letter: str) -> LegalBasis:
    """One of the eight documents of article 13, a to h."""
    return LegalBasis(PROTECTION, f"13 {letter}", READ_ON_WIKISOURCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedRule:
    """One rule applied to one order: what is asked, and everything a reader wants to know beside the answer."""

    code: str
    """Stable code, the key of its sentences in `WORDINGS`."""
    version: str
    """The policy row, the order's version or the program's rule that decided."""
    stage: Stage
    ask: Requirement
    legal_basis: LegalBasis
    value: Any = None
    """What the order offers, where the order and not the person is judged."""
    needed: Any = None
    """What is needed, where the ask does not say it itself."""
    binding: bool = True
    """False for a row of low confidence: it warns and decides nothing."""

    @classmethod
    def built_in(
        cls,
        code: str,
        ask: Requirement,
        legal_basis: LegalBasis,
        *,
        value: Any = None,
        needed: Any = None,
        stage: Stage = Stage.APPLY,
    ) -> "AppliedRule":
        """A rule that stands in this program, in its first version. `value`: what the order offers, where it answers;
        `needed`: what it should offer."""
        return cls(
            code=code, version=f"{code}/1", stage=stage, ask=ask, legal_basis=legal_basis, value=value, needed=needed
        )

    @classmethod
    def by_row(cls, row: Row, code: str, ask: Requirement, *, value: Any = None, needed: Any = None) -> "AppliedRule":
        """What a policy's row asks of those who apply; `value`, `needed` and `binding` as the fields say."""
        return cls(
            code=code,
            version=row.version,
            stage=Stage.APPLY,
            ask=ask,
            legal_basis=row.legal_basis,
            value=value,
            needed=needed,
            binding=row.binding,
        )


def last_lawful_day(order: Order) -> date | None:
    """The last day on which the order can still be applied for, as far as its own dates say; None = none is on record.

    Waiting for a birthday, or training for it, helps only until then.
    """
    ends = [order.closes_on]
    if order.scheme in LICENSED_SCHEMES:
        ends += [
            order.company.valid_until if order.company else None,
            order.sip2mi.valid_until if order.sip2mi else None,
        ]
    return min((end for end in ends if end is not None), default=None)
