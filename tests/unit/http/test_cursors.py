"""A cursor continues where a page ended, and only our own do."""

import base64
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from shared.http import cursors
from shared.http.problems import Malformed


def test_a_cursor_names_a_place() -> None:
    moment = datetime(2026, 12, 8, 6, 30, tzinfo=UTC)
    assert cursors.decode(cursors.encode({"_id": "a"})) == ["a"]
    assert cursors.decode(cursors.encode({"_id": "a", "at": moment}, "at"), "at") == [moment, "a"]
    assert cursors.decode(cursors.encode({"_id": "a", "n": 4.5}, "n"), "n") == [4.5, "a"]


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%",
        "=",
        "é",
        "a" * 501,
        encoded("{}"),
        encoded("[]"),
        encoded('["_id"]'),
        encoded('["_id", null]'),
        encoded('["_id", ["a"]]'),
        encoded('["_id", {"$gt": ""}]'),
        encoded('["_id", {"t": "x"}]'),
        encoded('["_id", {"t": 5}]'),
        encoded('["_id", "a", "b"]'),
        encoded('["other", "a"]'),
        encoded('["_id", NaN]'),
        encoded("[" * 300),
        encoded('["_id", true]'),
        encoded('["_id", 7]'),
        encoded('["_id", "\\ud800"]'),
        encoded('["_id", "\\u0000"]'),
        encoded('["_id", {"t": "0001-01-01T00:00:00+08:00"}]'),
    ],
)
def test_what_we_did_not_give_is_refused(cursor: str) -> None:
    with pytest.raises(Malformed) as caught:
        cursors.decode(cursor)
    assert caught.value.code == "cursor_unreadable"
    assert caught.value.errors[0].pointer == "/after"


@pytest.mark.parametrize(
    ("cursor", "cut"),
    [('["at", 5, "x"]', "2026-000100"), ('["at", {"t": "2026-12-08T06:30:00+00:00"}, "x"]', "a"),
     ('["at", "x", "x"]', datetime(2026, 12, 8, tzinfo=UTC))],
)  # fmt: skip
def test_a_place_that_cannot_be_compared_with_the_cuts_of_a_list_is_none_of_it(cursor: str, cut: object) -> None:
    rows: Any = None  # nothing is asked of them
    with pytest.raises(Malformed, match="not of this list"):
        cursors.page(rows, {}, {"after": encoded(cursor)}, order="at", cuts=lambda order: [cut])


def test_the_link_keeps_the_filters_of_the_request() -> None:
    with Flask("x").test_request_context("/v1/loaves?crust=THIN&limit=5&after=old"):
        assert cursors.next_link("new") == {"Link": '</v1/loaves?crust=THIN&limit=5&after=new>; rel="next"'}
        assert cursors.next_link(None) == {}
    with Flask(__name__).test_request_context("/v1/loaves?fields=" + "id," * 1_500):
        assert cursors.next_link("new") == {}, "it would fit into no proxy's header; the body has it too"


class Asked:
    """A collection without rows that remembers what it was asked for."""

    def find(self, query: dict[str, Any], projection: object) -> "Asked":
        self.query = query
        return self

    def sort(self, order: object) -> "Asked":
        return self

    def limit(self, most: int) -> list[dict[str, Any]]:
        return []


@pytest.mark.parametrize(
    ("newest", "at", "asked"),
    [
        (True, "a/5", {"$gte": "a/", "$lt": "a/5"}),
        (True, "b/5", {"$gte": "a/", "$lt": "a0"}),
        (False, "a/5", {"$gte": "a/", "$lt": "a0", "$gt": "a/5"}),
        (False, "0", {"$gte": "a/", "$lt": "a0", "$gt": "0"}),
    ],
)
def test_a_cursor_leads_nowhere_beyond_the_span_of_a_list(newest: bool, at: str, asked: dict[str, str]) -> None:
    rows: Any = Asked()
    cursors.page(rows, {"_id": {"$gte": "a/", "$lt": "a0"}}, {"after": cursors.encode({"_id": at})}, newest=newest)
    assert rows.query == {"_id": asked}
