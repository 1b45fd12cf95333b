"""Relay and listener agree here on what an event looks like on the wire: CloudEvents 1.0, Kafka binding, binary mode.

Attributes travel in ``ce_`` headers, the value is the JSON of the whole public state, a null value is a tombstone.
The version is the CloudEvents ``sequence`` (extension, ``sequencetype`` Integer).
https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

CONTENT_TYPE = "application/json; charset=utf-8"
SCHEMA_ROOT = "/lumbung/contracts"
# A version is a decimal string on the wire; more digits than this are somebody's mistake, not a history.
_LONGEST_VERSION = 18


class UnreadableEvent(Exception):
    """A record that is no event of ours: a header is missing or wrong, or the value is no JSON object."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, told with the whole public state after it. ``data`` None is a tombstone."""

    topic: str
    key: str
    type: str
    version: int
    source: str
    id: str
    time: datetime
    trace: str | None
    data: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Record:
    """One Kafka record. ``partition`` and ``offset`` say where it lies in the log; before it is sent they are -1."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]
    partition: int = -1
    offset: int = -1

    @property
    def place(self) -> str:
        """Where it lies, as one text: topic/partition/offset."""
        return f"{self.topic}/{self.partition}/{self.offset}"


def source_of(house: str) -> str:
    """The CloudEvents source of a house."""
    return f"/lumbung/{house}"


def schema_name(topic: str) -> str:
    """Where the contract of a topic lives below ``shared/contracts``: ``bakery/loaves.v1.schema.json``."""
    owner, _, name = topic.partition(".")
    return f"{owner}/{name}.schema.json"


def to_wire(event: Event) -> Record:
    """The Kafka record for an event."""
    headers = {
        "ce_specversion": "1.0",
        "ce_id": event.id,
        "ce_source": event.source,
        "ce_type": event.type,
        "ce_time": event.time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "ce_subject": event.key,
        "ce_sequence": str(event.version),
        "ce_sequencetype": "Integer",
        "ce_dataschema": f"{SCHEMA_ROOT}/{schema_name(event.topic)}",
    }
    if event.trace:
        headers["ce_traceparent"] = event.trace
    value = None
    if event.data is not None:
        headers["content-type"] = CONTENT_TYPE
        value = json.dumps(event.data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return Record(event.topic, event.key.encode(), value, [(name, text.encode()) for name, text in headers.items()])


def from_wire(record: Record) -> Event:
    """The event in a Kafka record.

    Raises:
        UnreadableEvent: with the reason in one sentence, never with the content.
    """
    ce = _headers_of(record)
    if ce.get("ce_specversion") != "1.0":
        raise UnreadableEvent("ce_specversion is not 1.0.")
    subject = _text(record.key, "the key") if record.key is not None else ""
    if not subject or subject != _need(ce, "ce_subject"):
        raise UnreadableEvent("The key and ce_subject differ.")
    return Event(
        topic=record.topic,
        key=subject,
        type=_need(ce, "ce_type"),
        version=_version(_need(ce, "ce_sequence")),
        source=_need(ce, "ce_source"),
        id=_need(ce, "ce_id"),
        time=_instant(_need(ce, "ce_time")),
        trace=ce.get("ce_traceparent"),
        data=None if record.value is None else _object(record.value),
    )


def _headers_of(record: Record) -> dict[str, str]:
    try:
        return {name.lower(): text.decode() for name, text in record.headers if text is not None}
    except UnicodeDecodeError:
        # Again, slowly: this says which one it is.
        return {name.lower(): _text(text, name) for name, text in record.headers if text is not None}


def _need(headers: Mapping[str, str], name: str) -> str:
    if not headers.get(name):
        raise UnreadableEvent(f"{name} is missing.")
    return headers[name]


def _text(raw: bytes, what: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise UnreadableEvent(f"{what} is not UTF-8.") from error


def _version(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_VERSION and int(text) >= 1):
        raise UnreadableEvent("ce_sequence is not a whole number from 1.")
    return int(text)


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnreadableEvent("ce_time is not an RFC 3339 instant.") from error
    if instant.tzinfo is None:
        raise UnreadableEvent("ce_time has no time zone.")
    return instant.astimezone(UTC)


def _object(value: bytes) -> dict[str, Any]:
    try:
        data = json.loads(value)
    except (ValueError, RecursionError) as error:
        raise UnreadableEvent("The value is not JSON.") from error
    if not isinstance(data, dict):
        raise UnreadableEvent("The value is not a JSON object.")
    return data
