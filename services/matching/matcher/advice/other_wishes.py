"""Several wishes, one of them open: what is said of each of the others, so that no wish goes without an answer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from services.matching.matcher.advice.order_states import OrderStates
from services.matching.matcher.advice.verdict import NOBODY, named_in_words, work_called
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.requirements.status import State
from services.matching.matcher.verdicts.verdict import Verdict
from shared.codes import countries, texts

MOST = 2
"""Other wishes that are answered."""
LOOKED_AT = 20
"""Orders of one wish among which the nearest is looked for."""

NOT_SAID = frozenset(("FITNESS", "HEALTH_CONDITION", "ENTRY_BAN", "NO_RECORD"))
"""Reasons that stay out of the sentence: it goes home with the person, and their rules stand in the list below."""


@dataclass(frozen=True, slots=True)
class OtherWish:
    """`orders`: what there is of it, none of it open today; [] where nobody offers it. `called`: what was asked for."""

    called: Text
    orders: Sequence[Order]


def other_wishes(person: Person, asked_for: Sequence[Order], standing: OrderStates) -> list[OtherWish]:
    """The works that were asked for and of which nothing is open, else the countries. `asked_for`: all orders of the
    wish; [] where nothing of it is open. One wish alone has no others."""
    found: list[OtherWish] = []
    if not asked_for:
        return found
    for called, orders in _parts(person, asked_for):
        if not any(standing.states[order.id] is State.ELIGIBLE_NOW for order in orders):
            found.append(OtherWish(called, orders))
    return found[:MOST]


def _parts(person: Person, asked_for: Sequence[Order]) -> Iterator[tuple[Text, list[Order]]]:
    wishes = person.wishes
    if len(wishes.isco08) > 1:
        for code in wishes.isco08:
            yield work_called(code), [order for order in asked_for if order.isco08 == code]
    elif len(wishes.destinations) > 1:
        for country in wishes.destinations:
            work = [work_called(code) for code in wishes.isco08]
            where = Text.both(partial(countries.name, country))
            yield Text.joined(*work, where, by=", "), [order for order in asked_for if order.country == country]


def said_of(
    wishes: Sequence[OtherWish],
    days: Mapping[str, int],
    waits: Mapping[str, date],
    standing: OrderStates,
    verdict_of: Callable[[Order], Verdict],
    day: date,
) -> Text | None:
    """A sentence for each. `days`: by order id, days until a path opens it; `waits`: the day that alone does."""
    if not wishes:
        return None
    return Text.joined(*(_said(wish, days, waits, standing, verdict_of, day) for wish in wishes))


def _said(
    wish: OtherWish,
    days: Mapping[str, int],
    waits: Mapping[str, date],
    standing: OrderStates,
    verdict_of: Callable[[Order], Verdict],
    day: date,
) -> Text:
    if not wish.orders:
        return NOBODY.filled(asked=wish.called)
    with_papers = [order for order in wish.orders if standing.states[order.id] is State.ELIGIBLE_BY][:LOOKED_AT]
    soon = [(verdict_of(order).by or day, order.id, order) for order in with_papers]
    soon += [(waits[order.id], order.id, order) for order in wish.orders if order.id in waits]
    if soon:
        first, _, order = min(soon, key=lambda one: one[:2])
        return (FROM if first > day else BY_PAPER).filled(order=_title(order), day=_day(first))
    reached = [(days[order.id], order.id, order) for order in wish.orders if order.id in days]
    if reached:
        away, _, order = min(reached, key=lambda one: one[:2])
        return BY_TRAINING.filled(order=_title(order), day=_day(day + timedelta(days=away)))
    nearest = min(wish.orders[:LOOKED_AT], key=lambda order: (len(verdict_of(order).blocking), order.id))
    why = next((one.text for one in verdict_of(nearest).blocking[:1] if one.rule not in NOT_SAID), None)
    return Text.joined(CLOSED.filled(order=_title(nearest)), why)


def _day(day: date) -> Text:
    return Text.both(partial(texts.day, day))


def _title(order: Order) -> Text:
    told = named_in_words(order)
    return Text(told.id[:1].upper() + told.id[1:], told.en[:1].upper() + told.en[1:])


BY_PAPER = Text(
    "{order}: bisa dilamar bila data dan suratnya lengkap.", "{order}: open once record and papers are complete."
)
FROM = Text("{order}: bisa dilamar mulai {day}.", "{order}: open from {day}.")
BY_TRAINING = Text("{order}: lewat pelatihan, sekitar {day}.", "{order}: by training, around {day}.")
CLOSED = Text("{order}: belum terbuka.", "{order}: not open yet.")
