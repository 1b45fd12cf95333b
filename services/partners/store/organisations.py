"""Organisations: who may hear what, on which legal basis, until when."""

from collections.abc import Mapping
from typing import Any

from shared.documents.aggregates import Aggregates
from shared.documents.mongo import Database, Document, Tx
from shared.http import cursors

ORGANISATIONS = "organisations"


class Organisations:
    """`listed: true` gives the list an equality to begin with."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.rows = Aggregates(database, ORGANISATIONS, None, dict)

    def by_code(self, code: str, tx: Tx | None = None) -> Document | None:
        """The organisation of this code, if there is one."""
        return (tx or self.database).collection(ORGANISATIONS).find_one({"code": code})

    def everyone(self) -> dict[str, Document]:
        """All organisations by id; there are some dozens."""
        return {row["_id"]: row for row in self.database.collection(ORGANISATIONS).find({})}

    def page(self, args: Mapping[str, Any]) -> Document:
        """`{items, next}` in the order of ids."""
        return cursors.page(self.database.collection(ORGANISATIONS), {"listed": True}, args)
