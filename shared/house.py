"""What the front door of a house hands to the commands: its settings, its database, and what its rooms do there."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from shared import jobs as leased_jobs
from shared.documents import leases, receipts
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import CollectionSpec, Database
from shared.events import caught_up, dead_letters, generations, inbox, operating, outbox
from shared.events.hearing import Hears
from shared.settings import Common

# The collections of the plumbing, the same in every house.
PLUMBING: Sequence[CollectionSpec] = (
    outbox.SPEC,
    inbox.SPEC,
    receipts.SPEC,
    leases.SPEC,
    generations.SPEC,
    caught_up.SPEC,
    *dead_letters.SPECS,
    *operating.SPECS,
    leased_jobs.SPEC,
)


Loop = Callable[[threading.Event], None]
Retell = Callable[[], str]


@dataclass(frozen=True, slots=True)
class House:
    """One house, wired.

    ``hears``: topic -> projection or action. ``announces``: event type -> the aggregates told again under that type.
    ``retells``: topic -> how all of it is told again, where no aggregates stand behind it (each returns a sentence).
    ``jobs``: kind -> handler; those of ``standing`` are put once by themselves and put themselves again. ``web`` serves
    HTTP until it is told to stop and opens connections of its own. ``loops``: name -> what else ``work`` does all the
    time until told to stop, beside relay, listener and jobs. ``reseal``: where a house seals anything for long, seals
    with the newest key what another one sealed; answers how much that was, and of how much.
    """

    name: str
    settings: Common
    database: Database
    specs: Sequence[CollectionSpec]
    web: Callable[[], None]
    hears: Hears = field(default_factory=dict)
    announces: Mapping[str, Aggregates] = field(default_factory=dict)
    jobs: Mapping[str, leased_jobs.Handler] = field(default_factory=dict)
    standing: Sequence[str] = ()
    retells: Mapping[str, Retell] = field(default_factory=dict)
    loops: Mapping[str, Loop] = field(default_factory=dict)
    reseal: Callable[[], tuple[int, int]] | None = None

    def ensure(self) -> None:
        """Make the collections, validators and indexes that are missing."""
        self.database.ensure([*PLUMBING, *self.specs])

    @property
    def topics(self) -> list[str]:
        """The topics that this house says."""
        return sorted({one.topic for one in self.announces.values() if one.topic is not None} | self.retells.keys())
