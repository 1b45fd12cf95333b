"""Each image starts with what its own lock files and COPY lines bring, and with nothing else of the repository."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
HOUSES = ("services.registry", "services.training", "services.placement", "services.matching")

ALONE = """
import importlib, importlib.metadata, pkgutil, sys
locks, copied, programs = (words.split() for words in sys.argv[1:])
own = {"services", "shared", "deploy", "tests", "benchmarks"}
locked = {
    line.split("==")[0].strip().lower().replace("_", "-")
    for lock in locks for line in open(f"requirements/{lock}") if "==" in line
}
brings = importlib.metadata.packages_distributions()

class OnlyWhatIsThere:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top in own:
            there = any(f"{one}.".startswith(f"{name}.") or f"{name}.".startswith(f"{one}.") for one in copied)
        else:
            there = top not in brings or any(one.lower().replace("_", "-") in locked for one in brings[top])
        if not there:
            raise ModuleNotFoundError(f"{name} is not in this image", name=name)

sys.meta_path.insert(0, OnlyWhatIsThere())
for program in programs:
    package = importlib.import_module(program)
    for found in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{program}."):
        importlib.import_module(found.name)
"""


def start(locks: str, copied: str, programs: str) -> "subprocess.CompletedProcess[str]":
    """All modules of these programs, with these lock files installed and these packages copied."""
    command = [sys.executable, "-c", ALONE, locks, copied, programs]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize(
    ("dockerfile", "locks", "copied", "programs"),
    [
        ("house", "house.txt words.txt", "shared " + " ".join(HOUSES[:3]), " ".join(HOUSES[:3])),
        ("house", "house.txt words.txt plan.txt", "shared services.matching", "services.matching"),
        ("house", "house.txt", "shared services.partners", "services.partners"),
        ("console", "house.txt console.txt", "shared services.console", "services.console"),
        ("setup", "broker.txt", "deploy.broker deploy.topics deploy.partners", ""),
        ("proxy", "proxy.txt", "deploy.proxy", "deploy.proxy"),
    ],
    ids=["houses", "matching", "partners", "console", "setup", "proxy"],
)
def test_an_image_brings_all_that_its_program_imports(dockerfile: str, locks: str, copied: str, programs: str) -> None:
    text = (ROOT / f"deploy/containers/{dockerfile}.Dockerfile").read_text(encoding="utf-8")
    assert set(locks.split()) <= set(re.findall(r"\w+\.txt", text))
    for package in copied.split():
        place = package.replace(".", "/")
        wanted = re.sub(r"/(registry|training|placement|matching|partners)$", "/${HOUSE}", place)
        assert f"{place}/" in text or f"{place}.py" in text or f"{wanted}/" in text, f"{package} is not copied"
    ended = start(locks, copied, programs or copied)
    assert ended.returncode == 0, ended.stderr[-2_000:]


def test_the_look_would_find_what_is_missing() -> None:
    ended = start("proxy.txt", "shared services.partners", "services.partners")
    assert ended.returncode != 0 and "is not in this image" in ended.stderr
