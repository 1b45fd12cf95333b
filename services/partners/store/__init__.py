"""The only room of the partners house that knows MongoDB: the feed, who subscribes, what was delivered, what is known.

Hot questions name their rows: positions have no gaps, so a piece of the feed is asked for by its numbers.
"""

from pymongo import ASCENDING, IndexModel

from services.partners.store import deliveries, feed, known, notices, organisations, subscriptions
from shared.documents.mongo import CollectionSpec
from shared.http import keys

SPECS = [
    keys.SPEC,
    CollectionSpec(
        feed.FEED,
        [
            IndexModel([("key", ASCENDING)], unique=True),
            IndexModel([("about", ASCENDING)]),
            IndexModel([("subject", ASCENDING)]),
        ],
    ),
    CollectionSpec(feed.SEQUENCE),
    CollectionSpec(feed.WAITING, [IndexModel([("waits_for", ASCENDING)]), IndexModel([("about", ASCENDING)])]),
    *(CollectionSpec(name) for name in known.COLLECTIONS.values()),
    CollectionSpec(organisations.ORGANISATIONS, [IndexModel([("code", ASCENDING)], unique=True)]),
    CollectionSpec(
        subscriptions.SUBSCRIPTIONS,
        [
            *(
                IndexModel([(name, ASCENDING), *((then, ASCENDING) for then in (*since, "_id"))])
                for name in ("organisation_id", "listed")
                for since in ((), ("updated_at",))
            ),
        ],
    ),
    CollectionSpec(subscriptions.STANDINGS),
    CollectionSpec(
        deliveries.DELIVERIES,
        [
            IndexModel([("state", ASCENDING), ("next_at", ASCENDING)]),
            IndexModel(
                [("subscription_id", ASCENDING), ("state", ASCENDING), ("order", ASCENDING), ("_id", ASCENDING)]
            ),
            IndexModel([("subscription_id", ASCENDING), ("order", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("about", ASCENDING)]),
            IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0),
        ],
    ),
    CollectionSpec(
        notices.NOTICES,
        [
            IndexModel([("organisation_id", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("sent", ASCENDING)]),
        ],
    ),
]
