"""What is kept so that only a key opens it: AES-256-GCM, bound to the id of its owner.

Of two keys one seals and both open, so that a key can be changed while all runs: first every process learns the new one
beside the old, then they change places, then what the old one sealed is sealed anew (docs/operating.md).
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12


class Unsealable(Exception):
    """A ciphertext does not open: another key, another owner, or damage. Never shown to visitors in detail."""


class Seal:
    """Seals with `key` and opens what `key` or `also` sealed; both are 32 bytes."""

    def __init__(self, key: bytes, also: bytes | None = None) -> None:
        self._aead = AESGCM(key)
        self._also = AESGCM(also) if also else None

    def seal(self, content: bytes, owner: str) -> bytes:
        """Nonce and ciphertext. ``owner`` (an id) is authenticated: copied under another owner it does not open."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, content, owner.encode())

    def open(self, sealed: bytes, owner: str) -> bytes:
        """The content again.

        Raises:
            Unsealable: it was sealed with a key that is not here, for another owner, or was changed.
        """
        for aead in (self._aead, self._also):
            try:
                if aead is not None:
                    return aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], owner.encode())
            except (InvalidTag, ValueError):
                continue
        raise Unsealable("This was sealed with another key or for another owner.")

    def renewed(self, sealed: bytes, owner: str) -> bytes | None:
        """The same content under `key`; None when that sealed it already.

        Raises:
            Unsealable: as by :meth:`open`.
        """
        try:
            self._aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], owner.encode())
        except (InvalidTag, ValueError):
            return self.seal(self.open(sealed, owner), owner)
        return None
