"""The row of every table of this folder: one broken request, and the refusal that it must get."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]

NOBODY = "00000000-0000-4000-8000-000000000000"
"""An id that is nobody's."""

V1 = {"If-Match": '"1"'}
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Broken:
    """`ask` is a method and an address, in which `{candidate}` stands for the id of a living one (see `Places`).

    The answer has this `status`. Where a value is wrong, one of its `errors` has this `code` and points `at` it; where
    nothing in particular is (`at` None), the problem itself has the code.
    """

    what: str
    ask: str
    status: int
    code: str
    at: str | None = None
    json: Any = None
    content: bytes | None = None
    file: tuple[str, bytes] | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    who: str = "officer"

    @property
    def request(self) -> Body:
        """As httpx takes it."""
        sent: Body = {"headers": dict(self.headers)}
        if self.query:
            sent["params"] = dict(self.query)
        if self.file is not None:
            sent["files"] = {"file": self.file}
        elif self.content is not None:
            sent["content"] = self.content
        elif self.json is not None:
            sent["json"] = self.json
        return sent


Wrong = tuple[str, Body, str, str]
"""What is wrong, the members that are, the code, and the pointer to the place."""


def members(ask: str, whole: Callable[[], Body], *rows: Wrong, who: str = "officer", **more: Any) -> list[Broken]:
    """Requests that are right but for one thing each; a member that is `...` is left out."""
    return [
        Broken(what, ask, 422, code, at, json=_without(whole() | changes), who=who, **more)
        for what, changes, code, at in rows
    ]


def questions(ask: str, *rows: tuple[str, Mapping[str, str], int, str, str], who: str = "officer") -> list[Broken]:
    """GET requests with a wrong query."""
    return [Broken(what, ask, status, code, at, query=query, who=who) for what, query, status, code, at in rows]


def _without(body: Body) -> Body:
    return {name: value for name, value in body.items() if value is not ...}
