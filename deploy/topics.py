"""Reads topics.yaml: for whoever makes topics and rights (deploy/broker.py) and for tests that compare with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "topics.yaml"


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic as topics.yaml describes it."""

    name: str
    owner: str
    listeners: tuple[str, ...]
    partitions: int
    config: Mapping[str, str] = field(default_factory=dict)
    partners: bool = False  # whether partner systems may read it themselves


@dataclass(frozen=True, slots=True)
class Right:
    """One thing that a house may do: WRITE a TOPIC, READ a GROUP, …"""

    house: str
    resource: str  # TOPIC, GROUP or TRANSACTIONAL_ID
    name: str
    operation: str  # READ or WRITE; both let the holder DESCRIBE


def load(path: Path = FILE) -> list[Topic]:
    """All topics, the defaults filled in. Values of settings are text, as Kafka gives them back."""
    page = yaml.safe_load(path.read_text(encoding="utf-8"))
    defaults = page["defaults"]
    return [
        Topic(
            name=name,
            owner=entry["owner"],
            listeners=tuple(entry["listeners"]),
            partners=entry["partners"],
            partitions=entry.get("partitions", defaults["partitions"]),
            config={key: _text(value) for key, value in {**defaults["config"], **entry.get("config", {})}.items()},
        )
        for name, entry in page["topics"].items()
    ]


def houses(topics: Iterable[Topic]) -> list[str]:
    """Every house that says or hears something."""
    return sorted({house for topic in topics for house in (topic.owner, *topic.listeners)})


def rights(topics: Iterable[Topic]) -> set[Right]:
    """The owner writes, listeners read; each house has one consumer group and one transactional id of its name."""
    topics = list(topics)
    given: set[Right] = set()
    for topic in topics:
        given.add(Right(topic.owner, "TOPIC", topic.name, "WRITE"))
        given |= {Right(house, "TOPIC", topic.name, "READ") for house in topic.listeners}
    for house in houses(topics):
        given.add(Right(house, "GROUP", f"lumbung.{house}", "READ"))
        given.add(Right(house, "TRANSACTIONAL_ID", f"lumbung.{house}.relay", "WRITE"))
    return given


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
