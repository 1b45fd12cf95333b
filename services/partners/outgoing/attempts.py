"""One try of one delivery: what is sent, how it is signed, and what its row in the log says afterwards."""

import json
import random
import re
from datetime import datetime
from typing import Any

from services.partners import says
from services.partners.model import schedule
from services.partners.outgoing import secrets
from services.partners.outgoing.posting import Answer, post
from shared import clock
from shared.documents.mongo import Document
from shared.sealing import Seal, Unsealable

USER_AGENT = "lumbung-partners/1"
_LONG_NUMBER = re.compile(r"\d{8,}")
"""A NIK, a telephone number: whatever a partner answers, the log does not keep such numbers."""


def body_of(event: dict[str, Any]) -> str:
    """The bytes that are signed and sent, as text."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def send(subscription: Document, event: dict[str, Any], seal: Seal, *, development: bool) -> Answer:
    """Sign an event with the good secrets of a subscription and send it to its endpoint."""
    good = secrets.valid(subscription["secrets"], clock.now())
    try:
        opened = [seal.open(bytes(one["sealed"]), subscription["_id"]).decode() for one in good]
    except Unsealable:
        return Answer(None, "secret_unreadable", 0)
    body = body_of(event)
    headers = {
        **secrets.headers(opened, event["id"], body),
        "Content-Type": f"{says.MEDIA_TYPE}; charset=utf-8",
        "User-Agent": USER_AGENT,
        "Connection": "close",
    }
    return post(subscription["url"], body.encode(), headers, development=development)


def attempt_of(answer: Answer, at: datetime) -> Document:
    """What the log keeps of one try."""
    return {
        "at": at,
        "status": answer.status,
        "trouble": answer.trouble,
        "ms": answer.ms,
        "answer": _LONG_NUMBER.sub("•••", answer.text),
    }


def after(row: Document, answer: Answer, now: datetime) -> Document:
    """The row after one more try: delivered, to be tried again, or failed for good."""
    tries = row["tries"] + 1
    tried = {**row, "tries": tries, "attempts": [*row["attempts"], attempt_of(answer, now)][-2 * schedule.TRIES :]}
    if answer.trouble is None:
        return {**tried, "state": "DELIVERED", "next_at": None}
    asked = schedule.asked_pause(answer.retry_after, clock.wall())
    again = schedule.next_try(now, tries, chance=random.random(), asked=asked)
    if again is None:
        return {**tried, "state": "FAILED", "next_at": None, "failed_at": now}
    return {**tried, "state": "WAITING", "next_at": again}
