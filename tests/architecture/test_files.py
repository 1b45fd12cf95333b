"""What every file of the repository keeps to: its length, its words, its addresses, and why a dependency is there."""

import ast
import re
from pathlib import Path

import pytest

from services.matching.matcher.law.rules import WORDINGS
from tests.architecture.code import HOUSES, ROOT, kept_files, lines, modules, text

KINDS_FOLDER = "services.matching.matcher.requirements"
SHARED_BY_KINDS = {"base", "groups", "kinds", "names", "settled", "status", "wording"}
MOST_LINES = 400
"""A file is cut where an idea ends and not where a page does; at 300 ideas were cut into shards."""

# The plumbing would make sense in a bakery, which has none of these.
NOUNS = re.compile(r"candidate|job.?order|placement|enrol(l|ment)|\bcourses?\b|provider", re.IGNORECASE)
# `placement agreement`: a document of UU 18/2017 that several houses ask for. `"CANDIDATE"`: the code of one who pays.
# `SHARING_PROVIDER`: a purpose that the law wants consent for by itself, asked at two doors. `course certificate`: what
# people call the paper of one who attended.
NOT_OURS = re.compile(
    r'flask\.json\.provider|DefaultJSONProvider|of course|replacement|placement.agreement|"CANDIDATE"|SHARING_PROVIDER'
    r"|course certificate",
    re.IGNORECASE,
)
SAYS_THEM = ("shared/contracts/", "shared/words/")

# Written with gaps, so that this file does not find itself.
FORBIDDEN = {
    # uv's option that leaves the address out of a lock file names none.
    "a package registry": r"py{}pi\.org|python{}hosted|maven{}\.org|maven{}\.apache|npm{}js|/sim{}ple/"
    r"|(?<!no-emit-)index{}-url",
    "a folder of somebody's machine": r"(?<![\w.:/-])/(wo{}rk|ho{}me|ro{}ot|Us{}ers)/",
    "two versions of one place": r"<{}<<<<<< |>{}>>>>>> ",
    "something unfinished": r"\bTO{}DO\b|\bFIX{}ME\b|raise NotImple{}mentedError|mark\.sk{}ip\b|pytest\.sk{}ip\(",
}

PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(\s*;[^#]+)?\s*#\s*(?P<reason>\S.{7,})$")
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.in"))


def test_a_module_fits_into_a_head() -> None:
    counts = {module.name: len(text(module.path).splitlines()) for module in modules("services", "shared", "deploy")}
    assert {name: count for name, count in counts.items() if count > MOST_LINES} == {}


def test_a_kind_of_requirement_is_one_file() -> None:
    """No other file of the house lists kinds: it may use the few that mean something to it, and never all."""
    kinds = {path.stem for path in (ROOT / "services/matching/matcher/requirements").glob("*.py")}
    for module in modules("services/matching"):
        if "requirements" not in module.path.parts:
            used = {name.split(".")[4] for name in module.imports if name.startswith(f"{KINDS_FOLDER}.")} & kinds
            kinds_used = sorted(used - SHARED_BY_KINDS - {"__init__"})
            assert len(kinds_used) <= 6, (module.name, kinds_used)


@pytest.mark.parametrize("house", [*(f"services/{house}" for house in (*HOUSES, "console")), "shared"])
def test_no_class_name_stands_twice_in_a_house(house: str) -> None:
    """Who searches for a name finds one thing. `Meta` belongs to the schema that it stands in."""
    stands: dict[str, list[str]] = {}
    for module in modules(house):
        for node in module.nodes:
            if isinstance(node, ast.ClassDef) and node.name != "Meta":
                stands.setdefault(node.name, []).append(f"{module.path}:{node.lineno}")
    assert {name: places for name, places in stands.items() if len(places) > 1} == {}


SAME_NOUN = {
    "allocating", "allocations", "eligibility", "model", "models", "profile", "what_if",  # one visit, door to store
    "courses", "orders", "people", "person", "policies",  # the fact, what is asked of it, its column, its reason
    "rendering", "verdict", "records", "groups", "names", "texts", "figures", "batch_advice",
}  # fmt: skip
"""Modules of the matching house that stand in two rooms and mean the same in both, or are said by their folder."""


def test_a_module_name_that_stands_twice_in_matching_is_the_same_noun() -> None:
    rooms: dict[str, list[Path]] = {}
    for module in modules("services/matching"):
        if not module.path.name.startswith("__"):
            rooms.setdefault(module.path.stem, []).append(module.path)
    twice = {name for name, paths in rooms.items() if len(paths) > 1}
    assert twice - SAME_NOUN == set(), "give the newer one a name of its own, or say here why both are one noun"


def test_schemas_end_in_schema() -> None:
    """So that a fact and the schema that it is sent by do not share a name; OpenAPI leaves the ending out."""
    found = {
        f"{module.path}:{node.lineno}: {node.name}"
        for module in modules("services", "shared")
        for node in module.tree.body
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and not node.name.endswith("Schema")
        and any(ast.unparse(base).split(".")[-1].endswith("Schema") for base in node.bases)
    }
    assert found == set()


@pytest.mark.slow
def test_a_module_begins_by_saying_what_it_is_for() -> None:
    for module in modules("services", "shared", "deploy", "benchmarks", "tests"):
        assert ast.get_docstring(module.tree) or not module.tree.body, module.path


def test_the_plumbing_says_no_noun_of_a_house() -> None:
    said = [
        f"{path}:{number}: {line.strip()}"
        for path in kept_files()
        if path.parts[0] == "shared" and not str(path).startswith(SAYS_THEM)
        for number, line in lines(path)
        if NOUNS.search(NOT_OURS.sub("", line))
    ]
    assert said == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what].replace("{}", ""))
    found = [f"{path}:{number}" for path in kept_files() for number, line in lines(path) if pattern.search(line)]
    assert found == []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_dependency_is_pinned_says_why_it_is_there_and_is_locked(path: Path) -> None:
    wanted = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    dependencies = [line for line in wanted if line and not line.startswith(("#", "-c "))]
    locked = path.with_suffix(".txt").read_text(encoding="utf-8").lower()
    assert dependencies
    for line in dependencies:
        found = PINNED.match(line)
        assert found, f"{line!r} is not name==version  # reason"
        assert f"\n{found['name']}=={found['version']}".lower() in f"\n{locked}", line


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_locked_package_has_a_hash(path: Path) -> None:
    packages = re.split(r"^(?=\S+==)", path.with_suffix(".txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert packages
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_a_rule_is_one_file() -> None:
    """Who adds a rule touches its file and its place in the order of `law/rules`: nothing else has to name its code.

    What a rule may still be named by: its policy's kind of the same name, the paper's code at the door, and the few
    places where a rule means more than its answer (consent, closing days).
    """
    named: dict[str, set[str]] = {code.partition("/")[0]: set() for code in WORDINGS}
    for module in modules("services/matching"):
        for node in module.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in named:
                named[node.value].add(str(module.path))
    assert {code: places for code, places in named.items() if not 1 <= len(places) <= 5} == {}
    assert sum(len(places) <= 2 for places in named.values()) > len(named) * 2 / 3, "most stand in their own file"
