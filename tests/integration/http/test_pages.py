"""Pages of a list that others add to, and a database that nobody can reach."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.documents import mongo
from shared.documents.mongo import Database, Tx
from shared.http import cursors
from shared.http.tokens import DevelopmentIssuer
from tests.integration.http.kitchen import Kitchen


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

    def run(self, work: Callable[[Tx], Any], *, gathering: bool = False) -> Any:
        self.ping()


def test_an_unreachable_database_asks_for_patience(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mongo, "PATIENCE_MS", 100)
    kitchen = Kitchen(Away(), DevelopmentIssuer(tmp_path, environment="development"))
    answer = kitchen.app.test_client().post("/v1/loaves", json={"name": "roti"}, headers=kitchen.headers())
    assert (answer.status_code, answer.get_json()["code"]) == (503, "temporarily_unavailable")
    assert answer.headers["Retry-After"] == "5"
    ready = kitchen.app.test_client().get("/readyz")
    assert (ready.status_code, ready.get_json()["checks"]) == (503, {"mongodb": False})
