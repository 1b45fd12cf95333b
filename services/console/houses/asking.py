"""How the console asks the houses: as the person who is signed in, several at once, and never longer than a deadline.

One kept connection pool a worker process. A question is only a description; :func:`together` or :meth:`Question.ask`
sends it. The visitor's own token goes along, so every right is decided by the house, and every look is in its trail
under the visitor's name.
"""

import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any

import httpx

from services.console.houses.answers import Answer
from shared import clock, trace

log = logging.getLogger(__name__)

DEADLINE_SECONDS = 3.0
"""A person waits for a page; a house that needs longer is treated as silent."""

WRITE_SECONDS = 10.0
"""An act is not given up as early as a look: nobody should press twice for fear that it was lost."""

CONNECT_SECONDS = 0.5
"""The houses are near; a closed port answers at once, and a dead machine must not cost the whole deadline."""

AT_ONCE = 16
"""Questions in flight of one worker: two pages of eight visitors each."""


class Houses:
    """The houses by their addresses. ``transport`` is a double for tests."""

    def __init__(self, addresses: Mapping[str, str], *, transport: httpx.BaseTransport | None = None) -> None:
        self._addresses = dict(addresses)
        self._client = httpx.Client(
            transport=transport,
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=32, keepalive_expiry=4.0),
            follow_redirects=False,
        )
        self.pool = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="asking")

    @property
    def names(self) -> list[str]:
        return list(self._addresses)

    def send(self, question: "Question") -> Answer:
        """Ask now. Never raises for what a network or a house can do; a silent house is an answer too."""
        address = self._addresses.get(question.house)
        if address is None:
            return Answer(question.house, 0)
        headers = {
            "Accept-Language": question.language,
            "traceparent": trace.current() or trace.start(),
            **question.headers,
        }
        if question.token:
            headers["Authorization"] = f"Bearer {question.token}"
        began = clock.monotonic()
        try:
            found = self._client.request(
                question.method,
                address + question.path,
                params=question.params,
                json=question.json,
                data=question.data,
                files=question.files,
                headers=headers,
                timeout=httpx.Timeout(question.seconds, connect=CONNECT_SECONDS),
            )
        except httpx.HTTPError as error:
            log.warning(
                "a house is silent",
                extra={
                    "asked": question.house,
                    "error_type": type(error).__name__,
                    "ms": round((clock.monotonic() - began) * 1000),
                },
            )
            return Answer(question.house, 0)
        kind = found.headers.get("content-type", "")
        body: Any = {}
        if "json" in kind and found.content:  # a 204 says nothing, whatever kind it names
            try:
                body = found.json()
            except ValueError:
                return Answer(question.house, 0)
        return Answer(
            question.house,
            found.status_code,
            body if isinstance(body, dict) else {"items": body},
            found.headers,
            found.content if "json" not in kind else b"",
        )


@dataclass(frozen=True, slots=True)
class Question:
    """One request to one house, not sent yet."""

    houses: Houses
    house: str
    method: str
    path: str
    token: str | None
    language: str
    params: Mapping[str, Any] = field(default_factory=dict)
    json: Any = None
    data: Mapping[str, Any] | None = None
    files: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = DEADLINE_SECONDS

    def ask(self) -> Answer:
        return self.houses.send(self)


def together(**questions: Question | None) -> dict[str, Answer]:
    """Ask all at once; back when the slowest has answered or run out of time. None stands for a question not asked.

    ``found = together(person=..., advice=...)``; then ``found["person"].must()``, ``found["advice"].or_empty()``.
    """
    wanted = {name: one for name, one in questions.items() if one is not None}
    if not wanted:
        return {}
    names = list(wanted)
    first, rest = names[0], names[1:]
    running = {name: wanted[name].houses.pool.submit(copy_context().run, wanted[name].ask) for name in rest}
    answers = {first: wanted[first].ask()}  # the visitor's own thread has nothing else to do
    answers.update({name: one.result() for name, one in running.items()})
    return answers
