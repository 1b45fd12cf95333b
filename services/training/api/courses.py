"""`/v1/courses`: courses, their batches and their review."""

from typing import Any

from services.training.actions import batches as batch_actions
from services.training.actions import courses as actions
from services.training.api.context import current_caller, house, shown, shown_page
from services.training.api.linked_data import course_as_json_ld
from services.training.schemas.batches import BatchArgsSchema, BatchInSchema, BatchOutSchema, BatchPageSchema
from services.training.schemas.courses import (
    CourseArgsSchema,
    CourseBodySchema,
    CourseInSchema,
    CourseOutSchema,
    CoursePageSchema,
    CoursePatchSchema,
    ReviewInSchema,
)
from shared.http.blueprints import Blueprint
from shared.http.callers import public
from shared.http.conditional import if_match
from shared.http.cursors import next_link
from shared.http.idempotency import idempotent
from shared.http.merging import merges_into

blp = Blueprint("courses", __name__, url_prefix="/v1/courses", description="Courses and their batches")


@blp.route("", methods=["POST"])
@blp.etag
@blp.arguments(CourseInSchema)
@blp.response(201, CourseOutSchema)
@idempotent(lambda id: shown(actions.load(house(), id)), location="/v1/courses/{id}")
def submit(data: dict[str, Any]) -> Any:
    """Describe a new course; it waits for review"""
    return shown(actions.submit(current_caller(), house(), data))


@blp.route("", methods=["GET"])
@blp.arguments(CourseArgsSchema, location="query")
@blp.response(200, CoursePageSchema)
def listed(args: dict[str, Any]) -> Any:
    """Courses, by provider, review state or occupation"""
    found = shown_page(actions.page(current_caller(), house(), args))
    return found, 200, next_link(found["next"])


@blp.route("/<id>", methods=["GET"])
@blp.etag
@blp.response(200, CourseOutSchema)
def show(id: str) -> Any:
    """One course"""
    return shown(actions.show(current_caller(), house(), id))


@blp.route("/<id>.jsonld", methods=["GET"])
@public
def linked_data(id: str) -> Any:
    """One approved course as schema.org Course, for search engines and other catalogues"""
    course = actions.load_public(house(), id)
    answer = course_as_json_ld(course, house().store.batches_of(id))
    return answer, 200, {"Content-Type": "application/ld+json"}


@blp.route("/<id>", methods=["PATCH"])
@blp.etag
@merges_into(lambda id: house().store.courses.load(id))
@blp.arguments(CoursePatchSchema)
@blp.response(200, CourseOutSchema)
def change(changes: dict[str, Any], id: str) -> Any:
    """Change a course; what a reviewer looked at goes back to review"""
    return shown(actions.change(current_caller(), house(), id, if_match(), changes))


@blp.route("/<id>", methods=["DELETE"])
@blp.etag
@blp.response(200, CourseOutSchema)
def withdraw(id: str) -> Any:
    """Take a course off the market; its record stays"""
    return shown(actions.withdraw(current_caller(), house(), id, if_match()))


@blp.route("/by-code/<provider_id>/<path:code>", methods=["PUT"])
@blp.arguments(CourseBodySchema)
@blp.response(200, CourseOutSchema)
@blp.alt_response(201, schema=CourseOutSchema)
def upsert(data: dict[str, Any], provider_id: str, code: str) -> Any:
    """State a course by your own code, for machines: the same again changes nothing"""
    doc, is_new = actions.upsert(current_caller(), house(), provider_id, code, data)
    headers = {"ETag": f'"{doc["version"]}"', "Content-Location": f"/v1/courses/{doc['_id']}"}
    return shown(doc), 201 if is_new else 200, headers


@blp.route("/<id>/review", methods=["POST"])
@blp.etag
@blp.arguments(ReviewInSchema)
@blp.response(200, CourseOutSchema)
def review(data: dict[str, Any], id: str) -> Any:
    """Approve or reject (province); an unreviewed course is never recommended"""
    return shown(actions.review(current_caller(), house(), id, if_match(), data["decision"], data["reason"]))


@blp.route("/<id>/batches", methods=["POST"])
@blp.etag
@blp.arguments(BatchInSchema)
@blp.response(201, BatchOutSchema)
@idempotent(lambda id: shown(batch_actions.load(house(), id)), location="/v1/batches/{id}")
def plan(data: dict[str, Any], id: str) -> Any:
    """Add a batch: dates, place, seats"""
    return shown(batch_actions.plan(current_caller(), house(), id, data))


@blp.route("/<id>/batches", methods=["GET"])
@blp.arguments(BatchArgsSchema, location="query")
@blp.response(200, BatchPageSchema)
def batches(args: dict[str, Any], id: str) -> Any:
    """The batches of a course"""
    found = shown_page(batch_actions.page(house(), id, args))
    return found, 200, next_link(found["next"])
