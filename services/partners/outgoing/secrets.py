"""The secrets by which deliveries are signed: made here, shown once, kept sealed; two are good while one is changed."""

import base64
import os
import secrets as chance
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from standardwebhooks.webhooks import Webhook

from shared import clock

NONCE_BYTES = 12
SECRET_BYTES = 32
"""As many bits as the HMAC-SHA-256 of Standard Webhooks can use."""


def new() -> str:
    """A secret in the form of Standard Webhooks: `whsec_` and base64."""
    return "whsec_" + base64.b64encode(chance.token_bytes(SECRET_BYTES)).decode()


class Seal:
    """Seals the secrets of subscriptions with the key of the house; each opens for its own subscription alone."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def seal(self, secret: str, subscription_id: str) -> bytes:
        """Nonce and ciphertext."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, secret.encode(), subscription_id.encode())

    def open(self, sealed: bytes, subscription_id: str) -> str:
        """The secret again.

        Raises:
            InvalidTag: it was sealed with another key (WEBHOOK_KEY was changed) or for another subscription.
        """
        opened = self._aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], subscription_id.encode())
        return opened.decode()


def valid(kept: Sequence[Mapping[str, Any]], now: datetime) -> list[Mapping[str, Any]]:
    """The secrets that are good now, the newest first."""
    good = [one for one in kept if one["valid_until"] is None or one["valid_until"] > now]
    return sorted(good, key=lambda one: one["created_at"], reverse=True)


def headers(good: Sequence[str], id: str, body: str) -> dict[str, str]:
    """The three headers of Standard Webhooks; one signature for each good secret, with a space between."""
    at = clock.wall()
    signed = [Webhook(secret).sign(id, at, body) for secret in good]
    return {
        "webhook-id": id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signed),
    }
