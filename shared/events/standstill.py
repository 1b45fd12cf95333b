"""For the listener: a partition brings nothing although more is there, and whoever reads it has nothing else to do.

Once, after a broker was killed, two people were not heard of for two minutes by a house that heard of whoever came
after them (decision 0111): one partition of the reader stood still, and nobody looked. Beginning anew from what was
committed mends whatever in a reader can do that, and costs a second.
"""

from collections.abc import Mapping

from shared import clock
from shared.events.broker import Unavailable

Partition = tuple[str, int]

STANDSTILL_SECONDS = 10.0
"""Longer than a poll, a fetch and a commit that all wait as long as they may."""


class Standstill:
    """`look` now and then; `forget` with every new reader."""

    def __init__(self) -> None:
        self._since: dict[Partition, tuple[int, float]] = {}

    def forget(self) -> None:
        self._since = {}

    def look(self, behind: Mapping[Partition, int]) -> None:
        """`behind`: the position of each partition that has more records and of which a poll has just brought none.

        Raises:
            Unavailable: one has stood at the same position for too long.
        """
        now = clock.monotonic()
        self._since = {
            one: (position, self._since[one][1] if self._since.get(one, (None,))[0] == position else now)
            for one, position in behind.items()
        }
        stuck = [one for one, (_, since) in self._since.items() if now - since >= STANDSTILL_SECONDS]
        if stuck:
            names = ", ".join(f"{topic}/{number}" for topic, number in stuck)
            raise Unavailable(f"Nothing more comes of {names}, although there is more: the reader begins anew.")
