"""The only room of the placement house that knows MongoDB: its collections, indexes, validators and queries."""

from services.placement.store import bookings, companies, concerns, job_orders, judgements, policies
from shared import imports
from shared.documents.mongo import CollectionSpec
from shared.http import keys

SPECS: tuple[CollectionSpec, ...] = (
    *companies.SPECS,
    *job_orders.SPECS,
    *bookings.SPECS,
    *policies.SPECS,
    *judgements.SPECS,
    *concerns.SPECS,
    *imports.SPECS,
    keys.SPEC,
)
