"""Routes of the import door: send a JSON file, watch it, read what became of each item."""

from typing import Any

from flask import request

from services.placement.actions import imports as door
from services.placement.api.context import current_caller, house
from services.placement.schemas.imports import WantedSchema
from shared.http import uploads
from shared.http.blueprints import Blueprint, body
from shared.http.bodies import is_json, parse
from shared.http.cursors import next_link
from shared.http.idempotency import idempotent
from shared.http.problems import UnsupportedMedia
from shared.imports import answers, shown

blp = Blueprint("imports", __name__, description="Files of companies, partners, job orders and policies: JSON")

Answer = dict[str, Any]


@blp.route("/v1/imports", methods=["POST"])
@blp.arguments(WantedSchema, location="query")
@blp.doc(requestBody=uploads.JSON_REQUEST_BODY)
@blp.response(202, answers.ImportSchema)
@idempotent(show=lambda id: shown(door.report(current_caller(), house(), id)), status=202, location="/v1/imports/{id}")
def sent(wanted: Answer) -> Answer:
    """Send a JSON list, as the body or as a form (`file`). Nothing is saved unless `dry_run=false`."""
    items, file = _file()
    return shown(door.start(current_caller(), house(), items, file=file, **wanted))


@blp.route("/v1/imports/<import_id>", methods=["GET"])
@blp.etag
@blp.response(200, answers.ImportSchema)
def reported(import_id: str) -> Any:
    """How far the import is, and the sum of what came of it."""
    return answers.with_patience(shown(door.report(current_caller(), house(), import_id)))


@blp.route("/v1/imports/<import_id>/rows", methods=["GET"])
@blp.arguments(answers.RowArgsSchema, location="query")
@blp.response(200, answers.RowsSchema)
def rows(args: Answer, import_id: str) -> tuple[Answer, dict[str, str]]:
    """What became of each item, in the order of the file."""
    found = door.rows(current_caller(), house(), import_id, args)
    return found, next_link(found["next"])


def _file() -> tuple[Any, dict[str, Any]]:
    """The JSON document that was sent, and what is remembered of its file."""
    if is_json(request):
        return body(request), {"kind": "JSON", "sha256": None, "bytes": request.content_length}
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMedia(
            {
                "id": "Kirim JSON (application/json), atau formulir dengan berkas JSON di bagian file.",
                "en": "Send JSON (application/json), or a form with a JSON file in the part file.",
            }
        )
    upload = uploads.take(request)
    return parse(upload.content, most_values=door.MOST_VALUES), upload.remembered("JSON")
