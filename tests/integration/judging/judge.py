"""Matching in a history of judged houses, as far as it judges."""

from collections.abc import Callable
from typing import Any

from services.matching import says as matching_says
from services.matching.judging.docket import Docket
from services.matching.matcher.world import World
from shared import clock
from shared.events.envelope import Event
from tests.property.paths_worlds import KM
from tests.support.served import told


class Judge:
    """Matching, as far as it judges: what it has heard in which version, and what it says of what is open."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Event] = {}
        self.numbers = 0
        self.restart()

    def restart(self) -> None:
        """Killed and started: everything that was heard is read again, and everything is judged again."""
        self.world, self.docket = World(KM), Docket()
        for event in self.rows.values():
            self._put(event)

    def hear(self, event: Event) -> None:
        known = self.rows.get((event.topic, event.key))
        if known is None or event.version > known.version:
            self.rows[event.topic, event.key] = event
            self._put(event)

    def _put(self, event: Event) -> None:
        puts: dict[str, Callable[[Any], None]] = {
            "placement.job-orders.v1": self.world.put_order,
            "placement.quotas.v1": self.world.put_quota,
            "placement.policies.v1": self.world.put_policy,
            "placement.applications.v1": self.docket.put_application,
            "registry.candidates.v1": self.docket.put_person,
            "training.courses.v1": self.world.put_course,
            "training.batches.v1": self.world.put_batch,
            "training.enrolments.v1": self.docket.put_enrolment,
        }
        if event.topic in puts:
            puts[event.topic]({**(event.data or {"erased": True}), "_id": event.key, "version": event.version})

    def judge(self) -> list[Event]:
        said = []
        for one in self.docket.due(self.world, clock.today()):
            self.numbers += 1
            at = clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
            data = matching_says.judgement({**one.as_document(), "version": self.numbers, "judged_at": at})
            said.append(told(matching_says.JUDGEMENTS, one.id, self.numbers, data))
        return said
