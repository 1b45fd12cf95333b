"""The only room of the matching house that knows MongoDB: read models, the order of their changes, answers given."""

from pymongo import ASCENDING, IndexModel

from services.matching.store import (
    allocations,
    batch_advice,
    changes,
    exposures,
    figures,
    judgements,
    models,
    read_models,
    records,
)
from shared.documents.mongo import CollectionSpec


def _of_a_person(when: str) -> IndexModel:
    return IndexModel([("candidate_id", ASCENDING), (when, ASCENDING), ("_id", ASCENDING)])


SPECS = [
    CollectionSpec(read_models.PEOPLE),
    CollectionSpec(read_models.COURSES),
    CollectionSpec(read_models.BATCHES),
    CollectionSpec(read_models.ENROLMENTS, [IndexModel([("candidate_id", ASCENDING)])]),
    CollectionSpec(read_models.ORDERS),
    CollectionSpec(read_models.QUOTAS),
    CollectionSpec(read_models.POLICIES),
    CollectionSpec(read_models.APPLICATIONS, [IndexModel([("candidate_id", ASCENDING)])]),
    CollectionSpec(changes.CHANGES),
    CollectionSpec(changes.SEQUENCE),
    CollectionSpec(records.SNAPSHOTS, [_of_a_person("given_at"), records.EXPIRY]),
    CollectionSpec(records.DECISIONS, [_of_a_person("created_at")]),
    CollectionSpec(records.DEMAND),
    CollectionSpec(records.TURNS),
    CollectionSpec(records.WITHDRAWN),
    CollectionSpec(records.OPENINGS, [_of_a_person("at")]),
    *allocations.SPECS,
    CollectionSpec(batch_advice.BATCH_ADVICE),
    CollectionSpec(exposures.EXPOSURES, [exposures.BY_TIME]),
    *judgements.SPECS,
    *figures.SPECS,
    CollectionSpec(models.FITS),
    CollectionSpec(models.PROMOTIONS),
    CollectionSpec(models.EXAMS, [IndexModel([("fingerprint", ASCENDING), ("at", ASCENDING)])]),
]
