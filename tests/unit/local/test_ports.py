"""Ports can be chosen, and one that is taken is explained."""

import socket
from collections.abc import Iterator

import pytest

from deploy.local import ports
from deploy.local.problems import Fault


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind((ports.HOST, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_variable_changes_one_port_and_leaves_the_others() -> None:
    assert ports.from_environ({"KAFKA_PORT": "19092"}) == ports.Ports(kafka=19092)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "8081.5"])
def test_a_value_that_is_no_port_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Fault, match=f"REGISTRY_PORT={text} is no port"):
        ports.from_environ({"REGISTRY_PORT": text})


def test_free_ports_are_distinct_free_and_below_the_range_of_outgoing_connections() -> None:
    numbers = list(ports.free().named().values())
    assert len(set(numbers)) == len(numbers)
    assert all(ports.FREE_FROM <= number <= ports.FREE_TO for number in numbers)
    assert all(ports.is_free(number) for number in numbers)


def test_a_taken_port_names_who_has_it_and_how_to_choose_another(taken: int) -> None:
    with pytest.raises(Fault) as caught:
        ports.check_free({"kafka": taken})
    assert f"Port {taken}, on which kafka would listen, is taken by" in caught.value.cause
    assert "process" in caught.value.cause  # this very process, so the name can be known
    assert "KAFKA_PORT=" in caught.value.fix


def test_an_open_port_answers_and_a_free_one_does_not(taken: int) -> None:
    assert ports.answers(taken)
    assert not ports.answers(ports.free().kafka)
