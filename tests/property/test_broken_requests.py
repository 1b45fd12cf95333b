"""Whatever is sent, the answer is at most a refusal: problem+json with a code, never a 5xx."""

import json
from typing import Any, cast

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marshmallow import Schema, fields

from shared.documents.mongo import Database
from shared.documents.silence import Silence
from shared.http import cursors, uploads
from shared.http import fields as ours
from shared.http.app import make_app
from shared.http.blueprints import Blueprint
from shared.http.callers import public
from shared.http.conditional import if_match
from shared.http.idempotency import idempotent
from shared.settings import Common, read
from tests.support.limits import ENDLESS

quietly = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Loaf(Schema):
    name = ours.Text(60, required=True)
    kind = ours.Code(["PLAIN", "SWEET"])
    price = ours.Money()
    baked = ours.IsoDate()
    sold = ours.Instant()
    country = ours.Country()
    regency = ours.Regency()
    baker = ours.Isco08()
    speaks = ours.Language()
    id = ours.Uuid()
    weight = ours.Number()
    pieces = ours.Whole()
    plain = fields.Integer()
    is_fresh = fields.Boolean()
    tags = fields.Dict(keys=fields.String(), values=fields.Float())
    inside = fields.List(fields.Nested(lambda: Loaf(only=("name", "price", "regency"))))


def bakery() -> Flask:
    blp = Blueprint("loaves", __name__)

    @blp.route("/v1/loaves", methods=["POST"])
    @public
    @blp.arguments(Loaf)
    @blp.response(201)
    @idempotent(lambda id: {})
    def bake(body: dict[str, Any]) -> Any:
        return {"name": body["name"]}

    @blp.route("/v1/loaves", methods=["GET"])
    @public
    @blp.arguments(cursors.PageArgsSchema, location="query")
    @blp.response(200)
    def listed(args: dict[str, Any]) -> Any:
        return {"after": cursors.decode(args["after"]) if "after" in args else None}

    @blp.route("/v1/loaves/<id>", methods=["PATCH"])
    @public
    @blp.response(200)
    def change(id: str) -> Any:
        return {"version": if_match()}

    @blp.route("/v1/files", methods=["POST"])
    @public
    @blp.response(200)
    def upload() -> Any:
        return {"bytes": len(uploads.take(request).content)}

    needed = {
        "LUMBUNG_ENV": "development",
        "MONGODB_URI": "mongodb://127.0.0.1:1",
        "MONGODB_DATABASE": "bakery",
        "KAFKA_BOOTSTRAP": "127.0.0.1:1",
        "KAFKA_USERNAME": "bakery",
        "KAFKA_PASSWORD": "secret",
        "HTTP_PORT": "1",
        "OIDC_JWKS": "/nowhere",
    }
    return make_app(
        house="bakery",
        version="1",
        settings=read(Common, needed),
        blueprints=[blp],
        pings={},
        database=cast(Database, NoReceipts()),
        limits=ENDLESS,
    )


class NoReceipts:
    """A database that holds nothing, for the look-up of receipts, and that answers."""

    def __init__(self) -> None:
        self.silence = Silence(lambda: None)

    def collection(self, name: str) -> "NoReceipts":
        return self

    def find_one(self, where: Any) -> None:
        return None


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return bakery().test_client()


def harmless(answer: Any) -> None:
    assert answer.status_code < 500, answer.get_data(as_text=True)
    if answer.status_code >= 400:
        assert answer.mimetype == "application/problem+json"
        body = json.loads(answer.get_data())
        assert body["code"] and body["title"] and body["status"] == answer.status_code
        json.dumps(body).encode("ascii")


header_text = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\x00"), max_size=80)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(
    ["53.06", "5306", "MYS", "2026-12-08", "8/12/2026", "9111", "JLPT", "PLAIN", {"amount": 1, "currency": "MYR"}]
)  # fmt: skip
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4)
)
loaves = st.dictionaries(st.sampled_from([*Loaf().fields, "other", ""]), anything, max_size=8)


@quietly
@given(data=st.binary(max_size=300), kind=st.sampled_from(["application/json", "text/csv", "", "x/y"]) | header_text)
def test_any_bytes_as_a_body(client: FlaskClient, data: bytes, kind: str) -> None:
    harmless(client.post("/v1/loaves", data=data, content_type=kind))


@quietly
@given(body=loaves | anything)
def test_any_json_as_a_body(client: FlaskClient, body: Any) -> None:
    harmless(client.post("/v1/loaves", data=json.dumps(body).encode(), content_type="application/json"))


@quietly
@given(data=st.binary(max_size=300), head=st.sampled_from([b"PK\x03\x04", b"\x1f\x8b", b"--x\r\n", b"\xff\xfe", b""]))
def test_any_bytes_as_a_file(client: FlaskClient, data: bytes, head: bytes) -> None:
    for kind in ("text/csv", "multipart/form-data; boundary=x", "application/gzip"):
        harmless(client.post("/v1/files", data=head + data, content_type=kind))


@quietly
@given(query=st.binary(max_size=80) | st.from_regex(rb"(after|limit)=.{0,60}"))
def test_any_query(client: FlaskClient, query: bytes) -> None:
    harmless(client.get("/v1/loaves", query_string=query.decode("latin-1").replace("#", "")))


@quietly
@given(
    name=st.sampled_from(
        [
            "Authorization",
            "If-Match",
            "If-None-Match",
            "Idempotency-Key",
            "Accept-Language",
            "Accept",
            "Content-Encoding",
            "Content-Disposition",
            "traceparent",
            "Cookie",
            "Range",
            "Host",
        ]
    ),
    value=header_text,
)
def test_any_header(client: FlaskClient, name: str, value: str) -> None:
    headers = {name: value}
    if name == "Authorization" and len(value) % 2:
        headers = {name: f"Bearer {value}"}
    harmless(client.post("/v1/loaves", json={"name": "roti"}, headers=headers))
    harmless(client.patch("/v1/loaves/x", headers=headers))
    harmless(client.post("/v1/files", data=b"a;b", content_type="text/csv", headers=headers))


@quietly
@given(path=st.text(max_size=40), method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "X"]))
def test_any_path_and_method(client: FlaskClient, path: str, method: str) -> None:
    try:
        path.encode()
    except UnicodeEncodeError:
        return
    harmless(client.open("/v1/loaves/" + path, method=method))
