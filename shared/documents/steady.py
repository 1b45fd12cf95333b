"""A thread of ``work`` that does the same step again and again runs here, through outages of the database that pass."""

import logging
import threading
from collections.abc import Callable

from pymongo.errors import PyMongoError

from shared.events.patience import Patience
from shared.logs import words_of

log = logging.getLogger(__name__)

AWAY_SECONDS = 1.0


def keep_on(name: str, step: Callable[[], float], stopping: threading.Event) -> None:
    """Do ``step``, which says how many seconds to wait for the next one, until ``stopping``.

    Raises:
        OutOfPatience: the database was away for too long.
    """
    patience = Patience()
    while not stopping.is_set():
        try:
            pause = step()
            patience.restored()
        except PyMongoError as error:
            patience.tried_by(error)
            log.warning("%s: waiting for the database: %s", name, words_of(error))
            pause = AWAY_SECONDS
        stopping.wait(pause)


def through(do: Callable[[], None]) -> bool:
    """Do what may be left undone while the database is away; False when it was left."""
    try:
        do()
    except PyMongoError as error:
        log.warning("Left undone: %s", words_of(error))
        return False
    return True
