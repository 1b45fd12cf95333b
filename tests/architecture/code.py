"""For the tests of this folder: what a module of ours is called, what it imports, and every file that git keeps."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSES = ("registry", "training", "placement", "matching", "partners")
OURS = ("shared", "services", "deploy", "benchmarks", "tests")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file of ours; its path is the one below the root of the checkout."""

    path: Path

    @property
    def name(self) -> str:
        """As Python calls it: `services.registry.api`."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path)

    @property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of its tree. Walking 1,450 trees takes seconds, and twenty tests ask for it: it is done once."""
        return _nodes(self.path)

    @property
    def imports(self) -> frozenset[str]:
        """Full names of what it imports, also inside functions and for types: `shared.clock`, `pymongo.IndexModel`."""
        return _imported(self.path)

    @property
    def ours(self) -> set[str]:
        """Those of its imports that are written by us."""
        return {name for name in self.imports if within(name, *OURS)}


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Every module below these folders of the checkout."""
    found = [path.relative_to(ROOT) for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert found, f"{folders} are empty"
    return tuple(map(Module, found))


def within(name: str, *packages: str) -> bool:
    """The name is one of the packages, or inside one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def outside(names: Iterable[str], *packages: str) -> set[str]:
    """The names that are in none of the packages."""
    return {name for name in names if not within(name, *packages)}


@cache
def kept_files() -> tuple[Path, ...]:
    """What git keeps and what it would keep, below the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(Path(name) for name in names if name and (ROOT / name).is_file())


@cache
def text(path: Path) -> str:
    """Of a file below the root; empty when it is none of text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The numbered lines of a file."""
    return enumerate(text(path).splitlines(), start=1)


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(text(path), filename=str(path))


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(_parsed(path)))


@cache
def _imported(path: Path) -> frozenset[str]:
    return frozenset(name for node in _nodes(path) for name in _named(node))


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute, so that a reader sees which room is meant"
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
