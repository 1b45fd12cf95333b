"""The facade of the ranking: one object per process, shared by its threads.

Cold it is the hand-set cards alone. `load` puts a fitted model beside them; the more outcomes stand behind the model,
the more it weighs. Either way a score is a sum of parts, and features follow every event at once while weights change
only when a model is fitted.
"""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher import explain
from services.matching.matcher.answers import Band, Gap, Outlook, Part, Ranked, Reason
from services.matching.matcher.cards import Card
from services.matching.matcher.facts import Course, Order, Person
from services.matching.matcher.features import CourseShelf, OrderShelf, Profile, SkillMap
from services.matching.matcher.features import courses as course_columns
from services.matching.matcher.features import orders as order_columns
from services.matching.matcher.ranker.gain import gains
from shared.words import Words

SHOWN = 10
"""Reasons are worked out for the head of the list only; nobody reads why something stands last."""


class Ranking:
    """Puts orders and courses in order for one person. Knows no law."""

    def __init__(self, *, words: Words | None = None) -> None:
        self.words = words or Words.default()
        self.skills = SkillMap.default() if words is None else SkillMap(words)
        self.order_card = Card.named("orders", order_columns.COLUMNS)
        self.course_card = Card.named("courses", course_columns.COLUMNS)
        self._orders = OrderShelf(self.skills, self.words)
        self._courses = CourseShelf(self.skills, self.words)

    @classmethod
    def cold(cls) -> "Ranking":
        """The cards alone, for a house that has no outcomes yet."""
        return cls()

    @property
    def fingerprint(self) -> str:
        """Tells which weights ranked; part of `as_of` in every answer."""
        digests = (self.order_card.digest, self.course_card.digest)
        return "card-" + hashlib.sha256("".join(digests).encode()).hexdigest()[:16]

    def orders(
        self, person: Person, orders: Sequence[Order], gaps: Mapping[str, Gap] | None = None, *, shown: int = SHOWN
    ) -> list[Ranked]:
        """All `orders`, best first; the first `shown` with reasons and what is missing. Ties by id."""
        if not orders:
            return []
        profile = Profile.of(person, self.skills, self.words)
        table = self._orders.columns(profile, orders, gaps or {})
        card = self.order_card
        parts, score = _scores(card, table)
        ranked = []
        for place, row in enumerate(_best_first(score, [order.id for order in orders])):
            order = orders[row]
            reasons: tuple[Reason, ...] = ()
            missing: tuple[Reason, ...] = ()
            if place < shown:
                reasons = explain.order_reasons(profile, order, table[row], parts[row], card, self._orders, self.words)
                missing = explain.order_missing(profile, order, table[row], card, self._orders, self.words)
            ranked.append(
                Ranked(
                    id=order.id,
                    score=float(score[row]),
                    band=_band(float(score[row]), card),
                    parts=_parts(card, parts[row]),
                    reasons=reasons,
                    missing=missing,
                    chance=float(card.chance(table[row : row + 1])[0]),
                    worth=float(card.worth(table[row : row + 1])[0]),
                )
            )
        return ranked

    def courses(
        self,
        person: Person,
        courses: Sequence[Course],
        outlooks: Mapping[str, Outlook] | None = None,
        *,
        open_orders: Sequence[Order] = (),
        gaps: Mapping[str, Gap] | None = None,
        shown: int = SHOWN,
    ) -> list[Ranked]:
        """All `courses`, best first: by what they unlock for this person, then by likeness.

        `open_orders` are those the person may apply for today: a course is worth what it adds to them."""
        if not courses:
            return []
        outlooks = outlooks or {}
        profile = Profile.of(person, self.skills, self.words)
        gain = gains(
            profile,
            courses,
            outlooks,
            open_orders=open_orders,
            gaps=gaps or {},
            order_shelf=self._orders,
            course_shelf=self._courses,
            card=self.order_card,
        )
        table = self._courses.columns(profile, courses, outlooks, gain)
        card = self.course_card
        parts, score = _scores(card, table)
        ranked = []
        for place, row in enumerate(_best_first(score, [course.id for course in courses])):
            course = courses[row]
            outlook = outlooks.get(course.id, Outlook())
            reasons: tuple[Reason, ...] = ()
            missing: tuple[Reason, ...] = ()
            if place < shown:
                reasons = explain.course_reasons(
                    profile, course, outlook, table[row], parts[row], card, self.skills, self.words
                )
                missing = explain.course_missing(course, outlook, table[row])
            ranked.append(
                Ranked(
                    id=course.id,
                    score=float(score[row]),
                    band=_band(float(score[row]), card),
                    parts=_parts(card, parts[row]),
                    reasons=reasons,
                    missing=missing,
                    chance=float(card.chance(table[row : row + 1])[0]),
                    worth=float(card.worth(table[row : row + 1])[0]),
                    unlocks=tuple(order.id for order in outlook.orders),
                )
            )
        return ranked


def _scores(card: Card, table: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    parts = card.parts(table)
    return parts, card.start + parts.sum(axis=1)


def _best_first(score: NDArray[np.float64], ids: Sequence[str]) -> list[int]:
    return sorted(range(len(ids)), key=lambda row: (-score[row], ids[row]))


def _band(score: float, card: Card) -> Band:
    return "VERY_GOOD" if score >= card.very_good else "GOOD" if score >= card.good else "POSSIBLE"


def _parts(card: Card, points: NDArray[np.float64]) -> tuple[Part, ...]:
    moved = [Part(column, float(value)) for column, value in zip(card.columns, points, strict=True) if value]
    return (Part("start", card.start), *moved)
