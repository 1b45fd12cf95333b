"""What no path can beat, worked out at a glance: so that most aims need not be searched at all."""

from dataclasses import dataclass

from services.matching.matcher.pathway.aims import Aim
from services.matching.matcher.pathway.gaps import Gap
from services.matching.matcher.pathway.reach import FAR, KM, Ints, Reach


@dataclass(frozen=True, slots=True)
class Bound:
    """No path to the aim is ready earlier, nearer or better paid than this, and none has fewer steps."""

    day: int
    km: int
    wage: float
    steps: int


class Bounds:
    """The bounds of all aims of one search."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._parts: dict[Gap, tuple[int, int, int]] = {}
        self._rows: dict[Gap, Ints] = {}
        self._begun: dict[tuple[Gap, int, int | None], int] = {}
        self._after: dict[tuple[Gap, int, int | None], int] = {}
        self._km: Ints = reach.code >> KM

    def of(self, aim: Aim) -> Bound | None:
        """None when no path leads there."""
        day, km, steps = aim.soonest, 0, 1
        for part in aim.gap.parts():
            if part not in self._parts:
                self._parts[part] = self._of_part(part)
            its_day, its_km, its_steps = self._parts[part]
            day, km, steps = max(day, its_day), max(km, its_km), max(steps, its_steps)
        return Bound(day, km, aim.best_wage, steps) if day <= aim.latest else None

    def day_after(self, gap: Gap, steps: int, within_km: int | None = None) -> int:
        """The first day on which a path of at least so many steps could end, none of them farther than `within_km`.

        Each part of the gap must be closed by then, and so many batches that may be on the way must fit one after the
        other, the last of which closes some of the gap.
        """
        key = (gap, steps, within_km)
        if key not in self._after:
            parts = gap.parts()
            each = [self.day_after(part, self._reach.steps_for(part), within_km) for part in parts if len(parts) > 1]
            row = self._in_a_row(gap, steps, within_km) if steps > 1 or not each else 0
            self._after[key] = max([row, *each])
        return self._after[key]

    def _in_a_row(self, gap: Gap, steps: int, within_km: int | None) -> int:
        """The first day on which the last of so many batches in a row can end."""
        rows = self._reach.rows_of(self._reach.useful(gap))
        rows = rows[self._reach.starts[rows] > self._ended(gap, steps - 1, within_km)]
        if within_km is not None:
            rows = rows[self._km[rows] <= within_km]
        return int(self._reach.ends[rows].min(initial=FAR))

    def _ended(self, gap: Gap, steps: int, within_km: int | None) -> int:
        """The first day by which so many batches on the way can have ended, one after the other."""
        if not steps:
            return 0
        key = (gap, steps, within_km)
        if key not in self._begun:
            rows = self._on_the_way(gap)
            rows = rows[self._reach.starts[rows] > self._ended(gap, steps - 1, within_km)]
            if within_km is not None:
                rows = rows[self._km[rows] <= within_km]
            self._begun[key] = int(self._reach.ends[rows].min(initial=FAR))
        return self._begun[key]

    def _on_the_way(self, gap: Gap) -> Ints:
        """The batches that some path to closing the gap may use: those that help, and those that open their doors."""
        if gap in self._rows:
            return self._rows[gap]
        blocks: set[int] = set()
        parts = list(gap.parts())
        while parts:
            new = set(self._reach.useful(parts.pop())) - blocks
            blocks |= new
            parts += [part for block in new for door in self._reach.blocks[block].doors for part in door.parts()]
        self._rows[gap] = self._reach.rows_of(sorted(blocks))
        return self._rows[gap]

    def _of_part(self, part: Gap) -> tuple[int, int, int]:
        steps = self._reach.steps_for(part)
        if steps >= FAR:
            return FAR, 0, 1
        blocks = self._reach.useful(part)
        day = int(self._reach.first[blocks].min()) if steps == 1 else self.day_after(part, steps)
        return day, steps * int(self._reach.nearest[blocks].min()), steps
