"""`/v1/events`: the feed for those who ask, and a stream for those who stay."""

import json
from collections.abc import Iterator
from typing import Any

from flask import Response, request

from services.partners.actions import streaming
from services.partners.api.context import current_caller, house, waiting
from services.partners.schemas import feed as schemas
from shared.http.blueprints import Blueprint
from shared.http.language import wanted_language
from shared.http.problems import Problem, body_of

blp = Blueprint("events", __name__, url_prefix="/v1/events", description="What happened, in one order without gaps")

STREAM_HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    # Whoever stands in front of the house must hand every line on at once.
    "X-Accel-Buffering": "no",
}


@blp.route("", methods=["GET"])
@blp.arguments(schemas.FeedArgsSchema, location="query")
@blp.response(200, schemas.FeedOutSchema)
def read(args: dict[str, Any]) -> Any:
    """Events after a position; with `wait` the answer waits until there is one"""
    piece = streaming.poll(current_caller(), house(), waiting(), args)
    return {"items": piece.events, "next": piece.next, "newest": piece.newest, "oldest": piece.oldest}


@blp.route("/stream", methods=["GET"])
@blp.arguments(schemas.StreamFromSchema, location="query")
@blp.response(200, content_type="text/event-stream", description="Server-sent events; `id` is the position.")
def stream(args: dict[str, Any]) -> Response:
    """Events as they happen, from `Last-Event-ID` or `after` on (neither: from now on)"""
    lang = wanted_language()
    frames = streaming.stream(current_caller(), house(), waiting(), args, request.headers.get("Last-Event-ID"))

    def lines() -> Iterator[bytes]:
        try:
            for frame in frames:
                yield _frame(frame)
        except Problem as problem:
            said = body_of(problem, status=problem.status, lang=lang, trace=None)
            yield _frame(streaming.Frame("end", None, said))
        finally:
            frames.close()

    return Response(lines(), headers=STREAM_HEADERS, direct_passthrough=True)


def _frame(frame: streaming.Frame) -> bytes:
    if frame.data is None:
        return b": still here\n\n"
    head = f"id: {frame.position}\n" if frame.position is not None else ""
    body = json.dumps(frame.data, ensure_ascii=False, separators=(",", ":"))
    return f"{head}event: {frame.name}\ndata: {body}\n\n".encode()
