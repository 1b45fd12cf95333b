"""A database in memory for properties that are tried a thousand times: the few calls that relay and projection make.

Transactions keep all or nothing, as the real one does. It knows equality and ``$in`` and nothing else.
"""

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pymongo import InsertOne, ReplaceOne

from shared.documents.mongo import Document

T = TypeVar("T")


class MemoryCollection:
    """Documents by id, in the order in which they came."""

    def __init__(self) -> None:
        self.rows: dict[str, Document] = {}

    def find(self, where: Mapping[str, Any] | None = None, fields: Any = None) -> "MemoryCursor":
        return MemoryCursor(copy.deepcopy(row) for row in self.rows.values() if _matches(row, where or {}))

    def find_one(self, where: Mapping[str, Any] | None = None, fields: Any = None) -> Document | None:
        return next(iter(self.find(where)), None)

    def count_documents(self, where: Mapping[str, Any]) -> int:
        return len(list(self.find(where)))

    def insert_one(self, doc: Document) -> None:
        assert doc["_id"] not in self.rows, "duplicate key"
        self.rows[doc["_id"]] = copy.deepcopy(doc)

    def insert_many(self, docs: Iterable[Document]) -> None:
        for doc in docs:
            self.insert_one(doc)

    def update_one(self, where: Mapping[str, Any], update: Mapping[str, Any]) -> None:
        for row in self.rows.values():
            if _matches(row, where):
                row.update(update["$set"])

    def delete_many(self, where: Mapping[str, Any]) -> None:
        self.rows = {id: row for id, row in self.rows.items() if not _matches(row, where)}

    def bulk_write(self, requests: Sequence[InsertOne[Document] | ReplaceOne[Document]], ordered: bool = True) -> None:
        for request in requests:
            doc: Any = request._doc
            if isinstance(request, InsertOne):
                self.insert_one(doc)
            elif _matches(self.rows.get(doc["_id"], {}), request._filter):
                self.rows[doc["_id"]] = copy.deepcopy(doc)


class MemoryCursor(list[Document]):
    """What a find gives."""

    def limit(self, most: int) -> "MemoryCursor":
        return MemoryCursor(self[:most])


class MemoryDatabase:
    """Collections by name; also its own transaction."""

    def __init__(self) -> None:
        self.collections: dict[str, MemoryCollection] = {}
        self.bells: set[Any] = set()
        self.gathering = False
        self._aside: list[tuple[str, Document, Callable[[list[Document]], list[Document]]]] = []

    def collection(self, name: str) -> MemoryCollection:
        return self.collections.setdefault(name, MemoryCollection())

    @property
    def transaction(self) -> Any:
        """For code that wants one and is known to finish."""
        return self

    def put_aside(self, name: str, document: Document, pack: Callable[[list[Document]], list[Document]]) -> None:
        """As a gathering transaction's."""
        self._aside.append((name, document, pack))

    def run(self, work: Callable[[Any], T], *, gathering: bool = False) -> T:
        before = copy.deepcopy(self.collections)
        self.gathering, self._aside = gathering, []
        try:
            result = work(self)
            for name in {name for name, _, _ in self._aside}:
                documents = [document for kept, document, _ in self._aside if kept == name]
                pack = next(pack for kept, _, pack in self._aside if kept == name)
                self.collection(name).insert_many(pack(documents))
            return result
        except BaseException:
            self.collections = before
            raise
        finally:
            self.gathering = False


def _matches(row: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    return all(_holds(row.get(name), wanted) for name, wanted in where.items())


def _holds(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        if "$gt" in wanted:
            return value is not None and bool(value > wanted["$gt"])
        among: Iterable[Any] = wanted["$in"]
        return value in among
    return bool(value == wanted)
