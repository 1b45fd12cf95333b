"""What the console's database holds is closed with a key that it does not hold: a copy of it tells nothing."""

import hashlib
import json
import secrets
import zlib
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


class Seal:
    """Closes and opens documents. ``key``: 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._seal = AESGCM(key)

    def close(self, content: dict[str, Any], place: str) -> bytes:
        """The document, packed and closed; it opens at this place alone."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        packed = zlib.compress(json.dumps(content, ensure_ascii=False).encode())
        return nonce + self._seal.encrypt(nonce, packed, place.encode())

    def open(self, kept: bytes, place: str) -> dict[str, Any] | None:
        """What was closed, or None: another key, or another place."""
        kept = bytes(kept)
        try:
            opened = self._seal.decrypt(kept[:_NONCE_BYTES], kept[_NONCE_BYTES:], place.encode())
        except InvalidTag:
            return None
        found: dict[str, Any] = json.loads(zlib.decompress(opened))
        return found


def hashed(id: str) -> str:
    """The place of what belongs to an id, which does not tell the id."""
    return hashlib.sha256(id.encode()).hexdigest()
