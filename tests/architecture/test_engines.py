"""Who may touch an engine: Kafka has one file, MongoDB the stores, the time one clock."""

import ast
import subprocess
import sys

import pytest

from tests.architecture.code import HOUSES, ROOT, Module, modules, outside, within

# Plumbing that keeps rows of its own: transactions, outbox and inbox, receipts and keys, leases, imports, users.
MONGODB_PLUMBING = ("shared.documents", "shared.events", "shared.http", "shared.imports", "shared.jobs", "deploy.local")

READS_THE_TIME = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime"},
}


def test_kafka_is_imported_in_one_file_of_the_houses_and_in_four_of_the_deployment() -> None:
    users = {module.name for module in modules("services", "shared", "deploy") if _imports(module, "kafka")}
    # Programs of partners, who bring the client that they know.
    users = outside(users, "deploy.examples")
    assert users == {"shared.events.bus", "deploy.backlog", "deploy.broker", "deploy.drift", "deploy.partners"}


def test_mongodb_is_known_to_stores_and_plumbing_alone() -> None:
    users = {module.name for module in modules("services", "shared", "deploy") if _imports(module, "pymongo", "bson")}
    stores = (f"services.{house}.store" for house in (*HOUSES, "console"))
    assert outside(users, *stores, *MONGODB_PLUMBING) == set()


def test_the_web_framework_is_known_to_doors_alone() -> None:
    users = {module.name for module in modules("services", "shared") if _imports(module, "flask", "flask_smorest")}
    doors = (f"services.{house}.{room}" for house in HOUSES for room in ("api", "app"))
    assert outside(users, *doors, "services.console", "shared.http") == set()


@pytest.mark.slow
def test_a_web_process_never_loads_kafka() -> None:
    # A producer that was made before the fork of a worker times out in it; so the client is not even there.
    loaded = _loaded_by(*(f"services.{house}.{room}" for house in HOUSES for room in ("__main__", "app")))
    assert "flask" in loaded
    assert "kafka" not in loaded


@pytest.mark.slow
def test_the_console_is_light_and_knows_no_engine_but_its_sessions() -> None:
    loaded = _loaded_by("services.console.__main__")
    assert "flask" in loaded
    assert loaded & {"kafka", "sklearn", "numpy", "scipy"} == set()


def test_the_matcher_runs_without_a_web_framework_and_without_a_database() -> None:
    loaded = _loaded_by("services.matching.matcher.advice.advise", "services.matching.matcher.what_if")
    assert "numpy" in loaded
    assert loaded & {"flask", "marshmallow", "pymongo", "kafka"} == set()
    assert loaded & {"sklearn", "scipy", "skops"} == set(), "what is learned comes in as arrays, never as a library"


@pytest.mark.slow
def test_a_plan_for_everybody_is_made_without_a_web_framework_and_without_a_database() -> None:
    loaded = _loaded_by("services.matching.matcher.plan.figures", "services.matching.matcher.plan.proposal")
    assert "scipy" in loaded, "it solves; the answer to one person does not"
    assert loaded & {"flask", "marshmallow", "pymongo", "kafka"} == set()


def test_there_is_one_clock() -> None:
    readers = {
        f"{module.name}:{node.lineno}"
        for module in modules("services", "shared", "deploy/demo")
        if module.name != "shared.clock"
        for node in module.nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr in READS_THE_TIME.get(node.value.id, ())
    }
    assert readers == set()


def _imports(module: Module, *packages: str) -> bool:
    return any(within(name, *packages) for name in module.imports)


def _loaded_by(*names: str) -> set[str]:
    """The packages that a fresh Python has loaded after importing these modules."""
    program = f"import sys, {', '.join(names)}\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return set(ended.stdout.split())
