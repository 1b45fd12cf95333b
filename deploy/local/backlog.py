"""What waits on the bus of a site: unread records, unsent events, records that were set aside. Nothing is changed.

`look` asks MongoDB and Kafka as their superusers, so no house has to run; `complaints` says of what was seen what waits
too long, and which command mends it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pymongo.errors import PyMongoError

from deploy import backlog, drift, topics
from deploy.backlog import Backlog
from deploy.drift import Difference
from deploy.local import mongo
from deploy.local.problems import Fault
from deploy.local.site import Site
from shared import clock
from shared.documents.mongo import Database
from shared.events import dead_letters, outbox

# What is written reaches the other houses in a second or two; who waits for a minute waits for something to be mended.
TOO_LONG_SECONDS = 60
# Where the partners house parks changes; the same name stands in its store, and a test compares them.
PARKED_BY, PARKED_IN = "partners", "feed_waiting"


@dataclass(frozen=True, slots=True)
class Unsent:
    """The outbox of a house: events that Kafka has not acknowledged, and the moment of the oldest."""

    house: str
    rows: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Letter:
    """One record that a house has set aside. ``id`` is its place: topic/partition/offset."""

    house: str
    id: str
    cause: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Parked:
    """Changes that a house keeps from others until it has heard of a document of `topic` that they belong to."""

    house: str
    topic: str
    changes: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """All that waits at one moment. ``away`` says of an engine that it could not be asked; then its part is empty."""

    now: datetime
    unread: Sequence[Backlog] = ()
    unsent: Sequence[Unsent] = ()
    letters: Sequence[Letter] = ()
    stopped: Sequence[str] = ()  # houses whose listener has passed over too many records in a row
    away: Sequence[str] = field(default=())
    parked: Sequence[Parked] = ()
    drift: Sequence[Difference] = ()  # where the broker is not as topics.yaml declares it

    def age(self, moment: datetime | None) -> float:
        """Seconds since a moment; 0 where there is none."""
        return max((self.now - moment).total_seconds(), 0.0) if moment else 0.0


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that waits too long, and the command that mends it."""

    text: str
    fix: str


def look(site: Site) -> Seen:
    """Ask the engines of a site that runs."""
    unsent: list[Unsent] = []
    letters: list[Letter] = []
    stopped: list[str] = []
    kept: list[Parked] = []
    away: list[str] = []
    unread: Sequence[Backlog] = ()
    for house in site.houses:
        database = Database(site.mongodb_admin_uri, mongo.database_name(house))
        try:
            unsent.append(_unsent(house, database))
            letters += _letters(house, database)
            if house == PARKED_BY:
                kept += parked(house, database)
            if dead_letters.is_blown(database):
                stopped.append(house)
        except PyMongoError as error:
            away.append(f"MongoDB does not answer: {type(error).__name__}")
            break  # it is one server; each further question would wait as long again
        finally:
            database.close()
    differing: Sequence[Difference] = ()
    try:
        unread = backlog.read(site.kafka_admin, topics.load())
        differing = drift.differences(site.kafka_admin, topics.load(), principals=site.principals)
    except backlog.Away as error:
        away.append(str(error))
    except backlog.KafkaError as error:
        away.append(f"Kafka does not say what is declared there: {type(error).__name__}")
    return Seen(clock.wall(), unread, unsent, letters, stopped, away, kept, differing)


def set_aside(site: Site) -> list[Letter]:
    """Every record that a house of the site has set aside.

    Raises:
        Fault: MongoDB cannot be asked.
    """
    found: list[Letter] = []
    for house in site.houses:
        database = Database(site.mongodb_admin_uri, mongo.database_name(house))
        try:
            found += _letters(house, database)
        except PyMongoError as error:
            raise Fault(f"MongoDB of {house} does not answer: {error}", "./lumbung logs mongodb says why.") from error
        finally:
            database.close()
    return found


def _unsent(house: str, database: Database) -> Unsent:
    # The first row is nearly the oldest, and the one by which the relay's own metric goes.
    return Unsent(house, *outbox.unsent(database))


def _letters(house: str, database: Database) -> list[Letter]:
    rows = database.collection(dead_letters.COLLECTION).find({}, {"record": 0})
    return [Letter(house, row["_id"], row["reason"], row["at"]) for row in rows]


def parked(house: str, database: Database) -> list[Parked]:
    """What this house keeps back, by the topic that it waits for."""
    since: dict[str, list[datetime]] = {}
    for row in database.collection(PARKED_IN).find({}, {"waits_for": 1, "at": 1, "change.time": 1}):
        # Rows of before this was noted have the time of the event.
        since.setdefault(row["waits_for"].partition("/")[0], []).append(row.get("at") or row["change"]["time"])
    return [Parked(house, topic, len(moments), min(moments)) for topic, moments in sorted(since.items())]


def causes(letters: Sequence[Letter]) -> list[tuple[str, str, int]]:
    """House, cause and how many, the most frequent first."""
    counted = Counter((letter.house, letter.cause) for letter in letters)
    return [(house, cause, number) for (house, cause), number in counted.most_common()]


def complaints(seen: Seen) -> Iterator[Complaint]:
    """What an operator must look at now; nothing when all is well."""
    for sentence in seen.away:
        yield Complaint(sentence, "Look at its log (./lumbung logs kafka mongodb); ./lumbung up starts what is down.")
    for one in seen.unsent:
        if (age := seen.age(one.oldest)) > TOO_LONG_SECONDS:
            yield Complaint(
                f"{one.rows} events of {one.house} wait to be sent, the oldest for {spoken(age)}",
                f"The relay does not get through: ./lumbung logs '{one.house} work' kafka says why.",
            )
    for house in seen.stopped:
        yield Complaint(
            f"{house} could not take so many records in a row that its listener stops before the next",
            f"Mend the cause (./lumbung bus says it), then ./lumbung replay {house} --reset-fuse.",
        )
    for late in seen.unread:
        if (age := seen.age(late.oldest)) > TOO_LONG_SECONDS:
            yield Complaint(
                f"{late.house} is {late.records} records behind with {late.topic}, the oldest for {spoken(age)}",
                f"./lumbung logs '{late.house} work' says why; if it asks for it: ./lumbung rebuild {late.house}.",
            )
    for kept in seen.parked:
        if (age := seen.age(kept.oldest)) > TOO_LONG_SECONDS:
            owner = kept.topic.partition(".")[0]
            yield Complaint(
                f"{kept.house} keeps {kept.changes} change{'s' if kept.changes > 1 else ''} back until it hears of a"
                f" document of {kept.topic}, the oldest for {spoken(age)}",
                f"When it is not behind with that topic and has set nothing aside: ./lumbung announce {owner}.",
            )
    for found in seen.drift:
        yield Complaint(
            f"Kafka is not as deploy/topics.yaml declares it: {found.subject} {found.text}",
            "./lumbung topics makes it so."
            if found.mends
            else "Their number never changes while data stay: declare what is there, or ./lumbung reset starts over.",
        )
    for house, cause, number in causes(seen.letters):
        yield Complaint(
            f"{house} has set {number} record{'s' if number > 1 else ''} aside: {cause}",
            f"After a fix: ./lumbung bus retry --house {house}. Beyond repair: ./lumbung bus discard ID --reason …",
        )


def spoken(seconds: float) -> str:
    """An age as people say it: 45 s, 12 min, 5 h, 3 days."""
    for size, unit in ((172_800, "days"), (7_200, "h"), (120, "min")):
        if seconds >= size:
            return f"{seconds / {'days': 86_400, 'h': 3_600, 'min': 60}[unit]:.0f} {unit}"
    return f"{seconds:.0f} s"
