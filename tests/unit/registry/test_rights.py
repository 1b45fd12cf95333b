"""Rights come first: an action refuses a caller without them before it touches anything."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from services.registry.actions import candidates, desks, find, merging, submissions
from services.registry.actions.imports import door
from shared.http.callers import NOBODY, Caller
from shared.http.problems import Forbidden, Unauthenticated

ACTIONS: list[Callable[..., Any]] = [
    action
    for room in (candidates, desks, find, merging, door, submissions)
    for name, action in vars(room).items()
    if inspect.isfunction(action)
    and action.__module__ == room.__name__
    and not name.startswith("_")
    and next(iter(inspect.signature(action).parameters), "") == "caller"
]

NEEDED = {
    "register": "candidates:write",
    "show_again": "candidates:write",
    "open_page": "candidates:read",
    "amend": "candidates:write",
    "forget": "candidates:write",
    "search": "candidates:read",
    "page": "candidates:read",
    "consent": "candidates:write",
    "withdraw": "candidates:write",
    "set_requirement": "candidates:write",
    "open_elsewhere": "candidates:read",
    "merge": "candidates:write",
    "reveal_nik": "nik:reveal",
    "specific": "specific:read",
    "set_specific": "specific:write",
    "records_asked": "candidates:read",
    "answer_records": "candidates:write",
    "note_risk": "candidates:write",
    "risk_note": "candidates:write",
    "risk_notes": "risk:read",
    "trail": "trail:read",
    "export": "candidates:read",
    "add": "candidates:add",
    "show_receipt": "candidates:add",
    "show": "candidates:read",
    "close": "candidates:write",
    "start": "candidates:write",
    "listed": "candidates:write",
    "report": "candidates:write",
    "rows": "candidates:write",
    "annotated": "candidates:write",
    "template": "candidates:write",
}


class Untouched:
    """Stands for the house and every other argument; whoever looks at it before the rights fails the test."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} was looked at before the rights")


def arguments(action: Callable[..., Any]) -> dict[str, Any]:
    names = list(inspect.signature(action).parameters)[1:]
    return {name: Untouched() for name in names}


def test_every_action_is_in_the_table() -> None:
    assert {action.__name__ for action in ACTIONS} == set(NEEDED)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_a_caller_with_every_other_right_is_refused_first(action: Callable[..., Any]) -> None:
    others = frozenset(NEEDED.values()) - {NEEDED[action.__name__]}
    with pytest.raises(Forbidden):
        action(Caller(id="dev:budi", kind="officer", scopes=others), **arguments(action))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_nobody_is_asked_to_sign_in(action: Callable[..., Any]) -> None:
    with pytest.raises(Unauthenticated):
        action(NOBODY, **arguments(action))
