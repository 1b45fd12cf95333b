"""What the readable form answers: a verdict about one person and one order, with every rule in plain words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.status import Group, Stage, State, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One rule and its answer.

    `value` is what the person (or the order) has, `needed` what is asked, both plain JSON values. `by`: the birthday
    that clears it. `usual_days`: how long the paper usually takes, which is practice and not law.
    """

    rule: str
    version: str
    stage: Stage
    status: Status
    legal_basis: LegalBasis
    value: Any
    needed: Any
    text: Text
    group: Group
    next_action: Text | None
    who: str | None
    usual_days: int | None = None
    by: date | None = None
    ask: Requirement

    def as_payload(self) -> dict[str, Any]:
        """Plain JSON, as the answers of matching show it."""
        basis = self.legal_basis
        return {
            "rule": self.rule,
            "version": self.version,
            "stage": self.stage.value,
            "status": self.status.name,
            "group": self.group.value,
            "text": _text(self.text),
            "legal_basis": {"instrument": basis.instrument, "article": basis.article, "source": basis.source},
            "value": self.value,
            "needed": self.needed,
            "next_action": _text(self.next_action),
            "who": self.who,
            "usual_days": self.usual_days,
            "by": self.by.isoformat() if self.by else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """Something to know that decides nothing: a doubtful row, a certificate that ends within the contract."""

    code: str
    version: str | None
    legal_basis: LegalBasis | None
    text: Text

    def as_payload(self) -> dict[str, Any]:
        basis = self.legal_basis
        shown = basis and {"instrument": basis.instrument, "article": basis.article, "source": basis.source}
        return {"code": self.code, "version": self.version, "legal_basis": shown, "text": _text(self.text)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Why an order is not shown at all: SUSPENDED or UNLAWFUL_FEES, and the policy row that says so."""

    reason: str
    policy: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`outcomes` stand in the order in which a person can act; those that are done come last."""

    state: State
    by: date | None
    outcomes: tuple[Outcome, ...]
    cautions: tuple[Caution, ...] = ()
    hidden: Hidden | None = None
    law: tuple[str, ...] = ()
    law_verified_on: date | None = None

    @property
    def eligible(self) -> bool:
        """The person may apply today."""
        return self.state is State.ELIGIBLE_NOW

    @property
    def blocking(self) -> tuple[Outcome, ...]:
        """The rules that decide: APPLY rules that are not met or not known."""
        return tuple(
            outcome for outcome in self.outcomes if outcome.stage is Stage.APPLY and outcome.status is not Status.MET
        )

    @property
    def steps(self) -> tuple[Outcome, ...]:
        """Everything that is still to do, of all stages."""
        return tuple(outcome for outcome in self.outcomes if outcome.status is not Status.MET)

    def of(self, rule: str) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.rule == rule)


def _text(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"id": text.id, "en": text.en}
