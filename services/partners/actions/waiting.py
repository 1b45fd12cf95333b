"""How many partners may wait at once: each holds a thread, and the others still want to be served.

A long poll that finds no place is answered at once with what is there; a stream that finds none is refused, and so is
one more trial of an endpoint, which lasts as long as the endpoint takes.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from services.partners import problems

STREAMS_EACH = 3
"""Streams of one organisation in one process: two for a change-over and one that was forgotten."""

POLLS_EACH = 4

TRIALS_EACH, TRIALS = 1, 6
"""At a time, of one organisation and of all: an endpoint that dawdles holds one for a quarter of a minute."""


class FollowedTail(Protocol):
    """What is needed of `store.tail.Tail`."""

    def wait_beyond(self, position: int, seconds: float) -> bool:
        """Wait for the feed to reach further than this."""
        ...


@dataclass(slots=True)
class Waiting:
    """The places of one process. `streams` and `polls` are how many there are of each."""

    tail: FollowedTail
    streams: int
    polls: int
    stopping: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _streaming: Counter[str] = field(default_factory=Counter)
    _polling: Counter[str] = field(default_factory=Counter)
    _trying: Counter[str] = field(default_factory=Counter)

    def take_stream(self, organisation_id: str) -> None:
        """Take a place for a stream; give it back with :meth:`leave_stream`.

        Raises:
            TooManyStreams: this organisation has enough of them, or all places are taken.
        """
        with self._lock:
            mine = self._streaming[organisation_id]
            if mine >= STREAMS_EACH or self._streaming.total() >= self.streams:
                raise problems.TooManyStreams(
                    {
                        "id": f"Sudah {mine} aliran Anda terbuka. Tutup yang lama, atau pakai GET /v1/events?wait=.",
                        "en": f"{mine} streams of yours are open. Close an old one, or use GET /v1/events?wait=.",
                    },
                    headers={"Retry-After": "15"},
                )
            self._streaming[organisation_id] += 1

    def leave_stream(self, organisation_id: str) -> None:
        """The stream is over."""
        with self._lock:
            self._streaming[organisation_id] -= 1

    @contextmanager
    def polling(self, organisation_id: str) -> Iterator[bool]:
        """A place for a long poll; False when there is none."""
        with self._lock:
            free = self._polling[organisation_id] < POLLS_EACH and self._polling.total() < self.polls
            if free:
                self._polling[organisation_id] += 1
        try:
            yield free
        finally:
            if free:
                with self._lock:
                    self._polling[organisation_id] -= 1

    @contextmanager
    def trying(self, organisation_id: str) -> Iterator[None]:
        """A place to try an endpoint out.

        Raises:
            TooManyTrials: this organisation is trying one already, or all places are taken.
        """
        with self._lock:
            if self._trying[organisation_id] >= TRIALS_EACH or self._trying.total() >= TRIALS:
                raise problems.TooManyTrials(
                    {
                        "id": "Percobaan sebelumnya masih menunggu jawaban. Tunggu sebentar, lalu coba lagi.",
                        "en": "A trial before this one still waits for its answer. Wait a moment and try again.",
                    },
                    headers={"Retry-After": "15"},
                )
            self._trying[organisation_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._trying[organisation_id] -= 1
