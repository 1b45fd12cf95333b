"""Routes of the import door: send a sheet of courses and batches, watch it, read what became of each row."""

from typing import Any

from flask import Response, request

from services.training.actions import imports as actions
from services.training.api.context import current_caller, house
from shared.http import uploads
from shared.http.blueprints import Blueprint
from shared.http.cursors import PageArgsSchema, next_link
from shared.http.fields import Uuid
from shared.http.idempotency import idempotent
from shared.imports import answers, shown

blp = Blueprint("imports", __name__, url_prefix="/v1/imports", description="Sheets of courses and batches: CSV or XLSX")

Answer = dict[str, Any]


class WantedSchema(answers.SheetWantedSchema):
    provider = Uuid(metadata={"description": "Whose courses these are: staff only; a provider's key says it."})


@blp.route("", methods=["POST"])
@blp.arguments(WantedSchema, location="query")
@blp.doc(requestBody=uploads.REQUEST_BODY)
@blp.response(202, answers.ImportSchema)
@idempotent(
    show=lambda id: shown(actions.report(current_caller(), house(), id)), status=202, location="/v1/imports/{id}"
)
def sent(wanted: Answer) -> Answer:
    """Send a CSV or XLSX, as a form (`file`) or as bare bytes. Nothing is saved unless `dry_run=false`."""
    return shown(
        actions.start(
            current_caller(),
            house(),
            uploads.take(request),
            provider_id=wanted.get("provider"),
            dry_run=wanted["dry_run"],
            only_good=wanted["only_good"],
            ignore=wanted["ignore"],
        )
    )


@blp.route("", methods=["GET"])
@blp.arguments(PageArgsSchema, location="query")
@blp.response(200, answers.ImportPageSchema)
def listed(args: Answer) -> tuple[Answer, dict[str, str]]:
    """Your imports, the newest first, each in short: how far it is and what came of it"""
    found = actions.listed(current_caller(), house(), args)
    return found, next_link(found["next"])


@blp.route("/template.xlsx", methods=["GET"])
@blp.response(200, content_type=uploads.XLSX)
def template() -> Response:
    """A sheet with all columns, drop-downs and instructions, filled with the provider's own courses"""
    answer = Response(actions.template(current_caller(), house()), mimetype=uploads.XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="kursus.xlsx"'
    return answer


@blp.route("/<import_id>", methods=["GET"])
@blp.etag
@blp.response(200, answers.ImportSchema)
def reported(import_id: str) -> Any:
    """How far the import is, and the sum of what came of it"""
    return answers.with_patience(shown(actions.report(current_caller(), house(), import_id)))


@blp.route("/<import_id>/annotated.xlsx", methods=["GET"])
@blp.response(200, content_type=uploads.XLSX)
def annotated(import_id: str) -> Response:
    """The file as XLSX with every fault beside its cell: mend it there and send it again."""
    answer = Response(actions.annotated(current_caller(), house(), import_id), mimetype=uploads.XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="perbaikan.xlsx"'
    return answer


@blp.route("/<import_id>/rows", methods=["GET"])
@blp.arguments(answers.RowArgsSchema, location="query")
@blp.response(200, answers.RowsSchema)
def rows(args: Answer, import_id: str) -> tuple[Answer, dict[str, str]]:
    """What became of each row, in the order of the file"""
    found = actions.rows(current_caller(), house(), import_id, args)
    return found, next_link(found["next"])
