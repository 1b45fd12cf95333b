"""For the import door: as in every house, but sealed, and so that an erased person stands in no report.

``import_turns`` has a few rows: whoever keeps rows of a report writes one of them, whoever erases a person all of
them, so that a report made at the moment of an erasure does not bring the person's id back.
"""

import threading
from collections.abc import Iterable, Sequence

from services.registry.store.candidates import COLLECTION as CANDIDATES
from services.registry.store.vault import Vault
from shared import imports
from shared.documents.mongo import CollectionSpec, Database, Document, Tx
from shared.imports.rows import NEW

TURNS = "import_turns"
LANES = 8
"""Rows of it: groups that are saved side by side rarely wait for each other."""

SPECS = (*imports.SPECS, CollectionSpec(TURNS))


class Imports(imports.Imports):
    """All imports of the house."""

    def __init__(self, database: Database, vault: Vault) -> None:
        super().__init__(database, vault)

    def worth_keeping(self, tx: Tx, rows: Sequence[Document]) -> Sequence[Document]:
        """All rows but those of people who have been erased meanwhile."""
        _take_turns(tx, [threading.get_native_id() % LANES])
        # Whoever this transaction itself registers has been erased by nobody.
        known = [row["target"] for row in rows if row["target"] and not (row["saved"] and row["outcome"] == NEW)]
        found = tx.collection(CANDIDATES).find({"_id": {"$in": known}}, {"erased": 1}) if known else ()
        erased = {row["_id"] for row in found if row.get("erased")}
        return [row for row in rows if row["target"] not in erased]

    def forget(self, tx: Tx, *, target: str, marks: Sequence[str]) -> None:
        """Take an erased person out of every report."""
        _take_turns(tx, range(LANES))
        super().forget(tx, target=target, marks=marks)


def _take_turns(tx: Tx, lanes: Iterable[int]) -> None:
    for lane in lanes:
        tx.collection(TURNS).update_one({"_id": f"rows-{lane}"}, {"$inc": {"turn": 1}}, upsert=True)
