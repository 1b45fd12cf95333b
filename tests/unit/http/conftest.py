"""A bakery with one page of everything that the door promises, without any server."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from marshmallow import Schema, fields
from pymongo.errors import OperationFailure

from shared.documents.aggregates import StaleVersion as DocumentStale
from shared.http import cursors, uploads
from shared.http.app import make_app
from shared.http.blueprints import Blueprint
from shared.http.callers import current_caller, public
from shared.http.conditional import if_match
from shared.http.fields import Country, Isco08, IsoDate, Money, Regency, Text, Whole
from shared.http.problems import Conflict, ProblemType, say
from shared.http.tokens import DevelopmentIssuer
from shared.settings import Common, read
from tests.support.limits import ENDLESS

Make = Callable[..., Flask]


class Topping(Schema):
    name = Text(40, required=True)
    grams = Whole(max=500)


class Loaf(Schema):
    """A loaf, with one field of every kind."""

    name = Text(60, required=True)
    price = Money()
    baked = IsoDate()
    country = Country()
    regency = Regency()
    baker = Isco08()
    toppings = fields.List(fields.Nested(Topping))
    version = fields.Integer(dump_only=True)


class OvenIsCold(Exception):
    """No problem of ours: the house's table says how it is answered."""


class SoldOut(Conflict):
    code = "sold_out"
    title = say("Roti habis", "Sold out")


def bread() -> Blueprint:
    """The routes; made anew for each application, because a blueprint keeps what it was registered with."""
    blp = Blueprint("loaves", __name__, description="Loaves")

    @blp.route("/v1/loaves", methods=["POST"])
    @blp.etag
    @blp.arguments(Loaf)
    @blp.response(201, Loaf)
    def bake(body: dict[str, Any]) -> Any:
        """Bake a loaf"""
        current_caller().need("loaves:write")
        return {**body, "version": 1}

    @blp.route("/v1/loaves")
    @public
    @blp.arguments(cursors.PageArgsSchema, location="query")
    @blp.response(200, Loaf(many=True))
    def listed(args: dict[str, Any]) -> Any:
        """All loaves"""
        return []

    @blp.route("/v1/loaves/<id>", methods=["GET"])
    @blp.etag
    @blp.response(200, Loaf)
    def show(id: str) -> Any:
        """One loaf"""
        return {"name": id, "version": 7}

    @blp.route("/v1/loaves/<id>", methods=["PATCH"])
    @blp.etag
    @blp.arguments(Loaf(partial=True))
    @blp.response(200, Loaf)
    def change(body: dict[str, Any], id: str) -> Any:
        """Change a loaf"""
        if if_match() != 7:
            raise DocumentStale(7)
        return {"name": id, **body, "version": 8}

    @blp.route("/v1/files", methods=["POST"])
    @blp.response(200)
    def upload() -> Any:
        """Take a file"""
        taken = uploads.take(request)
        return taken.remembered()

    @blp.route("/v1/fails/<how>")
    @public
    @blp.response(200)
    def fail(how: str) -> Any:
        """Fail in a way of choice"""
        known = {"cold": OvenIsCold(), "sold": SoldOut(), "panic": OperationFailure("internal server error", 1)}
        raise known.get(how, RuntimeError(how))

    return blp


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> DevelopmentIssuer:
    return DevelopmentIssuer(tmp_path_factory.mktemp("issuer"), environment="development")


@pytest.fixture(scope="session")
def settings(issuer: DevelopmentIssuer) -> Common:
    return settings_with(OIDC_JWKS=str(issuer.jwks_path))


def settings_with(**more: str) -> Common:
    """Settings of a development process that reaches nothing."""
    needed = {
        "LUMBUNG_ENV": "development",
        "MONGODB_URI": "mongodb://127.0.0.1:1",
        "MONGODB_DATABASE": "bakery",
        "KAFKA_BOOTSTRAP": "127.0.0.1:1",
        "KAFKA_USERNAME": "bakery",
        "KAFKA_PASSWORD": "secret",
        "HTTP_PORT": "1",
        "OIDC_JWKS": str(Path("/nowhere/jwks.json")),
    }
    return read(Common, needed | more)


@pytest.fixture(scope="session")
def make_bakery(settings: Common) -> Make:
    """Build the application, with doubles."""

    def make(**more: Any) -> Flask:
        more.setdefault("limits", ENDLESS)
        return make_app(
            house="bakery",
            version="1.0.0",
            settings=more.pop("settings", settings),
            blueprints=more.pop("blueprints", None) or [bread()],
            pings=more.pop("pings", {}),
            problems={OvenIsCold: ProblemType(409, "oven_is_cold", say("Oven dingin", "The oven is cold"))},
            **more,
        )

    return make


@pytest.fixture(scope="session")
def client(make_bakery: Make) -> FlaskClient:
    return make_bakery().test_client()


@pytest.fixture(scope="session")
def baker(issuer: DevelopmentIssuer) -> dict[str, str]:
    """Headers of somebody who may bake."""
    return {"Authorization": f"Bearer {issuer.mint('baker', 'Maria', 'KUPANG', ['loaves:write'])}"}
