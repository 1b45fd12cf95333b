"""What closed since the options of a plan were gathered: an order, or a batch, that nobody can be given any more."""

from collections.abc import Iterable
from datetime import date

from services.matching.matcher.pathway.batch_table import ChangeKind
from services.matching.matcher.plan.gathering import Way
from services.matching.matcher.world import World


class StillOpen:
    """One world on one day, for any number of options."""

    def __init__(self, world: World, day: date, known_on: date | None = None) -> None:
        self._world, self._known_on = world, known_on
        offers = world.catalogue.offers(day)
        self._offered = set(offers.ids[offers.change == ChangeKind.NONE].tolist())
        self._days: dict[date, set[str]] = {}

    def lacks(self, way: Way) -> list[str]:
        """Ids of what closed or changed of an option; none while it stands."""
        gone = []
        order = self._world.orders.get(way.order)
        if order is None or order.version != way.order_version or way.order not in self._open_on(way.ready_on):
            gone.append(way.order)
        if way.batch is not None and not self._takes(way.batch, way.ready_on):
            gone.append(way.batch)
        return gone

    def any_gone(self, ways: Iterable[Way]) -> bool:
        return any(self.lacks(way) for way in ways)

    def _takes(self, batch: str, ends: date) -> bool:
        return batch in self._offered and self._world.batches[batch].ends == ends

    def _open_on(self, day: date) -> set[str]:
        """Orders that somebody may apply for on the day, as far as the order and the law of that day say."""
        if day not in self._days:
            compiled = self._world.order_index.under(self._world.law.at(day, self._known_on))
            is_open = zip(compiled.ids, compiled.columns().open_on(day).tolist(), strict=True)
            self._days[day] = {id for id, yes in is_open if yes} - compiled.hidden.keys()
        return self._days[day]
