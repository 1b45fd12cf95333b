"""Where one person stands with every order: open now, open with a paper, closed, or not shown to anybody."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.order_book.states import state_codes
from services.matching.matcher.requirements.status import STATE_CODES, State
from services.matching.matcher.verdicts.verdict import Hidden


@dataclass(frozen=True, slots=True)
class OrderStates:
    """Orders by state, hidden ones apart."""

    states: Mapping[str, State]
    hidden: Mapping[str, Hidden]

    @classmethod
    def of(cls, person: Person, compiled: CompiledOrders, day: date) -> "OrderStates":
        codes = zip(compiled.ids, state_codes(person, compiled, day).tolist(), strict=True)
        shown = compiled.applied.keys() - compiled.hidden.keys()
        return cls({id: STATE_CODES[code] for id, code in codes if id in shown}, dict(compiled.hidden))

    def of_state(self, state: State) -> list[str]:
        """Ids of the orders in this state, in their own order."""
        return sorted(id for id, found in self.states.items() if found is state)

    def hidden_counts(self) -> list[dict[str, object]]:
        """How many orders nobody is shown, by reason and policy."""
        counts = Counter((one.reason, one.policy) for one in self.hidden.values())
        return [
            {"reason": reason, "policy": policy, "count": count}
            for (reason, policy), count in sorted(counts.items(), key=str)
        ]


def nearness(person: Person, order: Order, wider: Collection[str]) -> int:
    """0: what was asked for. 1: its neighbour (the wish widened, or like work, in the wished countries or elsewhere).
    2: like work of the group. 3: something else. Without a wish everything is 0.

    `wider`: the occupations of :func:`widened`."""
    wishes = person.wishes
    if not wishes.isco08 and not wishes.destinations:
        return 0
    if wished(person, order):
        return 0
    there = not wishes.destinations or order.country in wishes.destinations
    widens = order.isco08 in wider
    if widens and there:
        return 1
    if wishes.isco08:
        alike = any(order.isco08 is not None and order.isco08[:3] == code[:3] for code in wishes.isco08)
        same = order.isco08 in wishes.isco08
        return 1 if (alike and there) or same else 2 if alike or widens else 3
    return 2 if widens else 3


def wished(person: Person, order: Order) -> bool:
    """Is this order what the person asked for: one of their occupations and countries, where they named any?"""
    wishes = person.wishes
    if not wishes.isco08 and not wishes.destinations:
        return False
    right_work = not wishes.isco08 or order.isco08 in wishes.isco08
    return right_work and (not wishes.destinations or order.country in wishes.destinations)
