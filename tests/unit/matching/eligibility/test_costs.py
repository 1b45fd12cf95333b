"""Who may be asked to pay what."""

from typing import Any

import pytest

from services.matching.matcher.requirements.status import State, Status
from services.matching.matcher.verdicts.verdict import Hidden
from tests.builders import a_cost_rule, a_factory_order, a_law, days
from tests.unit.matching.eligibility.asking import ask, blocking, outcome, state


def cost(item: str | None = "TRAINING", payer: str | None = "CANDIDATE", amount: float | None = 5e6) -> dict[str, Any]:
    return {"item": item, "payer": payer, "amount": None if amount is None else {"amount": amount, "currency": "IDR"}}


LAW = a_law(a_cost_rule("TRAINING", "WORK_VISA"))


def test_an_unlawful_charge_makes_an_order_not_recommended_and_says_why() -> None:
    verdict = ask(order=a_factory_order(costs=[cost(), cost("LODGING")]), law=LAW)
    assert blocking(verdict) == {"COST"}
    assert verdict.hidden == Hidden(reason="UNLAWFUL_FEES", policy="COST/1")
    assert outcome(verdict, "COST").value == ["TRAINING"]
    assert "pelatihan" in outcome(verdict, "COST").text.id


@pytest.mark.parametrize("lawful", [cost("LODGING"), cost(payer="EMPLOYER"), cost(amount=0)])
def test_it_depends_on_item_payer_and_amount_as_trap_12_warns(lawful: dict[str, Any]) -> None:
    """Trap 12: never one fee flag; rules depend on item, job, country and date."""
    verdict = ask(order=a_factory_order(costs=[lawful]), law=LAW)
    assert (verdict.state, verdict.hidden) == (State.ELIGIBLE_NOW, None)


@pytest.mark.parametrize(
    "other",
    [
        {"content": {"countries": ["MYS"]}},
        {"content": {"isco08": ["5"]}},
        {"valid_until": days(-1)},
        {"valid_from": days(1)},
        {"status": "PROPOSED"},
        {"confidence": "L"},
    ],
)
def test_it_depends_on_country_job_date_and_certainty_as_trap_12_warns(other: dict[str, Any]) -> None:
    """Trap 12: the 2025 rule is disputed; a doubtful row warns only."""
    order = a_factory_order(costs=[cost()])
    assert state(order=order, law=a_law(a_cost_rule("TRAINING", **other))) is State.ELIGIBLE_NOW


def test_a_charge_without_an_amount_is_a_charge() -> None:
    assert state(order=a_factory_order(costs=[cost(amount=None)]), law=LAW) is State.NO_PATH


def test_a_charge_without_a_payer_leaves_it_unknown() -> None:
    verdict = ask(order=a_factory_order(costs=[cost(payer=None)]), law=LAW)
    assert outcome(verdict, "COST").status is Status.UNKNOWN
    assert (verdict.state, verdict.hidden) == (State.NO_PATH, None)


def test_an_order_without_costs_breaks_no_cost_rule() -> None:
    assert outcome(ask(order=a_factory_order(costs=[]), law=LAW), "COST").status is Status.MET
