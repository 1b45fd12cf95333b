"""Every image of ours is built for once, and each command runs in its own root file system, as its own user.

No container engine is here: buildah changes the root and the user, and leaves the network of the machine, where the
embedded stack is. What an engine would add (a read-only root, limits, names of its own) is not tried.
"""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache as cache_of_calls
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest
import yaml

from deploy import images, topics
from deploy.local import ports
from deploy.local.folders import ROOT, cache

if TYPE_CHECKING:
    from deploy.local.stack import Stack

REASON = images.missing()
# A first build fetches Debian and all packages: some minutes; a second one finds every layer.
pytestmark = [
    pytest.mark.deep,
    pytest.mark.timeout(2_400),
    pytest.mark.skipif(REASON is not None, reason=f"no image can be built: {REASON}"),
]

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
HOUSES = topics.houses(topics.load())
USER = 10001
SCIENCE = ("numpy", "scipy", "sklearn", "skops")
# Megabytes over the base, with room for what a year brings; they were 668 in all on a base of 272, now 379 on 128.
MOST = {"lumbung-setup": 15, "lumbung-proxy": 20, "lumbung-partners": 100}


@pytest.fixture(scope="module")
def builder() -> images.Builder:
    made = images.Builder(cache() / "images")
    made.make_base()
    return made


@cache_of_calls
def built(builder: images.Builder, name: str) -> str:
    """Build an image of the compose file, once."""
    (image,) = [one for one in images.listed() if one.name == name]
    builder.build(image)
    return f"localhost/{name}"


class Container:
    """One container of an image: commands run in its root file system as the user of the image."""

    def __init__(self, builder: images.Builder, image: str, seen: Mapping[Path, str]) -> None:
        self._builder = builder
        said = subprocess.run(
            builder.buildah("from", built(builder, image)), capture_output=True, text=True, check=True
        )
        self.name = said.stdout.strip()
        self._seen = [f"--volume={outside}:{inside}:ro" for outside, inside in seen.items()]

    def command(self, command: list[str], environment: Mapping[str, str]) -> list[str]:
        told = [f"--env={name}={value}" for name, value in environment.items()]
        return self._builder.buildah("run", "--isolation", "chroot", *told, *self._seen, self.name, "--", *command)

    def run(self, *command: str, environment: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
        line = self.command(list(command), environment or {})
        return subprocess.run(line, capture_output=True, text=True, check=False)

    @contextmanager
    def running(self, command: list[str], environment: Mapping[str, str]) -> "Iterator[subprocess.Popen[str]]":
        process = subprocess.Popen(
            self.command(command, environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            yield process
        finally:
            for child in psutil.Process(process.pid).children(recursive=True) if process.poll() is None else ():
                child.kill()
            process.kill()
            process.wait()

    def remove(self) -> None:
        subprocess.run(self._builder.buildah("rm", self.name), capture_output=True, check=False)


@contextmanager
def container(builder: images.Builder, image: str, seen: Mapping[Path, str] | None = None) -> Iterator[Container]:
    made = Container(builder, image, seen or {})
    try:
        yield made
    finally:
        made.remove()


def innermost(process: "subprocess.Popen[str]", program: str) -> psutil.Process:
    """The process in the container itself, below buildah's own, of which one runs as the same user."""
    below = ((one, one.cmdline()) for one in psutil.Process(process.pid).children(recursive=True))
    return next(
        one
        for one, line in below
        if one.uids().real == USER and program in " ".join(line) and not line[0].startswith("buildah")
    )


def said(process: "subprocess.Popen[str]") -> str:
    """What a process that ended has said."""
    return process.stdout.read() if process.stdout and process.poll() is not None else "it never became healthy"


def environment(stack: "Stack", name: str, port: int) -> dict[str, str]:
    """What compose would give a process, at the addresses of this stack."""
    if name == "console":
        given = stack.front_environment("console")
        given |= {"OIDC_DISCOVERY": "https://login.example.go.id/.well-known/openid-configuration"}
        given |= {"CONSOLE_URL": "https://lumbung.example.go.id"}
    else:
        given = stack.environment(name.partition("-")[0])
        given |= {"OIDC_ISSUER": "https://login.example.go.id", "OIDC_JWKS": "/run/jwks.json", "WORK_PULSE": ""}
        given |= {"LUMBUNG_MODELS": "/var/lib/lumbung/models"} if name.startswith("matching") else {}
    given |= {"LUMBUNG_ENV": "production", "HTTP_SOCKET": "", "HTTP_PORT": str(port), "WORK_PORT": str(port)}
    given.pop("LUMBUNG_CLOCK_FILE")
    return given


def healthy(box: Container, service: Mapping[str, Any], port: int, process: "subprocess.Popen[str]") -> bool:
    """The health check of the compose file, run in the same container, at the port that it was given here."""
    check = [re.sub(r":80[0-9]+/|:9100/", f":{port}/", part) for part in service["healthcheck"]["test"][1:]]
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline and process.poll() is None:
        if box.run(*check).returncode == 0:
            return True
        time.sleep(0.5)
    return False


@pytest.mark.parametrize("name", [*(f"{house}-{role}" for house in HOUSES for role in ("web", "work")), "console"])
def test_a_process_runs_in_its_own_root_as_its_own_user(
    stack: "Stack", builder: images.Builder, tmp_path: Path, name: str
) -> None:
    service, port = COMPOSE[name], ports.free().matching
    _ = stack.issuer
    keys = tmp_path / "jwks.json"
    shutil.copy(stack.jwks_path, keys)
    keys.chmod(0o644)
    with (
        container(builder, service["image"], {keys: "/run/jwks.json"}) as box,
        box.running(service["command"], environment(stack, name, port)) as process,
    ):
        assert healthy(box, service, port, process), said(process)
        inside = innermost(process, service["command"][-2])
        assert (Path("/proc") / str(inside.pid) / "root").resolve() != Path("/")
        inside.terminate()
        assert process.wait(timeout=90) == 0


def test_topics_and_rights_are_made_from_the_image(stack: "Stack", builder: images.Builder) -> None:
    service = COMPOSE["kafka-setup"]
    given = {"KAFKA_BOOTSTRAP": stack.bootstrap, "KAFKA_USERNAME": stack.admin.username}
    given |= {"KAFKA_PASSWORD": stack.admin.password, "KAFKA_SECURITY": "SASL_PLAINTEXT"}
    given |= {f"KAFKA_PASSWORD_{house.upper()}": password for house, password in stack.principals.items()}
    assert set(service["environment"]) == set(given)
    with container(builder, service["image"]) as box:
        ended = box.run(*service["command"], environment=given)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_proxy_leads_from_its_image_to_a_house(
    stack: "Stack", houses: Mapping[str, str], builder: images.Builder
) -> None:
    port = ports.free().registry
    behind = houses["registry"].removeprefix("http://")
    with (
        container(builder, "lumbung-proxy") as box,
        box.running(
            ["python", "-m", "deploy.proxy"], {"PROXY_HOUSES": f"registry=127.0.0.1:{port}={behind}"}
        ) as process,
    ):
        assert healthy(box, COMPOSE["proxy"], port, process), "the registry never answered through it"
        assert innermost(process, "nginx").uids().real == USER


@pytest.mark.parametrize("image", [image.name for image in images.listed()])
def test_an_image_holds_what_it_needs_and_little_else(builder: images.Builder, image: str) -> None:
    with container(builder, image) as box:
        assert box.run("id", "-u").stdout.strip() == str(USER)
        find = "find / -xdev \\( -path /proc -o -path /sys -o -path /dev \\) -prune -o"
        told = "pip.conf holds nothing; no index, certificate or wheel of the builder's"
        assert box.run("sh", "-c", "cat /etc/pip.conf 2>/dev/null | wc -c").stdout.strip() == "0", told
        left = box.run("sh", "-c", f"{find} -path '/venv/*' \\( -name '*.pyc' -o -name '*.h' -o -name tests \\) -print")
        assert left.stdout == "", "bytecode, headers and tests stay behind"
        assert box.run("python", "-m", "pip", "--version").returncode != 0
        assert box.run("touch", "/app/x").returncode != 0, "the code belongs to root"
        named = box.run("sh", "-c", "ls /app/services 2>/dev/null").stdout.split()
        if image.removeprefix("lumbung-") in HOUSES:
            assert sorted(named) == sorted(["__init__.py", image.removeprefix("lumbung-")])
        if image in MOST:
            known = box.run("sh", "-c", "ls /venv/lib/python3*/site-packages").stdout.split()
            assert not set(known) & set(SCIENCE)
            size, base = (builder.size(name) for name in (image, images.BASE.removeprefix("localhost/")))
            assert float(size.split()[0]) - float(base.split()[0]) <= MOST[image]
