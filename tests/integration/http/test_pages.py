"""Pages of a list that others add to, and a database that nobody can reach."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared import clock
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


def walked(collection: Any, args: dict[str, Any], **how: Any) -> list[str]:
    """The ids of all pages of a list."""
    seen: list[str] = []
    after: str | None = None
    while True:
        page = cursors.page(collection, {}, args | ({"after": after} if after else {}), **how)
        seen += [row["_id"] for row in page["items"]]
        after = page["next"]
        if after is None:
            return seen


def test_the_newest_come_first_where_a_list_says_so(kitchen: Kitchen) -> None:
    collection = kitchen.database.collection("loaves")
    collection.insert_many({"_id": f"{n:02}", "n": n // 5, "name": f"roti {n}"} for n in range(23))
    everyone = [f"{n:02}" for n in reversed(range(23))]
    assert walked(collection, {"limit": 3}, order="n", newest=True) == everyone
    assert walked(collection, {"limit": 3}, newest=True) == everyone


def test_what_changed_since_comes_in_the_order_of_the_changes(kitchen: Kitchen) -> None:
    collection = kitchen.database.collection("loaves")
    began = clock.now().replace(microsecond=0)
    # In the opposite order of their ids, three at each moment.
    rows = [
        {"_id": f"{30 - n:02}", "name": f"roti {n}", "n": 1, "updated_at": began + timedelta(minutes=n // 3)}
        for n in range(30)
    ]
    collection.insert_many([*rows, {"_id": "erased", "name": "none", "version": 2, "erased": True}])
    args = {"limit": 4, "updated_since": began + timedelta(minutes=5)}
    expected = [row["_id"] for row in sorted(rows[15:], key=lambda row: (row["updated_at"], row["_id"]))]
    assert walked(collection, args, order="n") == walked(collection, args) == expected
    assert walked(collection, args, order="n", newest=True) == expected[::-1]


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
