"""Which room may know which: `api`, `hears` and `__main__` ask actions, actions ask the model, and nobody asks back."""

import ast

import pytest

from tests.architecture.code import HOUSES, Module, modules, outside, within

# A room of a house → the other rooms of the same house that it may import. `app` and `__main__` put all together.
KNOWS: dict[str, set[str]] = {
    "model": set(),
    "problems": set(),
    "settings": set(),
    "says": {"model"},
    "schemas": {"model"},
    "store": {"model", "says"},
    "actions": {"model", "problems", "says", "schemas", "store"},
    "api": {"actions", "model", "problems", "schemas"},
    "hears": {"actions", "model", "store"},
}
# Matching has a wing that thinks, and keeps what the wing needs in memory.
KNOWS_IN_MATCHING: dict[str, set[str]] = {
    **KNOWS,
    "matcher": set(),
    "profiles": {"matcher"},
    "answers_given": set(),
    "live_world": {"matcher", "store"},
    "population": {"matcher", "store"},
    "rankings": {"matcher", "store"},
    "judging": {"matcher", "live_world", "says", "store"},
    "batch_advice": {
        *("actions", "batch_advice_file", "hears", "matcher", "live_world", "rankings", "settings", "store")
    },
    "batch_advice_file": set(),
    "planner": {"actions", "matcher", "live_world", "rankings", "settings", "store"},
    "learning": {"matcher", "rankings", "settings", "store"},
    "actions": {
        *KNOWS["actions"],
        "matcher",
        "profiles",
        "answers_given",
        "live_world",
        "population",
        "rankings",
        "judging",
    },
}
# Partners has a wing that sends.
KNOWS_IN_PARTNERS: dict[str, set[str]] = {
    **KNOWS,
    "outgoing": {"model", "problems", "says", "store"},
    "actions": {*KNOWS["actions"], "outgoing"},
}
KNOW_EVERYONE = {"app", "__main__", "__init__"}


def rooms_of(house: str) -> dict[str, set[str]]:
    return {"matching": KNOWS_IN_MATCHING, "partners": KNOWS_IN_PARTNERS}.get(house, KNOWS)


def room(module: Module) -> str:
    """`services/registry/api/desks.py` is in the room `api`."""
    return module.path.with_suffix("").parts[2]


@pytest.mark.parametrize("house", HOUSES)
def test_a_room_asks_only_the_rooms_behind_it(house: str) -> None:
    for module in modules(f"services/{house}"):
        if room(module) not in KNOW_EVERYONE:
            allowed = {f"services.{house}.{one}" for one in (room(module), *rooms_of(house)[room(module)])}
            # `from services.registry import problems` names the room itself.
            assert outside({name for name in module.imports if within(name, "services")}, *allowed) == set(), (
                module.name
            )


@pytest.mark.parametrize("house", HOUSES)
def test_no_house_imports_another(house: str) -> None:
    for module in modules(f"services/{house}"):
        assert outside({name for name in module.imports if within(name, "services")}, f"services.{house}") == set()


def test_the_console_imports_no_house_and_asks_them_over_the_network() -> None:
    for module in modules("services/console"):
        assert outside({name for name in module.imports if within(name, "services")}, "services.console") == set()


@pytest.mark.parametrize("house", HOUSES)
def test_every_house_has_the_same_rooms(house: str) -> None:
    rooms = {room(module) for module in modules(f"services/{house}")}
    assert {"__main__", "app", "api", "schemas", "actions", "store", "says", "hears", "problems"} <= rooms
    assert rooms <= rooms_of(house).keys() | KNOW_EVERYONE


@pytest.mark.parametrize("house", ["registry", "training", "placement", "partners"])
def test_the_nouns_and_rules_of_a_house_import_nothing_of_ours_but_codes(house: str) -> None:
    for module in modules(f"services/{house}/model"):
        assert outside(module.ours, f"services.{house}.model", "shared.codes") == set(), module.name


def test_the_wing_that_thinks_imports_nothing_of_ours_but_codes_and_words() -> None:
    for module in modules("services/matching/matcher"):
        assert outside(module.ours, "services.matching.matcher", "shared.codes", "shared.words") == set(), module.name


def test_what_serves_knows_nothing_of_what_learns() -> None:
    learner = "services.matching.matcher.ltr"
    for module in modules("services/matching/matcher"):
        if not within(module.name, learner):
            assert {name for name in module.imports if within(name, learner)} == set(), module.name


@pytest.mark.parametrize("house", HOUSES)
def test_actions_are_handed_their_store_and_never_open_one(house: str) -> None:
    stores = {
        node.name
        for module in modules(f"services/{house}")
        if room(module) == "store"
        for node in module.tree.body
        if isinstance(node, ast.ClassDef) and "database" in _wanted_by(node)
    }
    assert stores, "a store has classes that take a database"
    for module in modules(f"services/{house}/actions"):
        called = {call.func.id for call in _calls(module) if isinstance(call.func, ast.Name)}
        assert called & stores == set(), module.name


def test_the_plumbing_knows_no_house() -> None:
    for module in modules("shared"):
        assert outside(module.ours, "shared") == set(), module.name


def test_houses_know_nothing_of_the_place_where_they_run() -> None:
    for module in modules("services"):
        assert outside(module.ours, "shared", "services") == set(), module.name


def _wanted_by(node: ast.ClassDef) -> set[str]:
    """The names of what its `__init__` takes."""
    inits = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "__init__"]
    return {argument.arg for init in inits for argument in (*init.args.args, *init.args.kwonlyargs)}


def _calls(module: Module) -> list[ast.Call]:
    return [node for node in module.nodes if isinstance(node, ast.Call)]
