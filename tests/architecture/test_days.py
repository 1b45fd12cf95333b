"""No test decays: one that asks a running house counts from `tests.support.today`, or stops the clock there."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.code import ROOT, Module, kept_files, modules, text
from tests.conftest import SERVERS

MARK = "clock_at"
LONG_PAST, NEVER = 2020, 2099
"""Days of these years, and before or after, may be written out: they are past, or to come, on every day of a run."""
OF_AGE = 2005
"""Born in this year or before it: of age for good, and not too old for work for a long time. Who is younger decays."""
BIRTHS = {"birth_date", "born"}

EXCEPT = {
    "tests/support/today.py": "it says what may be written",
    "tests/law/reading.py": "its cases name their days; for a house whose clock runs, `orders_of_today` moves them",
}

DATED_DATA = {
    "tests/law": "its reader stops the clock, or moves every day of it: tests/law/reading.py",
    "tests/quality": "panels that are asked on a day of their own, without a house",
    "tests/support/console": "answers of houses that are not there",
}
"""Data files with days written out, and why none of them decays."""

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")


@pytest.mark.slow
def test_who_asks_a_running_house_names_no_day_unless_its_clock_stands_still() -> None:
    found = {
        f"{source.path}:{line}: {day}"
        for module in modules("tests")
        if _asks_a_house(module) and not _stands_still(module)
        for source in _with_helpers(module)
        if str(source.path) not in EXCEPT
        for line, day in _days(source)
    }
    assert sorted(found) == [], "count from tests.support.today, or mark the module with clock_at: tests/README.md"


@pytest.mark.slow
def test_a_clock_that_stands_still_is_not_asked_of_processes() -> None:
    mixed = [str(one.path) for one in modules("tests") if _stands_still(one) and "houses" in _asked_by_tests(one)]
    assert mixed == [], "processes have clocks of their own, which run on"


def test_data_with_days_written_out_is_read_where_they_stand_still() -> None:
    dated = {
        str(path)
        for path in kept_files()
        if path.parts[0] == "tests" and path.suffix in {".json", ".yaml", ".yml", ".csv", ".tsv", ".ndjson"}
        for found in _ISO.findall(text(path))
        if LONG_PAST < int(found[0]) < NEVER
    }
    assert dated, "the pattern no longer finds any"
    assert sorted(name for name in dated if not name.startswith(tuple(f"{folder}/" for folder in DATED_DATA))) == []


def test_the_rule_finds_what_decays_and_nothing_else() -> None:
    told = """
A = {"closes_on": "2027-12-31", "valid_from": "2018-11-14", "birth_date": "2008-04-04"}
B, C = date(2026, 11, 24), person(birth_date="2000-03-10", until="2199-01-01", on="2026-02-30")
D = f"2026-11-24T00:00:{second}Z"
"""
    assert [day for _, day in _days_in(ast.parse(told))] == ["2027-12-31", "2008-04-04", "2026-11-24", "2026-11-24"]


def _asks_a_house(module: Module) -> bool:
    return module.path.name.startswith("test_") and bool(SERVERS & _asked_by_tests(module))


def _stands_still(module: Module) -> bool:
    """The whole module is marked: `pytestmark = pytest.mark.clock_at(...)`, alone or in a list."""
    assigned = (node for node in module.tree.body if isinstance(node, ast.Assign))
    marks = [node.value for node in assigned if ast.unparse(node.targets[0]) == "pytestmark"]
    return any(isinstance(node, ast.Attribute) and node.attr == MARK for mark in marks for node in ast.walk(mark))


@cache
def _asked_by_tests(module: Module) -> frozenset[str]:
    """Every fixture that a test of the module asks for, also by way of others; those of its conftests too."""
    known: dict[str, set[str]] = {}
    asked: set[str] = set()
    for path in [*_conftests(module.path), module.path]:
        for node in Module(path).nodes:
            if isinstance(node, ast.FunctionDef):
                wants = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
                if any("fixture" in ast.unparse(one) for one in node.decorator_list):
                    known[node.name] = wants
                    if any("autouse=True" in ast.unparse(one) for one in node.decorator_list):
                        asked |= {node.name}
                elif path == module.path and node.name.startswith("test_"):
                    asked |= wants
                for call in (one for one in node.decorator_list if "usefixtures" in ast.unparse(one)):
                    asked |= {str(found.value) for found in ast.walk(call) if isinstance(found, ast.Constant)}
    while more := {name for one in asked for name in known.get(one, ())} - asked:
        asked |= more
    return frozenset(asked)


def _conftests(path: Path) -> list[Path]:
    return [folder / "conftest.py" for folder in reversed(path.parents) if (ROOT / folder / "conftest.py").is_file()]


@cache
def _with_helpers(module: Module) -> frozenset[Module]:
    """The module, its conftests, and what they import below `tests`, which says days for them too."""
    by_name = {one.name: one for one in modules("tests")}
    found, next_ = set[Module](), [module, *(Module(path) for path in _conftests(module.path))]
    while next_:
        one = next_.pop()
        found.add(one)
        wanted = {by_name[name] for full in one.imports for name in (full, full.rpartition(".")[0]) if name in by_name}
        next_ += wanted - found
    return frozenset(found)


@cache
def _days(module: Module) -> tuple[tuple[int, str], ...]:
    return tuple(_days_in(module.tree))


def _days_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each day that decays, with its line: in a string, or as `date(2026, 11, 24)`."""
    births = {
        id(part)
        for node in ast.walk(tree)
        for name, value in _named_values(node)
        if name in BIRTHS
        for part in ast.walk(value)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for year, month, day in _ISO.findall(node.value):
                yield from _decaying(node, (int(year), int(month), int(day)), id(node) in births)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("date", "datetime"):
            numbers = [part.value for part in node.args[:3] if isinstance(part, ast.Constant)]
            if len(numbers) == 3 and all(isinstance(number, int) for number in numbers):
                yield from _decaying(node, numbers, id(node) in births)


def _named_values(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant):
                yield str(key.value), value
    elif isinstance(node, ast.Call):
        yield from ((keyword.arg or "", keyword.value) for keyword in node.keywords)


def _decaying(node: ast.AST, numbers: object, birth: bool) -> Iterator[tuple[int, str]]:
    try:
        day = date(*numbers)  # type: ignore[misc]
    except ValueError:
        return  # there is no such day: nonsense that a house must refuse
    if (OF_AGE if birth else LONG_PAST) < day.year < NEVER:
        yield getattr(node, "lineno", 0), day.isoformat()
