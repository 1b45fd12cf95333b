"""For the store: how a national id number is kept so that it can be found again and shown only on purpose.

At rest there is an AES-256-GCM ciphertext and an HMAC-SHA-256 under another key. The hash finds a number that
somebody types; without its key the 10^16 possible numbers cannot be tried, which an unkeyed hash would allow in an
afternoon.
"""

import hashlib
import hmac
import os
from typing import Any

from bson.binary import Binary
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class Unsealable(Exception):
    """A ciphertext does not open: another key, another owner, or damage. Never shown to visitors in detail."""


class Vault:
    """Seals with one key and fingerprints with another; both are 32 bytes."""

    def __init__(self, *, seal_key: bytes, hash_key: bytes) -> None:
        self._aead = AESGCM(seal_key)
        self._hash_key = hash_key

    def sealed_nik(self, digits: str, owner: str) -> dict[str, Any]:
        """What a candidate document keeps of the number: ``{sealed, hash, last4}``, bound to the candidate's id."""
        return {
            "sealed": Binary(self.seal(digits.encode(), owner)),
            "hash": self.fingerprint("nik", digits),
            "last4": digits[-4:],
        }

    def nik(self, kept: dict[str, Any], owner: str) -> str:
        """The number itself. Whoever shows it to somebody has written the reason into the trail before."""
        return self.open(bytes(kept["sealed"]), owner).decode()

    def fingerprint(self, kind: str, text: str) -> str:
        """The keyed hash of a text, 64 hexadecimal digits; ``kind`` keeps equal texts of two kinds apart."""
        return hmac.new(self._hash_key, f"{kind}\0{text}".encode(), hashlib.sha256).hexdigest()

    def seal(self, content: bytes, owner: str) -> bytes:
        """Nonce and ciphertext. ``owner`` (an id) is authenticated: copied under another owner it does not open."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, content, owner.encode())

    def open(self, sealed: bytes, owner: str) -> bytes:
        """The content again.

        Raises:
            Unsealable: it was sealed with another key, for another owner, or was changed.
        """
        try:
            return self._aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], owner.encode())
        except (InvalidTag, ValueError) as error:
            raise Unsealable("This was sealed with another key or for another owner.") from error
