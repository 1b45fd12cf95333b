"""A request with an ``Idempotency-Key`` leaves a receipt in the same transaction as its effect.

The door (``shared/http/idempotency.py``) opens a receipt before it calls the action; the first aggregate that the
action creates signs it. A second request with the same key then finds what the first one did. A receipt holds ids
and numbers, never a body.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta

from pymongo import ASCENDING, IndexModel

from shared import clock
from shared.documents.mongo import CollectionSpec, Database, Document, Tx

COLLECTION = "receipts"
KEPT = timedelta(days=7)

# A technical time limit and no rule of the domain, so the server may do it by itself.
SPEC = CollectionSpec(COLLECTION, [IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0)])


@dataclass(slots=True)
class Receipt:
    """What one running request will be remembered by.

    ``id`` is a hash over caller, route and key; ``body_hash`` tells a repeated request from another one under the
    same key; ``status`` is the HTTP status that the repeated request gets again. ``by`` is
    what the caller was, and ``needs`` grows by each right that was asked for (any one of a list will do).
    """

    id: str
    body_hash: str
    status: int
    by: dict[str, str | None] = field(default_factory=dict)
    needs: list[list[str]] = field(default_factory=list)
    signed_in: Tx | None = field(default=None, init=False)


_running: ContextVar[Receipt | None] = ContextVar("receipt", default=None)


@contextmanager
def opened(receipt: Receipt) -> Iterator[Receipt]:
    """Let the first creation inside this block sign the receipt."""
    token = _running.set(receipt)
    try:
        yield receipt
    finally:
        _running.reset(token)


def sign(tx: Tx, *, id: str, version: int) -> None:
    """Write the receipt of the running request into this transaction; nothing to do without one, or when it is signed.

    Raises:
        DuplicateKeyError: the same request was faster elsewhere. Its receipt is there to be read now.
    """
    receipt = _running.get()
    if receipt is None:
        return
    earlier = receipt.signed_in
    if earlier is tx or (earlier is not None and earlier.committed):
        return
    tx.collection(COLLECTION).insert_one(
        {
            "_id": receipt.id,
            "body_hash": receipt.body_hash,
            "status": receipt.status,
            "by": receipt.by,
            "needs": receipt.needs,
            "target": id,
            "version": version,
            "expires_at": clock.wall() + KEPT,
        }
    )
    receipt.signed_in = tx


def find(database: Database, id: str) -> Document | None:
    """The receipt of an earlier request, or None:

    ``{_id, body_hash, status, by, needs, target, version, expires_at}``.
    """
    return database.collection(COLLECTION).find_one({"_id": id})
