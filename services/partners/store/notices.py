"""What the contact of an organisation must be told: kept, shown, and mailed where a mail server is named."""

from collections.abc import Mapping
from typing import Any

from shared import clock, ids
from shared.documents.mongo import Database, Document, Tx
from shared.http import cursors

NOTICES = "notices"


class Notices:
    """The notices of all organisations."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def put(self, tx: Tx, *, organisation: Document, code: str, about: str, text: Mapping[str, str]) -> str:
        """Tell the contact; returns the id. `about` is the id of what it is about."""
        id = ids.new()
        tx.collection(NOTICES).insert_one(
            {
                "_id": id,
                "organisation_id": organisation["_id"],
                "to": organisation["contact"],
                "code": code,
                "about": about,
                "text": dict(text),
                "at": clock.now(),
                "sent": False,
            }
        )
        return id

    def load(self, id: str) -> Document | None:
        """One notice, or None."""
        return self.database.collection(NOTICES).find_one({"_id": id})

    def page(self, where: Mapping[str, Any], args: Mapping[str, Any]) -> Document:
        """`{items, next}` in the order of ids."""
        return cursors.page(self.database.collection(NOTICES), where, args)

    def sent(self, id: str) -> None:
        """The mail server has taken it."""
        self.database.collection(NOTICES).update_one({"_id": id}, {"$set": {"sent": True}})
