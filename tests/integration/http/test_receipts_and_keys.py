"""What the door keeps in a real database: receipts of repeated requests, API keys, pages of a list."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from marshmallow import Schema, fields
from pymongo import ASCENDING, IndexModel

from shared import ids
from shared.documents import mongo, receipts
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import CollectionSpec, Database, Tx
from shared.http import cursors, keys
from shared.http.app import make_app
from shared.http.blueprints import Blueprint
from shared.http.callers import current_caller, public
from shared.http.fields import Text
from shared.http.idempotency import idempotent
from shared.http.keys import KeyStore, TooManyKeys
from shared.http.limits import Limits
from shared.http.problems import NotFound, Unauthenticated
from shared.http.tokens import DevelopmentIssuer
from shared.settings import Common, read


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
        @blp.arguments(cursors.PageArgs, location="query")
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
            limits=Limits(nobody="100000 per minute"),
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


@pytest.fixture
def kitchen(database: Database, tmp_path: Any) -> Kitchen:
    return Kitchen(database, DevelopmentIssuer(tmp_path, environment="development"))


@pytest.fixture
def client(kitchen: Kitchen) -> Iterator[FlaskClient]:
    with kitchen.app.test_client() as client:
        yield client


def test_a_repeated_request_gets_the_first_answer(kitchen: Kitchen, client: FlaskClient) -> None:
    headers = kitchen.headers(key="4f1c")
    first = client.post("/v1/loaves", json={"name": "roti"}, headers=headers)
    again = client.post("/v1/loaves", data=b'{ "name" : "roti" }', content_type="application/json", headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    assert first.headers["Location"] == again.headers["Location"] == f"/v1/loaves/{first.get_json()['id']}"
    assert first.headers["ETag"] == again.headers["ETag"] == '"1"'
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert kitchen.count() == 1


def test_a_receipt_holds_numbers_and_never_a_body(kitchen: Kitchen, client: FlaskClient) -> None:
    client.post("/v1/loaves", json={"name": "roti gandum"}, headers=kitchen.headers(key="4f1c"))
    receipt = kitchen.database.collection(receipts.COLLECTION).find_one({})
    assert receipt is not None
    assert set(receipt) == {"_id", "body_hash", "status", "target", "version", "expires_at"}
    assert "gandum" not in str(receipt) and "4f1c" not in str(receipt["body_hash"])


def test_the_same_key_with_another_body_is_refused(kitchen: Kitchen, client: FlaskClient) -> None:
    headers = kitchen.headers(key="4f1c")
    client.post("/v1/loaves", json={"name": "roti"}, headers=headers)
    other = client.post("/v1/loaves", json={"name": "kue"}, headers=headers)
    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency_key_reused")
    assert other.get_json()["errors"][0]["pointer"] == "/Idempotency-Key"
    assert kitchen.count() == 1


def test_a_key_belongs_to_its_caller(kitchen: Kitchen, client: FlaskClient) -> None:
    client.post("/v1/loaves", json={"name": "roti"}, headers=kitchen.headers("Maria", "4f1c"))
    jons = client.post("/v1/loaves", json={"name": "kue"}, headers=kitchen.headers("Jon", "4f1c"))
    assert jons.status_code == 201
    assert kitchen.count() == 2


def test_a_refused_request_may_be_mended_under_the_same_key(kitchen: Kitchen, client: FlaskClient) -> None:
    client.post("/v1/loaves", json={"name": "roti"}, headers=kitchen.headers())
    headers = kitchen.headers(key="4f1c")
    taken = client.post("/v1/loaves", json={"name": "roti"}, headers=headers)
    assert (taken.status_code, taken.get_json()["code"]) == (409, "already_exists")
    assert client.post("/v1/loaves", json={"name": "kue"}, headers=headers).status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 201, "\xe9", "\x7f"])
def test_a_key_that_is_no_key_is_refused(kitchen: Kitchen, client: FlaskClient, key: str) -> None:
    headers = kitchen.headers() | {"Idempotency-Key": key}
    answer = client.post("/v1/loaves", json={"name": "roti"}, headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "idempotency_key_unreadable")
    assert kitchen.count() == 0


def test_twins_at_the_same_moment_have_one_effect(kitchen: Kitchen) -> None:
    together = threading.Barrier(2)
    kitchen.meet = lambda: together.wait(timeout=30)
    answers: list[Any] = []
    headers = kitchen.headers(key="4f1c")

    def send() -> None:
        answers.append(kitchen.app.test_client().post("/v1/loaves", json={"name": "roti"}, headers=headers))

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].get_json() == answers[1].get_json()
    assert sorted(answer.headers.get("Idempotent-Replayed", "") for answer in answers) == ["", "true"]
    assert kitchen.count() == 1


def test_a_replay_shows_the_document_as_it_is_now(kitchen: Kitchen, client: FlaskClient) -> None:
    headers = kitchen.headers(key="4f1c")
    id = client.post("/v1/loaves", json={"name": "roti"}, headers=headers).get_json()["id"]
    doc = kitchen.loaves.load(id)
    assert doc is not None
    kitchen.database.run(lambda tx: kitchen.loaves.change(tx, doc | {"name": "roti bakar"}, type="toasted"))
    again = client.post("/v1/loaves", json={"name": "roti"}, headers=headers)
    assert (again.get_json()["name"], again.headers["ETag"]) == ("roti bakar", '"2"')
    kitchen.database.run(lambda tx: kitchen.loaves.erase(tx, id, type="eaten"))
    assert client.post("/v1/loaves", json={"name": "roti"}, headers=headers).status_code == 404


def issue(kitchen: Kitchen, organisation: str = "roti-maju") -> str:
    return kitchen.database.run(lambda tx: kitchen.store.issue(tx, organisation, ["loaves:write"]))


def test_a_key_recognises_its_organisation(kitchen: Kitchen, client: FlaskClient) -> None:
    text = issue(kitchen)
    assert text.startswith("uji_")
    caller = kitchen.store.resolve(text)
    assert (caller.id, caller.kind, caller.organisation) == ("bakery:roti-maju", "bakery", "roti-maju")
    answer = client.post("/v1/loaves", json={"name": "roti"}, headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 201


def test_a_key_is_kept_only_as_a_hash(kitchen: Kitchen) -> None:
    text = issue(kitchen)
    row = kitchen.database.collection(keys.COLLECTION).find_one({})
    assert row is not None
    assert text.split("_", 2)[2] not in str(row)
    assert kitchen.store.listed("roti-maju") == [
        {"id": row["_id"], "scopes": ["loaves:write"], "created_at": row["created_at"]}
    ]


def another(letter: str) -> str:
    return "B" if letter == "A" else "A"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda key: key[:-2] + another(key[-2]) + key[-1],
        lambda key: key.replace("uji_", "lbg_"),
        lambda key: key + "x",
        lambda key: key.upper(),
        lambda key: key[:30],
    ],
)
def test_a_key_that_is_not_quite_right_is_refused(kitchen: Kitchen, spoil: Callable[[str], str]) -> None:
    with pytest.raises(Unauthenticated) as caught:
        kitchen.store.resolve(spoil(issue(kitchen)))
    assert caught.value.code == "key_invalid"


def test_two_keys_live_for_rotation_and_no_third(kitchen: Kitchen) -> None:
    old, new = issue(kitchen), issue(kitchen)
    with pytest.raises(TooManyKeys):
        issue(kitchen)
    issue(kitchen, "kue-jaya")
    old_id = old.split("_")[1]
    kitchen.database.run(lambda tx: kitchen.store.revoke(tx, "roti-maju", old_id))
    kitchen.database.run(lambda tx: kitchen.store.revoke(tx, "roti-maju", old_id))
    with pytest.raises(Unauthenticated):
        kitchen.store.resolve(old)
    assert kitchen.store.resolve(new).organisation == "roti-maju"
    issue(kitchen)


def test_a_third_key_cannot_slip_in_between(kitchen: Kitchen) -> None:
    outcomes: list[str] = []

    def ask() -> None:
        try:
            issue(kitchen)
            outcomes.append("issued")
        except Exception as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("issued") == 2
    assert len(kitchen.store.listed("roti-maju")) == 2


def test_a_key_of_somebody_else_cannot_be_revoked(kitchen: Kitchen) -> None:
    id = issue(kitchen).split("_")[1]
    with pytest.raises(NotFound):
        kitchen.database.run(lambda tx: kitchen.store.revoke(tx, "kue-jaya", id))


def pages(client: FlaskClient, path: str) -> Iterator[dict[str, Any]]:
    while path:
        answer = client.get(path)
        assert answer.status_code == 200
        yield answer.get_json()
        link = answer.headers.get("Link", "")
        path = link[1 : link.index(">")] if link else ""


def test_pages_hold_every_row_once_while_rows_are_added(kitchen: Kitchen, client: FlaskClient) -> None:
    collection = kitchen.database.collection("loaves")
    collection.insert_many({"_id": f"{n:03}", "version": 1, "name": f"roti {n}"} for n in range(0, 50, 2))
    seen: list[str] = []
    for number, page in enumerate(pages(client, "/v1/loaves?limit=7")):
        assert len(page["items"]) <= 7
        seen += [row["id"] for row in page["items"]]
        if number == 0:
            collection.insert_one({"_id": "001", "version": 1, "name": "late, before the cursor"})
            collection.insert_one({"_id": "049", "version": 1, "name": "late, after the cursor"})
    assert seen == [f"{n:03}" for n in range(0, 50, 2)] + ["049"]


def test_an_exact_last_page_has_no_next(kitchen: Kitchen, client: FlaskClient) -> None:
    collection = kitchen.database.collection("loaves")
    collection.insert_many({"_id": str(n), "version": 1, "name": f"roti {n}"} for n in range(4))
    assert [len(page["items"]) for page in pages(client, "/v1/loaves?limit=2")] == [2, 2]
    assert client.get("/v1/loaves?limit=4").get_json()["next"] is None


def test_rows_of_equal_order_are_all_seen(kitchen: Kitchen) -> None:
    collection = kitchen.database.collection("loaves")
    collection.insert_many({"_id": f"{n:02}", "n": n // 5, "name": f"roti {n}"} for n in range(23))
    seen: list[str] = []
    after: str | None = None
    while True:
        args: dict[str, Any] = {"limit": 3} | ({"after": after} if after else {})
        page = cursors.page(collection, {}, args, order="n")
        seen += [row["_id"] for row in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == [f"{n:02}" for n in range(23)]


class Away(Database):
    """A database that nobody can reach."""

    def __init__(self) -> None:
        super().__init__("mongodb://127.0.0.1:1", "bakery")

    def ensure(self, specs: Any) -> None:
        """Nothing can be made there."""

    def run(self, work: Callable[[Tx], Any]) -> Any:
        self.ping()


def test_an_unreachable_database_asks_for_patience(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mongo, "PATIENCE_MS", 100)
    kitchen = Kitchen(Away(), DevelopmentIssuer(tmp_path, environment="development"))
    answer = kitchen.app.test_client().post("/v1/loaves", json={"name": "roti"}, headers=kitchen.headers())
    assert (answer.status_code, answer.get_json()["code"]) == (503, "temporarily_unavailable")
    assert answer.headers["Retry-After"] == "5"
    ready = kitchen.app.test_client().get("/readyz")
    assert (ready.status_code, ready.get_json()["checks"]) == (503, {"mongodb": False})
