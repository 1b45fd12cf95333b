"""What the console keeps: sessions, what members of staff are called, and nothing else."""

from services.console.store import sessions, staff
from services.console.store.sessions import Unavailable
from shared.documents.mongo import Database

SPECS = (sessions.SPEC, staff.SPEC)

__all__ = ["SPECS", "Unavailable", "prepare"]


def prepare(database: Database) -> None:
    """Make collections and indexes that are missing.

    Raises:
        Unavailable: the database does not answer as it should.
    """
    with sessions.reachable():
        database.ensure(SPECS)
