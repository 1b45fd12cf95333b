"""For ``make_app``: answers as a caller wants them: fewer members (``fields=``), and packed (gzip).

Both happen after the view, so that no view need know of them.
"""

import gzip
from typing import Any

from flask import Flask, Response, json, request
from marshmallow import Schema, fields

from shared.http.door import view_of_request
from shared.http.faults import one_of
from shared.http.notices import noticed
from shared.http.problems import Fault, Invalid, say

LEAST_BYTES = 1_024
"""Below it packing costs more than it saves."""

LEVEL = 5
_PACKED = ("application/json", "application/problem+json", "application/ld+json", "text/html", "text/plain", "text/css")


def install(app: Flask) -> None:
    """Called first of all that listens to answers, so that it comes last."""
    app.after_request(_pack)
    app.after_request(_select)


def check_fields() -> None:
    """Refuse names in ``fields=`` that no row of this list has.

    Raises:
        Invalid: with the names that there are.
    """
    wanted = request.args.get("fields")
    if wanted is None or request.endpoint is None:  # there is no such address: 404 or 405 will say so
        return
    known = _members()
    if known is None:
        return
    strange = [name for name in _names(wanted) if name not in known]
    if strange:
        message = say("Tidak ada isian bernama ini di daftar ini.", "The rows of this list have no such member.")
        found = [Fault("/fields", "unknown_field", message, one_of(known, name), where="query") for name in strange]
        raise Invalid(errors=found)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _members() -> list[str] | None:
    """The members of a row of the list that the request asks for; None where it is no list."""
    described: dict[str, Any] = getattr(view_of_request(), "_apidoc", {}).get("response", {})
    answers = described.get("responses", {})
    listed = answers.get("200") or answers.get(200) or []
    schema = next((one.get("schema") for one in listed if one.get("schema") is not None), None)
    items = schema.fields.get("items") if isinstance(schema, Schema) else None
    inner = items.inner if isinstance(items, fields.List) else None
    if not isinstance(inner, fields.Nested):
        return None
    return [known.data_key or name for name, known in inner.schema.dump_fields.items()]


def _select(response: Response) -> Response:
    wanted = request.args.get("fields")
    if noticed() and response.status_code < 300 and response.is_json:
        document = response.get_json()
        if isinstance(document, dict):
            response.set_data(json.dumps({**document, "notices": noticed()}))
    if wanted is None or response.status_code != 200 or not response.is_json:
        return response
    document = response.get_json()
    if isinstance(document, dict) and isinstance(document.get("items"), list):
        kept = {"id", *_names(wanted)}
        document["items"] = [
            {name: row[name] for name in row if name in kept} if isinstance(row, dict) else row
            for row in document["items"]
        ]
        response.set_data(json.dumps(document))
    return response


def _pack(response: Response) -> Response:
    if response.mimetype not in _PACKED or response.direct_passthrough or response.is_streamed:
        return response
    vary = response.headers.get("Vary", "")
    response.headers["Vary"] = f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"
    small = (response.content_length or 0) < LEAST_BYTES
    if small or "Content-Encoding" in response.headers or not request.accept_encodings["gzip"]:
        return response
    # The ETag stays what it is: it names the version of the document, and nothing is cached or sent in parts.
    response.set_data(gzip.compress(response.get_data(), compresslevel=LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
