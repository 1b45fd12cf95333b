"""Which orders one person is shown, and in which order: what was asked for first, then its neighbours, then others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.advice.order_states import OrderStates
from services.matching.matcher.advice.wishes import Nearness
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.pathway.outlooks import CourseOutlook, Outlooks
from services.matching.matcher.ranking.reranker import Place
from services.matching.matcher.ranking.values import OrderProspect, Ranked
from services.matching.matcher.requirements.groups import leaves
from services.matching.matcher.requirements.status import STATE_CODES, State, Status
from services.matching.matcher.verdicts.verdict import Verdict
from services.matching.matcher.world import World

Ints = NDArray[np.int64]
NOW, BY = STATE_CODES.index(State.ELIGIBLE_NOW), STATE_CODES.index(State.ELIGIBLE_BY)

MOST_RANKED = 200
"""Orders that are ranked for one person; the rest is counted. Nobody looks at the two hundred and first. Of orders that
are equally near, open and soon, a draw by lot says which are ranked, a new one each day and the same for everybody."""
SURE_PLACES = 2
"""Places that the open orders and the others each have for certain, as long as it can fill them."""


def offered_to(
    near: Nearness, world: World, standing: OrderStates, outlooks: Outlooks, day: date
) -> tuple[list[Order], int]:
    """(the orders worth ranking, how many there are in all): open now, with a paper, or by a path; what is near to the
    wish and soon comes first."""
    compiled, codes = standing.compiled, standing.codes
    days = np.zeros(len(codes), dtype=np.int64)
    days[outlooks.rows] = list(outlooks.days.values())
    found = nearest_first(near.rows, codes, outlooks.rows, days, compiled.by_lot(day), compiled.shown())
    return [world.orders[compiled.ids[row]] for row in found[:MOST_RANKED].tolist()], len(found)


def nearest_first(
    near: NDArray[np.integer[Any]],
    codes: NDArray[np.int8],
    reached: Ints,
    days: Ints,
    by_lot: Ints,
    shown: NDArray[np.bool_] | None = None,
) -> Ints:
    """Rows of the orders that are open, with a paper or by a path (`reached`, after so many `days`), in this order."""
    place = np.where(codes == NOW, 0, 3)
    place[codes == BY] = 1
    place[reached] = np.minimum(place[reached], 2)
    offered = np.flatnonzero(place < 3 if shown is None else (place < 3) & shown)
    return offered[np.lexsort((by_lot[offered], days[offered], place[offered], near[offered]))]


def listed_for(
    offered: Sequence[Order],
    near: Mapping[str, int],
    may_apply: set[str],
    ranked: Callable[[Sequence[Order]], Sequence[Ranked]],
    places: int,
) -> list[Ranked]:
    """What was asked for and its neighbours first, each group open orders before others; then anything else.

    The last place is kept for an order that is open today, if there is one and none is near.
    """
    listed: list[Ranked] = []
    for distance in sorted({near[order.id] for order in offered}):
        group = [order for order in offered if near[order.id] == distance]
        listed += side_by_side(
            ranked([order for order in group if order.id in may_apply]),
            ranked([order for order in group if order.id not in may_apply]),
            places,
        )
    shown = listed[:places]
    if places and not any(row.id in may_apply for row in shown):
        open_ = next((row for row in listed[places:] if row.id in may_apply), None)
        shown = [*shown[:-1], open_] if open_ is not None and len(shown) == places else shown
    return shown


OPEN_TODAY = Text("Dapat dilamar sekarang.", "Can be applied for now.")


def open_today(ranked: Ranked) -> Ranked:
    """The reason that an order opens soon, of one that is open: it says so."""
    reasons = tuple(replace(one, text=OPEN_TODAY) if one.code == "SOON" else one for one in ranked.reasons)
    return replace(ranked, reasons=reasons)


HELD = {
    "CERTIFICATE_HELD": "certificates",
    "LANGUAGE_HELD": "languages",
    "HOURS_DONE": "training_hours",
    "EXPERIENCE_ENOUGH": "occupations",
    "PROGRAMME_FINISHED": "prior_programmes",
}
"""Reasons that say something asked for is there, and the field of a person that they speak of."""


def true_on(day: date, ranked: Ranked, verdict: Verdict, person: Person) -> Ranked:
    """The reasons without those that the law of the day contradicts: a certificate that ran out still tells what
    somebody can do, and so it counts; it is no longer "there"."""
    if not any(reason.code in HELD for reason in ranked.reasons):
        return ranked
    asked = [(outcome, leaf) for outcome in verdict.outcomes for leaf in leaves(outcome.ask)]
    met = {leaf.FACET for _, leaf in asked if leaf.FACET and leaf.judge(person, day) is Status.MET}
    met -= {leaf.FACET for outcome, leaf in asked if outcome.status is Status.NOT_MET}
    reasons = tuple(one for one in ranked.reasons if one.code not in HELD or HELD[one.code] in met)
    return replace(ranked, reasons=reasons)


def places_of(
    person: Person,
    offered: Sequence[Order],
    world: World,
    outlooks: Mapping[str, CourseOutlook],
    others: Mapping[str, float],
) -> dict[str, Place]:
    """Seats and other people's exposure of all that is ranked. A slot held for the person is nobody else's."""
    found = {
        order.id: Place(others[order.id], order.slots.left if order.slots else None)
        for order in offered
        if order.id in others and order.id not in person.holds
    }
    for id, look in outlooks.items():
        if look.batch in others:
            found[id] = Place(others[look.batch], world.batches[look.batch].seats_left)
    return found


def gaps_to(
    orders: Sequence[Order],
    standing: OrderStates,
    verdict_of: Callable[[Order], Verdict],
    days: Mapping[str, int],
    day: date,
) -> dict[str, OrderProspect]:
    """How far orders are away, as the ranking takes it."""
    compiled = standing.compiled
    rows = compiled.rows_of(order.id for order in orders)
    states, wages = standing.codes[rows].tolist(), compiled.columns().wage[rows].tolist()
    gaps = {}
    for order, code, amount in zip(orders, states, wages, strict=True):
        wait, wage = days.get(order.id), amount if amount >= 0 else None
        steps: int | None = None
        if code == NOW:
            steps, wait = 0, 0
        elif code == BY:
            verdict = verdict_of(order)
            steps, wait = len(verdict.blocking), (verdict.by - day).days if verdict.by else 0
        gaps[order.id] = OrderProspect(steps=steps, days=wait, wage_idr=wage)
    return gaps


def side_by_side(open_now: Sequence[Ranked], by_a_way: Sequence[Ranked], places: int) -> list[Ranked]:
    """At most `places` orders, open ones first, each list in its own order. What is open has the first place of all.

    Places that are not sure go to whichever list has the higher score next. One list by score alone hid the open orders
    of somebody who wishes for work that is closed to them, below "may apply now".
    """
    of_open = min(SURE_PLACES, len(open_now), places)
    of_others = min(SURE_PLACES, len(by_a_way), places - of_open)
    while of_open + of_others < min(places, len(open_now) + len(by_a_way)):
        if of_others == len(by_a_way) or (
            of_open < len(open_now) and open_now[of_open].score >= by_a_way[of_others].score
        ):
            of_open += 1
        else:
            of_others += 1
    return [*open_now[:of_open], *by_a_way[:of_others]]
