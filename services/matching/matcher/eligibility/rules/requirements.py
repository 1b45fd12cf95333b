"""What the order itself demands of the person, written in its requirement tree, one demand for each part."""

from collections.abc import Iterator
from datetime import date

from services.matching.matcher.eligibility.asks import Ask, of_order, refs
from services.matching.matcher.eligibility.demands import Demand, last_lawful_day
from services.matching.matcher.eligibility.law import LawOnDay
from services.matching.matcher.eligibility.naming import rule_of
from services.matching.matcher.eligibility.rows import Corridor
from services.matching.matcher.eligibility.status import Stage, Status
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.facts.trees import AllOf, NeedsCondition, Tree, leaves


def of_the_order(order: Order, law: LawOnDay) -> Iterator[Demand]:
    """A number written in an order always decides, whatever the corridor or an old leaflet says."""
    for ask in parts(order.requirements, order):
        yield Demand(
            rule=rule_of(ask),
            version=f"{order.code or order.id}/{order.version}",
            stage=Stage.APPLY,
            ask=ask,
            legal_basis=LegalBasis("; ".join(refs(ask)) or "Lowongan", None, order.code),
        )


def health_checks(order: Order, law: LawOnDay) -> Iterator[Demand]:
    """What the destination demands of health must be examined before the agreement; unknown health may apply."""
    trees: list[tuple[Tree, str, bool]] = [(order.requirements, f"{order.code or order.id}/{order.version}", True)]
    trees += [
        (corridor.person, row.version, row.binding)
        for row, corridor in law.of(Corridor)
        if corridor.scope.covers(order) is Status.MET
    ]
    asked: dict[str, tuple[NeedsCondition, str, bool]] = {}
    for tree, version, binding in trees:
        for leaf in leaves(tree):
            if isinstance(leaf, NeedsCondition) and (binding or leaf.code not in asked):
                asked.setdefault(leaf.code, (leaf, version, binding))
    for leaf, version, binding in asked.values():
        yield Demand(
            rule="HEALTH_CONDITION",
            version=version,
            stage=Stage.AGREEMENT,
            ask=leaf,
            legal_basis=LegalBasis(leaf.ref or "Lowongan", None, version),
            binding=binding,
        )


def parts(tree: Tree, order: Order) -> tuple[Ask, ...]:
    """The parts of a tree that must all hold, as this order means them."""
    ask = of_order(tree, order, last_lawful_day(order) or date.max)
    return ask.parts if isinstance(ask, AllOf) else (ask,)
