"""For every ``api.py``: the blueprint of this API, flask-smorest's with our strictness.

``@blp.arguments`` refuses unknown members and parameters with a pointer, ``@blp.etag`` uses the document's version.
Decorators stand in the order ``@blp.route``, ``@public``, ``@blp.etag``, ``@merges_into``, ``@blp.arguments``,
``@blp.response``, ``@idempotent``.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import flask_smorest
from flask import Request, Response, g, request
from flask_smorest.etag import NotModified
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from webargs import missing
from webargs.flaskparser import FlaskParser

from shared.http.bodies import read_json
from shared.http.conditional import if_match
from shared.http.faults import counted, escape, faults
from shared.http.merging import merged_into_target
from shared.http.problems import Fault, Invalid, Text, say
from shared.http.sizes import overfull
from shared.http.wordings import wording_of

View = TypeVar("View", bound=Callable[..., Any])

REPEATED: Text = {"id": "Parameter ini ditulis lebih dari sekali.", "en": "This parameter is given more than once."}


_NOTHING_SENT = (
    say("Kiriman ini kosong.", "The body is empty."),
    say("Kirim objek dengan isian yang berubah.", "Send an object with what changes."),
)


class Parser(FlaskParser):
    """Reads JSON strictly and refuses what a schema does not name, in the body and in the query."""

    DEFAULT_UNKNOWN_BY_LOCATION = {
        "json": RAISE,
        "query": RAISE,
        "querystring": RAISE,
        "form": RAISE,
        "files": RAISE,
        "path": RAISE,
        "headers": None,
    }

    def _get_schema(self, argmap: Any, req: Request) -> Schema:
        """A PATCH may leave out members and not halves of them: ``partial=True`` would also reach nested schemas.

        A schema keeps nothing of what it reads, so each is made once and not for every request.
        """
        schema = super()._get_schema(_made(argmap) if isinstance(argmap, type) else argmap, req)
        if schema.partial is True:
            schema.partial = tuple(schema.fields)
        return schema

    def load_json(self, req: Request, schema: Schema) -> Any:
        document = body(req)
        crowded = [_too_long(place, most) for place, most in overfull(schema, document)]
        if crowded:
            raise Invalid(errors=crowded)
        if document is None:
            if req.method == "PATCH":
                raise Invalid(errors=[Fault("", "no_body", *_NOTHING_SENT)])
            return missing
        g.json_body = merged_into_target(schema, document)
        return g.json_body

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        several = {
            known.data_key or name
            for name, known in schema.fields.items()
            if isinstance(known, fields.List | fields.Tuple)
        }
        twice = [name for name in req.args if len(req.args.getlist(name)) > 1 and name not in several]
        if twice:
            raise Invalid(errors=[Fault(f"/{name}", "repeated", REPEATED, where="query") for name in twice])
        return super().load_querystring(req, schema)

    def handle_error(
        self,
        error: ValidationError,
        req: Request,
        schema: Schema,
        *,
        error_status_code: int | None,
        error_headers: Mapping[str, str] | None,
    ) -> NoReturn:
        assert isinstance(error.messages, dict)
        found: list[Fault] = []
        for location, messages in error.messages.items():
            where = {"json": "body", "querystring": "query", "files": "file"}.get(location, location)
            data = body(req) if location == "json" else req.args
            found.extend(faults(messages, schema=schema, data=data, where=where))
        raise Invalid(errors=found, more_errors=counted(error.messages) - len(found))


@cache
def _made(schema: type[Schema]) -> Schema:
    return schema()


def _too_long(place: tuple[Any, ...], most: int) -> Fault:
    row, words = wording_of(validate.Length.message_max.format(max=most))
    assert row is not None
    pointer = "".join(f"/{escape(step)}" for step in place)
    return Fault(pointer, row.code, row.message(**words), row.fix(**words))


def body(req: Request) -> Any:
    """The JSON document of the running request, read once."""
    if "json_body" not in g:
        g.json_body = read_json(req)
    return g.json_body


class Blueprint(flask_smorest.Blueprint):
    """A group of routes of one house."""

    ARGUMENTS_PARSER = Parser()

    if TYPE_CHECKING:  # flask-smorest carries no types: its decorators give back the view that they are put on

        def route(self, rule: str, **options: Any) -> Callable[[View], View]: ...

        def arguments(self, schema: Any, **options: Any) -> Callable[[View], View]: ...

        def response(self, status_code: int, schema: Any = None, **options: Any) -> Callable[[View], View]: ...

        def alt_response(self, status_code: int, **options: Any) -> Callable[[View], View]: ...

        def doc(self, **kwargs: Any) -> Callable[[View], View]: ...

        def etag(self, view: View) -> View: ...

    @staticmethod
    def _generate_etag(etag_data: Any, extra_data: Any = None) -> str:
        """The document's version instead of a hash: one number in body, header and event."""
        g.moves_by_itself = g.get("moves_by_itself", False) or "judgement" in etag_data
        return str(etag_data["version"])

    def _check_not_modified(self, etag: str) -> None:
        """What is shown beside a document may change without a new version of it; then it is always shown anew."""
        if request.method not in self.METHODS_CHECKING_NOT_MODIFIED or g.get("moves_by_itself", False):
            return
        # Weakly (RFC 9110, section 13.1.2): a proxy that compresses makes the tag a weak one.
        if request.if_none_match.contains_weak(etag):
            # With the tag that stands (RFC 9110, section 15.4.5): caches renew what they hold by it.
            answer = Response(status=304)
            answer.set_etag(etag)
            raise NotModified(response=answer)

    def _check_precondition(self) -> None:
        if request.method in self.METHODS_NEEDING_CHECK_ETAG:
            if_match()

    def _verify_check_etag(self) -> None:
        """Nothing to verify here: ``Aggregates.change`` compares where the write happens."""
