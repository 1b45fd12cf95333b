"""For pages: a question to a house, asked as whoever is signed in and in their language.

``registry.get("/v1/candidates/…")`` is only a question; ``.ask()`` or ``together(...)`` sends it.
"""

import re
from typing import Any

from flask import abort, current_app

from services.console.frame.visitor import visitor
from services.console.frame.words import language
from services.console.houses import Houses, Question
from services.console.houses.asking import DEADLINE_SECONDS, WRITE_SECONDS

LONGEST_HEADER = 200
"""Characters; ours have a quarter."""

_PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~:@-]*)+")
"""What an address of a house may look like. An id comes from the visitor: with a dot, a question mark or a percent sign
in the right place it would ask for another record than the page says, or for a part of it only."""


class House:
    """One house as a page sees it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def get(self, path: str, *, seconds: float = DEADLINE_SECONDS, **params: Any) -> Question:
        """Look. ``params`` become the query; those that are None are left out. Never put a name or NIK there."""
        chosen = {name: value for name, value in params.items() if value is not None}
        return self._question("GET", path, params=chosen, seconds=seconds)

    def post(
        self, path: str, json: Any = None, *, once: str | None = None, if_match: str | None = None, **more: Any
    ) -> Question:
        """Act. ``once``: the form's own number (``form.once.data``), so that pressing twice acts once."""
        return self._write("POST", path, json, once=once, if_match=if_match, **more)

    def put(self, path: str, json: Any = None, *, if_match: str | None = None, **more: Any) -> Question:
        return self._write("PUT", path, json, if_match=if_match, **more)

    def patch(self, path: str, json: Any = None, *, if_match: str | None = None, **more: Any) -> Question:
        return self._write("PATCH", path, json, if_match=if_match, **more)

    def delete(self, path: str, *, if_match: str | None = None, **more: Any) -> Question:
        return self._write("DELETE", path, None, if_match=if_match, **more)

    def _write(
        self,
        method: str,
        path: str,
        json: Any,
        *,
        once: str | None = None,
        if_match: str | None = None,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> Question:
        sent = dict(headers or {})
        if once:
            sent["Idempotency-Key"] = _as_we_wrote(once)
        if if_match:
            sent["If-Match"] = _as_we_wrote(if_match)
        return self._question(method, path, json=json, headers=sent, **{"seconds": WRITE_SECONDS, **more})

    def _question(self, method: str, path: str, **more: Any) -> Question:
        if not _PATH.fullmatch(path):
            abort(404)
        known = visitor()
        return Question(
            houses=current_houses(),
            house=self.name,
            method=method,
            path=path,
            token=known.token if known else None,
            language=language(),
            **more,
        )


def _as_we_wrote(value: str) -> str:
    """What a form or an address of ours carried back for a header; 400 for letters that no header takes."""
    if not (value.isascii() and value.isprintable() and len(value) <= LONGEST_HEADER):
        abort(400)
    return value


def current_houses() -> Houses:
    """The houses of the application that answers this request."""
    found: Houses = current_app.extensions["console.houses"]
    return found


registry = House("registry")
training = House("training")
placement = House("placement")
matching = House("matching")
partners = House("partners")
