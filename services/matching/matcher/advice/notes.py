"""What is said beside the headline: wishes that a ban closes, why a wish was widened, what nobody has asked yet."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

from services.matching.matcher.advice.answer import Goal
from services.matching.matcher.advice.order_states import OrderStates
from services.matching.matcher.advice.verdict import work_called
from services.matching.matcher.advice.wishes import Widened
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.law import LawOnDay, Row
from services.matching.matcher.law.policy_kinds import Ban
from services.matching.matcher.requirements.status import State
from services.matching.matcher.verdicts.verdict import Verdict
from services.matching.matcher.world import World
from shared.codes import countries

HOUSEHOLD = ("9111", "5152", "5311", "5322")
"""Work that is done in homes: a ban on households speaks of it even where nobody offers it."""


MOST_CLOSED = 2
"""Closed wishes that are named."""


@dataclass(frozen=True, slots=True)
class ClosedWish:
    """A wish, or all of them, that a ban closes, whether or not anybody offers it. `row`: the law that says so."""

    row: Row
    text: Text


def closed_by_law(person: Person, law: LawOnDay) -> ClosedWish | None:
    """A ban that covers all the countries that were asked for, whatever work there."""
    wishes = person.wishes
    for row, ban in law.of(Ban):
        covers = _covers(ban, wishes.isco08) if wishes.isco08 else _covers(ban, (None,))
        if row.binding and wishes.destinations and set(wishes.destinations) <= set(ban.scope.countries) and covers:
            return ClosedWish(row, BANNED.filled(country=_country(wishes.destinations[0])))
    return None


def _covers(ban: Ban, work: Collection[str | None]) -> bool:
    """Does the ban close all of this work, in homes where it is done there? None: whatever work."""
    scope = ban.scope
    return all(
        (not scope.isco08 or (code is not None and code.startswith(scope.isco08)))
        and (scope.employer_type is None or (scope.employer_type == "HOUSEHOLD" and code in HOUSEHOLD))
        for code in work
    )


def closed_wishes(person: Person, law: LawOnDay, goal: Goal | None) -> tuple[ClosedWish, ...]:
    """Of several wishes those that a ban closes, where the headline speaks of another one."""
    if closed_by_law(person, law) is not None:
        return ()
    said = goal.order.country if goal is not None and goal.exact else None
    found: dict[tuple[str, str], ClosedWish] = {}
    for country in person.wishes.destinations:
        for code in person.wishes.isco08 if country != said else ():
            text = BANNED_WORK.filled(country=_country(country), work=work_called(code))
            for row, ban in law.of(Ban):
                if row.binding and country in ban.scope.countries and _covers(ban, (code,)):
                    found.setdefault((country, code), ClosedWish(row, text))
    return tuple(found.values())[:MOST_CLOSED]


def closed_by(person: Person, law: LawOnDay, goal: Goal | None) -> tuple[ClosedWish, ...]:
    """What a ban closes of the wish and no order of the answer says: each with the law that does."""
    whole = closed_by_law(person, law) if goal is None or not goal.exact else None
    return (whole,) if whole is not None else closed_wishes(person, law, goal)


def notes_on(
    goal: Goal | None,
    person: Person,
    wider: Mapping[str, Widened],
    world: World,
    standing: OrderStates,
    verdict_of: Callable[[Order], Verdict],
) -> tuple[Text, ...]:
    """That the wish was widened by what the person holds, and what their own trade would still need."""
    widens = wider.get(goal.order.isco08 or "") if goal is not None and not goal.exact else None
    if goal is None or widens is None:
        return ()
    name, trade = goal.order.title or Text("pekerjaan ini", "this work"), widens.trade.name
    why = (
        Text(f"karena bekal {trade.id} cocok untuk itu", f"because it builds on {trade.en}")
        if widens.held
        else Text("karena dekat dengan yang diminta", "because it is near to what was asked for")
    )
    notes = [
        Text(
            f"Keinginan diperluas ke {name.id[:1].lower()}{name.id[1:]}, {why.id}.",
            f"The wish was widened to {name.en[:1].lower()}{name.en[1:]}, {why.en}.",
        )
    ]
    own = [world.orders[id] for id in sorted(standing.states) if world.orders[id].isco08 in person.wishes.isco08]
    best = min(own, key=lambda order: len(verdict_of(order).blocking), default=None)
    if best is not None and best.country is not None and verdict_of(best).blocking:
        lacking = list(dict.fromkeys(outcome.text for outcome in verdict_of(best).blocking))[:3]
        notes.append(OWN_TRADE.filled(country=_country(best.country), lacking=Text.joined(*lacking)))
    return tuple(notes)


BANNED = Text(
    "Penempatan ke {country} untuk pekerjaan ini sedang ditutup.", "This work in {country} is closed at present."
)
BANNED_WORK = Text(
    "Penempatan ke {country} untuk {work} sedang ditutup.", "Work as {work} in {country} is closed at present."
)
OWN_TRADE = Text("Dengan ijazah sendiri ke {country}: {lacking}", "With the own diploma to {country}: {lacking}")
NOBODY_ASKED = Text(
    "Belum ditanyakan apakah pernah dideportasi atau dilarang masuk. Tanyakan dulu, lalu catat jawabannya.",
    "Nobody has asked about a deportation or an entry ban. Ask first, and write down the answer.",
)


def _country(code: str) -> Text:
    return Text.both(partial(countries.name, code))


def still_to_ask(person: Person, state: State) -> tuple[Text, ...]:
    """Beside a yes: what it does not know, because nobody asked for it. Such a list is open, and never "none"."""
    return (NOBODY_ASKED,) if state is State.ELIGIBLE_NOW and "records" in person.unasked else ()
