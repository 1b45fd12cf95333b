"""For every action: who is asking, and may they.

A caller is the first argument of an action and ``caller.need("noun:verb")`` its first line. What a caller may touch
(only its own records) is decided in actions; this file knows only scopes.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import g

from shared.http.problems import Forbidden, Unauthenticated

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody recognised from a request.

    ``id`` is stable and unique (two people have two ids), ``kind`` the role it came with, ``organisation`` the
    organisation that an API key is bound to, ``centre`` the office that a member of staff works at, ``key`` the id
    of the API key that was shown (never its secret).
    """

    id: str
    kind: str
    organisation: str | None = None
    scopes: frozenset[str] = frozenset()
    centre: str | None = None
    key: str | None = None

    @classmethod
    def restored(cls, document: Mapping[str, Any]) -> "Caller":
        """Whoever was :meth:`remembered`, for a job that finishes what they asked for."""
        return cls(**{**document, "scopes": frozenset(document["scopes"])})

    def remembered(self) -> dict[str, Any]:
        """As a document keeps whoever asked for something that is done later, with the rights they had then."""
        return {
            "id": self.id,
            "kind": self.kind,
            "organisation": self.organisation,
            "centre": self.centre,
            "scopes": sorted(self.scopes),
        }

    def may(self, scope: str) -> bool:
        return scope in self.scopes

    def need(self, *scopes: str) -> None:
        """Stop here unless the caller holds one of these scopes (403, or 401 for nobody)."""
        asked = _asked.get()
        if asked is not None and list(scopes) not in asked:
            asked.append(list(scopes))
        if self.scopes.isdisjoint(scopes):
            wanted = " / ".join(scopes)
            if self.kind == "nobody":
                raise Unauthenticated(HOW_TO_SIGN_IN)
            raise Forbidden(
                {
                    "id": f"Tindakan ini memerlukan hak {wanted}. Minta kepada pengelola sistem.",
                    "en": f"This needs the right {wanted}. Ask whoever manages your access.",
                },
                extra={"needed": list(scopes)},
            )


NOBODY = Caller(id="nobody", kind="nobody")

HOW_TO_SIGN_IN = {
    "id": "Kirim header Authorization: Bearer <token petugas atau kunci API>.",
    "en": "Send the header Authorization: Bearer <staff token or API key>.",
}


_asked: ContextVar[list[list[str]] | None] = ContextVar("asked", default=None)


@contextmanager
def noting_needs(into: list[list[str]]) -> Iterator[None]:
    """Write down what :meth:`Caller.need` is asked for inside this block, for whoever must ask the same again."""
    token = _asked.set(into)
    try:
        yield
    finally:
        _asked.reset(token)


def current_caller() -> Caller:
    """Who sent the request being answered. Only inside a view; :data:`NOBODY` where the view is public."""
    caller: Caller = g.get("caller", NOBODY)
    return caller


def public(view: View) -> View:
    """Mark a view that answers without a caller. Without the mark a request from nobody gets 401."""
    view.public = True  # type: ignore[attr-defined]
    return view
