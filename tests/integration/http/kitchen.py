"""A bakery on a real database, for whoever tries what the door keeps there: receipts, API keys, pages of a list."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from marshmallow import Schema, fields
from pymongo import ASCENDING, IndexModel

from shared import ids
from shared.documents import receipts
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import CollectionSpec, Database
from shared.http import cursors, keys
from shared.http.app import make_app
from shared.http.blueprints import Blueprint
from shared.http.callers import current_caller, public
from shared.http.fields import Text
from shared.http.idempotency import idempotent
from shared.http.keys import KeyStore
from shared.http.problems import NotFound
from shared.http.tokens import DevelopmentIssuer
from shared.settings import Common, read
from tests.support.limits import ENDLESS


class Loaf(Schema):
    id = fields.String(dump_only=True)
    version = fields.Integer(dump_only=True)
    name = Text(60, required=True)


class Page(cursors.PageSchema):
    items = fields.List(fields.Nested(Loaf))


def shown(doc: dict[str, Any]) -> dict[str, Any]:
    return {"id": doc["_id"], "version": doc["version"], "name": doc["name"]}


SPECS = [
    receipts.SPEC,
    keys.SPEC,
    CollectionSpec("loaves", [IndexModel([("name", ASCENDING)], unique=True), IndexModel([("n", 1), ("_id", 1)])]),
]


class Kitchen:
    """A bakery on a real database. ``meet`` lets a test bring two bakers together in the middle of their work."""

    def __init__(self, database: Database, issuer: DevelopmentIssuer) -> None:
        database.ensure(SPECS)
        self.database = database
        self.loaves = Aggregates(database, "loaves", None, shown)
        self.store = KeyStore(database, kind="bakery", development=True)
        self.issuer = issuer
        self.meet: Callable[[], Any] = lambda: None
        self.app = self._app()

    def _app(self) -> Flask:
        blp = Blueprint("loaves", __name__)

        @blp.route("/v1/loaves", methods=["POST"])
        @blp.etag
        @blp.arguments(Loaf)
        @blp.response(201, Loaf)
        @idempotent(lambda id: shown(self._load(id)), location="/v1/loaves/{id}")
        def bake(body: dict[str, Any]) -> Any:
            current_caller().need("loaves:write")
            self.meet()
            doc = {"_id": ids.new(), "name": body["name"]}
            return shown(self.database.run(lambda tx: self.loaves.create(tx, doc, type="baked")))

        @blp.route("/v1/loaves", methods=["GET"])
        @public
        @blp.arguments(cursors.PageArgsSchema, location="query")
        @blp.response(200, Page)
        def listed(args: dict[str, Any]) -> Any:
            found = cursors.page(self.database.collection("loaves"), {}, args, shape=shown)
            return found, 200, cursors.next_link(found["next"])

        needed = {
            "LUMBUNG_ENV": "development",
            "MONGODB_URI": "mongodb://127.0.0.1:1",
            "MONGODB_DATABASE": "bakery",
            "KAFKA_BOOTSTRAP": "127.0.0.1:1",
            "KAFKA_USERNAME": "bakery",
            "KAFKA_PASSWORD": "secret",
            "HTTP_PORT": "1",
            "OIDC_JWKS": str(self.issuer.jwks_path),
        }
        return make_app(
            house="bakery",
            version="1",
            settings=read(Common, needed),
            blueprints=[blp],
            pings={"mongodb": self.database.ping},
            database=self.database,
            keys=self.store,
            limits=ENDLESS,
        )

    def _load(self, id: str) -> dict[str, Any]:
        doc = self.loaves.load(id)
        if doc is None or doc.get("erased"):
            raise NotFound()
        return doc

    def headers(self, name: str = "Maria", key: str | None = None) -> dict[str, str]:
        token = self.issuer.mint("baker", name, scopes=["loaves:write"])
        return {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})

    def count(self) -> int:
        return self.database.collection("loaves").count_documents({})
