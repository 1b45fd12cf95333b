"""Routes of the import door: send a sheet of people, watch it, read what became of each row."""

from typing import Any

from flask import Response, request

from services.registry.actions import register
from services.registry.actions.imports import door
from services.registry.api.context import current_caller, house
from services.registry.schemas import desks, imports
from shared.http import uploads
from shared.http.blueprints import Blueprint
from shared.http.cursors import PageArgsSchema, next_link
from shared.http.idempotency import idempotent
from shared.imports import answers
from shared.imports import shown as shown_import

blp = Blueprint("imports", __name__, description="Sheets of people: CSV or XLSX")

Answer = dict[str, Any]


def shown(document: Answer) -> Answer:
    told = shown_import(document)
    return {**told, "unknown_columns": [one["cell"] for one in told["unread"]]}


@blp.route("/v1/imports", methods=["POST"])
@blp.arguments(answers.SheetWantedSchema, location="query")
@blp.doc(requestBody=uploads.REQUEST_BODY)
@blp.response(202, imports.ImportSchema)
@idempotent(show=lambda id: shown(door.report(current_caller(), house(), id)), status=202, location="/v1/imports/{id}")
def sent(wanted: Answer) -> Answer:
    """Send a CSV or XLSX, as a form (`file`) or as bare bytes. Nothing is saved unless `dry_run=false`."""
    upload = uploads.take(request)
    return shown(door.start(current_caller(), house(), upload, **wanted))


@blp.route("/v1/imports", methods=["GET"])
@blp.arguments(PageArgsSchema, location="query")
@blp.response(200, answers.ImportPageSchema)
def listed(args: Answer) -> tuple[Answer, dict[str, str]]:
    """The imports that you sent, the newest first, each in short."""
    found = door.listed(current_caller(), house(), args)
    return found, next_link(found["next"])


@blp.route("/v1/imports/template.xlsx", methods=["GET"])
@blp.response(200, content_type=uploads.XLSX)
def template() -> Response:
    """An empty sheet with all columns, drop-downs and instructions."""
    answer = Response(door.template(current_caller()), mimetype=uploads.XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="calon.xlsx"'
    return answer


@blp.route("/v1/candidates:export", methods=["POST"])
@blp.arguments(desks.RegisterSheetSchema)
@blp.response(200, content_type=uploads.XLSX)
def register_sheet(wanted: Answer) -> Response:
    """The register of your own centre as a sheet; sent back to `/v1/imports` as it is, it changes nothing.

    A POST, because everybody in it gets a row with the reason in their trail. NIK, consents and papers are not in it.
    """
    answer = Response(register.as_sheet(current_caller(), house(), **wanted), mimetype=uploads.XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="daftar-calon.xlsx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blp.route("/v1/imports/<import_id>", methods=["GET"])
@blp.etag
@blp.response(200, imports.ImportSchema)
def reported(import_id: str) -> Any:
    """How far the import is, and the sum of what came of it."""
    return answers.with_patience(shown(door.report(current_caller(), house(), import_id)))


@blp.route("/v1/imports/<import_id>/annotated.xlsx", methods=["GET"])
@blp.response(200, content_type=uploads.XLSX)
def annotated(import_id: str) -> Response:
    """The file as XLSX with every fault beside its cell: mend it there and send it again."""
    answer = Response(door.annotated(current_caller(), house(), import_id), mimetype=uploads.XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="perbaikan.xlsx"'
    return answer


@blp.route("/v1/imports/<import_id>/rows", methods=["GET"])
@blp.arguments(answers.RowArgsSchema, location="query")
@blp.response(200, imports.RowsSchema)
def rows(args: Answer, import_id: str) -> tuple[Answer, dict[str, str]]:
    """What became of each row, in the order of the file."""
    found = door.rows(current_caller(), house(), import_id, args)
    told = {**found, "items": [{**row, "candidate_id": row["target"]} for row in found["items"]]}
    return told, next_link(found["next"])
