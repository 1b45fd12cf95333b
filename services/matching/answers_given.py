"""Each web worker remembers which answer a question had, so that asking again with nothing changed costs one reading.

Only digests and ids are held here, never an answer: the answer itself is read where it is kept, so who was erased
meanwhile is found erased, and a restart only means that each question is worked out once more, to the same id.
"""

import hashlib
import threading
from collections import OrderedDict

MOST = 10_000
"""Questions of one worker, about 2 MB; what was asked longest ago goes first."""


class AnswersGiven:
    """Digest of all that determines an answer → its id."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._ids: OrderedDict[bytes, str] = OrderedDict()
        self._lock = threading.Lock()

    def to(self, question: bytes) -> str | None:
        """The id of the answer that this question had here; None when it was not asked lately."""
        with self._lock:
            id = self._ids.get(question)
            if id is not None:
                self._ids.move_to_end(question)
            return id

    def remember(self, question: bytes, id: str) -> None:
        """From now on this question has this answer."""
        with self._lock:
            self._ids[question] = id
            if len(self._ids) > self._most:
                self._ids.popitem(last=False)


def question_of(*determines: object) -> bytes:
    """The digest of everything that determines an answer; values with a `repr` that tells all of them."""
    return hashlib.sha256(repr(determines).encode()).digest()
