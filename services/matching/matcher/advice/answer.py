"""Everything that the answer about one person is made of, before it is put into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.matching.matcher.advice.blocked import Blocked
from services.matching.matcher.advice.standing import OrderStates
from services.matching.matcher.advice.verdict import Summary
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.pathway.path import Paths
from services.matching.matcher.pathway.smallest_change import SmallestChange
from services.matching.matcher.ranking.values import Ranked
from services.matching.matcher.requirements.status import State
from services.matching.matcher.verdicts.verdict import Verdict
from services.matching.matcher.world import World


@dataclass(frozen=True, slots=True)
class Goal:
    """What the person asked for and may not have today: the order that is nearest to open, and the way to it.

    `miss`: where there is no way, the one change that would make one.
    """

    order: Order
    verdict: Verdict
    paths: Paths
    miss: SmallestChange | None
    exact: bool = True
    """False: nobody offers what was asked for, and this is its nearest neighbour."""

    @property
    def state(self) -> State:
        """The word for it, the same as in the list: a path opens it, or a paper does, or neither."""
        return State.TRAINING if self.paths and self.verdict.state is State.NO_PATH else self.verdict.state


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything that an answer is made of, before it is put into one language."""

    person: Person
    summary: Summary
    standing: OrderStates | None
    target: tuple[Order, Verdict] | None
    goal: Goal | None
    paths: Paths
    miss: SmallestChange | None
    courses: Sequence[tuple[Course, Batch, Ranked]]
    placements: Sequence[tuple[Order, Verdict, Ranked]]
    blocked: Sequence[Blocked]
    law: LawOnDay | None
    lang: str
    quotes: Mapping[str, str]
    crowding: Mapping[str, int]
    reachable: frozenset[str] = frozenset()
    """Orders that a path of courses opens."""
    world: World | None = None
    notes: tuple[Text, ...] = ()

    def state_of(self, order: Order, verdict: Verdict) -> State:
        """The word for an order in this answer: what a path opens is TRAINING, and never NO_PATH."""
        opened = verdict.state is State.NO_PATH and order.id in self.reachable
        return State.TRAINING if opened else verdict.state

    @property
    def law_verified_on(self) -> date | None:
        return self.law.verified_on if self.law else None
