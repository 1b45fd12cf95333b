"""Where one person stands with every order: open now, open with a paper, closed, or not shown to anybody."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.order_book.states import state_codes
from services.matching.matcher.requirements.status import STATE_CODES, State
from services.matching.matcher.verdicts.verdict import Hidden


@dataclass(frozen=True, slots=True)
class Standing:
    """Orders by state, hidden ones apart."""

    states: Mapping[str, State]
    hidden: Mapping[str, Hidden]

    @classmethod
    def of(cls, person: Person, compiled: CompiledOrders, day: date) -> "Standing":
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


def wished(person: Person, order: Order) -> bool:
    """Is this order what the person asked for: one of their occupations and countries, where they named any?"""
    wishes = person.wishes
    if not wishes.isco08 and not wishes.destinations:
        return False
    right_work = not wishes.isco08 or order.isco08 in wishes.isco08
    return right_work and (not wishes.destinations or order.country in wishes.destinations)
