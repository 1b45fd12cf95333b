"""With one setting Kafka and MongoDB speak TLS and nothing else, and a person registered over it is heard of."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pymongo
import pytest
from pymongo.errors import PyMongoError

from deploy.demo.story import somebody_new
from deploy.local import answers, certificates, ports
from deploy.local.folders import ROOT, Home
from deploy.local.stack import Stack
from tests.support import today
from tests.support.bakery import until

pytestmark = [pytest.mark.deep, pytest.mark.servers, pytest.mark.timeout(600)]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Stack]:
    """Two houses on engines that speak TLS."""
    home = Home(tmp_path / "lumbung")
    today.show(home.clock, None)
    environ = {**os.environ, certificates.SETTING: "on"}
    with Stack(home=home, ports=ports.free(), environ=environ, throw_away=True) as running:
        running.start_engines()
        running.start_houses(["registry", "training"])
        yield running


def test_everything_goes_over_tls_and_nothing_beside_it(site: Stack, tmp_path: Path) -> None:
    officer = {"Authorization": f"Bearer {site.token('officer', 'Ana', centre='KUPANG')}"}
    made = httpx.post(site.url("registry") + "/v1/candidates", json=somebody_new(), headers=officer, timeout=30)
    assert made.status_code == 201, made.text
    client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(site.mongodb_admin_uri)
    with client:
        assert "tls=true" in site.mongodb_admin_uri
        house = client["lumbung_training"]
        told = {"_id": made.json()["id"]}
        until(lambda: any(house[name].find_one(told) for name in house.list_collection_names()), seconds=60)

    assert answers.kafka(site.ports.kafka, ca=site.tls.ca if site.tls else None)()
    assert not answers.kafka(site.ports.kafka)(), "Kafka answers without TLS"
    # Kafka's container asks so with docker-compose.tls.yml; without it, it must not be content with this one.
    for environ, well in (({"TLS_PAIR": "server-pair.pem"}, True), ({}, False)):
        asked = ["bash", str(ROOT / "deploy/containers/kafka/healthy.sh"), "127.0.0.1", str(site.ports.kafka)]
        answer = subprocess.run(asked, env={"PATH": os.environ["PATH"], **environ}, timeout=20, check=False)
        assert (answer.returncode == 0) == well, environ
    stranger = certificates.of(tmp_path / "stranger")
    assert not answers.kafka(site.ports.kafka, ca=stranger.ca)(), "Kafka shows a certificate of somebody else"
    plain = site.mongodb_admin_uri.partition("&tls=")[0]
    trusting_another = f"{plain}&tls=true&tlsCAFile={stranger.ca}"
    for uri in (plain, trusting_another):
        refused: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(uri, serverSelectionTimeoutMS=3_000)
        with refused, pytest.raises(PyMongoError):
            refused.admin.command("ping")
    for secret in (site.home.secrets / "tls").iterdir():
        assert secret.stat().st_mode & 0o077 == 0
