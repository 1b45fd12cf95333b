"""What a person still lacks, as numbers that the search can subtract from.

An ask that one course settles (a certificate, a language result) is a bit of a mask. Lesson hours are amounts by title
and destination, because several courses may add up to them. A `Gap` is hashable, so equal gaps are searched once.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from services.matching.matcher.eligibility.asks import Ask, Hours
from services.matching.matcher.eligibility.status import Status
from services.matching.matcher.pathway.alternatives import Alternative, alternatives
from services.matching.matcher.pathway.standing import Standing
from services.matching.matcher.pathway.teaching import Teaching, counted


class Gap(NamedTuple):
    """`mask`: bits still to be settled. `hours`: (place of title and destination, hours still missing), in order.

    A named tuple, because the search compares and hashes some thousand of them for one person.
    """

    mask: int = 0
    hours: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.mask or self.hours)

    def parts(self) -> "list[Gap]":
        """Each bit and each amount as a gap of its own."""
        bits = [Gap(mask=1 << at) for at in range(self.mask.bit_length()) if self.mask >> at & 1]
        return bits + [Gap(hours=(amount,)) for amount in self.hours]


CLOSED = Gap()


def both(one: Gap, other: Gap) -> Gap:
    """The gap of somebody who must close two: hours asked twice are needed once, the greater amount."""
    if not one.hours or not other.hours:
        return Gap(one.mask | other.mask, one.hours or other.hours)
    hours = dict(one.hours)
    for at, amount in other.hours:
        hours[at] = max(amount, hours.get(at, 0))
    return Gap(one.mask | other.mask, tuple(sorted(hours.items())))


class Ledger:
    """The bits and amounts of one person's question, entered as the search meets them."""

    def __init__(self, standing: Standing, teaching: Teaching) -> None:
        self.standing = standing
        self.teaching = teaching
        self.bits: list[Ask] = []
        self.titles: list[Hours] = []
        self._bit_at: dict[Ask, int] = {}
        self._title_at: dict[tuple[str, str | None], int] = {}

    def code(self, ask: Ask, stretch: int) -> int:
        """2: met without any course. 1: a course could meet it. 0: neither."""
        if self.standing.status(ask, stretch) is Status.MET:
            return 2
        return 1 if self.teaching.towards(ask) else 0

    def gap(self, lacking: Iterable[Ask]) -> Gap:
        """The gap of somebody who lacks these learnable asks."""
        mask = 0
        hours: dict[int, int] = {}
        for ask in lacking:
            if isinstance(ask, Hours):
                at = self._title(ask)
                hours[at] = max(hours.get(at, 0), ask.hours - counted(self.standing.person.training_hours, ask))
            else:
                mask |= 1 << self._bit(ask)
        return Gap(mask, tuple(sorted(hours.items())))

    def gaps(self, ask: Ask, sets: Sequence[Alternative] | None, stretch: int) -> list[Gap]:
        """The gaps of which one must be closed; [CLOSED] when nothing is lacking, [] when no course can help.

        `sets`: the alternatives of `ask`, or None when they are too many to write out for everybody.
        """
        if sets is None:
            sets = alternatives(ask, lambda one: self.code(one, stretch)) or []
        found = []
        for one in sets:
            codes = [(self.code(leaf, stretch), leaf) for leaf in one]
            if all(code for code, _ in codes):
                found.append(self.gap(leaf for code, leaf in codes if code == 1))
        return [CLOSED] if CLOSED in found else list(dict.fromkeys(found))

    def _bit(self, ask: Ask) -> int:
        at = self._bit_at.setdefault(ask, len(self.bits))
        if at == len(self.bits):
            self.bits.append(ask)
        return at

    def _title(self, ask: Hours) -> int:
        at = self._title_at.setdefault((ask.isco08, ask.destination), len(self.titles))
        if at == len(self.titles):
            self.titles.append(Hours(ask.isco08, 1, ask.destination))
        return at
