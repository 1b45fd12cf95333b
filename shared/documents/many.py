"""Whoever asks for many documents by their ids asks here: a small engine walks through long lists ever more slowly."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shared.documents.mongo import Database, Document, Tx

TOGETHER = 100
"""Ids of one query. A thousand at once cost `secantusd-py` five times as much as ten hundreds."""


def by_ids(
    source: Database | Tx, collection: str, ids: Iterable[str], fields: Mapping[str, Any] | None = None
) -> Iterator[Document]:
    """The documents of these ids that are there, each once, a hundred a query. `fields`: a projection."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), TOGETHER):
        yield from source.collection(collection).find({"_id": {"$in": wanted[start : start + TOGETHER]}}, fields)
