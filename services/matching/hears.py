"""What others told the matching house. Everything it knows of the world comes through this table."""

from collections.abc import Sequence
from functools import partial

from services.matching.store import changes, judgements, read_models
from services.matching.store.records import Records
from shared.documents.mongo import Tx
from shared.events.envelope import Event
from shared.events.hearing import Hears
from shared.events.projection import Projection, each


def hears(records: Records) -> Hears:
    """Topic → what is kept of it. The catalogue numbers its changes; an erased person takes their answers along."""

    def follow_the_person(tx: Tx, event: Event) -> None:
        if event.data is None:
            records.forget(tx, event.key)
        elif into := event.data.get("merged_into"):
            records.follow(tx, event.key, into)

    def people(tx: Tx, events: Sequence[Event]) -> None:
        judgements.note_people(tx, events)
        told = {event.key: event.data for event in events if event.data is not None}
        records.heed_consent(tx, {id: data["consent"] for id, data in told.items()})
        each(follow_the_person)(tx, events)

    return {
        "registry.candidates.v1": Projection(read_models.PEOPLE, after=people),
        "training.courses.v1": _catalogue(read_models.COURSES),
        "training.batches.v1": _catalogue(read_models.BATCHES),
        "training.enrolments.v1": _judged(read_models.ENROLMENTS),
        "placement.job-orders.v1": _catalogue(read_models.ORDERS),
        "placement.quotas.v1": _catalogue(read_models.QUOTAS),
        "placement.policies.v1": _catalogue(read_models.POLICIES),
        "placement.applications.v1": _judged(read_models.APPLICATIONS),
    }


def _catalogue(collection: str) -> Projection:
    return Projection(collection, after=partial(changes.note, collection), rebuilt=changes.note_generation)


def _judged(collection: str) -> Projection:
    return Projection(collection, after=partial(judgements.note, collection))
