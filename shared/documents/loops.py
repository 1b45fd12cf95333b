"""Work that a house does all the time, a step at a time, over its database: as often as there is something to do."""

import logging
import threading
from collections.abc import Callable

from pymongo.errors import PyMongoError

from shared.events.patience import Patience
from shared.logs import words_of
from shared.waking import Bell

log = logging.getLogger(__name__)

SHORTEST_PAUSE, LONGEST_PAUSE = 0.02, 0.1
PAUSE_IN_TROUBLE = 1.0


def steps(
    step: Callable[[], int],
    stopping: threading.Event,
    *,
    name: str,
    after_trouble: Callable[[], None] = lambda: None,
    bell: Bell | None = None,
) -> None:
    """Call `step` until `stopping`. It returns how much it did: after nothing the pauses grow; a `bell` ends them.

    `after_trouble` is called when the database was away, before the next try.

    Raises:
        OutOfPatience: the database was away for too long.
    """
    patience, pause = Patience(), SHORTEST_PAUSE
    while not stopping.is_set():
        try:
            pause = SHORTEST_PAUSE if step() else min(pause * 2, LONGEST_PAUSE)
            patience.restored()
            (bell or stopping).wait(pause)
        except PyMongoError as error:
            after_trouble()
            patience.tried_by(error)
            log.warning("%s waits: %s", name, words_of(error))
            stopping.wait(PAUSE_IN_TROUBLE)
