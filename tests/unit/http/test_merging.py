"""A PATCH changes what it says and nothing else: objects are merged as RFC 7396 says, before anything is judged."""

from typing import Any

import pytest
from flask import Flask
from marshmallow import Schema, fields

from shared.conditions import Tree
from shared.http.blueprints import Blueprint
from shared.http.callers import public
from shared.http.fields import Money, Text
from shared.http.merging import merges_into
from tests.unit.http.conftest import Make


class Oven(Schema):
    maker = Text(40, required=True)
    until = Text(40, required=True, allow_none=True)
    note = Text(40, load_default=None, allow_none=True)
    grams = fields.Integer()


class Bakery(Schema):
    name = Text(40, required=True)
    oven = fields.Nested(Oven, load_default=None, allow_none=True)
    breads = fields.List(fields.Nested(Oven))
    price = Money()
    entry = Tree(load_default=None, allow_none=True)


ADULT = {"kind": "age", "min": 21, "max": 50}
STOOD: dict[str, Any] = {
    "name": "Roti Larantuka",
    "oven": {"maker": "A", "until": None, "note": "lama", "grams": 5, "inside": "not for the door"},
    "breads": [{"maker": "B"}],
    "price": {"amount": 1500, "currency": "MYR"},
    "entry": {"kind": "age", "min": 18, "max": 45},
}


@pytest.fixture
def door(make_bakery: Make) -> Flask:
    blp = Blueprint("bakeries", __name__)

    @blp.route("/v1/bakeries/<id>", methods=["PATCH"])
    @public
    @merges_into(lambda id: STOOD if id == "1" else None)
    @blp.arguments(Bakery(partial=True))
    @blp.response(200)
    def change(changes: dict[str, Any], id: str) -> Any:
        return changes

    return make_bakery(blueprints=[blp])


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ({"oven": {"note": "baru"}}, {"oven": {"maker": "A", "until": None, "note": "baru", "grams": 5}}),
        ({"oven": {"note": None}}, {"oven": {"maker": "A", "until": None, "note": None, "grams": 5}}),
        ({"oven": {"grams": None}}, {"oven": {"maker": "A", "until": None, "note": "lama"}}),
        ({"oven": None}, {"oven": None}),
        ({"oven": {}}, {"oven": {"maker": "A", "until": None, "note": "lama", "grams": 5}}),
        ({"price": {"amount": 2000}}, {"price": {"amount": 2000, "currency": "MYR"}}),
        ({"price": 9000}, {"price": {"amount": 9000, "currency": "IDR"}}),
        ({"entry": {"min": 21}}, {"entry": {"kind": "age", "min": 21, "max": 45}}),
        ({"entry": {"any": [ADULT]}}, {"entry": {"any": [ADULT]}}),
        ({"name": "Roti Maumere"}, {"name": "Roti Maumere"}),
    ],
)  # fmt: skip
def test_what_is_sent_is_completed_by_what_stands_there(door: Flask, sent: Any, asked: Any) -> None:
    answer = door.test_client().patch("/v1/bakeries/1", json=sent)
    assert (answer.status_code, answer.get_json()) == (200, asked)


def test_lists_are_replaced_and_their_entries_are_whole(door: Flask) -> None:
    answer = door.test_client().patch("/v1/bakeries/1", json={"breads": [{"note": "half"}]})
    assert answer.status_code == 422
    assert {fault["pointer"] for fault in answer.get_json()["errors"]} == {"/breads/0/maker", "/breads/0/until"}


def test_a_member_that_is_needed_cannot_be_taken_out(door: Flask) -> None:
    answer = door.test_client().patch("/v1/bakeries/1", json={"oven": {"maker": None}})
    assert [fault["pointer"] for fault in answer.get_json()["errors"]] == ["/oven/maker"]


def test_an_unknown_member_is_refused_where_it_stands_and_a_kept_one_is_not(door: Flask) -> None:
    answer = door.test_client().patch("/v1/bakeries/1", json={"oven": {"nota": "x"}})
    assert [fault["pointer"] for fault in answer.get_json()["errors"]] == ["/oven/nota"]


def test_of_nothing_there_only_whole_objects_are_read(door: Flask) -> None:
    answer = door.test_client().patch("/v1/bakeries/2", json={"oven": {"note": "baru"}})
    assert {fault["pointer"] for fault in answer.get_json()["errors"]} == {"/oven/maker", "/oven/until"}
