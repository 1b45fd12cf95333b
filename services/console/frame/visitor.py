"""Who looks at a page: somebody who signed in, or nobody. The token never leaves the server-side session."""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flask import g, session

KEY = "visitor"
SHARED = "shared_screen"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person who signed in, as the provider's token describes them. ``expires``: seconds since 1970."""

    subject: str
    name: str
    role: str
    scopes: tuple[str, ...]
    token: str
    expires: int
    centre: str | None = None
    organisation: str | None = None
    organisation_name: str | None = None
    refresh_token: str | None = None
    id_token: str | None = None

    def may(self, scopes: Iterable[str]) -> bool:
        """Holds one of these rights."""
        return not set(scopes).isdisjoint(self.scopes)

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:3]).upper()

    @classmethod
    def of(cls, grant: Mapping[str, Any]) -> "Visitor":
        """From what the token endpoint gave. The access token came straight from the provider, so it is read here
        without being checked; every house checks it at every request.
        """
        claims = _claims(str(grant["access_token"]))
        known = {**_claims(str(grant["id_token"])), **claims} if grant.get("id_token") else claims
        return cls(
            subject=str(claims["sub"]),
            name=str(known.get("name") or known.get("preferred_username") or claims["sub"]),
            role=str(claims.get("role", "")),
            scopes=tuple(str(claims.get("scope", "")).split()),
            token=str(grant["access_token"]),
            expires=int(claims["exp"]),
            centre=claims.get("centre"),
            organisation=claims.get("organisation"),
            organisation_name=known.get("organisation_name"),
            refresh_token=grant.get("refresh_token"),
            id_token=grant.get("id_token"),
        )

    def remember(self) -> None:
        """Keep the visitor in the session, and forget whoever was found in it before."""
        session[KEY] = asdict(self)
        g.visitor = self


def visitor() -> Visitor | None:
    """Who is signed in; None for nobody."""
    if "visitor" not in g:
        kept = session.get(KEY)
        g.visitor = Visitor(**{**kept, "scopes": tuple(kept["scopes"])}) if kept else None
    found: Visitor | None = g.visitor
    return found


def shared_screen() -> bool:
    """Others may be reading along: true until somebody who works here says otherwise, and then it is logged."""
    return bool(session.get(SHARED, True))


def _claims(token: str) -> dict[str, Any]:
    try:
        part = token.split(".")[1]
        found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, ValueError) as error:
        raise ValueError("The provider's token cannot be read.") from error
    return found
