"""Where in a job order a finding comes from, so that its company sees what to change."""

from collections.abc import Iterable

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.rules import FIELDS


def fields_of(rule: AppliedRule, order: Order) -> Iterable[str | None]:
    """Pointers into the order, one a finding; a forbidden cost is found once for each line that charges it."""
    if rule.code != "COST":
        return (FIELDS.get(rule.code),)
    named = set(rule.value or ())
    lines = [(at, cost) for at, cost in enumerate(order.costs) if cost.item is None or cost.item in named]
    charged = [at for at, cost in lines if cost.payer in ("CANDIDATE", None)]
    return [f"/costs/{at}" for at in charged or [at for at, _ in lines]] or ("/costs",)
