"""All states of all pages, gathered from the modules of this folder whose names begin with `states_`."""

import importlib
import pkgutil

import tests.browser
from tests.browser.matrix import State

STATES: list[State] = [
    state
    for found in sorted(pkgutil.iter_modules(tests.browser.__path__), key=lambda one: one.name)
    if found.name.startswith("states_")
    for state in importlib.import_module(f"tests.browser.{found.name}").STATES
]
