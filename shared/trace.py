"""One trace id follows a request from the door through the outbox and the wire into every listener's log lines.

W3C Trace Context, ``traceparent`` only: ``00-<trace id>-<span id>-<flags>``. https://www.w3.org/TR/trace-context/
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_SHAPE = re.compile(r"00-(?P<trace>[0-9a-f]{32})-(?P<span>[0-9a-f]{16})-[0-9a-f]{2}")
_running: ContextVar[str | None] = ContextVar("traceparent", default=None)


def current() -> str | None:
    """The traceparent of the running request or event, None outside of both."""
    return _running.get()


def trace_id() -> str | None:
    """The 32 hex digits that join the log lines of all houses, None outside of a request or event."""
    parent = _running.get()
    return parent.split("-")[1] if parent else None


def start(header: str | None = None) -> str:
    """Begin a span: continue the trace of a well-formed header, else open a new one. Returns the new traceparent."""
    parent = _child_of(header)
    _running.set(parent)
    return parent


def end() -> None:
    """The request is over: what this thread logs before its next one belongs to nobody."""
    _running.set(None)


@contextmanager
def span(header: str | None = None) -> Iterator[str]:
    """Like :func:`start`, and the trace that ran before comes back afterwards; for loops over many events."""
    token = _running.set(_child_of(header))
    try:
        yield _running.get() or ""
    finally:
        _running.reset(token)


def _child_of(header: str | None) -> str:
    match = _SHAPE.fullmatch(header.strip()) if header else None
    known = match["trace"] if match and match["trace"].strip("0") and match["span"].strip("0") else None
    return f"00-{known or secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
