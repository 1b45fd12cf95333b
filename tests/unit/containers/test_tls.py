"""One setting puts TLS between the houses and the engines of compose: the same that LUMBUNG_TLS=on does on a laptop."""

import os
import re
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy import topics
from deploy.local import certificates, mongo, ports
from deploy.local.folders import Home
from deploy.local.houses import CONSOLE
from deploy.local.java import Java
from deploy.local.kafka import Broker
from deploy.local.secrets import Credentials
from deploy.local.site import Site

ROOT = Path(__file__).resolve().parents[3]
PLAIN, SECURE = ROOT / "docker-compose.yml", ROOT / "deploy/containers/docker-compose.tls.yml"
EXAMPLE = ROOT / "deploy/containers/env.example"
TOOLS = Path(sys.executable).parent
HOUSES = topics.houses(topics.load())
SETTINGS = {"KAFKA_SECURITY", "KAFKA_CA_FILE", "MONGODB_URI"}
CA = "/run/secrets/tls_ca"


def config(*files: Path, **given: str) -> "subprocess.CompletedProcess[str]":
    named = re.findall(r"^([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), re.M)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        **dict.fromkeys(named, "x"),
        **given,
    }
    named_files = [word for file in files for word in ("-f", str(file))]
    command = [str(TOOLS / "docker-compose"), *named_files, "config"]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture(scope="module")
def both() -> tuple[dict[str, Any], dict[str, Any]]:
    """The services without and with TLS, as compose understands them."""
    found = []
    for files in ([PLAIN], [PLAIN, SECURE]):
        answer = config(*files, TLS_FOLDER="/etc/lumbung/tls")
        assert answer.returncode == 0, answer.stderr
        found.append(yaml.safe_load(answer.stdout)["services"])
    return found[0], found[1]


def test_the_file_keeps_to_the_schema_of_compose_and_names_the_setting_that_switches_it_on() -> None:
    command: list[str | Path] = [TOOLS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", SECURE]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout
    setting = f"COMPOSE_FILE=docker-compose.yml:{SECURE.relative_to(ROOT)}"
    assert setting in SECURE.read_text(encoding="utf-8") and setting in EXAMPLE.read_text(encoding="utf-8")


def test_without_a_folder_of_certificates_compose_stops_and_says_so() -> None:
    answer = config(PLAIN, SECURE)
    assert "TLS_FOLDER" in answer.stderr and not answer.stdout.strip()


def test_nothing_but_tls_changes(both: tuple[dict[str, Any], dict[str, Any]]) -> None:
    plain, secure = both
    assert set(plain) == set(secure)
    for name, service in plain.items():
        changed = {
            key
            for key in service
            if key not in ("environment", "healthcheck") and service[key] != secure[name].get(key)
        }
        changed |= set(secure[name]) - set(service)
        assert changed <= {"secrets"}, (name, changed)
        before, after = service.get("environment", {}), secure[name].get("environment", {})
        assert {key for key in after if after[key] != before.get(key)} <= SETTINGS | {"TLS_CA", "TLS_PAIR"}, name


def site(folder: Path, **environ: str) -> Site:
    here = {"PATH": os.environ["PATH"], **environ}
    return Site(home=Home(folder), ports=ports.free(), engine=mongo.find(here), environ=here)


@pytest.mark.parametrize("house", [*HOUSES, CONSOLE])
def test_a_house_is_told_what_it_is_told_on_a_laptop(
    both: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path, house: str
) -> None:
    plain, secure = site(tmp_path / "plain"), site(tmp_path / "secure", **{certificates.SETTING: "on"})
    assert secure.tls is not None
    ask = (lambda one: one.front_environment(house)) if house == CONSOLE else (lambda one: one.environment(house))
    before, after = ask(plain), ask(secure)
    told = {key for key in SETTINGS & set(after) if key != "MONGODB_URI" and after[key] != before.get(key)}
    added = after["MONGODB_URI"].partition("&tls=")[2]
    for role in [house] if house == CONSOLE else [f"{house}-web", f"{house}-work"]:
        old, new = both[0][role].get("environment", {}), both[1][role]["environment"]
        assert {key for key in new if new[key] != old.get(key)} == told | {"MONGODB_URI"}
        assert all(new[key] == (CA if key == "KAFKA_CA_FILE" else after[key]) for key in told)
        assert new["MONGODB_URI"] == f"{old['MONGODB_URI']}&tls=true&tlsCAFile={CA}"
        assert added.startswith("true&tlsCAFile=")
        assert [one["target"] for one in both[1][role]["secrets"]] == [CA]


def properties(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


@pytest.mark.parametrize("tls", [True, False])
def test_kafka_itself_is_told_what_it_is_told_on_a_laptop(tmp_path: Path, tls: bool) -> None:
    script = (ROOT / "deploy/containers/kafka/start.sh").read_text(encoding="utf-8")
    for there, here in (
        ("/tmp/", f"{tmp_path}/"),
        ("/var/lib/kafka", f"{tmp_path}/data"),
        ("/opt/kafka", str(tmp_path)),
    ):
        script = script.replace(there, here)
    (tmp_path / "bin").mkdir()
    for tool in ("kafka-storage.sh", "kafka-server-start.sh"):
        (tmp_path / "bin" / tool).write_text("#!/bin/sh\n")
        (tmp_path / "bin" / tool).chmod(0o755)
    made = certificates.of(tmp_path / "tls", ["kafka", "mongo"])
    given = {"KAFKA_ADMIN_PASSWORD": "a", "KAFKA_CONTROLLER_PASSWORD": "b", "KAFKA_CLUSTER_ID": "c"}
    if tls:
        given |= {"TLS_PAIR": str(made.pair), "TLS_CA": str(made.ca)}
    subprocess.run(["bash", "-c", script], env={"PATH": os.environ["PATH"], **given}, check=True)
    inside = properties((tmp_path / "server.properties").read_text(encoding="utf-8"))
    outside = properties(
        Broker(
            Java(Path("java"), 17, "PATH"), tmp_path, tmp_path, 1, 2, Credentials("admin", "a"),
            Credentials("controller", "b"), made if tls else None,
        ).properties()
    )  # fmt: skip
    secure = {name for name in outside if name.startswith("ssl.")} | {"listener.security.protocol.map"}
    assert {name for name in inside if name.startswith("ssl.")} | {"listener.security.protocol.map"} == secure
    assert {name: inside[name] for name in secure} == {name: outside[name] for name in secure}


def test_the_certificate_is_good_for_the_names_of_the_engines(tmp_path: Path) -> None:
    made = certificates.of(tmp_path / "deep" / "tls", ["kafka", "mongo"])
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(made.pair)
    for name, good in (("kafka", True), ("mongo", True), ("somebody", False)):
        here, there = socket.socketpair()
        answering = threading.Thread(target=_answer, args=(serving, there))
        answering.start()
        try:
            ssl.create_default_context(cafile=str(made.ca)).wrap_socket(here, server_hostname=name).close()
            assert good, name
        except ssl.SSLCertVerificationError:
            assert not good, name
        finally:
            here.close()
            answering.join(10)


def _answer(context: ssl.SSLContext, line: socket.socket) -> None:
    try:
        context.wrap_socket(line, server_side=True).close()
    except OSError:
        line.close()
