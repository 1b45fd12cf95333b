"""For the store: how a national id number is kept so that it can be found again and shown only on purpose.

At rest there is an AES-256-GCM ciphertext and an HMAC-SHA-256 under another key. The hash finds a number that
somebody types; without its key the 10^16 possible numbers cannot be tried, which an unkeyed hash would allow in an
afternoon.
"""

import hashlib
import hmac
from typing import Any

from bson.binary import Binary

from shared.sealing import Seal, Unsealable

__all__ = ["Unsealable", "Vault"]


class Vault(Seal):
    """Seals with one key (and opens with another too while that is changed) and fingerprints with a third."""

    def __init__(self, *, seal_key: bytes, hash_key: bytes, also: bytes | None = None) -> None:
        super().__init__(seal_key, also)
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
