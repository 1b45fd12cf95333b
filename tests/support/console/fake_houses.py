"""Houses for fast tests of pages: they answer what a test tells them, remember what they were asked, or stay silent."""

import fnmatch
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

NAMES = ("registry", "training", "placement", "matching", "partners")
Body = Any


@dataclass
class Asked:
    """One request that a house got."""

    house: str
    method: str
    path: str
    params: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass
class FakeHouses:
    """``says(house, "GET /v1/candidates/*", {...})`` sets an answer; the last one set that fits is given.

    What nobody set answers 404. ``silence("matching")`` lets every connection to a house fail.
    """

    answers: list[tuple[str, str, str, int, Body, dict[str, str]]] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)
    asked: list[Asked] = field(default_factory=list)

    def says(
        self, house: str, what: str, body: Body = None, *, status: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        """``what``: method and path with ``*``; ``body``: a document, or a function of :class:`Asked`."""
        method, path = what.split(" ", 1)
        self.answers.append((house, method, path, status, body, headers or {}))

    def refuses(self, house: str, what: str, status: int, code: str, title: str, **more: Any) -> None:
        """A problem, as every house answers one."""
        self.says(house, what, {"code": code, "title": title, "status": status, "detail": "", **more}, status=status)

    def silence(self, *houses: str) -> None:
        self.silent.update(houses)

    def forget(self) -> None:
        """As new."""
        self.answers.clear()
        self.silent.clear()
        self.asked.clear()

    def of(self, house: str, what: str) -> list[Asked]:
        """What the house was asked of this kind."""
        method, path = what.split(" ", 1)
        return [
            one
            for one in self.asked
            if (one.house, one.method) == (house, method) and fnmatch.fnmatchcase(one.path, path)
        ]

    @property
    def said(self) -> str:
        """Every document that was set, as text."""
        return json.dumps([body for *_, body, _ in self.answers if not callable(body)], ensure_ascii=False, default=str)

    @property
    def addresses(self) -> dict[str, str]:
        return {f"{name}_url": f"http://{name}.test" for name in NAMES}

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        house = request.url.host.removesuffix(".test")
        content = request.read()
        try:
            sent: Any = json.loads(content) if content else None
        except ValueError:
            sent = content
        one = Asked(house, request.method, request.url.path, dict(request.url.params), dict(request.headers), sent)
        self.asked.append(one)
        if house in self.silent:
            raise httpx.ConnectError("silent", request=request)
        for where, method, path, status, body, headers in reversed(self.answers):
            if (where, method) == (house, request.method) and fnmatch.fnmatchcase(request.url.path, path):
                found = body(one) if isinstance(body, Callable) else body  # type: ignore[arg-type]
                if isinstance(found, httpx.Response):
                    return found
                if isinstance(found, bytes):
                    return httpx.Response(status, content=found, headers=headers)
                if isinstance(found, dict) and "version" in found:
                    headers = {"ETag": f'"{found["version"]}"', **headers}
                return httpx.Response(status, json=found if found is not None else {}, headers=headers)
        return httpx.Response(404, json={"code": "not_found", "title": "Tidak ada", "status": 404, "detail": ""})
