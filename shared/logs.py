"""Every process calls :func:`setup` once when it starts; everybody else uses ``logging.getLogger(__name__)``.

One JSON object a line on standard error. A line holds enough to find a message again (topic, key, version, route
template, trace id) and never personal content: callers pass ids, not documents.
"""

import logging
import sys
import traceback
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from shared import clock, trace

# The client libraries log every reconnect attempt at INFO; what matters to a reader is at WARNING.
_NOISY = ("kafka", "pymongo", "urllib3", "werkzeug", "httpx", "httpcore")
# They warn of credentials in the clear at every sign-in, which SCRAM never sends, and of a machine that is busy.
_CRYING_WOLF = ("kafka.net.sasl.scram", "kafka.net.selector")


def setup(*, house: str, process: str, level: str = "INFO") -> None:
    """Send all log lines of this process to standard error as JSON, stamped with house, process and trace id."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines(house=house, process=process))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    for name in _CRYING_WOLF:
        logging.getLogger(name).setLevel(logging.ERROR)


class _Lines(JsonFormatter):
    def __init__(self, *, house: str, process: str) -> None:
        super().__init__("%(message)s", rename_fields={"exc_info": "error"})
        self._stamp = {"house": house, "process": process}

    def process_log_record(self, log_data: dict[str, object]) -> dict[str, object]:
        stamp: dict[str, object] = {"time": clock.wall().isoformat(timespec="milliseconds"), **self._stamp}
        parent = trace.trace_id()
        if parent:
            stamp["trace_id"] = parent
        return stamp | log_data

    def add_fields(
        self, log_data: dict[str, object], record: logging.LogRecord, message_dict: dict[str, object]
    ) -> None:
        super().add_fields(log_data, record, message_dict)
        log_data["level"] = record.levelname
        log_data["logger"] = record.name


def words_of(error: BaseException) -> str:
    """An error as it may be logged: one of ours in its own words, any other by its kind alone (see :func:`broke`)."""
    if type(error).__module__.startswith("shared."):
        return str(error)
    code = getattr(error, "code", None)
    return f"{type(error).__name__} {code}" if isinstance(code, int) else type(error).__name__


def broke(log: logging.Logger, sentence: str, error: BaseException, **extra: Any) -> None:
    """Log where something broke, never in the error's own words: drivers quote documents, and documents are people."""
    stack = "".join(traceback.format_tb(error.__traceback__))
    log.error(sentence, extra={**extra, "error_type": type(error).__name__, "stack": stack})
