"""Log handlers that a test adds end with it: for tests/conftest.py.

One that a house adds when a test starts it writes to what pytest captures of that test. Left behind, it says "I/O
operation on closed file" at every later line, above the cause of whatever fails then.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

# The root logger gets the handler of a house; werkzeug gives itself one where nobody listens.
_LOGGERS = (logging.getLogger(), logging.getLogger("werkzeug"))


@contextmanager
def handlers_of_its_own() -> Iterator[None]:
    """Put handlers and levels back as they were."""
    before = [(logger, logger.handlers[:], logger.level) for logger in _LOGGERS]
    try:
        yield
    finally:
        for logger, handlers, level in before:
            logger.handlers[:] = handlers
            logger.setLevel(level)
