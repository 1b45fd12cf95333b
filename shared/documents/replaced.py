"""For whoever changes a document: remember which values were replaced, so that an old list is seen bringing one back.

Only hashes are kept, a few of each field, in the document itself: they go when it goes. Of an object its parts are
remembered too, and of a list its entries: an old wage comes back beside destinations that were added meanwhile.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shared import clock

ALSO = "merged"
"""Where a document keeps the ids of those that became one with it: what they remembered is remembered under these."""

FIELD = "replaced"
"""Where a document keeps them: ``{path: [{hash, on}]}``, the newest last; ``wishes/destinations[]`` are its entries."""

MOST = 6
"""Values of one field that are remembered: an older list than the sixth correction hardly comes."""
MOST_ENTRIES = 24
"""The same of the entries of a list, of which one correction may take several."""
_ENTRY = "[]"


def remembered(before: Mapping[str, Any], after: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """What the document remembers once ``after`` has taken the place of ``before``."""
    known: dict[str, Any] = dict(before.get(FIELD) or {})
    for field in fields:
        for path, value in _gone(field, before.get(field), after.get(field)):
            entry = {"hash": _hash(before["_id"], value), "on": clock.today().isoformat()}
            earlier = [one for one in known.get(path, ()) if one["hash"] != entry["hash"]]
            known[path] = [*earlier, entry][-(MOST_ENTRIES if path.endswith(_ENTRY) else MOST) :]
    return known


def together(kept: Mapping[str, Any], other: Mapping[str, Any], whole: Mapping[str, Any], fields: Iterable[str]) -> Any:
    """What ``whole`` remembers, which two documents have become: all that either remembered, and what ``other`` said
    and ``whole`` does not. ``whole`` names ``other`` under :data:`ALSO`.
    """
    known = {path: list(entries) for path, entries in (kept.get(FIELD) or {}).items()}
    for path, entries in remembered(other, whole, fields).items():
        hashes = {one["hash"] for one in entries}
        both = [*(one for one in known.get(path, ()) if one["hash"] not in hashes), *entries]
        both.sort(key=lambda one: str(one["on"]))
        known[path] = both[-2 * (MOST_ENTRIES if path.endswith(_ENTRY) else MOST) :]
    return known


def coming_back(before: Mapping[str, Any], after: Mapping[str, Any], fields: Iterable[str]) -> dict[str, str]:
    """What ``after`` would bring back that was replaced once: each path (``wishes/min_wage``) with the day on which it
    went. Where a whole field comes back its parts are not told again.
    """
    found: dict[str, str] = {}
    for field in fields:
        for path, value in _gone(field, after.get(field), before.get(field)):
            place = path.removesuffix(_ENTRY)
            told = any(place == one or place.startswith(f"{one}/") for one in found)
            day = None if told else _replaced_on(before, path, value)
            if day is not None:
                found[place] = day
    return found


def _gone(path: str, old: Any, new: Any) -> Iterator[tuple[str, Any]]:
    """Each value that stands in ``old`` and no more in ``new``, the whole before its parts."""
    if old == new or old in (None, [], {}, ""):
        return
    yield path, old
    if isinstance(old, Mapping):
        other = new if isinstance(new, Mapping) else {}
        for part, value in old.items():
            yield from _gone(f"{path}/{part}", value, other.get(part))
    elif isinstance(old, list):
        other_entries = new if isinstance(new, list) else []
        for entry in old:
            if entry not in other_entries:
                yield f"{path}{_ENTRY}", entry


def _replaced_on(document: Mapping[str, Any], path: str, value: Any) -> str | None:
    entries = (document.get(FIELD) or {}).get(path, ())
    if not entries:
        return None
    wanted = {_hash(id, value) for id in (document["_id"], *document.get(ALSO, ()))}
    return next((str(one["on"]) for one in reversed(entries) if one["hash"] in wanted), None)


def _hash(id: str, value: Any) -> str:
    said = json.dumps([id, value], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:24]
