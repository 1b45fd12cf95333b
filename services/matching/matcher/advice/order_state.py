"""The word for one order and one person, wherever it is said: in a list, as a goal, and when only this is asked."""

from datetime import date

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.pathway.outlooks import opened_by_training
from services.matching.matcher.pathway.question import Searched
from services.matching.matcher.requirements.status import State
from services.matching.matcher.verdicts.verdict import Verdict
from services.matching.matcher.world import World


def state_of(
    verdict: Verdict, person: Person, order: Order, world: World, day: date, known_on: date | None = None
) -> State:
    """What a path of courses opens is TRAINING, and never NO_PATH. A draft is searched for among itself alone."""
    if verdict.state is not State.NO_PATH or verdict.hidden is not None:
        return verdict.state
    published = world.orders.get(order.id) is order
    searched = world if published else Searched(world.catalogue, OrderIndex([order]), world.law)
    opened = opened_by_training(person, searched, day, known_on=known_on)
    return State.TRAINING if order.id in opened else State.NO_PATH
