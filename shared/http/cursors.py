"""For lists: keyset pages that stay right while rows are added, and cost the same on page 1 and page 1,000.

A cursor is the last row's place in the order, encoded so that nobody builds one by hand; a cursor that we did not
give is refused, never guessed at.
"""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import has_request_context, request
from marshmallow import EXCLUDE, Schema, fields
from pymongo.collection import Collection

from shared.documents.spans import first_rows
from shared.http.bodies import parse
from shared.http.fields import EARLIEST, LATEST, InstantInAddress, Whole
from shared.http.problems import Fault, Malformed, say

LIMIT, MOST = 20, 100

Cuts = Callable[[str], Sequence[Any]]

LONGEST = 500
"""Characters of a cursor; ours have a tenth."""

LONGEST_LINK = 3_000
"""Characters of a ``Link``: a proxy takes 4 kB of an answer's head, and the filters that it repeats may be longer."""


class PageArgsSchema(Schema):
    """The query parameters of every list; a list with filters inherits from it."""

    after = fields.String(metadata={"description": "The `next` of the page before."})
    limit = Whole(min=1, max=MOST, load_default=LIMIT, metadata={"description": "Rows on a page."})
    fields_ = fields.String(
        data_key="fields",
        attribute="fields",
        metadata={"description": "Only these members of each row, with commas; `id` is always there."},
    )


class ChangedArgsSchema(PageArgsSchema):
    """The same for lists whose rows know when they were changed."""

    updated_since = InstantInAddress(metadata={"description": "Only what was changed at or after this moment."})


def page(
    collection: "Collection[dict[str, Any]]",
    where: Mapping[str, Any],
    args: Mapping[str, Any],
    *,
    order: str = "_id",
    newest: bool = False,
    shape: Callable[[dict[str, Any]], dict[str, Any]] = dict,
    projection: Mapping[str, Any] | None = None,
    cuts: Cuts | None = None,
) -> dict[str, Any]:
    """One page of a query: ``{"items": [...], "next": cursor | None}``, rows by ``order`` and then ``_id``.

    Args:
        where: equality conditions, or a span of ``_id`` alone; together with ``order`` they should be a prefix of one
            index, and where the list takes ``updated_since`` with ``updated_at`` too.
        order: a field that every row has and that never changes (``_id``, ``created_at``, a number).
        newest: the last rows first; with ``updated_since`` those changed last.
        shape: what a row looks like outside.
        cuts: field of the order → where its values may be cut into spans (:mod:`shared.documents.spans`), for a list
            that may be long.
    """
    limit = int(args.get("limit", LIMIT))
    query: dict[str, Any] = dict(where)

    def read(query: Mapping[str, Any], order: str, limit: int) -> list[dict[str, Any]]:
        way = -1 if newest else 1
        sort = [(order, way)] if order == "_id" else [(order, way), ("_id", way)]
        return list(collection.find(query, projection).sort(sort).limit(limit))

    def find(query: Mapping[str, Any], order: str, limit: int) -> list[dict[str, Any]]:
        if places is None or order == "_id":
            return read(query, order, limit + 1)
        span = query.get(order, {})
        since = {name: value for name, value in span.items() if name != "$lt"}
        until = {name: value for name, value in span.items() if name == "$lt"}

        def within(condition: Mapping[str, Any], many: int) -> list[dict[str, Any]]:
            rest = {name: value for name, value in query.items() if name != order}
            return read({**rest, **({order: condition} if condition else {})}, order, many)

        return first_rows(within, places, limit + 1, since=since, until=until, last=newest)

    if args.get("updated_since") is not None:
        # In the order of changes, so that an index finds them. Whatever changes meanwhile comes once more, at the end.
        order, query["updated_at"] = "updated_at", {"$gte": args["updated_since"]}
    places = None if cuts is None or order == "_id" else cuts(order)
    after = args.get("after")
    if after:
        place = decode(after, order)
        if places and not isinstance(place[0], type(places[0])):
            raise _unreadable()  # anybody can write one, and a number stands nowhere among moments
        if order == "_id":
            span = query.get("_id", {})
            # A cursor that somebody made up leads nowhere beyond the span.
            until = {"$lt": min(place[0], span.get("$lt", place[0]))} if newest else {"$gt": place[0]}
            query["_id"] = {**span, **until}
            rows = find(query, order, limit)
        else:
            # Two index ranges instead of one $or: first the rest of the row's own value, then what is beyond.
            beyond = "$lt" if newest else "$gt"
            same = find({**query, order: place[0], "_id": {beyond: place[1]}}, "_id", limit)
            rest = limit + 1 - len(same)
            since = query.get(order, {}) if newest else {}
            rows = same + (find({**query, order: {**since, beyond: place[0]}}, order, rest - 1) if rest > 0 else [])
    else:
        rows = find(query, order, limit)
    more = len(rows) > limit
    rows = rows[:limit]
    return {"items": [shape(row) for row in rows], "next": encode(rows[-1], order) if more and rows else None}


def any_of(values: Sequence[Any]) -> Any:
    """The condition that a field is one of these; of one value an equality, which an index can begin with."""
    return values[0] if len(values) == 1 else {"$in": list(values)}


def encode(row: Mapping[str, Any], order: str = "_id") -> str:
    """The cursor that continues after this row."""
    value = row[order]
    if isinstance(value, datetime):
        value = {"t": value.isoformat()}
    place = [order, value] if order == "_id" else [order, value, row["_id"]]
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str, order: str = "_id") -> list[Any]:
    """The place that a cursor names. 400 for a text that is no cursor of this list."""
    try:
        return _place(cursor, order)
    except (ValueError, KeyError, IndexError, TypeError, Malformed):
        raise _unreadable() from None


def _unreadable() -> Malformed:
    text = say(
        "Kursor ini bukan dari daftar ini. Mulai lagi tanpa after.",
        "This cursor is not of this list. Start again without after.",
    )
    fault = Fault("/after", "cursor_unreadable", text, FROM_THE_PAGE_BEFORE, where="query")
    return Malformed(text, code="cursor_unreadable", errors=[fault])


FROM_THE_PAGE_BEFORE = say(
    "Salin next dari jawaban halaman sebelumnya, atau kirim tanpa after untuk mulai dari awal.",
    "Copy the next of the page before, or leave after out to begin at the beginning.",
)
"""Where a cursor comes from."""


def _place(cursor: str, order: str) -> list[Any]:
    """What a cursor holds, if it could be one of ours; anybody can write one, so it is read as strictly as a body."""
    if len(cursor) > LONGEST:
        raise ValueError(cursor)
    place = parse(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    if not isinstance(place, list) or len(place) != (2 if order == "_id" else 3) or place[0] != order:
        raise ValueError(cursor)
    value, id = place[1], place[-1]
    if isinstance(value, dict):
        value = datetime.fromisoformat(value["t"])
        if value.tzinfo is None or not EARLIEST <= value.date() <= LATEST:
            raise ValueError(cursor)
    if not isinstance(id, str) or not isinstance(value, str | int | float | datetime) or isinstance(value, bool):
        raise ValueError(cursor)
    return [value] if order == "_id" else [value, id]


def next_link(cursor: str | None) -> dict[str, str]:
    """The ``Link`` header of a page, with the request's own filters kept; empty on the last page, and where they are
    too long for a header: the body has ``next`` as well.
    """
    if cursor is None or not has_request_context():
        return {}
    query = {**request.args.to_dict(flat=False), "after": [cursor]}
    link = f'<{request.path}?{urlencode(query, doseq=True)}>; rel="next"'
    return {"Link": link} if len(link) <= LONGEST_LINK else {}


class PageSchema(Schema):
    """Base of the body of a list: a subclass adds ``items``."""

    class Meta:
        unknown = EXCLUDE

    next = fields.String(allow_none=True, metadata={"description": "Pass it as `after` for the next page."})
