"""Whoever changes the door for trees of conditions: what is refused, where, and that size ends the reading at once."""

from typing import Any

import pytest

from shared.conditions import shape as tree

AGE = {"kind": "age", "min": 21, "max": 45}


def codes(found: list[tree.Finding]) -> list[str]:
    return [finding.code for finding in found]


def nested(levels: int) -> dict[str, Any]:
    node: dict[str, Any] = AGE
    for _ in range(levels - 1):
        node = {"all": [node]}
    return node


def test_a_tree_of_groups_and_leaves_has_nothing_wrong() -> None:
    assert tree.shape({"all": [AGE, {"any": [{"kind": "sex", "is": "F"}, {"kind": "hours", "hours": 200}]}]}) == []


def test_a_single_leaf_is_a_tree() -> None:
    assert tree.shape(AGE) == []


def test_eight_levels_pass_and_nine_do_not() -> None:
    assert tree.shape(nested(8)) == []
    assert codes(tree.shape(nested(9))) == ["tree_too_deep"]


def test_two_hundred_leaves_pass_and_one_more_does_not() -> None:
    assert tree.shape({"all": [AGE] * 200}) == []
    assert codes(tree.shape({"all": [AGE] * 201})) == ["tree_too_many_leaves"]


def test_leaves_are_counted_across_groups() -> None:
    assert codes(tree.shape({"all": [{"any": [AGE] * 150}, {"any": [AGE] * 51}]})) == ["tree_too_many_leaves"]


def test_a_tree_of_any_size_gives_one_finding_about_its_size() -> None:
    assert len(tree.shape({"all": [AGE] * 10_000})) == 1
    assert len(tree.shape(nested(900))) == 1
    assert len(tree.shape({"all": [{"any": []}] * 10_000})) == 1


@pytest.mark.parametrize(
    ("broken", "code", "path"),
    [
        ({"any": []}, "tree_empty", ("any",)),
        ({"all": [{"any": []}]}, "tree_empty", ("all", 0, "any")),
        ({"all": AGE}, "tree_not_a_list", ("all",)),
        ({"all": ["age"]}, "tree_not_an_object", ("all", 0)),
        ({"all": [AGE], "any": [AGE]}, "tree_two_meanings", ()),
        ({"all": [AGE], "kind": "age"}, "tree_two_meanings", ()),
        ({"min": 21}, "tree_without_kind", ()),
        ([AGE], "tree_not_an_object", ()),
        (None, "tree_not_an_object", ()),
    ],
)
def test_each_broken_shape_is_named_at_its_place(broken: Any, code: str, path: tree.Path) -> None:
    assert tree.shape(broken) == [
        tree.Finding(path, code, tree.shape(broken)[0].values),
    ]


def test_leaves_are_walked_in_reading_order_with_their_places() -> None:
    places = [path for path, _ in tree.leaves({"all": [AGE, {"any": [AGE, AGE]}]})]
    assert places == [("all", 0), ("all", 1, "any", 0), ("all", 1, "any", 1)]


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"all": [AGE, {"kind": "age", "min": 46, "max": None}]}, ("all", 1)),
        ({"all": [{"kind": "sex", "is": "F"}, {"all": [{"kind": "sex", "is": "M"}]}]}, ("all", 1, "all", 0)),
        (
            {"all": [AGE, {"any": [{"kind": "age", "min": 50, "max": 60}, {"kind": "sex", "is": "F"}]}]},
            ("all", 1, "any", 0),
        ),
        (
            {
                "all": [
                    {"kind": "birth_date", "from": "1985-06-03", "until": "2007-06-04"},
                    {"kind": "birth_date", "from": "2007-06-05", "until": "2009-01-01"},
                ]
            },
            ("all", 1),
        ),
    ],
)
def test_a_tree_that_nobody_can_meet_is_a_contradiction(asked: dict[str, Any], path: tree.Path) -> None:
    found = tree.contradictions(asked)
    assert [(finding.code, finding.path) for finding in found] == [("tree_contradiction", path)]


def test_alternatives_may_exclude_each_other() -> None:
    asked = {
        "any": [
            {"all": [{"kind": "sex", "is": "F"}, AGE]},
            {"all": [{"kind": "sex", "is": "M"}, {"kind": "age", "min": 50, "max": None}]},
        ]
    }
    assert tree.contradictions(asked) == []


def test_ranges_that_share_one_year_can_be_met() -> None:
    assert tree.contradictions({"all": [AGE, {"kind": "age", "min": 45, "max": 60}]}) == []
