"""Requests of known meaning: for each member of a body the ways in which callers write it, and what each of them means.

A request changes a few members of a lawful body. What is stored then equals what was meant in every member, or the
request is refused with the place of its fault and nothing has changed; no answer is a 5xx.
"""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

Answer = dict[str, Any]
REFUSED = object()
"""The meaning of what can only be refused."""

Written = tuple[Any, Any]
"""As a caller writes it, and what it means."""

NEVER: tuple[Any, ...] = (
    {"a": 1},
    [1, 2],
    [None],
    1e30,
    "x" * 5_000,
    "\u0000",
    "﷽" * 2_000,
    [[[[[]]]]],
    -0.5,
    {"": ""},
)
"""What is a value of hardly any member."""


def texts(longest: int) -> list[Written]:
    """Of a member that takes words."""
    return [
        ("Lewotobi", "Lewotobi"), ("  Lewotobi ", "Lewotobi"), ("Lewo\u200btobi", "Lewotobi"), ("Ndona 3", "Ndona 3"),
        (12, REFUSED), (True, REFUSED), (["a"], REFUSED), ("x" * (longest + 1), REFUSED), ("a\u0000b", REFUSED),
        ("Señor Åse", "Señor Åse"), ("Jose\u0301", "José"), ("JosÃ©", REFUSED), ("Nur\ufffdaini", REFUSED),
    ]  # fmt: skip


def wholes(good: int, most: int) -> list[Written]:
    """Of a member that takes a whole number."""
    return [
        (good, good), (most, most), (most + 1, REFUSED), (0, REFUSED), (-good, REFUSED), (good + 0.5, REFUSED),
        (str(good), REFUSED), (True, REFUSED), ([good], REFUSED), (1e300, REFUSED), ("1.500", REFUSED),
    ]  # fmt: skip


def days(*good: str) -> list[Written]:
    """Of a member that takes a day."""
    return [
        *((one, one) for one in good),
        ("2027-02-30", REFUSED), ("04/04/2027", REFUSED), (20270404, REFUSED), ("4 April 2027", REFUSED),
        ("2027-4-4", REFUSED), (True, REFUSED), ("", REFUSED), ("0001-01-01", REFUSED), ("9999-12-31", REFUSED),
    ]  # fmt: skip


def codes(*good: str) -> list[Written]:
    """Of a member that takes one of a list."""
    return [
        *((one, one) for one in good),
        (good[0].lower() + "x", REFUSED), ("", REFUSED), (1, REFUSED), ([good[0]], REFUSED), ("tidak tahu", REFUSED),
    ]  # fmt: skip


def truths() -> list[Written]:
    """Of a member that is so or is not."""
    return [(True, True), (False, False), ("true", REFUSED), (1, REFUSED), ("ya", REFUSED), (0, REFUSED)]


@dataclass(frozen=True, slots=True)
class Door:
    """Where bodies are sent. ``members``: how each may be written. ``blank``: a lawful body, new with every call.

    ``post`` and ``path`` (of what has been made) are addresses; ``client`` may do both.
    """

    client: httpx.Client
    post: str
    path: Callable[[Answer], str]
    blank: Callable[[], Answer]
    members: Mapping[str, Sequence[Written]]
    read: Callable[[Answer], Answer] = lambda shown: shown
    """Of what is shown, that which the members are compared with."""
    changes: bool = True
    """Can it be changed? What cannot is only made."""


def check(door: Door, *, seed: int, number: int) -> dict[str, int]:
    """Send so many requests, each a POST or a PATCH of something that was made before. How many of each kind."""
    draw = random.Random(seed)
    counts = {"made": 0, "changed": 0, "refused": 0}
    known: Answer | None = None
    for at in range(number):
        wrote = _drawn(draw, door)
        meant = {name: meaning for name, (_, meaning) in wrote.items()}
        said = json.dumps({name: typed for name, (typed, _) in wrote.items()})[:500]
        if known is None or not door.changes or draw.random() < 0.5:
            answer = door.client.post(
                door.post, json=door.blank() | {name: typed for name, (typed, _) in wrote.items()}
            )
            before, kind = None, "made"
        else:
            before = door.client.get(door.path(known))
            body = {name: typed for name, (typed, _) in wrote.items()}
            answer = door.client.patch(door.path(known), json=body, headers={"If-Match": before.headers["ETag"]})
            kind = "changed"
        told = f"seed {seed}, request {at}: {said}: {answer.status_code} {answer.text[:600]}"
        assert answer.status_code < 500, told
        if answer.status_code >= 400:
            counts["refused"] += 1
            assert answer.status_code in (400, 409, 422), told
            assert answer.json()["errors"], told
            assert REFUSED in meant.values() or answer.status_code == 409 or "contradict" in answer.text, told
            if before is not None and known is not None:
                now = door.client.get(door.path(known))
                assert now.headers["ETag"] == before.headers["ETag"], told
            continue
        assert REFUSED not in meant.values(), told
        counts[kind] += 1
        shown = door.read(door.client.get(door.path(answer.json())).json())
        if before is None:
            known = answer.json()
        else:
            # What was not sent is what it was.
            meant = {name: door.read(before.json()).get(name) for name in door.members} | meant
        assert {name: shown.get(name) for name in meant} == meant, f"{told}\n{shown}"
    return counts


def _drawn(draw: random.Random, door: Door) -> dict[str, Written]:
    """One to four members as somebody writes them; one of them in eight cannot be read at all."""
    names = draw.sample(list(door.members), min(len(door.members), draw.choice((1, 1, 2, 3, 4))))
    good = {name: [one for one in door.members[name] if one[1] is not REFUSED] for name in names}
    found = {name: draw.choice(good[name] if draw.random() < 0.7 else list(door.members[name])) for name in names}
    if draw.random() < 0.125:
        found[draw.choice([*names, "gaji", "Nama"])] = (draw.choice(NEVER), REFUSED)
    return found
