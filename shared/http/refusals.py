"""For ``make_app``: the one table from what went wrong to the answer, so that routes never catch anything."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, json, request
from pymongo.errors import ConnectionFailure, DocumentTooLarge, DuplicateKeyError, ExecutionTimeout, PyMongoError
from werkzeug.exceptions import HTTPException

from shared import trace
from shared.documents.aggregates import StaleVersion as DocumentStale
from shared.documents.mongo import Database
from shared.http.door import is_ours
from shared.http.language import wanted_language
from shared.http.problems import Problem, ProblemType, Stale, Text, body_of
from shared.logs import broke

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

ALREADY_THERE = ProblemType(
    409,
    "already_exists",
    {"id": "Data yang sama sudah ada", "en": "The same is there already"},
)
RESTING = ProblemType(
    503,
    "temporarily_unavailable",
    {"id": "Layanan sedang terputus, coba lagi sebentar", "en": "The service is cut off for a moment, try again"},
    headers={"Retry-After": "5"},
)
TOO_BIG_TO_KEEP = ProblemType(413, "too_large", {"id": "Data terlalu besar", "en": "The document is too large"})

_OUTAGES = (ConnectionFailure, ExecutionTimeout)
_VALIDATION_FAILED = 121
"""MongoDB's code for a document that the collection's own validator refuses."""
_FAILED_ITSELF = (1, 14031)
"""MongoDB's codes for a failure of its own and for a full disk: an outage, though it answers."""
_REFUSED_BY_STORE = ProblemType(
    422,
    "refused_by_store",
    {"id": "Isi ini tidak dapat disimpan", "en": "This content cannot be stored"},
)

# What Flask, Werkzeug and the limiter raise by themselves: status → (code, title, what to do).
_PLAIN: dict[int, tuple[str, Text, Text | None]] = {
    400: ("bad_request", Problem.title, None),
    404: (
        "no_such_address",
        {"id": "Alamat ini tidak ada", "en": "There is no such address"},
        {"id": "Lihat daftar alamat di /docs.", "en": "See the list of addresses at /docs."},
    ),
    405: (
        "method_not_allowed",
        {"id": "Metode ini tidak berlaku di alamat ini", "en": "This method does not apply to this address"},
        {"id": "Header Allow menyebut metode yang berlaku.", "en": "The Allow header names the methods that do."},
    ),
    408: ("timed_out", {"id": "Kiriman terlalu lambat", "en": "The request came too slowly"}, None),
    413: ("too_large", {"id": "Kiriman terlalu besar", "en": "The request is too large"}, None),
    414: ("too_long_address", {"id": "Alamat terlalu panjang", "en": "The address is too long"}, None),
    415: ("unsupported_media_type", {"id": "Jenis isi ini tidak dibaca", "en": "This content is not read"}, None),
    429: (
        "too_many_requests",
        {"id": "Terlalu banyak permintaan", "en": "Too many requests"},
        {"id": "Tunggu selama Retry-After detik.", "en": "Wait for Retry-After seconds."},
    ),
    431: ("headers_too_large", {"id": "Header terlalu besar", "en": "The headers are too large"}, None),
}
_UNEXPECTED: Text = {"id": "Terjadi kesalahan pada kami", "en": "Something went wrong on our side"}


def known(table: Mapping[type[Exception], ProblemType]) -> list[ProblemType]:
    """Every kind of refusal that a class or a table of this process names, by status; for the page of documentation."""
    rows = {code: ProblemType(status, code, title) for status, (code, title, _) in _PLAIN.items()}
    kinds: list[type[Problem]] = [Problem]
    while kinds:
        kind = kinds.pop()
        rows.setdefault(kind.code, ProblemType(kind.status, kind.code, kind.title))
        kinds.extend(kind.__subclasses__())
    for row in (ALREADY_THERE, RESTING, *table.values()):
        rows[row.code] = row
    return sorted(rows.values(), key=lambda row: (row.status, row.code))


def register(app: Flask, table: Mapping[type[Exception], ProblemType]) -> None:
    """Answer every exception that leaves a view. ``table`` is the house's own; subclasses of its keys are included."""
    app.register_error_handler(Problem, answer)
    app.register_error_handler(HTTPException, _plain)
    app.register_error_handler(DocumentStale, lambda error: answer(Stale(error.current_version)))
    app.register_error_handler(PyMongoError, _database)
    app.register_error_handler(Exception, _unexpected)
    for kind, row in table.items():
        app.register_error_handler(kind, lambda error, row=row: answer_type(row))


def while_silent() -> Response | None:
    """First of the hooks that may ask the database: 503 at once while it does not answer, instead of after a wait."""
    database: Database | None = current_app.extensions.get("lumbung.database")
    if database is not None and not is_ours(request.endpoint) and database.silence.lasts():
        return answer_type(RESTING)
    return None


def answer(problem: Problem) -> Response:
    """A refusal as RFC 9457 problem+json in the language that the request prefers."""
    return _respond(problem, type(problem).status)


def answer_type(row: ProblemType) -> Response:
    """The answer for an exception of a house's table."""
    return _respond(Problem(row.detail, code=row.code, title=row.title, headers=row.headers), row.status)


def _respond(problem: Problem, status: int) -> Response:
    lang = wanted_language()
    document = body_of(problem, status=status, lang=lang, trace=trace.trace_id())
    response = Response(json.dumps(document), status=status, mimetype=MEDIA_TYPE)
    response.headers["Content-Language"] = lang
    response.headers.update(problem.headers)
    return response


def _plain(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400:
        return error
    code, title, detail = _PLAIN.get(status, (_code_of(status), {"id": error.name, "en": error.name}, None))
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return _respond(Problem(detail, code=code, title=title, headers=headers), status)


def _code_of(status: int) -> str:
    return HTTPStatus(status).name.lower() if status in HTTPStatus._value2member_map_ else "bad_request"


def _database(error: PyMongoError) -> Response:
    if isinstance(error, DuplicateKeyError):
        return answer_type(ALREADY_THERE)
    if isinstance(error, DocumentTooLarge):
        return answer_type(TOO_BIG_TO_KEEP)
    if getattr(error, "code", None) == _VALIDATION_FAILED:
        # The schema let through what the collection refuses: the visitor can still mend it, and we must learn of it.
        broke(log, "A document passed the schema and was refused by the collection", error)
        return answer_type(_REFUSED_BY_STORE)
    if getattr(error, "code", None) in _FAILED_ITSELF:
        broke(log, "The database failed", error)
        return answer_type(RESTING)
    if error.timeout or isinstance(error, _OUTAGES) or error.has_error_label("TransientTransactionError"):
        broke(log, "The database did not answer", error)
        database: Database | None = current_app.extensions.get("lumbung.database")
        if database is not None and (error.timeout or isinstance(error, ConnectionFailure)):
            database.silence.fell()
        return answer_type(RESTING)
    return _unexpected(error)


def _unexpected(error: Exception) -> Response:
    broke(log, "A request failed for a reason nobody foresaw", error)
    return answer_type(ProblemType(500, "unexpected", _UNEXPECTED))
