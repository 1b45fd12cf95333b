"""A list that may be asked for what changed since has an index for it: the engine would sort all of it each time."""

import pytest

from services.partners import store as partners
from services.placement.store import SPECS, companies, concerns, job_orders
from shared.documents.mongo import CollectionSpec


@pytest.mark.parametrize(
    ("specs", "collection", "first"),
    [
        (SPECS, companies.COMPANIES, "listed"),
        (SPECS, concerns.CONCERNS, "listed"),
        (SPECS, concerns.CONCERNS, "state"),
        (SPECS, job_orders.ORDERS, "listed"),
        (partners.SPECS, partners.subscriptions.SUBSCRIPTIONS, "listed"),
        (partners.SPECS, partners.subscriptions.SUBSCRIPTIONS, "organisation_id"),
    ],
)
def test_what_changed_since_is_found_by_an_index(
    specs: tuple[CollectionSpec, ...], collection: str, first: str
) -> None:
    [spec] = [one for one in specs if one.name == collection]
    assert [first, "updated_at", "_id"] in [list(index.document["key"]) for index in spec.indexes]
