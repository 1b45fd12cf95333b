"""The secrets by which deliveries are signed: made here, shown once, kept sealed; two are good while one is changed."""

import base64
import secrets as chance
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from standardwebhooks.webhooks import Webhook

from shared import clock

SECRET_BYTES = 32
"""As many bits as the HMAC-SHA-256 of Standard Webhooks can use."""


def new() -> str:
    """A secret in the form of Standard Webhooks: `whsec_` and base64."""
    return "whsec_" + base64.b64encode(chance.token_bytes(SECRET_BYTES)).decode()


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
