"""Whoever writes requirements or prerequisites: what the door takes, and where it points when it refuses."""

from typing import Any

import pytest
from marshmallow import Schema, ValidationError

from shared.conditions import Tree
from shared.http.faults import faults
from shared.http.problems import Fault


class Document(Schema):
    requirements = Tree(load_default=None, allow_none=True)


def load(tree: Any) -> Any:
    return Document().load({"requirements": tree})["requirements"]


def refused(tree: Any) -> list[Fault]:
    data = {"requirements": tree}
    with pytest.raises(ValidationError) as caught:
        Document().load(data)
    return faults(caught.value.messages, schema=Document(), data=data)


def test_a_leaf_comes_back_with_every_member_of_its_kind() -> None:
    assert load({"kind": "age", "min": 21}) == {"kind": "age", "min": 21, "max": None}
    assert load({"kind": "education", "years": 8}) == {"kind": "education", "level": None, "years": 8, "fields": None}
    assert load({"kind": "hours", "hours": 200}) == {"kind": "hours", "isco08": None, "hours": 200}


def test_a_reference_is_kept_where_it_was_written() -> None:
    assert load({"kind": "sex", "is": "F", "ref": "MOM"}) == {"kind": "sex", "is": "F", "ref": "MOM"}


def test_no_tree_asks_nothing() -> None:
    assert load(None) is None


def test_a_numeric_result_may_be_a_number() -> None:
    assert load({"kind": "language", "language": "ko", "test": "EPS_TOPIK", "result": 120})["result"] == "120"


def test_of_two_codes_of_one_field_of_study_the_one_of_the_list_is_kept() -> None:
    assert load({"kind": "education", "fields": ["SENI_RUPA", "NURSING"]})["fields"] == ["FINE_ARTS", "NURSING"]


def test_every_kind_of_leaf_can_be_written() -> None:
    tree = {
        "all": [
            {"kind": "age", "min": 18, "max": 39},
            {"kind": "birth_date", "from": "1985-06-03", "until": "2007-06-04"},
            {"kind": "sex", "is": "F"},
            {"kind": "education", "level": "D3", "fields": ["NURSING"]},
            {"kind": "language", "language": "ja", "test": "JLPT", "result": "N4"},
            {"kind": "certificate", "certificate": "COMPETENCE", "scheme": "HOUSEKEEPER"},
            {"kind": "hours", "isco08": "9111", "hours": 200},
            {"kind": "experience", "isco08": "53", "months": 12},
            {"kind": "condition", "code": "HEIGHT_158"},
            {"kind": "no_record", "record": "STAY", "country": "KOR", "years": 5},
            {"kind": "prior_programme", "programme": "TITP", "field": "CARE"},
            {"kind": "ranked", "test": "EPS_TOPIK"},
        ]
    }
    assert len(load(tree)["all"]) == 12


@pytest.mark.parametrize(
    ("leaf", "pointer", "code"),
    [
        ({"kind": "agee", "min": 21}, "/kind", "unknown_code"),
        ({"kind": 7}, "/kind", "unknown_code"),
        ({"kind": "age"}, "", "no_limit"),
        ({"kind": "age", "min": 45, "max": 21}, "", "range_backwards"),
        ({"kind": "age", "min": 21.5}, "/min", "not_a_whole_number"),
        ({"kind": "age", "min": "21"}, "/min", "not_a_whole_number"),
        ({"kind": "age", "min": 21, "maks": 45}, "/maks", "unknown_field"),
        ({"kind": "birth_date", "from": "2007-06-04", "until": "1985-06-03"}, "", "range_backwards"),
        ({"kind": "birth_date", "from": "2007-02-30", "until": "2008-01-01"}, "/from", "no_such_day"),
        ({"kind": "sex", "is": "W"}, "/is", "unknown_code"),
        ({"kind": "education"}, "", "no_limit"),
        ({"kind": "education", "level": "SLTP"}, "/level", "unknown_code"),
        ({"kind": "language", "language": "ja", "test": "JLTP", "result": "N4"}, "/test", "unknown_code"),
        ({"kind": "language", "language": "ja", "test": "JLPT", "result": "N6"}, "", "unknown_result"),
        ({"kind": "language", "language": "ko", "test": "JLPT", "result": "N4"}, "", "test_of_another_language"),
        ({"kind": "language", "language": "ko", "test": "EPS_TOPIK", "result": 201}, "", "unknown_result"),
        ({"kind": "certificate", "certificate": "COMPETENCE", "scheme": "HOUSEKEPER"}, "/scheme", "unknown_code"),
        ({"kind": "certificate", "certificate": "COMPETENCE", "scheme": "house keeper"}, "/scheme", "not_a_code"),
        ({"kind": "certificate", "scheme": "HOUSEKEEPER"}, "/certificate", "required"),
        ({"kind": "hours", "hours": 0}, "/hours", "too_small"),
        ({"kind": "hours", "isco08": "91111", "hours": 10}, "/isco08", "unknown_occupation"),
        ({"kind": "experience", "isco08": "99", "months": 12}, "/isco08", "unknown_occupation"),
        ({"kind": "condition", "code": "COLOR_VISION"}, "/code", "unknown_code"),
        ({"kind": "no_record", "record": "PRISON", "years": 5}, "", "years_without_stay"),
        ({"kind": "no_record", "record": "PRISON", "country": "KR"}, "/country", "unknown_country"),
        ({"kind": "prior_programme", "programme": "TIPT"}, "/programme", "unknown_code"),
        ({"kind": "ranked", "test": "TOEIC"}, "/test", "unknown_code"),
    ],
)
def test_a_wrong_leaf_is_refused_at_its_place_with_what_to_write_instead(leaf: Any, pointer: str, code: str) -> None:
    found = refused({"all": [{"kind": "sex", "is": "F"}, {"any": [leaf]}]})
    assert [(fault.pointer, fault.code) for fault in found] == [(f"/requirements/all/1/any/0{pointer}", code)]
    assert found[0].fix is not None


def test_all_wrong_leaves_are_named_at_once() -> None:
    found = refused({"any": [{"kind": "sex", "is": "X"}, {"kind": "hours"}, {"kind": "age", "min": -1}]})
    assert [fault.pointer for fault in found] == [
        "/requirements/any/0/is",
        "/requirements/any/1/hours",
        "/requirements/any/2/min",
    ]


def test_a_contradiction_points_to_the_leaf_that_closes_the_door() -> None:
    found = refused({"all": [{"kind": "age", "min": 21, "max": 45}, {"kind": "age", "min": 46}]})
    assert [(fault.pointer, fault.code) for fault in found] == [("/requirements/all/1", "tree_contradiction")]


@pytest.mark.parametrize("tree", [[], "age", 7, {}, {"all": []}, {"any": [[]]}])
def test_what_is_no_tree_is_refused_with_a_fix(tree: Any) -> None:
    assert all(fault.fix and fault.code.startswith("tree_") for fault in refused(tree))


def test_another_level_of_a_known_scheme_is_welcome() -> None:
    leaf = {"kind": "certificate", "certificate": "COMPETENCE", "scheme": "HOTEL_HOUSEKEEPING_III"}
    assert load(leaf)["scheme"] == "HOTEL_HOUSEKEEPING_III"


def test_a_tree_that_was_loaded_loads_again_to_the_same() -> None:
    tree = load({"all": [{"kind": "age", "min": 21}, {"kind": "ranked", "test": "EPS_TOPIK"}]})
    assert load(tree) == tree
