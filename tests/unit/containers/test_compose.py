"""No container engine runs here, so everything about the containers that can be proved without one is proved here."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy import images, topics

ROOT = Path(__file__).resolve().parents[3]
COMPOSE = ROOT / "docker-compose.yml"
TOOLS = Path(sys.executable).parent
FILE: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
VARIABLES = re.findall(r"^([A-Z_]+)=", (ROOT / "deploy/containers/env.example").read_text(encoding="utf-8"), re.M)
HOUSES = topics.houses(topics.load())


def config(**missing: str) -> "subprocess.CompletedProcess[str]":
    given = {name: "x" for name in VARIABLES if name not in missing}
    command: list[str | Path] = [TOOLS / "docker-compose", "-f", COMPOSE, "config"]
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **given}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_compose_understands_the_file() -> None:
    answer = config()
    assert answer.returncode == 0, answer.stderr
    assert set(yaml.safe_load(answer.stdout)["services"]) == set(FILE["services"])


def test_the_file_keeps_to_the_schema_of_compose() -> None:
    command: list[str | Path] = [TOOLS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


# The key file is a secret of compose's own kind, which compose looks for when it starts the service.
@pytest.mark.parametrize("name", sorted(set(VARIABLES) - {"MONGO_KEYFILE"}))
def test_a_missing_secret_stops_compose_and_is_named(name: str) -> None:
    answer = config(**{name: ""})
    assert f"required variable {name} is missing a value" in answer.stderr
    assert not answer.stdout.strip(), "nothing is left to start"


@pytest.mark.parametrize("name", sorted(FILE["services"]))
def test_no_log_of_a_container_grows_without_end(name: str) -> None:
    assert FILE["services"][name]["logging"]["options"] == {"max-size": "10m", "max-file": "3"}


def test_every_variable_of_the_file_stands_in_the_example() -> None:
    used = set(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE.read_text(encoding="utf-8")))
    named_by_secrets = {secret["environment"] for secret in FILE["secrets"].values()}
    assert used | named_by_secrets == set(VARIABLES)


@pytest.mark.parametrize("path", sorted((ROOT / "deploy/containers").glob("*.Dockerfile")), ids=lambda path: path.name)
def test_a_dockerfile_keeps_to_good_practice(path: Path) -> None:
    answer = subprocess.run([TOOLS / "hadolint", path], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^USER 10001$", text, re.M), "an image never runs as root"
    installed = re.findall(r"^RUN sh install.sh (.+)$", text, re.M)
    assert installed, "packages come in one way, by deploy/containers/install.sh"


def test_what_is_installed_in_an_image_is_what_was_locked() -> None:
    script = (ROOT / "deploy/containers/install.sh").read_text(encoding="utf-8")
    assert "--require-hashes" in script
    assert subprocess.run(["sh", "-n", "-c", script], check=False).returncode == 0


def copied() -> set[str]:
    """Every file and folder of the checkout that an image takes."""
    found = set()
    for path in (ROOT / "deploy/containers").glob("*.Dockerfile"):
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", path.read_text(encoding="utf-8"), re.M):
            found |= {word.replace("${HOUSE}", house).rstrip("/") for word in line.split() for house in HOUSES}
    return found


def test_what_an_image_takes_is_not_kept_from_its_build() -> None:
    """`.dockerignore` leaves everything out but what it names: what it does not name cannot be copied."""
    named = [line[1:].rstrip("/") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"]
    for source in copied():
        assert any(source == one or source.startswith(f"{one}/") for one in named), source
        assert (ROOT / source).exists(), source


def test_nothing_is_let_into_a_build_that_no_image_takes() -> None:
    named = [line[1:].rstrip("/") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"]
    for one in named:
        assert any(source == one or source.startswith(f"{one}/") for source in copied()), one


def test_every_image_that_compose_builds_is_built_by_make_images() -> None:
    built = {image.name: image for image in images.listed()}
    used = {service["image"] for service in FILE["services"].values() if service["image"].startswith("lumbung-")}
    assert set(built) == used
    assert all((ROOT / image.dockerfile).exists() for image in built.values())


SCIENCE = ("numpy", "scipy", "sklearn", "skops", "threadpoolctl")


@pytest.mark.parametrize(("image", "files"), [("lumbung-partners", "house.txt"), ("lumbung-setup", "broker.txt")])
def test_an_image_without_the_scientific_stack_needs_none_of_it(image: str, files: str) -> None:
    """All modules of the house and of its plumbing are read while those packages cannot be had."""
    (one,) = [found for found in images.listed() if found.name == image]
    text = (ROOT / one.dockerfile).read_text(encoding="utf-8")
    assert one.arguments.get("REQUIREMENTS", files) == files and (files in text)
    locked = (ROOT / "requirements" / files).read_text(encoding="utf-8")
    assert not re.search(rf"^({'|'.join(SCIENCE)}|scikit-learn)==", locked, re.M)
    read = (
        "deploy.broker deploy.partners"
        if image == "lumbung-setup"
        else "services.partners.__main__ services.partners.app services.partners.outgoing.deliverer "
        "services.partners.hears shared.events.bus shared.events.listener shared.events.relay shared.events.rebuild "
        "shared.events.verify shared.http.server"
    )
    code = f"import sys; sys.modules.update(dict.fromkeys({SCIENCE!r})); import {', '.join(read.split())}"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("house", HOUSES)
def test_each_house_has_its_two_processes_with_health_checks(house: str) -> None:
    for role in ("web", "work"):
        service = FILE["services"][f"{house}-{role}"]
        assert service["command"] == ["python", "-m", f"services.{house}", role]
        assert service["image"] == f"lumbung-{house}"
        assert service["healthcheck"]["test"][0] == "CMD"
        assert service["read_only"] and service["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("house", HOUSES)
def test_a_house_signs_in_as_itself_and_sees_its_own_database(house: str) -> None:
    web = FILE["services"][f"{house}-web"]["environment"]
    work = FILE["services"][f"{house}-work"]["environment"]
    for environment in (web, work):
        assert environment["KAFKA_USERNAME"] == house
        assert environment["MONGODB_URI"].startswith(f"mongodb://{house}:")
        others = [other for other in HOUSES if other != house]
        assert not any(f"_{other.upper()}" in str(value) for value in environment.values() for other in others)


@pytest.mark.parametrize("house", HOUSES)
def test_an_image_holds_one_house_and_that_is_enough(house: str, tmp_path: Path) -> None:
    """What the Dockerfile copies is laid out in a folder; the house starts from there without its neighbours."""
    text = (ROOT / "deploy/containers/house.Dockerfile").read_text(encoding="utf-8")
    for source, target in re.findall(r"^COPY (?!--from|requirements)(\S+) (\S+)$", text, re.M):
        source, target = source.replace("${HOUSE}", house), target.replace("${HOUSE}", house)
        place = tmp_path / target
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, place, dirs_exist_ok=True)
        else:
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, place)
    assert sorted(path.name for path in (tmp_path / "services").iterdir() if path.is_dir()) == [house]
    start = [sys.executable, "-c", f"import services.{house}.__main__"]
    answer = subprocess.run(start, cwd=tmp_path, capture_output=True, text=True, env={"PATH": ""}, check=False)
    assert answer.returncode == 0, answer.stderr


def test_the_setup_image_holds_what_it_runs(tmp_path: Path) -> None:
    text = (ROOT / "deploy/containers/setup.Dockerfile").read_text(encoding="utf-8")
    (copied,) = re.findall(r"^COPY (deploy/.+) deploy/$", text, re.M)
    (tmp_path / "deploy").mkdir()
    for source in copied.split():
        shutil.copy(ROOT / source, tmp_path / "deploy")
    start = [sys.executable, "-c", "import deploy.broker, deploy.topics; print(len(deploy.topics.load()))"]
    answer = subprocess.run(start, cwd=tmp_path, capture_output=True, text=True, env={"PATH": ""}, check=False)
    assert (answer.returncode, answer.stdout.strip()) == (0, str(len(topics.load()))), answer.stderr


def test_every_house_is_reached_through_the_proxy_and_only_there() -> None:
    services = FILE["services"]
    behind = dict(row.split("=", 1) for row in services["proxy"]["environment"]["PROXY_HOUSES"].split())
    web = {name.removesuffix("-web"): name for name in services if name.endswith("-web") or name == "console"}
    assert set(behind) == set(web)
    for house, ways in behind.items():
        port, address = ways.split("=")
        environment = services[web[house]]["environment"]
        assert address == f"{web[house]}:{environment['HTTP_PORT']}"
        assert f"127.0.0.1:{port}:{port}" in services["proxy"]["ports"]
        assert web[house] in services["proxy"]["depends_on"]
        assert environment["HTTP_TRUSTED_PROXIES"] == "1"
    published = [name for name, service in services.items() if service.get("ports")]
    assert published == ["proxy"]


def test_the_proxy_image_holds_what_it_runs(tmp_path: Path) -> None:
    text = (ROOT / "deploy/containers/proxy.Dockerfile").read_text(encoding="utf-8")
    for source, target in re.findall(r"^COPY (deploy\S*) (\S+)$", text, re.M):
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, tmp_path / target, dirs_exist_ok=True)
        else:
            (tmp_path / target).mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, tmp_path / target)
    start = [sys.executable, "-c", "import deploy.proxy.__main__"]
    answer = subprocess.run(start, cwd=tmp_path, capture_output=True, text=True, env={"PATH": ""}, check=False)
    assert answer.returncode == 0, answer.stderr


def test_no_password_stands_on_a_command_line() -> None:
    for name, service in FILE["services"].items():
        said = [part for kind in ("command", "entrypoint") for part in service.get(kind) or []]
        said += service.get("healthcheck", {}).get("test", [])
        assert not any("PASSWORD" in part or "${" in part for part in said), name


def test_volumes_of_houses_belong_to_the_user_who_writes() -> None:
    text = (ROOT / "deploy/containers/house.Dockerfile").read_text(encoding="utf-8")
    for name, service in FILE["services"].items():
        for volume in service.get("volumes", []) if service.get("read_only") else []:
            place = volume.split(":")[1]
            if not volume.endswith(":ro"):
                assert re.search(rf"install -d -o lumbung .*{place}$", text, re.M), f"{name} cannot write {place}"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "deploy/containers").glob("*/start.sh")), ids=lambda path: path.parent.name
)
def test_a_start_script_is_valid_shell(path: Path) -> None:
    answer = subprocess.run(["bash", "-n", path], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
