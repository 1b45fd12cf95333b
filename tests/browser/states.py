"""All states of all pages, from the modules of this folder called `states_…`; then forms that were pressed empty."""

import importlib
import pkgutil

import tests.browser
from tests.browser.matrix import State
from tests.browser.pressed import pressed

_SHOWN: list[State] = [
    state
    for found in sorted(pkgutil.iter_modules(tests.browser.__path__), key=lambda one: one.name)
    if found.name.startswith("states_")
    for state in importlib.import_module(f"tests.browser.{found.name}").STATES
]

STATES: list[State] = [*_SHOWN, *pressed(_SHOWN)]
