"""Demands rewritten as alternatives, for the search: to meet one of these sets is to meet the whole.

A tree of "all of" and "one of" becomes a list of sets of asks. What the order and the law decide alone is folded away
first, so that thousands of orders which ask the same of a person become one entry.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf, AnyOf
from services.matching.matcher.requirements.settled import Fixed
from services.matching.matcher.requirements.status import Status

Alternative = frozenset[Requirement]

NOTHING = AllOf(())
"""Asks nothing, so it is always met."""
NEVER = AnyOf(())
"""Offers no alternative, so it is never met."""

WIDEST = 64
"""More alternatives than this are not written out in advance but looked at for each person, most of whose asks are
settled already. Real orders have fewer than ten; a tree of 200 leaves may have more than there are atoms."""


def fold(ask: Requirement) -> Requirement:
    """The same demand without what is fixed: unknown counts as never, groups inside their like are merged."""
    if isinstance(ask, Fixed):
        return NOTHING if ask.status is Status.MET else NEVER
    if isinstance(ask, NeedsAge):
        return replace(ask, wait_until=None)  # how long waiting helps is decided by the days on which the order is open
    if isinstance(ask, AllOf):
        return _group(AllOf, NEVER, NOTHING, map(fold, ask.parts))
    if isinstance(ask, AnyOf):
        return _group(AnyOf, NOTHING, NEVER, map(fold, ask.parts))
    return ask


def alternatives(ask: Requirement, code: Callable[[Requirement], int] | None = None) -> list[Alternative] | None:
    """The sets of asks of which one must be met; no set contains another. `ask` is folded.

    `code` tells for each ask that it is met already (2), can be met (1) or cannot (0). Without it every ask is open,
    and the answer is None when there are more than WIDEST sets.
    """
    if isinstance(ask, AllOf):
        parts = [alternatives(part, code) for part in ask.parts]
        if any(part is None for part in parts):
            return None
        found: list[Alternative] | None = [frozenset()]
        for part in sorted((part for part in parts if part is not None), key=len):
            found = smallest(one | other for one in found or () for other in part)
            if code is None and len(found) > WIDEST:
                return None
        return found
    if isinstance(ask, AnyOf):
        branches = [alternatives(part, code) for part in ask.parts]
        if any(branch is None for branch in branches):
            return None
        found = smallest(one for branch in branches if branch is not None for one in branch)
        return None if code is None and len(found) > WIDEST else found
    reading = 1 if code is None else code(ask)
    return [frozenset()] if reading == 2 else [frozenset((ask,))] if reading == 1 else []


def weakest_of(ask: Requirement, code: Callable[[Requirement], int]) -> int:
    """The code of a tree from the codes of its leaves: the least of "all of", the greatest of "one of"."""
    if isinstance(ask, AllOf):
        return min((weakest_of(part, code) for part in ask.parts), default=2)
    if isinstance(ask, AnyOf):
        return max((weakest_of(part, code) for part in ask.parts), default=0)
    return code(ask)


def smallest(sets: Iterable[Alternative]) -> list[Alternative]:
    """Without those that contain another one; each once, in the order in which they came."""
    once = list(dict.fromkeys(sets))
    return [one for one in once if not any(other < one for other in once)]


def _group(
    kind: type[AllOf] | type[AnyOf], ends: Requirement, empty: Requirement, parts: Iterable[Requirement]
) -> Requirement:
    """A group of folded parts: one part that decides alone ends it, parts that say nothing leave it."""
    kept: list[Requirement] = []
    for part in parts:
        if part == ends:
            return ends
        kept += part.parts if isinstance(part, kind) else [part]
    once = tuple(dict.fromkeys(kept))
    if not once:
        return empty
    return once[0] if len(once) == 1 else kind(once)
