"""The facade of the ranking: one object per process, shared by its threads.

Cold it is the hand-set cards alone. `taught` puts a fitted model beside them; the more outcomes stand behind the model,
the more it weighs. Either way a score is a sum of parts, and features follow every event at once while weights change
only when a model is fitted.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.picked import NONE, Picked
from services.matching.matcher.ranking import reranker
from services.matching.matcher.ranking.best import Best, Choices, Ints, candidates, everything, heads
from services.matching.matcher.ranking.explanation.courses import course_missing, course_reasons
from services.matching.matcher.ranking.explanation.orders import order_missing, order_reasons
from services.matching.matcher.ranking.explanation.texts import past_reason, strongest
from services.matching.matcher.ranking.features import courses as course_columns
from services.matching.matcher.ranking.features import orders as order_columns
from services.matching.matcher.ranking.features.affinity import SkillAffinity
from services.matching.matcher.ranking.features.courses import CourseShelf
from services.matching.matcher.ranking.features.many import ManyPeople, OrderLooks
from services.matching.matcher.ranking.features.orders import OrderShelf, soonness
from services.matching.matcher.ranking.features.profile import Profile
from services.matching.matcher.ranking.features.skills import SkillMap
from services.matching.matcher.ranking.gain import Behind, Columns, gains
from services.matching.matcher.ranking.model import PAST, Blend, Fitted, Model, family_of
from services.matching.matcher.ranking.scorecard import Card
from services.matching.matcher.ranking.values import (
    NO_PROSPECT,
    NO_ROWS,
    Band,
    CourseProspect,
    OrderProspect,
    Part,
    Ranked,
    RankedList,
    Reason,
)
from shared.words import Words

SHOWN = 10
"""Reasons are worked out for the head of the list only; nobody reads why something stands last."""
KINDS = ("orders", "courses")
Matrix = NDArray[np.float64]
Told = Callable[[int], tuple[tuple[Reason, ...], tuple[Reason, ...]]]
"""Row → its reasons, and what is missing."""


class UnfitModel(Exception):
    """A model was fitted beside another version of a card; its points mean something else now."""


class Ranking:
    """Puts orders and courses in order for one person. Knows no law."""

    def __init__(self, *, words: Words | None = None) -> None:
        self.words = words or Words.default()
        self.skills = SkillMap.default() if words is None else SkillMap(words)
        self.order_card = Card.named("orders", order_columns.COLUMNS)
        self.course_card = Card.named("courses", course_columns.COLUMNS)
        self.fitted: Fitted | None = None
        self.suits = SkillAffinity.shipped()
        self.fingerprint = _fingerprint(self.order_card.digest, self.course_card.digest, self.suits.digest)
        """Tells which weights ranked; part of `as_of` in every answer."""
        self._orders = OrderShelf(self.skills, self.words)
        self._courses = CourseShelf(self.skills, self.words)

    @classmethod
    def cold(cls) -> "Ranking":
        """The cards alone, for a house that has no outcomes yet."""
        return cls()

    def taught(self, fitted: Fitted, fingerprint: str) -> "Ranking":
        """The same ranking with a fit beside the cards; what is on the shelves stays there.

        Raises:
            UnfitModel: it was fitted beside other cards.
        """
        other = copy(self)
        other.fitted, other.fingerprint = fitted, fingerprint
        other.suits = fitted.suits or self.suits
        for kind in KINDS:
            model, card = other._model(kind), self._card(kind)
            if model is not None and (model.card != card.digest or model.columns[:-1] != card.columns):
                raise UnfitModel(f"{fingerprint} was fitted beside another card than {card.version}; fit again.")
        return other

    def orders(
        self,
        person: Person,
        orders: Sequence[Order],
        gaps: Mapping[str, OrderProspect] | None = None,
        *,
        shown: int = SHOWN,
        crowding: Mapping[str, int] | None = None,
    ) -> RankedList:
        """All `orders`, best first; the first `shown` with reasons and what is missing. Ties by id.

        `crowding`: order id → level, as `congestion` counts it. Given, it takes points, and the head is spread over
        occupations; without it the list is by score alone."""
        if not orders:
            return NO_ROWS
        return self.scored(person, orders, gaps).listed(orders, shown=shown, crowding=crowding)

    def scored(
        self, person: Person, orders: Sequence[Order], gaps: Mapping[str, OrderProspect] | None = None
    ) -> "ScoredOrders":
        """The same orders before they are listed: for whoever lists some of them here and others there."""
        profile = Profile.of(person, self.skills, self.words, self.suits)
        table = self._orders.columns(profile, orders, gaps or {})
        card, model = self.order_card, self._model("orders")
        scored = _scored(card, model, table, [] if model is None else [family_of(order.isco08) for order in orders])

        def told(row: int) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
            order, values, points = orders[row], table[row], scored.points[row, : len(card.columns)]
            return (
                order_reasons(profile, order, values, points, card, self._orders, self.words),
                order_missing(profile, order, values, card, self._orders, self.words),
            )

        return ScoredOrders(profile, {order.id: row for row, order in enumerate(orders)}, scored, told)

    def courses(
        self,
        person: Person,
        courses: Sequence[Course],
        outlooks: Mapping[str, CourseProspect] | None = None,
        *,
        open_orders: Sequence[Order] = (),
        gaps: Mapping[str, OrderProspect] | None = None,
        shown: int = SHOWN,
        crowding: Mapping[str, int] | None = None,
        scored: "ScoredOrders | None" = None,
    ) -> RankedList:
        """All `courses`: first those that unlock something for this person, best first, then all others by likeness.

        `open_orders` are those the person may apply for today: a course is worth what it adds to them. `crowding`:
        course id → level of its next batch. `scored`: this person beside orders with the same `gaps`, where somebody
        has looked at them already."""
        if not courses:
            return NO_ROWS
        outlooks = outlooks or {}
        profile = scored.profile if scored else Profile.of(person, self.skills, self.words, self.suits)
        behind = Behind.of(outlooks.values())
        gain = gains(
            profile,
            courses,
            outlooks,
            behind,
            open_orders=open_orders,
            gaps=gaps or {},
            order_shelf=self._orders,
            course_shelf=self._courses,
            card=self.order_card,
            known=None if scored is None else Columns(scored.row_of, scored.scored.table),
        )
        table = self._courses.columns(profile, courses, outlooks, gain)
        card, model = self.course_card, self._model("courses")
        works = [] if model is None else [family_of(next(iter(course.isco08), None)) for course in courses]
        found = _scored(card, model, table, works)

        def told(row: int) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
            course, values, points = courses[row], table[row], found.points[row, : len(card.columns)]
            outlook = outlooks.get(course.id, NO_PROSPECT)
            return (
                course_reasons(profile, course, outlook, values, points, card, self.skills, self.words),
                course_missing(course, outlook, values),
            )

        named = [order.id for order in behind.orders]
        lists = {key: Picked(named, places) for key, places in behind.lists.items()}
        unlocks = [lists.get(id(outlooks.get(course.id, NO_PROSPECT).orders), NONE) for course in courses]
        ids = [course.id for course in courses]
        return _listed(ids, [None] * len(ids), found, told, shown=shown, crowding=crowding, unlocks=unlocks)

    def looks(self, orders: Sequence[Order], gaps: Mapping[str, OrderProspect]) -> OrderLooks:
        """Some orders by what is read of them, for `best`; made once for any number of people."""
        return OrderLooks.of(self._orders, orders, gaps)

    def best(self, people: Sequence[Person], looks: OrderLooks, choices: Choices, most: int) -> Best:
        """The `most` best of each one's choices, for many people: scores as `orders` gives them, to the last bit."""
        beside = ManyPeople(people, looks, self.skills, self.words, self.suits)
        card, model = self.order_card, self._model("orders")
        found = candidates(beside, looks, card, choices, most) if model is None else everything(choices)
        parts = []
        for who, which in found:
            families = [] if model is None else [family_of(looks.orders[at].isco08) for at in which.tolist()]
            scored = _scored(card, model, beside.columns(who, which), families)
            rows = heads(who, scored.score, looks.by_id[which], most)
            parts.append(Best(who[rows], which[rows], scored.score[rows], scored.chance[rows], scored.worth[rows]))
        return Best.joined(parts)

    def beside(
        self, people: Sequence[Person], looks: OrderLooks, who: Ints, which: Ints, days: Sequence[int | None]
    ) -> "Beside":
        """Person `who[i]` beside order `which[i]`, of which they are `days[i]` away, for many people at once; `who`
        ascends. Scores as `orders` gives them, to the last bit."""
        table = ManyPeople(people, looks, self.skills, self.words, self.suits).columns(who, which)
        known = {count: soonness(OrderProspect(days=count)) for count in set(days)}
        table[:, order_columns.COLUMNS.index("soon")] = [known[count] for count in days]
        model = self._model("orders")
        families = [] if model is None else [family_of(looks.orders[at].isco08) for at in which.tolist()]
        return Beside(looks, which, _scored(self.order_card, model, table, families))

    def replay(self, kind: str, table: Matrix, families: Sequence[str]) -> tuple[Matrix, Matrix]:
        """Scores and chances of rows whose columns were noted when they were shown; `kind` orders or courses."""
        scored = _scored(self._card(kind), self._model(kind), table, families)
        return scored.score, scored.chance

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """Kind → what is looked at, as the cards name it."""
        return {kind: self._card(kind).columns for kind in KINDS}

    def learned(self, kind: str) -> bool:
        """Whether a model stands beside the card of this kind."""
        return self._model(kind) is not None

    def _card(self, kind: str) -> Card:
        return self.order_card if kind == "orders" else self.course_card

    def _model(self, kind: str) -> Model | None:
        model: Model | None = getattr(self.fitted, kind) if self.fitted else None
        return model


@dataclass(frozen=True, slots=True)
class _Scored:
    """All rows with their parts: of the card alone, or of card and model together."""

    columns: tuple[str, ...]
    table: Matrix
    start: Matrix
    points: Matrix
    score: Matrix
    chance: Matrix
    worth: Matrix
    cuts: tuple[float, float]

    def only(self, rows: Ints) -> "_Scored":
        """Some rows."""
        return _Scored(
            self.columns,
            self.table[rows],
            self.start[rows],
            self.points[rows],
            self.score[rows],
            self.chance[rows],
            self.worth[rows],
            self.cuts,
        )

    def band(self, score: float) -> Band:
        """How good it is for the person, whoever else wants it."""
        very_good, good = self.cuts
        return "VERY_GOOD" if score >= very_good else "GOOD" if score >= good else "POSSIBLE"

    def parts(self, row: int, lost: float = 0.0) -> tuple[Part, ...]:
        """They sum to the score, less what is `lost` to others; a column that did not move it has no part."""
        points = self.points[row].tolist()
        moved = compress(zip(self.columns, points, strict=True), points)
        crowd = (Part(reranker.PART, -lost),) if lost else ()
        return Part("start", float(self.start[row])), *map(Part._make, moved), *crowd

    def past(self, row: int) -> float:
        """Points for how such offers went for others; 0 while nothing is learned."""
        return float(self.points[row, -1]) if self.columns[-1] == PAST else 0.0

    def known(self, row: int) -> tuple[tuple[str, float], ...]:
        """The columns of the card that were known."""
        values = zip(self.columns, self.table[row].tolist(), strict=False)
        return tuple((column, value) for column, value in values if value == value)


@dataclass(frozen=True, slots=True)
class ScoredOrders:
    """One person beside some orders. `row_of`: by id."""

    profile: Profile
    row_of: Mapping[str, int]
    scored: _Scored
    told: Told

    def listed(self, orders: Sequence[Order], *, shown: int, crowding: Mapping[str, int] | None) -> RankedList:
        """Some of the orders, as `Ranking.orders` lists them."""
        rows = [self.row_of[order.id] for order in orders]
        scored = self.scored.only(np.array(rows, dtype=np.int64))
        ids, groups = [order.id for order in orders], [order.isco08 for order in orders]
        return _listed(ids, groups, scored, lambda at: self.told(rows[at]), shown=shown, crowding=crowding)


@dataclass(frozen=True, slots=True)
class Beside:
    """Many people beside their orders, a row a pair."""

    looks: OrderLooks
    which: Ints
    scored: _Scored

    def listed(self, rows: Ints, *, shown: int, crowding: Mapping[str, int]) -> RankedList:
        """Some rows, all of one person, as `Ranking.orders` lists them, without reasons."""
        orders = [self.looks.orders[at] for at in self.which[rows].tolist()]
        ids, groups = [order.id for order in orders], [order.isco08 for order in orders]
        return _listed(ids, groups, self.scored.only(rows), lambda row: ((), ()), shown=shown, crowding=crowding)


def _scored(card: Card, model: Model | None, table: Matrix, families: Sequence[str]) -> _Scored:
    if model is None:
        blend = Blend(np.full(len(table), card.start), card.parts(table))
        chance, cuts, columns = card.chance(table), card.band_cuts(), card.columns
    else:
        blend = model.blend(card, table, families)
        chance, cuts, columns = model.calibration.chance(blend.score), model.calibration.cuts, model.columns
    worth = card.worth(table)
    return _Scored(columns, table, blend.start, blend.parts, blend.score, chance, worth, cuts)


def _listed(
    ids: Sequence[str],
    groups: Sequence[str | None],
    scored: _Scored,
    told: Told,
    *,
    shown: int,
    crowding: Mapping[str, int] | None,
    unlocks: Sequence[Sequence[str]] | None = None,
) -> RankedList:
    levels = [(crowding or {}).get(id, 0) for id in ids]
    scores, chances, worths = scored.score.tolist(), scored.chance.tolist(), scored.worth.tolist()
    lost = [reranker.loss(level, score) if level else 0.0 for level, score in zip(levels, scores, strict=True)]
    final = [score - loss for score, loss in zip(scores, lost, strict=True)]
    opens = [unlocks is None or bool(unlocks[row]) for row in range(len(ids))]
    order = sorted(range(len(ids)), key=lambda row: (not opens[row], -final[row], ids[row]))
    if crowding is not None:
        order = reranker.spread(order, final, groups, shown)

    def made(place: int, head: bool) -> Ranked:
        row = order[place]
        reasons, missing = told(row) if head else ((), ())
        if head and scored.past(row) > 0:
            reasons = strongest((*reasons, past_reason(scored.past(row))))
        if head and levels[row]:
            missing = (*missing, reranker.reason(levels[row], lost[row]))
        return Ranked(
            id=ids[row],
            score=final[row],
            band=scored.band(scores[row]),
            summed=partial(scored.parts, row, lost[row]),
            reasons=reasons,
            missing=missing,
            chance=chances[row],
            worth=worths[row],
            unlocks=unlocks[row] if unlocks else (),
            values=scored.known(row) if head else (),
        )

    return RankedList([ids[row] for row in order], made, shown)


def _fingerprint(*digests: str) -> str:
    return "card-" + hashlib.sha256("".join(digests).encode()).hexdigest()[:16]
