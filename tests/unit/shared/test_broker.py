"""Where Kafka is may be one address or those of a whole cluster."""

import socket

import pytest

from shared.events.broker import Broker


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("k1:9092", ["k1:9092"]),
        ("k1:9092,k2:9092", ["k1:9092", "k2:9092"]),
        (" k1:9092 , k2:9092 ,", ["k1:9092", "k2:9092"]),
    ],
)
def test_a_cluster_is_a_list_as_people_type_it(typed: str, meant: list[str]) -> None:
    assert Broker(typed, "", "").addresses == meant


def test_the_clients_get_every_address_when_only_the_last_one_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.create_server(("127.0.0.1", 0)) as gone:
        alive, dead = (f"127.0.0.1:{one.getsockname()[1]}" for one in (listening, gone))
        gone.close()
        assert Broker(f"{dead}, {alive}", "", "").options("test")["bootstrap_servers"] == [dead, alive]
