"""For the public check: which company or order somebody means who types its name or number from memory.

Names and numbers are few, and nobody types them exactly; so they are kept in memory for a few seconds and compared
there without case, spaces, punctuation and legal form.
"""

import difflib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from services.placement.model.company import name_key, squeezed, typed_key
from services.placement.model.offer import SHORTEST_NAME
from services.placement.store.companies import COMPANIES
from services.placement.store.job_orders import ORDERS
from shared import clock
from shared.documents.mongo import Database, Document

KEPT_SECONDS = 5.0
MOST_NEAR = 5
ALIKE = 0.75
"""Share of letters in common from which a name may be meant."""
SHORTEST_PART = SHORTEST_NAME
"""A part of a name with fewer letters would be part of too many."""


@dataclass(slots=True)
class _Known:
    """Key → ids of the documents that go by it, for names and for numbers; a number with how it is written."""

    by_number: dict[str, dict[str, str]] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    """Key of a name → its words, for people who turn them round."""


class Typed:
    """Finds companies and orders by what people type; ids only."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, _Known]] = {}

    def companies(self, text: str) -> list[str]:
        """Ids of the companies that are meant: by licence number, or all of that name."""
        known = self._known(COMPANIES, _of_companies)
        if found := _numbered(text, known):
            return found
        name = squeezed(text)
        return (known.by_name.get(name) or known.by_name.get(name.removeprefix("pt"), []))[:20]

    def near_companies(self, text: str) -> list[str]:
        """Ids of companies with a name or number that is nearly this, the nearest first."""
        known = self._known(COMPANIES, _of_companies)
        keys = [*_near(squeezed(text), known.by_name), *_turned_round(name_key(text), known.words)]
        near = [id for key in keys for id in known.by_name[key]]
        near += [id for key in _near(typed_key(text), known.by_number) for id in known.by_number[key]]
        return list(dict.fromkeys(near))[:MOST_NEAR]

    def orders(self, text: str) -> list[str]:
        """Ids of the orders that are meant: by code, or by the number of a permit, which may be for several."""
        return _numbered(text, self._known(ORDERS, _of_orders))

    def near_orders(self, text: str) -> list[str]:
        """Ids of orders with a code or permit that is nearly this, the nearest first."""
        known = self._known(ORDERS, _of_orders)
        near = [id for key in _near(typed_key(text), known.by_number) for id in known.by_number[key]]
        return list(dict.fromkeys(near))[:MOST_NEAR]

    def _known(self, collection: str, read: Callable[[Document, _Known], None]) -> _Known:
        with self._lock:
            until, known = self._kept.get(collection, (0.0, _Known()))
            if clock.monotonic() < until:
                return known
            known = _Known()
            wanted = {"name": 1, "sip3mi": 1, "code": 1, "sip2mi.number": 1}
            for row in self._database.collection(collection).find({}, wanted):
                read(row, known)
            self._kept[collection] = (clock.monotonic() + KEPT_SECONDS, known)
            return known


def _of_companies(row: Document, known: _Known) -> None:
    known.by_number.setdefault(typed_key(row["sip3mi"]), {})[row["_id"]] = row["sip3mi"]
    if name := squeezed(row["name"]):
        known.by_name.setdefault(name, []).append(row["_id"])
        known.words[name] = name_key(row["name"])


def _of_orders(row: Document, known: _Known) -> None:
    permit = (row.get("sip2mi") or {}).get("number")
    if permit:
        known.by_number.setdefault(typed_key(permit), {})[row["_id"]] = permit
    known.by_number.setdefault(typed_key(row["code"]), {})[row["_id"]] = row["code"]


def _numbered(text: str, known: _Known) -> list[str]:
    """Ids by a number; where several become one without their punctuation (1-23 and 12-3), those written like this."""
    found = known.by_number.get(typed_key(text), {})
    exactly = [id for id, written in found.items() if written.casefold() == text.strip().casefold()]
    return exactly or list(found)


def _turned_round(name: str, known: Mapping[str, str]) -> list[str]:
    """Keys of names with nearly the same words in another order."""
    if len(name) < SHORTEST_PART:
        return []
    found = process.extract(name, known, scorer=fuzz.token_sort_ratio, limit=MOST_NEAR, score_cutoff=100 * ALIKE)
    return [key for _, _, key in found]


def _near(typed: str, known: Mapping[str, object]) -> list[str]:
    """Keys that hold what was typed or are held by it, then those spelt alike."""
    if len(typed) < SHORTEST_PART:
        return []
    parts = sorted((key for key in known if typed in key or (len(key) >= SHORTEST_PART and key in typed)), key=len)
    return [*parts, *difflib.get_close_matches(typed, known, MOST_NEAR, ALIKE)]
