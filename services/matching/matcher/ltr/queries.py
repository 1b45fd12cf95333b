"""Whoever ranks or learns puts its question in two shapes: an ask (who wants something) and offers (what there is).

A person looking for orders, a person looking for courses, a title looking for its place in the classification: all are
asks beside offers. What a question lacks stays empty, and the blocks that would need it leave themselves out.
"""

from dataclasses import dataclass

Place = tuple[str, ...]
"""Regions from large to small: ("53", "53.06") or ("CA", "San Jose")."""


@dataclass(frozen=True, slots=True)
class Query:
    """`unit` must not be split between learning and checking (a person, a title).

    `titles` what the person did or aims at, `phrases` skills held or missing, `about` longer text, `wishes` stated
    interests, `groups` codes from coarse to fine, `seen` offers met before, oldest first, `when` a running time
    in any unit."""

    id: str
    unit: str
    titles: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    about: str = ""
    wishes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    seen: tuple[str, ...] = ()
    when: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """`essential` and `optional` are skill codes, or words where there is no code; None: nobody recorded them.

    `titles` every name, the main one first; `maker` who offers it; `traits` other plain facts (kind, level); `groups`
    classification codes from coarse to fine; `since` a running time in the unit of `Query.when` or one of its own."""

    id: str
    titles: tuple[str, ...] = ()
    about: str = ""
    essential: tuple[str, ...] | None = None
    optional: tuple[str, ...] = ()
    maker: str = ""
    traits: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    place: Place = ()
    since: float | None = None


def words_of(ask: Query) -> str:
    """Everything that an ask says, in one text; what makes two asks alike."""
    return " ; ".join((*ask.titles, *ask.phrases, *ask.wishes))


def words_on(offer: Item) -> str:
    """Everything that an offer says of itself, in one text."""
    return " ; ".join((*offer.titles, offer.about))
