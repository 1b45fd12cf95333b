"""What others told the matching house. Everything it knows of the world comes through this table."""

from functools import partial

from services.matching.store import changes, read_models
from services.matching.store.records import Records
from shared.documents.mongo import Tx
from shared.events.envelope import Event
from shared.events.hearing import Hears
from shared.events.projection import Projection, each


def hears(records: Records) -> Hears:
    """Topic → what is kept of it. The catalogue numbers its changes; an erased person takes their answers along."""

    def forget_the_erased(tx: Tx, event: Event) -> None:
        if event.data is None:
            records.forget(tx, event.key)

    return {
        "registry.candidates.v1": Projection(read_models.PEOPLE, after=each(forget_the_erased)),
        "training.courses.v1": _catalogue(read_models.COURSES),
        "training.batches.v1": _catalogue(read_models.BATCHES),
        "training.enrolments.v1": Projection(read_models.ENROLMENTS),
        "placement.job-orders.v1": _catalogue(read_models.ORDERS),
        "placement.quotas.v1": _catalogue(read_models.QUOTAS),
        "placement.policies.v1": _catalogue(read_models.POLICIES),
        "placement.applications.v1": Projection(read_models.APPLICATIONS),
    }


def _catalogue(collection: str) -> Projection:
    return Projection(collection, after=partial(changes.note, collection))
