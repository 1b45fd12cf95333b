"""Whoever takes a tree of conditions at its door: is it small enough to read, and could anybody at all meet it?

A tree is ``{"all": [tree, ...]}``, ``{"any": [tree, ...]}`` or a leaf with a ``kind``. It comes as JSON, so it has no
cycles; everything else that can be wrong with its shape is found here, in one pass that stops as soon as the tree is
too big. What a single leaf may say (codes, test results) is a question of ``leaves.py``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_DEPTH = 8
"""Levels, the leaf included. The deepest tree of the real world needs five, and a page can show no more than eight."""

MAX_LEAVES = 200
"""A person must be able to read why they do not fit; nobody reads more than this."""

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: where in the tree, a stable code, and the values that a sentence about it needs."""

    path: Path
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def shape(tree: Any) -> list[Finding]:
    """What is wrong with the groups of a tree. At most ten findings: size ends the search at once."""
    found: list[Finding] = []
    leaves = 0
    waiting: list[tuple[Path, Any, int]] = [((), tree, 1)]
    while waiting and len(found) < 10:
        path, node, depth = waiting.pop()
        if not isinstance(node, dict):
            found.append(Finding(path, "tree_not_an_object"))
            continue
        if depth > MAX_DEPTH:
            return [Finding(path, "tree_too_deep", {"most": MAX_DEPTH})]
        groups = [word for word in ("all", "any") if word in node]
        if not groups:
            leaves += 1
            if leaves > MAX_LEAVES:
                return [Finding(path, "tree_too_many_leaves", {"most": MAX_LEAVES})]
            if "kind" not in node:
                found.append(Finding(path, "tree_without_kind"))
            continue
        if len(node) > 1:
            found.append(Finding(path, "tree_two_meanings", {"fields": sorted(map(str, node))[:5]}))
            continue
        word = groups[0]
        children = node[word]
        if not isinstance(children, list):
            found.append(Finding((*path, word), "tree_not_a_list"))
        elif not children:
            found.append(Finding((*path, word), "tree_empty", {"group": word}))
        else:
            if leaves + len(children) > MAX_LEAVES:
                return [Finding((*path, word), "tree_too_many_leaves", {"most": MAX_LEAVES})]
            waiting += [((*path, word, at), child, depth + 1) for at, child in reversed(list(enumerate(children)))]
    return found


def leaves(tree: Mapping[str, Any], path: Path = ()) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Every leaf with its place, in reading order. Only for a tree in whose :func:`shape` nothing is wrong."""
    for word in ("all", "any"):
        if word in tree:
            for at, child in enumerate(tree[word]):
                yield from leaves(child, (*path, word, at))
            return
    yield path, tree


@dataclass(frozen=True, slots=True)
class _Room:
    """What is still possible for one person while walking down a tree: an interval a kind, and a sex."""

    ages: tuple[int, int] = (0, 150)
    births: tuple[str, str] = ("0000-00-00", "9999-99-99")
    sex: str | None = None

    def after(self, leaf: Mapping[str, Any]) -> "_Room | None":
        """The room that remains once this leaf must hold as well, or None when nobody is left in it."""
        kind = leaf["kind"]
        if kind == "age":
            low = self.ages[0] if leaf.get("min") is None else max(self.ages[0], leaf["min"])
            high = self.ages[1] if leaf.get("max") is None else min(self.ages[1], leaf["max"])
            return _Room((low, high), self.births, self.sex) if low <= high else None
        if kind == "birth_date":
            first, last = max(self.births[0], leaf["from"]), min(self.births[1], leaf["until"])
            return _Room(self.ages, (first, last), self.sex) if first <= last else None
        if kind == "sex":
            return _Room(self.ages, self.births, leaf["is"]) if self.sex in (None, leaf["is"]) else None
        return self


EVERYBODY = _Room()


def contradictions(tree: Mapping[str, Any], path: Path = (), room: _Room = EVERYBODY) -> list[Finding]:
    """Where a tree asks for something that nobody can be: older than 50 and younger than 40, a woman and a man.

    Only for a tree of right shape and right leaves. A choice that nobody can take is a contradiction too, although its
    neighbours save the tree: whoever wrote it meant something else. The finding names the leaf that closes the door.
    """
    for at, leaf in musts(tree, path):
        after = room.after(leaf)
        if after is None:
            return [Finding(at, "tree_contradiction", {"kind": leaf["kind"]})]
        room = after
    return [
        finding
        for group, choices in _choices(tree, path)
        for at, choice in enumerate(choices)
        for finding in contradictions(choice, (*group, at), room)
    ]


def musts(tree: Mapping[str, Any], path: Path = ()) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The leaves that must hold whatever is chosen in the ``any`` groups below."""
    if "all" in tree:
        for at, child in enumerate(tree["all"]):
            yield from musts(child, (*path, "all", at))
    elif "any" not in tree:
        yield path, tree


def _choices(tree: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, list[Mapping[str, Any]]]]:
    """The ``any`` groups that are reached without choosing."""
    if "any" in tree:
        yield (*path, "any"), tree["any"]
    for at, child in enumerate(tree.get("all", ())):
        yield from _choices(child, (*path, "all", at))
