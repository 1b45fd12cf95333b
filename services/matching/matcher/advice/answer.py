"""Everything that the answer about one person is made of, before it is put into words; the word for one order alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.matching.matcher.advice.blocked import Blocked
from services.matching.matcher.advice.order_states import OrderStates
from services.matching.matcher.advice.verdict import Summary
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.law import LawOnDay, Row
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.pathway.batch_table import ChangeKind
from services.matching.matcher.pathway.outlooks import opened_by_training
from services.matching.matcher.pathway.path import Paths
from services.matching.matcher.pathway.question import Searched
from services.matching.matcher.pathway.smallest_change import SmallestChange
from services.matching.matcher.ranking.values import Ranked
from services.matching.matcher.requirements.status import State
from services.matching.matcher.verdicts.verdict import Verdict
from services.matching.matcher.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """What is said of an order that no single change opens. `by`: the day that stands in the way, `ready_on`: when the
    person could apply if it did not; both None where no date is on record."""

    change: ChangeKind
    order: str
    text: Text
    by: date | None = None
    ready_on: date | None = None
    days: int | None = None

    def as_payload(self) -> dict[str, Any]:
        """Of the fields of a change (`SmallestChange.as_payload`) those that do not speak of one class."""
        return {
            "change": self.change.name,
            "by": self.by.isoformat() if self.by else None,
            "job_order": self.order,
            "ready_on": self.ready_on.isoformat() if self.ready_on else None,
            "days": self.days,
            "text": {"id": self.text.id, "en": self.text.en},
        }


@dataclass(frozen=True, slots=True)
class Goal:
    """What the person asked for and may not have today: the order that is nearest to open, and the way to it.

    `miss`: where there is no way, the one change that would make one.
    """

    order: Order
    verdict: Verdict
    paths: Paths
    miss: SmallestChange | FirstStep | None
    exact: bool = True
    """False: nobody offers what was asked for, and this is its nearest neighbour."""
    waits: date | None = None
    """The day from which it is open without anything being done; None where that alone does not open it."""
    nearest: Verdict | None = None
    """The verdict on the order with the fewest rules to meet, whatever the change opens: courses help towards that."""

    @property
    def state(self) -> State:
        """The word for it, the same as in the list: a path opens it, or a paper or a day does, or neither."""
        return State.ELIGIBLE_BY if self.waits else self.verdict.state.once_searched(bool(self.paths))


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything that an answer is made of, before it is put into one language.

    Without consent, and where hardly anything is known, it is the summary and nothing else.
    """

    person: Person
    summary: Summary
    lang: str
    standing: OrderStates | None = None
    target: tuple[Order, Verdict] | None = None
    goal: Goal | None = None
    paths: Paths = Paths()
    miss: SmallestChange | FirstStep | None = None
    courses: Sequence[tuple[Course, Batch, Ranked]] = ()
    placements: Sequence[tuple[Order, Verdict, Ranked]] = ()
    blocked: Sequence[Blocked] = ()
    law: LawOnDay | None = None
    quotes: Mapping[str, str] = field(default_factory=dict)
    crowding: Mapping[str, int] = field(default_factory=dict)
    reachable: frozenset[str] = frozenset()
    """Orders that a path of courses opens."""
    waiting: Mapping[str, date] = field(default_factory=dict)
    """Orders that were asked for and that a day alone opens."""
    world: World | None = None
    notes: tuple[Text, ...] = ()
    closed_by: tuple[tuple[Row, Text], ...] = ()
    """Bans that close what was asked for where no order of the answer says so, each with its sentence."""
    placements_ranked: int = 0
    placements_in_all: int = 0
    """Orders that are open now, by a paper or by a path; only those nearest to the wish are ranked."""

    def state_of(self, order: Order, verdict: Verdict) -> State:
        """The word for an order in this answer."""
        if order.id in self.waiting:
            return State.ELIGIBLE_BY
        return verdict.state.once_searched(order.id in self.reachable)

    @property
    def law_verified_on(self) -> date | None:
        return self.law.verified_on if self.law else None


def state_with_paths(
    verdict: Verdict, person: Person, order: Order, world: World, day: date, known_on: date | None = None
) -> State:
    """The word for one order when only this is asked, the same as in a list. A draft is searched for by itself."""
    if verdict.state is not State.NO_PATH or verdict.hidden is not None:
        return verdict.state
    published = world.orders.get(order.id) is order
    searched = world if published else Searched(world.catalogue, OrderIndex([order]), world.law)
    return verdict.state.once_searched(order.id in opened_by_training(person, searched, day, known_on=known_on))
