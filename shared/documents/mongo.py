"""A house opens its one database here; everything that must happen together happens in :meth:`Database.run`.

Written for all engines of the embedded stack: no ``find_one_and_*``, no ``$or``, no regular expressions, no bare
sort on a hot path.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pymongo
from pymongo import IndexModel, MongoClient
from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.database import Database as PymongoDatabase
from pymongo.errors import ConnectionFailure, OperationFailure, PyMongoError
from pymongo.read_concern import ReadConcern
from pymongo.results import DeleteResult, InsertManyResult, InsertOneResult, UpdateResult
from pymongo.write_concern import WriteConcern

from shared.documents import sessions
from shared.documents.sessions import Sessions
from shared.documents.silence import Silence
from shared.waking import Bell

Document = dict[str, Any]
T = TypeVar("T")
Pack = Callable[[list[Document]], list[Document]]

# A primary that moves needs a few seconds; a visitor's request should not hang longer than that before it says 503.
PATIENCE_MS = 5_000
# Of any one operation. A server that accepts and does not answer would otherwise hold a request, and its thread, for
# ever. Whoever waits for an answer waits this long; what works in the background reads and writes more at once.
FOR_REQUESTS_SECONDS, AT_WORK_SECONDS = 5.0, 60.0
# Of a question whether the server is there.
PING_SECONDS = 2.0
# Conflicts between two writers resolve within milliseconds; after ten seconds something else is wrong and the
# caller should know.
CONFLICT_PATIENCE_SECONDS = 10.0
# Two living writers have long taken turns by then; perhaps one of them is dead.
SUSPICION_SECONDS = 1.0

# w:1 loses the last milliseconds when a machine dies; what we acknowledged must be there.
DURABLE = WriteConcern(w="majority", j=True, wtimeout=10_000)
SNAPSHOT = ReadConcern("snapshot")


@dataclass(frozen=True, slots=True)
class CollectionSpec:
    """What a house needs of one collection: its name, its indexes, and the schema that the server itself enforces."""

    name: str
    indexes: Sequence[IndexModel] = ()
    validator: Mapping[str, Any] | None = None


class TxCollection:
    """A collection inside a transaction: every call carries the session, so none can slip out by forgetting it."""

    __slots__ = ("_collection", "_session", "_waiting")

    def __init__(
        self, collection: "Collection[Document]", session: ClientSession, waiting: list[Document] | None = None
    ) -> None:
        self._collection = collection
        self._session = session
        self._waiting = waiting

    def _with(self, options: dict[str, Any]) -> dict[str, Any]:
        # Whatever else is asked of this collection must see what waits to be inserted.
        self.flush()
        return options | {"session": self._session}

    def flush(self) -> None:
        """Insert what a gathering transaction has put aside."""
        if self._waiting:
            documents = list(self._waiting)
            self._waiting.clear()
            self._collection.insert_many(documents, session=self._session)

    def find_one(self, where: Any = None, *args: Any, **options: Any) -> Document | None:
        """As pymongo's."""
        return self._collection.find_one(where, *args, **self._with(options))

    def find(self, where: Mapping[str, Any] | None = None, *args: Any, **options: Any) -> Any:
        """As pymongo's."""
        return self._collection.find(where, *args, **self._with(options))

    def count_documents(self, where: Mapping[str, Any], **options: Any) -> int:
        """As pymongo's."""
        return self._collection.count_documents(where, **self._with(options))

    def aggregate(self, pipeline: Sequence[Mapping[str, Any]], **options: Any) -> Any:
        """As pymongo's."""
        return self._collection.aggregate(pipeline, **self._with(options))

    def insert_one(self, document: Document, **options: Any) -> InsertOneResult:
        """As pymongo's; a gathering transaction inserts it later."""
        if self._waiting is not None and not options:
            self._waiting.append(document)
            return InsertOneResult(document.get("_id"), acknowledged=True)
        return self._collection.insert_one(document, **self._with(options))

    def insert_many(self, documents: Iterable[Document], **options: Any) -> InsertManyResult:
        """As pymongo's; a gathering transaction inserts them later."""
        if self._waiting is not None and not options:
            kept = list(documents)
            self._waiting.extend(kept)
            return InsertManyResult([document.get("_id") for document in kept], acknowledged=True)
        return self._collection.insert_many(documents, **self._with(options))

    def update_one(self, where: Mapping[str, Any], update: Any, **options: Any) -> UpdateResult:
        """As pymongo's."""
        return self._collection.update_one(where, update, **self._with(options))

    def update_many(self, where: Mapping[str, Any], update: Any, **options: Any) -> UpdateResult:
        """As pymongo's."""
        return self._collection.update_many(where, update, **self._with(options))

    def replace_one(self, where: Mapping[str, Any], document: Document, **options: Any) -> UpdateResult:
        """As pymongo's."""
        result = self._collection.replace_one(where, document, **self._with(options))
        assert isinstance(result, UpdateResult)
        return result

    def delete_one(self, where: Mapping[str, Any], **options: Any) -> DeleteResult:
        """As pymongo's."""
        return self._collection.delete_one(where, **self._with(options))

    def delete_many(self, where: Mapping[str, Any], **options: Any) -> DeleteResult:
        """As pymongo's."""
        return self._collection.delete_many(where, **self._with(options))

    def bulk_write(self, requests: Sequence[Any], **options: Any) -> Any:
        """As pymongo's."""
        return self._collection.bulk_write(requests, **self._with(options))


class Tx:
    """One attempt at a transaction, handed to the work of :meth:`Database.run`; it must not outlive that call."""

    __slots__ = ("_aside", "_gathered", "bells", "committed", "database", "session")

    def __init__(self, database: "Database", session: ClientSession, *, gathering: bool = False) -> None:
        self.database = database
        self.session = session
        self.committed = False
        self.bells: set[Bell] = set()
        """Rung once this is committed."""
        self._gathered: dict[str, list[Document]] | None = {} if gathering else None
        self._aside: dict[str, tuple[Pack, list[Document]]] = {}

    @property
    def gathering(self) -> bool:
        """Are documents that are inserted one by one sent together?"""
        return self._gathered is not None

    def collection(self, name: str) -> TxCollection:
        """The collection of this name, bound to this transaction."""
        waiting = None if self._gathered is None else self._gathered.setdefault(name, [])
        return TxCollection(self.database.raw[name], self.session, waiting)

    def put_aside(self, name: str, document: Document, pack: Pack) -> None:
        """Of a gathering transaction: insert at its end what ``pack`` then makes of all that was put aside for a
        collection. Nothing in the transaction sees it before."""
        self._aside.setdefault(name, (pack, []))[1].append(document)

    def flush(self) -> None:
        """Insert everything that waits."""
        for name, (pack, documents) in self._aside.items():
            self.collection(name).insert_many(pack(documents))
        self._aside.clear()
        for name in self._gathered or ():
            self.collection(name).flush()


class Database:
    """One house's own database. Connects when first used; safe for threads, not across a fork.

    ``seconds`` is the deadline of every operation (``FOR_REQUESTS_SECONDS`` where somebody waits for an answer); one
    that misses it raises a PyMongoError whose ``timeout`` is true.
    """

    def __init__(self, uri: str, name: str, *, seconds: float = AT_WORK_SECONDS) -> None:
        # maxPoolSize stays at pymongo's 100: a process has a dozen threads at most.
        self._client: MongoClient[Document] = MongoClient(
            uri,
            tz_aware=True,
            serverSelectionTimeoutMS=PATIENCE_MS,
            connectTimeoutMS=PATIENCE_MS,
            timeoutMS=int(seconds * 1000),
            connect=False,
        )
        self.silence = Silence(self.ping)
        self.name = name
        self.raw: PymongoDatabase[Document] = self._client.get_database(name, write_concern=DURABLE)
        self._sessions = Sessions(self._client, self.raw[sessions.COLLECTION])

    def collection(self, name: str) -> "Collection[Document]":
        """The collection of this name, writing with majority and journal."""
        return self.raw[name]

    def ping(self) -> None:
        """Ask the server whether it is there and answers, within two seconds.

        Raises:
            PyMongoError: it is not, or does not.
        """
        with pymongo.timeout(PING_SECONDS):
            self.raw.command("ping")

    def close(self) -> None:
        """Give the connections back; the object is unusable afterwards."""
        self._client.close()

    def run(self, work: Callable[[Tx], T], *, gathering: bool = False) -> T:
        """Run ``work`` in one transaction: all of its writes are kept, or none.

        ``work`` may run several times (another writer was faster, the primary moved), so it must change nothing
        outside of its transaction. An exception that it raises rolls everything back and is raised here.

        ``gathering``: documents that ``work`` inserts one by one go to the server together, collection by collection;
        a taken key is then a BulkWriteError at the end. For many documents of one kind in one transaction.

        Raises:
            PyMongoError: the database is unreachable, or conflicts did not end within ``CONFLICT_PATIENCE_SECONDS``.
        """
        session = self._sessions.of_this_thread()
        began = time.monotonic()
        suspicious = False
        pause = 0.002
        while True:
            tx = Tx(self, session, gathering=gathering)
            try:
                session.start_transaction(read_concern=SNAPSHOT, write_concern=DURABLE)
                result = work(tx)
                tx.flush()
                self._commit(session, began + CONFLICT_PATIENCE_SECONDS)
                tx.committed = True
                for bell in tx.bells:
                    bell.ring()
                return result
            except PyMongoError as error:
                _abandon(session)
                waited = time.monotonic() - began
                if error.timeout or not error.has_error_label("TransientTransactionError"):
                    raise
                if waited > CONFLICT_PATIENCE_SECONDS:
                    raise
                if waited > SUSPICION_SECONDS and not suspicious:
                    suspicious = True
                    self._sessions.end_abandoned()
                # A short, growing pause: two writers of one document would otherwise collide again at once.
                time.sleep(pause)
                pause = min(pause * 2, 0.1)
            except BaseException:
                _abandon(session)
                raise

    def _commit(self, session: ClientSession, deadline: float) -> None:
        while True:
            try:
                session.commit_transaction()
                return
            except (ConnectionFailure, OperationFailure) as error:
                # "Unknown": the commit may have happened; asking again is safe and tells.
                if not error.has_error_label("UnknownTransactionCommitResult") or time.monotonic() > deadline:
                    raise

    def ensure(self, specs: Sequence[CollectionSpec]) -> None:
        """Create collections, validators and indexes that are missing. Idempotent; done at every start."""
        self._sessions.end_abandoned()
        self.raw[sessions.COLLECTION].create_indexes(sessions.INDEXES)
        present = set(self.raw.list_collection_names())
        for spec in specs:
            if spec.name not in present:
                self._create(spec.name)
            if spec.validator is not None:
                self.raw.command("collMod", spec.name, validator=dict(spec.validator), validationLevel="strict")
            if spec.indexes:
                self.raw[spec.name].create_indexes(list(spec.indexes))

    def _create(self, name: str) -> None:
        try:
            self.raw.create_collection(name)
        except PyMongoError:
            # Another process of this house was faster.
            if name not in self.raw.list_collection_names():
                raise


def _abandon(session: ClientSession) -> None:
    if session.in_transaction:
        try:
            # Of a server that has just missed a deadline no second one is expected to be kept.
            with pymongo.timeout(PING_SECONDS):
                session.abort_transaction()
        except PyMongoError:
            # The server forgets a transaction by itself; the first error is the one worth reporting.
            return
