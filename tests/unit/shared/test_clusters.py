"""Clusters are a matter of settings: members of a replica set and several brokers stand in one variable each."""

import importlib

import pytest

from shared.documents.mongo import Database
from shared.settings import Common, Served, read

MEMBERS = {("a.example", 27017), ("b.example", 27018), ("c.example", 27017)}
HOSTS = "registry:secret@a.example,b.example:27018,c.example"
ENVIRONMENT = {
    "MONGODB_DATABASE": "lumbung_registry",
    "HTTP_PORT": "8081",
    "KAFKA_BOOTSTRAP": "k1.example:9092,k2.example:9092",
    "KAFKA_USERNAME": "registry",
    "KAFKA_PASSWORD": "secret",
    "OIDC_JWKS": "https://login.example/jwks.json",
}


@pytest.mark.parametrize("rest", ["/?replicaSet=rs0", "/lumbung_registry?replicaSet=rs0&authSource=lumbung_registry"])
def test_a_replica_set_and_several_brokers_are_taken_as_they_are(rest: str) -> None:
    settings = read(Common, ENVIRONMENT | {"MONGODB_URI": f"mongodb://{HOSTS}{rest}"})
    assert settings.kafka_bootstrap.split(",") == ["k1.example:9092", "k2.example:9092"]
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    client = database.raw.client
    try:
        assert client.topology_description.replica_set_name == "rs0"
        assert set(client.topology_description.server_descriptions()) == MEMBERS
        assert client.options.retry_writes and client.options.direct_connection is not True
        assert database.raw.write_concern.document["w"] == "majority"
    finally:
        client.close()


@pytest.mark.parametrize("house", ["registry", "training", "matching", "partners", "console"])
def test_a_house_with_settings_of_its_own_reads_them_from_the_same_variables(house: str) -> None:
    assert issubclass(importlib.import_module(f"services.{house}.settings").Settings, Served)
