"""A real broker is compared with what is declared: nothing on one that was set up, and each kind of difference."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from deploy import drift, topics
from deploy.drift import Difference

if TYPE_CHECKING:
    from deploy.local.stack import Stack

DECLARED = topics.load()
NAMES = {topic.name for topic in DECLARED}
FIRST = DECLARED[0]


def found(stack: "Stack", declared: list[topics.Topic], principals: tuple[str, ...] = ()) -> list[Difference]:
    """Without the rights that other tests give for topics of their own."""
    every = drift.differences(stack.kafka_admin, declared, principals=principals)
    return [one for one in every if "topic test." not in one.text]


def test_a_broker_that_was_set_up_is_as_declared(stack: "Stack") -> None:
    assert found(stack, DECLARED, tuple(stack.principals)) == []


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (replace(FIRST, name="registry.nowhere.v1"), Difference("registry.nowhere.v1", "is not there")),
        (
            replace(FIRST, partitions=12),
            Difference(FIRST.name, f"has {FIRST.partitions} partitions, declared are 12", mends=False),
        ),
        (
            replace(FIRST, config={**FIRST.config, "cleanup.policy": "delete"}),
            Difference(FIRST.name, f"has cleanup.policy={FIRST.config['cleanup.policy']}, declared is delete"),
        ),
        (
            replace(FIRST, owner="matching"),
            Difference("matching", f"may not WRITE topic {FIRST.name}"),
        ),
        (
            replace(FIRST, listeners=()),
            Difference(FIRST.listeners[0], f"may READ topic {FIRST.name}, which is not declared"),
        ),
    ],
    ids=["missing", "partitions", "config", "right missing", "right beyond"],
)
def test_a_difference_is_told_as_it_is(stack: "Stack", declared: topics.Topic, expected: Difference) -> None:
    assert expected in found(stack, [declared, *DECLARED[1:]])


def test_a_house_without_a_password_cannot_sign_in(stack: "Stack") -> None:
    assert Difference("nobody", "cannot sign in: it has no password there") in found(stack, DECLARED, ("nobody",))
