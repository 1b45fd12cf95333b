"""What the partners house tells outside: a row of the feed as a CloudEvent in structured mode.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
It says nothing on Kafka; the types are those of `model/events.py`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from services.partners.model.events import CATALOGUE

MEDIA_TYPE = "application/cloudevents+json"

TEST = "partner.test"
"""Sent to try out an endpoint; it means nothing and stands in no feed."""

Document = Mapping[str, Any]


def event(entry: Document, level: str) -> dict[str, Any]:
    """The CloudEvent of an entry. `level` is MINIMAL or REFERENCES; position and sequence are decimal texts."""
    data = {"id": entry["subject"], "version": entry["version"], **entry["minimal"]}
    if level == "REFERENCES":
        data |= entry["more"]
    told = {
        "specversion": "1.0",
        "id": entry["event_id"],
        "source": f"/lumbung/{entry['topic'].partition('.')[0]}",
        "type": entry["type"],
        "subject": entry["subject"],
        "time": _instant(entry["time"]),
        "datacontenttype": "application/json",
        "dataschema": f"/v1/catalogue/{entry['type']}",
        "sequence": str(entry["version"]),
        "sequencetype": "Integer",
        "position": str(entry["_id"]),
    }
    if entry.get("trace"):
        told["traceparent"] = entry["trace"]
    return told | {"data": data}


def trial(id: str, type: str, at: datetime, sample: Document) -> dict[str, Any]:
    """The CloudEvent that tries out an endpoint: the sample of a type, under a type of its own."""
    return {
        "specversion": "1.0",
        "id": id,
        "source": "/lumbung/partners",
        "type": TEST,
        "time": _instant(at),
        "datacontenttype": "application/json",
        "data": {"of": type, "purpose": dict(CATALOGUE[type].purpose), "sample": dict(sample)},
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
