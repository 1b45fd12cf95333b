"""For the door: read the access tokens of staff. For laptops: an issuer that makes such tokens, and says so every time.

Production takes tokens of an OIDC issuer (``OIDC_ISSUER``, ``OIDC_AUDIENCE``, ``OIDC_JWKS``). Claims used: ``sub``,
``role``, ``scope`` (separated by spaces), ``centre``, ``organisation`` (for people of an organisation). Lives are
measured with the machine's own clock, which the development clock does not move: months that pass in a demo would
otherwise sign everybody out.
"""

import functools
import json
import logging
import os
import re
import threading
import unicodedata
import urllib.request
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from joserfc import jwk, jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError

from shared import clock
from shared.http.callers import Caller
from shared.http.problems import Unauthenticated

log = logging.getLogger(__name__)

ALGORITHMS = ["ES256", "ES384", "RS256", "PS256", "EdDSA"]
"""Asymmetric only: with a shared secret every house could make the tokens that it reads; ``none`` is no signature."""

SCHEMES = ("https",)
"""How keys may be fetched: whoever can change them on the way can be anybody."""

DEVELOPMENT_ISSUER = "lumbung-development"

CACHED_SECONDS = 600.0
"""How long keys of an address are used before they are asked for again; a rotated-out key lives that much longer."""

RETRY_SECONDS = 30.0
"""At most this often an unknown key id makes us ask again, else anybody could make us hammer the issuer."""

LEEWAY_SECONDS = 30
"""Two honest machines' clocks differ by seconds."""

LONGEST = 8000
"""Characters of a token: servers in front of us stop reading a header at 8 kB."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_ROLE = re.compile(r"[a-z][a-z_]{0,39}")
_ROLES_FILE = Path(__file__).resolve().parents[2] / "deploy" / "roles.yaml"


class IssuerRefused(Exception):
    """The development issuer was asked for outside development."""


class Tokens:
    """Recognises staff by their tokens. Keys come from a file (read again when it changes) or an https address."""

    def __init__(self, *, jwks: str, issuer: str, audience: str, development: bool = False) -> None:
        if issuer == DEVELOPMENT_ISSUER and not development:
            raise IssuerRefused(
                f"OIDC_ISSUER is {DEVELOPMENT_ISSUER}, whose keys lie in a folder. Name the real issuer in production."
            )
        self._keys = _Keys(jwks)
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(clock.wall().timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    def resolve(self, text: str) -> Caller:
        """The caller of a token. 401 for everything that is not a good token; the reason stays general on purpose."""
        if len(text) > LONGEST or not _TOKEN.fullmatch(text):
            raise _unreadable()
        try:
            claims = self._decode(text)
            self._claims.validate(claims)
        except ExpiredTokenError:
            raise Unauthenticated(
                {"id": "Token sudah kedaluwarsa. Masuk lagi.", "en": "The token has expired. Sign in again."},
                code="token_expired",
            ) from None
        except (JoseError, ValueError, TypeError, KeyError, RecursionError):
            raise _unreadable() from None
        subject, role, scope = claims["sub"], claims.get("role", "system"), claims.get("scope", "")
        centre, organisation = claims.get("centre"), claims.get("organisation")
        if not (isinstance(scope, str) and isinstance(role, str) and _ROLE.fullmatch(role) and role != "nobody"):
            raise _unreadable()
        if not 1 <= len(subject) <= 200 or any(not isinstance(one, str | None) for one in (centre, organisation)):
            raise _unreadable()
        return Caller(
            id=folded(subject), kind=role, organisation=organisation, scopes=frozenset(scope.split()), centre=centre
        )

    def _decode(self, text: str) -> dict[str, Any]:
        try:
            return jwt.decode(text, self._keys.now(), algorithms=ALGORITHMS).claims
        except InvalidKeyIdError:
            return jwt.decode(text, self._keys.again(), algorithms=ALGORITHMS).claims


# Letters of other alphabets that nobody tells from ours.
_LOOKALIKES = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455\u03b1\u03b2\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7",
    "abekmhopctyxijsabeiknoptux",
)


def folded(subject: str) -> str:
    """One spelling for all subjects that look alike: rules for two people must not be met by one in two spellings."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", subject).casefold())
    seen = "".join(letter for letter in plain if unicodedata.category(letter) not in ("Mn", "Cf", "Cc"))
    return " ".join(seen.translate(_LOOKALIKES).split()) or subject


class _Keys:
    """A key set and when it was read. Asymmetric keys only, whatever the document holds."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._is_address = "://" in source
        if self._is_address and urlsplit(source).scheme not in SCHEMES:
            raise ValueError(f"OIDC_JWKS must be a file or an https address, not {urlsplit(source).scheme}.")
        self._lock = threading.Lock()
        self._keys: jwk.KeySet | None = None
        self._read_at = 0.0
        self._changed = 0

    def now(self) -> jwk.KeySet:
        if self._is_address:
            fresh = self._keys is not None and clock.monotonic() - self._read_at < CACHED_SECONDS
            return self._keys if fresh and self._keys is not None else self._read()
        changed = os.stat(self._source).st_mtime_ns if os.path.exists(self._source) else 0
        if self._keys is None or changed != self._changed:
            self._changed = changed
            return self._read()
        return self._keys

    def again(self) -> jwk.KeySet:
        """After an unknown key id: ask once more, unless that was done a moment ago."""
        if self._keys is not None and clock.monotonic() - self._read_at < RETRY_SECONDS:
            return self._keys
        return self._read()

    def _read(self) -> jwk.KeySet:
        with self._lock:
            try:
                document = json.loads(self._fetch())
                public = [one for one in document["keys"] if one.get("kty") in ("EC", "RSA", "OKP")]
                self._keys = jwk.KeySet.import_key_set({"keys": public})
            except (OSError, ValueError, KeyError, TypeError, JoseError) as error:
                log.error("The keys of the token issuer cannot be read", extra={"reason": type(error).__name__})
                if self._keys is None:
                    raise KeyError("no keys") from error
            self._read_at = clock.monotonic()
            return self._keys

    def _fetch(self) -> bytes:
        if not self._is_address:
            return Path(self._source).read_bytes()
        with urllib.request.urlopen(self._source, timeout=5) as answer:
            return bytes(answer.read(256 * 1024))


def _unreadable() -> Unauthenticated:
    return Unauthenticated(
        {"id": "Token ini tidak berlaku di sini. Masuk lagi.", "en": "This token is not valid here. Sign in again."},
        code="token_invalid",
    )


class DevelopmentIssuer:
    """Makes tokens for anybody who can read its folder: ``jwks.json`` for the houses, ``issuer.key`` for itself.

    Raises:
        IssuerRefused: outside development, before anything is written.
    """

    def __init__(self, folder: Path, *, environment: str, audience: str = "lumbung") -> None:
        if environment != "development":
            raise IssuerRefused("Development tokens are refused outside development (LUMBUNG_ENV=development).")
        self.jwks_path = folder / "jwks.json"
        self._audience = audience
        self._key = _key_of(folder)
        public = json.dumps({"keys": [self._key.as_dict(private=False)]}, indent=1)
        if not self.jwks_path.exists() or self.jwks_path.read_text(encoding="ascii") != public:
            draft = folder / f"jwks.{os.getpid()}.new"
            draft.write_text(public, encoding="ascii")
            os.replace(draft, self.jwks_path)

    def mint(
        self,
        role: str,
        name: str,
        centre: str | None = None,
        scopes: Iterable[str] | None = None,
        *,
        organisation: str | None = None,
        hours: float = 12,
    ) -> str:
        """A token for a person of this name. Rules for two people need two names: the name alone is the subject.

        ``scopes`` None gives what ``deploy/roles.yaml`` gives the role.

        Raises:
            KeyError: an unknown role and no scopes.
        """
        given = roles()[role] if scopes is None else list(scopes)
        now = int(clock.wall().timestamp())
        claims: dict[str, Any] = {
            "iss": DEVELOPMENT_ISSUER,
            "aud": self._audience,
            "sub": "dev:" + "-".join(name.casefold().split()),
            "name": name,
            "role": role,
            "scope": " ".join(given),
            "iat": now,
            "exp": now + int(hours * 3600),
        }
        if centre:
            claims["centre"] = centre
        if organisation:
            claims["organisation"] = organisation
        log.warning("DEVELOPMENT TOKEN made: anybody can be anybody here", extra={"role": role})
        return self.sign(claims)

    def sign(self, claims: Mapping[str, Any]) -> str:
        """Any claims as a token of this issuer: for the identity tokens of its sign-in page."""
        return jwt.encode({"alg": "ES256", "kid": self._key.kid}, dict(claims), self._key)


@functools.cache
def roles() -> Mapping[str, list[str]]:
    """Role → scopes, from ``deploy/roles.yaml``; what the issuer of production puts into its tokens."""
    with _ROLES_FILE.open(encoding="utf-8") as text:
        listed: dict[str, Any] = yaml.safe_load(text)
    return {role: list(row["scopes"]) for role, row in listed.items()}


def _key_of(folder: Path) -> jwk.ECKey:
    """The private key of the folder, made on first use, readable by its owner only."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "issuer.key"
    if not place.exists():
        new = jwk.ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
        draft = folder / f"issuer.{os.getpid()}.new"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            json.dump(new.as_dict(private=True), file)
        try:
            os.link(draft, place)  # of two processes that start together, the first one's key stands
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = jwk.ECKey.import_key(json.loads(place.read_text(encoding="ascii")))
    key.ensure_kid()
    return key
