"""The batches that somebody who asks on one day could join: the catalogue cut down, shared by all who ask that day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.people import Period
from services.matching.matcher.pathway.distances import UNKNOWN_KM


class ChangeKind(IntEnum):
    """What would have to change. The path search itself takes only batches that need NONE."""

    NONE = 0
    PAPER = 1
    """The person shows one paper that is not on record."""
    OPENED = 2
    """A batch that is only planned is opened."""
    SEAT = 3
    """A full batch gets one more seat."""
    LATER_REGISTRATION = 4
    """A batch that has not begun takes registrations again."""
    FREE_DAYS = 5
    """The person is free on the days of a batch after all."""
    LATER_CLOSING = 6
    """A job order closes later."""
    NEW_BATCH = 7
    """One more batch of a programme."""
    WAIT = 8
    """Nothing has to change but the date: it comes first, although no batch carries it."""
    LATER_END = 9
    """A permit or licence of the order lasts longer, or no listing and no new law comes before the person is ready.
    This one and the next no search finds: they are said of one order (`advice/first_step.py`)."""
    FIRST_STEP = 10
    """Several things are missing: what comes first."""


@dataclass(frozen=True, slots=True)
class BatchTable:
    """Batches as parallel arrays, by last day. Days are ordinals, the rest places in the catalogue's lists."""

    day: date
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    programme: NDArray[np.int32]
    course: NDArray[np.int32]
    place: NDArray[np.int32]
    cost: NDArray[np.int64]
    boarding: NDArray[np.bool_]
    change: NDArray[np.int8]
    ids: NDArray[np.object_]
    days: NDArray[np.int64]
    """Every last day of a batch, once."""
    searches: dict[Any, Any] = field(init=False, default_factory=dict)
    """Searches among these batches, kept for the next who asks (`BackwardSearch.alike`)."""
    _row_at: dict[str, int] = field(init=False, default_factory=dict)

    @classmethod
    def on(cls, day: date, rows: NDArray[np.void], ids: Sequence[str]) -> "BatchTable":
        """Batches that begin after `day` and have no obstacle, or one that a single change would lift."""
        asked = day.toordinal()
        kept = np.flatnonzero((rows["starts"] > asked) & (rows["change"] >= ChangeKind.NONE))
        kept = kept[np.argsort(rows["ends"][kept], kind="stable")]
        chosen = rows[kept]
        change = chosen["change"].copy()
        late = chosen["closes"] < asked
        gone = late & (change != ChangeKind.NONE)  # full and closed: that takes two changes
        change[late] = ChangeKind.LATER_REGISTRATION
        chosen, change, kept = chosen[~gone], change[~gone], kept[~gone]
        return cls(
            day=day,
            starts=chosen["starts"].copy(),
            ends=chosen["ends"].copy(),
            programme=chosen["programme"].copy(),
            course=chosen["course"].copy(),
            place=chosen["place"].copy(),
            cost=chosen["cost"].copy(),
            boarding=chosen["boarding"].copy(),
            change=change,
            ids=np.array(ids, dtype=object)[kept],
            days=np.unique(chosen["ends"]).astype(np.int64),
        )

    def __len__(self) -> int:
        return len(self.starts)

    def row_of(self, id: str) -> int:
        """The row of a batch. Errors: KeyError for one that is not here."""
        if not self._row_at:
            self._row_at.update((one, row) for row, one in enumerate(self.ids.tolist()))
        return self._row_at[id]

    def during(self, free: Sequence[Period]) -> NDArray[np.bool_]:
        """Which batches lie wholly within days that the person said they are free; nothing said means always."""
        if not free:
            return np.ones(len(self), dtype=bool)
        fits = np.zeros(len(self), dtype=bool)
        for first, last in joined(free):
            fits |= (self.starts >= first) & (self.ends <= last)
        return fits

    def within(self, km: NDArray[np.int64], max_km: float | None, boarding_ok: bool | None) -> NDArray[np.bool_]:
        """Which batches are as near as the person wishes, without boarding if they want none. `km`: for each batch."""
        fits = np.ones(len(self), dtype=bool)
        if max_km is not None:
            fits &= (km <= max_km) & (km < UNKNOWN_KM)
        if boarding_ok is False:
            fits &= ~self.boarding
        return fits


def joined(free: Sequence[Period]) -> list[tuple[int, int]]:
    """Periods as ordinals, those that touch or overlap made one."""
    spans = sorted((p.from_.toordinal(), (p.until or date.max).toordinal()) for p in free)
    found: list[tuple[int, int]] = []
    for first, last in spans:
        if last < first:
            continue
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
