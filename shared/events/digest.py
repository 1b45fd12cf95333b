"""Two read models are compared here, in a canonical form that does not depend on order or history.

Erased documents do not count: a listener that heard the erasure keeps a stub, one that came later never learns of
the document.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.documents.mongo import Document


@dataclass(frozen=True, slots=True)
class Digest:
    """A collection in canonical form: how many living documents, and one hash over all of them."""

    collection: str
    documents: int
    sha256: str


def hashes(documents: Iterable[Document]) -> dict[str, str]:
    """id -> hash of each living document. Keys are sorted, so the order of fields does not matter."""
    return {doc["_id"]: _hash(doc) for doc in documents if not doc.get("erased")}


def digest(collection: str, found: Mapping[str, str]) -> Digest:
    """One hash over the hashes, in the order of the ids."""
    whole = hashlib.sha256()
    for id in sorted(found):
        whole.update(f"{id} {found[id]}\n".encode())
    return Digest(collection, len(found), whole.hexdigest())


def _hash(doc: Document) -> str:
    text = json.dumps(doc, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    # What MongoDB knows beyond JSON; a projection keeps little of it.
    return value.isoformat() if isinstance(value, datetime) else repr(value)
