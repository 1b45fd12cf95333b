"""Two read models are compared here, in a canonical form that does not depend on order or history.

Erased documents do not count: a listener that heard the erasure keeps a stub, one that came later never learns of the
document.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from shared.documents.mongo import Document


@dataclass(frozen=True, slots=True)
class Digest:
    """A collection in canonical form: how many living documents, and one hash over all of them."""

    collection: str
    documents: int
    sha256: str


def digest(collection: str, found: Mapping[str, str]) -> Digest:
    """One hash over the hashes of all documents, in the order of their ids."""
    whole = hashlib.sha256()
    for id in sorted(found):
        whole.update(f"{id} {found[id]}\n".encode())
    return Digest(collection, len(found), whole.hexdigest())


def hash_of(doc: Document) -> str:
    """The hash of one document; the order of its fields does not matter."""
    text = json.dumps(doc, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    # What MongoDB knows beyond JSON: instants, to the millisecond.
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    return repr(value)
