"""A short text on paper that can be checked without asking anybody: a code that people can type, facts, a signature.

A slip is written ``KID.FACTS.SIGNATURE``: the name of the key, the facts as lines of UTF-8 in base64url, and an Ed25519
signature (RFC 8032) over the code, the name of the key and the facts together, so that the facts of one code cannot be
put under another. Whoever has the public keys reads and checks it offline; whether it was taken back, only the house
that wrote it knows.
"""

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SYMBOLS = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-one, a prime, so that the check symbol finds every wrong symbol and every swapped pair. No 0, I, L, O, U."""

CODE_LENGTH = 10
SEED_BYTES = 32
_PURPOSE = b"lumbung slip 1"
_READ_AS = str.maketrans({"I": "1", "L": "1"})
_SLIP = re.compile(r"([A-Za-z0-9_-]{6})\.([A-Za-z0-9_-]{0,800})\.([A-Za-z0-9_-]{86})")


class NotGenuine(ValueError):
    """The slip cannot be read, is signed by a key that is not known, or was changed. The text says which."""


def new_code() -> str:
    """Nine random symbols and the one that checks them: more than 2 * 10^13 codes, so that none is found by trying."""
    body = "".join(secrets.choice(SYMBOLS) for _ in range(CODE_LENGTH - 1))
    return body + _check(body)


def read_code(typed: str) -> str | None:
    """The code as it is kept, from how people type it: small letters, spaces, dashes; None for a mistyped one."""
    code = re.sub(r"[\s.\-–—_]", "", typed).upper().translate(_READ_AS)
    if len(code) != CODE_LENGTH or not set(code) <= set(SYMBOLS):
        return None
    return code if _check(code[:-1]) == code[-1] else None


def shown_code(code: str) -> str:
    """In groups, as it is printed: ``7KQ2-M4XD-9T``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


class SlipSigner:
    """Signs slips. ``seed``: 32 secret bytes."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()
        self.kid = key_name(self.public)

    def slip(self, code: str, facts: Sequence[str]) -> str:
        """The slip of a code. A line break inside a fact becomes a space."""
        text = "\n".join(" ".join(fact.split()) for fact in facts)
        packed = _pack(text.encode())
        return f"{self.kid}.{packed}.{_pack(self._key.sign(_signed(code, self.kid, packed)))}"


def facts_of(code: str, slip: str, keys: Mapping[str, bytes]) -> list[str]:
    """The facts of a genuine slip. ``keys``: names of keys to their 32 public bytes, as :func:`keys_of` reads them.

    Raises:
        NotGenuine: it is no slip, its key is not among these, or slip or code were changed.
    """
    found = _SLIP.fullmatch(slip)
    if found is None:
        raise NotGenuine("unreadable")
    kid, packed, signature = found.groups()
    if kid not in keys:
        raise NotGenuine("unknown_key")
    try:
        Ed25519PublicKey.from_public_bytes(keys[kid]).verify(_unpack(signature), _signed(code, kid, packed))
        return _unpack(packed).decode().split("\n")
    except (InvalidSignature, ValueError, binascii.Error) as error:
        raise NotGenuine("changed") from error


def key_name(public: bytes) -> str:
    """Six characters that name a public key."""
    return base64.urlsafe_b64encode(hashlib.sha256(public).digest())[:6].decode()


def key_set(keys: Iterable[bytes]) -> dict[str, Any]:
    """Public keys as a JWK set (RFC 8037), for everybody who checks slips."""
    return {
        "keys": [
            {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key_name(key), "x": _pack(key)}
            for key in keys
        ]
    }


def keys_of(document: Mapping[str, Any]) -> dict[str, bytes]:
    """The Ed25519 keys of a JWK set by their names; what is none is passed over.

    Raises:
        ValueError: the document is no JWK set.
    """
    rows = document.get("keys") if isinstance(document, Mapping) else None
    if not isinstance(rows, list):
        raise ValueError("no JWK set")
    found = [
        _unpack(str(row["x"])) for row in rows if isinstance(row, dict) and row.get("crv") == "Ed25519" and "x" in row
    ]
    return {key_name(key): key for key in found}


def _check(body: str) -> str:
    return SYMBOLS[sum(place * SYMBOLS.index(symbol) for place, symbol in enumerate(body, 1)) % len(SYMBOLS)]


def _signed(code: str, kid: str, packed: str) -> bytes:
    return b"\n".join((_PURPOSE, code.encode(), kid.encode(), packed.encode()))


def _pack(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unpack(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
