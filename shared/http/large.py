"""For whoever serves: of large requests a few are taken in at a time, so that they hold a share of the threads."""

import threading
from collections.abc import Callable
from typing import NoReturn

from flask import Flask, g, request

LEAST = 1024 * 1024
"""Bytes. Only files are larger."""


def few_at_once(app: Flask, most: int, refuse: Callable[[], NoReturn]) -> None:
    """Refuse a request of more than :data:`LEAST` bytes, before a byte is read, while ``most`` others are in hand."""
    places = threading.BoundedSemaphore(most)

    def take_place() -> None:
        length = request.content_length
        is_large = length > LEAST if length is not None else "Transfer-Encoding" in request.headers
        if is_large:
            if not places.acquire(blocking=False):
                refuse()
            g.has_a_place = True

    def give_it_back(error: BaseException | None) -> None:
        if g.pop("has_a_place", False):
            places.release()

    app.before_request(take_place)
    app.teardown_request(give_it_back)
