"""Rights come first: whoever may not plan is refused before a plan, a person or the house is looked at."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from services.matching.actions import allocating
from shared.http.callers import NOBODY, Caller
from shared.http.problems import Forbidden, Unauthenticated

ACTIONS: list[Callable[..., Any]] = [
    action
    for name, action in vars(allocating).items()
    if inspect.isfunction(action)
    and action.__module__ == allocating.__name__
    and not name.startswith("_")
    and next(iter(inspect.signature(action).parameters)) == "caller"
]


class Untouched:
    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} was looked at before the rights")


def test_all_of_them_are_here() -> None:
    assert {action.__name__ for action in ACTIONS} == {"make", "show", "people", "listed", "sign", "cancel"}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_only_who_proposes_policies_plans(action: Callable[..., Any]) -> None:
    others = {name: Untouched() for name in list(inspect.signature(action).parameters)[1:]}
    with pytest.raises(Forbidden):
        action(Caller(id="dev:budi", kind="officer", scopes=frozenset({"recommendations:read"})), **others)
    with pytest.raises(Unauthenticated):
        action(NOBODY, **others)
