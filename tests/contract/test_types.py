"""The reasons that the houses give for telling something are those of the topics page; one of them is announcing."""

import importlib
import re
from typing import Any

import pytest
import yaml

from deploy import topics
from deploy.asyncapi import PAGE

HOUSES = ("registry", "training", "placement", "matching")
GRAMMAR = re.compile(r"[a-z]+\.[a-z_]+\.[a-z_]+")
# Documents that are told as part of others; their types never leave the house.
NOT_TOLD = {"placement.company.changed", "placement.foreign_partner.changed", "placement.concern.changed"}


def _texts(value: Any) -> set[str]:
    """Every text in a constant of a `says` room: itself, the values of a table, the members of an enum."""
    if isinstance(value, str):
        return {str(getattr(value, "value", value))}
    if isinstance(value, dict):
        return set().union(*map(_texts, value.values())) if value else set()
    if isinstance(value, type) and hasattr(value, "__members__"):
        return {str(member.value) for member in value.__members__.values()}
    return set()


def said_by(house: str) -> set[str]:
    says = importlib.import_module(f"services.{house}.says")
    constants = [value for name, value in vars(says).items() if not name.startswith("_")]
    found = {text for value in constants for text in _texts(value)}
    return {text for text in found if GRAMMAR.fullmatch(text)} - NOT_TOLD


def listed() -> dict[str, set[str]]:
    """Topic → the types that the page for partners names."""
    page = yaml.safe_load(PAGE.read_text(encoding="utf-8"))
    return {name: set(message["x-types"]) for name, message in page["components"]["messages"].items()}


@pytest.mark.slow
@pytest.mark.parametrize("house", HOUSES)
def test_a_house_says_exactly_the_types_of_its_topics(house: str) -> None:
    page = set().union(*(types for topic, types in listed().items() if topic.startswith(f"{house}.")))
    assert said_by(house) == page


def test_every_topic_can_be_announced_under_a_type_of_its_own() -> None:
    assert set(listed()) == {topic.name for topic in topics.load()}
    for topic, types in listed().items():
        nouns = {kind.rpartition(".")[0] for kind in types}
        assert len(nouns) == 1, topic
        assert f"{nouns.pop()}.announced" in types, topic
