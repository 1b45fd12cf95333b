"""For whoever changes a document: remember which values were replaced, so that an old list is seen bringing one back.

Only hashes are kept, a few of each field, in the document itself: they go when it goes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from shared import clock

FIELD = "replaced"
"""Where a document keeps them: ``{field: [{hash, on}]}``, the newest last."""

MOST = 6
"""Values of one field that are remembered: an older list than the sixth correction hardly comes."""


def remembered(before: Mapping[str, Any], after: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """What the document remembers once ``after`` has taken the place of ``before``."""
    known: dict[str, Any] = dict(before.get(FIELD) or {})
    for field in fields:
        if field in before and before[field] != after.get(field) and not _is_nothing(before[field]):
            entry = {"hash": _hash(before["_id"], before[field]), "on": clock.today().isoformat()}
            earlier = [one for one in known.get(field, ()) if one["hash"] != entry["hash"]]
            known[field] = [*earlier, entry][-MOST:]
    return known


def replaced_on(document: Mapping[str, Any], field: str, value: Any) -> str | None:
    """The day on which this very value of the field was replaced by another, or None when it never stood there."""
    wanted = _hash(document["_id"], value)
    entries = (document.get(FIELD) or {}).get(field, ())
    return next((str(one["on"]) for one in reversed(entries) if one["hash"] == wanted), None)


def _is_nothing(value: Any) -> bool:
    return value in (None, [], {}, "")


def _hash(id: str, value: Any) -> str:
    said = json.dumps([id, value], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:24]
