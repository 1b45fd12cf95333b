"""Answers as callers want them: fewer members, packed; and codes with a slash in the address."""

import gzip
from typing import Any

from flask.testing import FlaskClient
from marshmallow import Schema, fields

from shared.http import cursors
from shared.http.blueprints import Blueprint
from shared.http.callers import public


class Row(Schema):
    id = fields.String()
    name = fields.String()
    note = fields.String()


class Page(cursors.PageSchema):
    items = fields.List(fields.Nested(Row))


def a_list(make_bakery: Any) -> FlaskClient:
    blp = Blueprint("rows", __name__)

    @blp.route("/v1/rows", methods=["GET"])
    @public
    @blp.arguments(cursors.ChangedArgsSchema, location="query")
    @blp.response(200, Page)
    def listed(args: dict[str, Any]) -> Any:
        rows = [{"id": str(n), "name": "roti", "note": "x" * 100} for n in range(args["limit"])]
        return {"items": rows, "next": "more"}

    @blp.route("/v1/rows/<first>/of/<second>", methods=["GET"])
    @public
    @blp.response(200)
    def one(first: str, second: str) -> Any:
        return {"first": first, "second": second}

    client: FlaskClient = make_bakery(blueprints=[blp]).test_client()
    return client


def test_a_list_shows_only_the_members_that_are_wanted(make_bakery: Any) -> None:
    client = a_list(make_bakery)
    whole = client.get("/v1/rows?limit=2").get_json()
    some = client.get("/v1/rows?limit=2&fields=name").get_json()
    assert set(whole["items"][0]) == {"id", "name", "note"}
    assert [set(row) for row in some["items"]] == [{"id", "name"}] * 2
    assert some["next"] == whole["next"]
    assert set(client.get("/v1/rows?fields=note,%20name,").get_json()["items"][0]) == {"id", "name", "note"}


def test_a_member_that_no_row_has_is_refused_with_the_nearest(make_bakery: Any) -> None:
    answer = a_list(make_bakery).get("/v1/rows?fields=name,nmae", headers={"Accept-Language": "en"})
    (fault,) = answer.get_json()["errors"]
    assert (answer.status_code, fault["pointer"], fault["fix"]) == (422, "/fields", "Did you mean name?")


def test_an_answer_is_packed_for_who_takes_it(make_bakery: Any) -> None:
    client = a_list(make_bakery)
    plain = client.get("/v1/rows?limit=50")
    packed = client.get("/v1/rows?limit=50", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data) / 5
    assert "Accept-Encoding" in plain.headers["Vary"]
    for refuses in ("identity", "gzip;q=0", "br"):
        assert "Content-Encoding" not in client.get("/v1/rows", headers={"Accept-Encoding": refuses}).headers
    assert "Content-Encoding" not in client.get("/v1/rows?limit=1", headers={"Accept-Encoding": "gzip"}).headers


def test_a_code_may_hold_a_slash(make_bakery: Any) -> None:
    client = a_list(make_bakery)
    for sent, first, second in (
        ("BLK%2FENDE/of/A%2F1", "BLK/ENDE", "A/1"),
        ("BLK%2fENDE/of/%2F", "BLK/ENDE", "/"),
        ("a%20b/of/%C3%A9%2F", "a b", "é/"),
        ("plain/of/code", "plain", "code"),
    ):
        answer = client.get(f"/v1/rows/{sent}")
        assert answer.get_json() == {"first": first, "second": second}, sent
    assert client.get("/v1/rows/a/b/of/c").status_code == 404


def test_a_created_document_says_where_it_can_be_read(client: FlaskClient, baker: dict[str, str]) -> None:
    answer = client.post("/v1/loaves", json={"name": "roti"}, headers=baker)
    if "Location" in answer.headers:
        assert answer.headers["Content-Location"] == answer.headers["Location"]
