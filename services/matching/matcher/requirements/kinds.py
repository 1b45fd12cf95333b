"""All kinds of requirements, found in the files of this folder; and requirement trees read from payloads.

A tree is `{"all": [...]} | {"any": [...]} | leaf`. `parse_tree` never raises: what it cannot read becomes `Unreadable`,
which no rule ever counts as met. Owners refuse such trees at their doors; this is the second lock.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from services.matching.matcher.facts import reading
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf, AnyOf, Unreadable
from services.matching.matcher.requirements.wording import Wording

DEEPEST = 32
"""Owners refuse trees deeper than 8; below this the parser stops reading instead of exhausting the stack."""

_FILES = [
    import_module(f"{__package__}.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("*.py"))
    if path.stem not in ("__init__", "kinds")
]
"""Whoever adds a kind adds a file, and no line anywhere else."""

ALL: tuple[type[Requirement], ...] = tuple(
    value
    for file in _FILES
    for value in vars(file).values()
    if isinstance(value, type) and issubclass(value, Requirement) and value.__module__ == file.__name__
)
BY_KIND = {kind.KIND: kind for kind in ALL if kind.KIND}
"""Name in a tree → kind."""
FACETS = tuple(sorted({kind.FACET for kind in ALL if kind.FACET is not None}))
"""The fields of a person that requirements read."""
WORDINGS: dict[str, Wording] = {code: said for file in _FILES for code, said in getattr(file, "WORDINGS", {}).items()}
"""Rule code → its sentences, for what is asked of people."""


def parse_tree(payload: Any, depth: int = 0) -> Requirement:
    """Read a tree; None and `{}` ask nothing. Errors: none, see `Unreadable`."""
    if payload is None or payload == {}:
        return AllOf(())
    source = reading.mapping(payload)
    if depth > DEEPEST or not source:
        return Unreadable("tree")
    for word, group in (("all", AllOf), ("any", AnyOf)):
        if word in source:
            branches = source[word]
            if not isinstance(branches, list | tuple) or (word == "any" and not branches):
                return Unreadable(word)
            return group(tuple(parse_tree(branch, depth + 1) for branch in branches))
    name = reading.text(source.get("kind")) or ""
    kind = BY_KIND.get(name)
    return (kind and kind.read(source, reading.text(source.get("ref")))) or Unreadable(name)
