"""Every command of docker-compose.yml runs here as a plain process, and its own health check finds it well."""

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest
import yaml

from deploy import topics
from deploy.local import ports

if TYPE_CHECKING:
    from deploy.local.stack import Stack

ROOT = Path(__file__).resolve().parents[3]
FILE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
CHECK = ROOT / "deploy/containers/kafka/healthy.sh"
SERVICES = [f"{house}-{role}" for house in topics.houses(topics.load()) for role in ("web", "work")]


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    process = subprocess.Popen([sys.executable, *command[1:]], cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def healthy(service: dict[str, Any], port: int, *, seconds: float = 90) -> bool:
    """Does the service's own health check succeed, asked at the port that it was given here?"""
    url = re.sub(r":[0-9]+/", f":{port}/", re.findall(r"http://[^']+", service["healthcheck"]["test"][-1])[0])
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if urllib.request.urlopen(url, timeout=4).status == 200:
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


@contextmanager
def stopped(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """All of a program stands still: it takes connections, because the kernel does, and answers none."""
    whole = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    for one in whole:
        one.suspend()
    try:
        yield
    finally:
        for one in whole:
            one.resume()


def test_the_check_of_kafka_asks_it_and_does_not_believe_a_port(stack: "Stack") -> None:
    def check(port: int) -> int:
        return subprocess.run(["bash", CHECK, "127.0.0.1", str(port)], timeout=20, check=False).returncode

    assert check(stack.ports.kafka) == 0
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert check(silent.getsockname()[1]) != 0
    assert FILE["services"]["kafka"]["healthcheck"]["test"] == ["CMD", "/bin/bash", f"/lumbung/{CHECK.name}"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_process_of_a_house_starts_is_healthy_and_stops_when_told(stack: "Stack", name: str) -> None:
    house, role = name.split("-")
    service = FILE["services"][name]
    port = ports.free().matching
    # What compose would give it, at the addresses of this stack; a production process knows no development issuer.
    given = stack.environment(house) | {"LUMBUNG_ENV": "production", "OIDC_ISSUER": "https://login.example.go.id"}
    given |= {"HTTP_SOCKET": "", "HTTP_PORT": str(port), "WORK_PORT": str(port), "PATH": ""}
    given.pop("LUMBUNG_CLOCK_FILE")
    assert set(service["environment"]) - {"<<"} <= set(given) | {"OIDC_JWKS"}
    with running(service["command"], given) as process:
        assert healthy(service, port), f"{name} never became healthy"
        if house == "registry":
            with stopped(process):
                assert not healthy(service, port, seconds=1), "a stopped process is well"
        process.terminate()
        assert process.wait(timeout=30) == 0


def test_topics_and_rights_can_be_made_again_and_change_nothing(stack: "Stack") -> None:
    service = FILE["services"]["kafka-setup"]
    passwords = {f"KAFKA_PASSWORD_{house.upper()}": password for house, password in stack.principals.items()}
    environment = {
        "KAFKA_BOOTSTRAP": stack.bootstrap,
        "KAFKA_USERNAME": stack.admin.username,
        "KAFKA_PASSWORD": stack.admin.password,
        **passwords,
    }
    assert set(service["environment"]) - {"KAFKA_SECURITY"} == set(environment)
    command = [sys.executable, *service["command"][1:]]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
