"""The bakery and the kitchen as processes, as a real house would be run: ``python -m tests.support.bakery_house work``.

``ROLE`` (bakery or kitchen), ``LOAVES_TOPIC`` and ``CONTRACTS`` (a folder) say what a test wants of it.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from shared.documents.aggregates import Aggregates
from shared.documents.mongo import Database, Tx
from shared.events import contracts
from shared.events.commands import main
from shared.events.envelope import Event
from shared.events.projection import Projection, each
from shared.house import House
from shared.jobs import Job
from shared.settings import Common, setting
from tests.support.bakery import says

KNOWN, EFFECTS = "known_loaves", "effects"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Common):
    """What a test tells the process."""

    role: str = setting("bakery")
    loaves_topic: str = setting("test.loaves.v1")
    contracts: Path = setting("/tmp/contracts")


def wire(settings: Settings) -> House:
    """One of the two houses; its name is that of the principal, which the rights of the broker know."""
    contracts.FOLDER = settings.contracts
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    baking = settings.role == "bakery"
    loaves = Aggregates(database, "loaves", settings.loaves_topic, says)

    def burn(job: Job) -> None:
        database.collection("burnt").insert_one({"_id": job.id})

    return House(
        name=settings.kafka_username,
        settings=settings,
        database=database,
        specs=[],
        web=lambda: print("serving"),
        hears={} if baking else {settings.loaves_topic: Projection(KNOWN, after=each(_count))},
        announces={"bakery.loaf.announced": loaves} if baking else {},
        jobs={"burn": burn} if baking else {},
    )


def _count(tx: Tx, event: Event) -> None:
    # An insert, so that the same effect done twice is an error and not a coincidence.
    tx.collection(EFFECTS).insert_one({"_id": f"{event.key}/{event.version}"})


if __name__ == "__main__":
    sys.exit(main(Settings, wire, sys.argv[1:], os.environ))
