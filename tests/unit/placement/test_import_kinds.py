"""Whoever lets the import door take another kind of file: the door and its workshop must name the same kinds."""

from services.placement.actions.imports import KINDS
from services.placement.schemas.imports import ITEMS


def test_every_kind_that_the_door_takes_has_its_action_and_the_other_way_round() -> None:
    assert set(ITEMS) == set(KINDS)


def test_every_kind_is_recognised_by_a_field_that_its_schema_demands() -> None:
    for name, kind in KINDS.items():
        assert ITEMS[name].fields[kind.key].required
