"""For integrators: ``/openapi.json``, made from the very schemas that check requests, and the page ``/docs``.

flask-smorest makes the document; this file adds what holds for every operation here: problem+json, the bearer
credential, ``Idempotency-Key``. The page needs no other file, so it opens without a network too.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

import flask_smorest
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, Response
from jinja2 import Environment
from marshmallow import INCLUDE, Schema, fields

from shared.http.blueprints import Blueprint
from shared.http.problems import ProblemType
from shared.http.refusals import MEDIA_TYPE

_METHODS = ("get", "post", "put", "patch", "delete")


class FaultSchema(Schema):
    """One thing wrong with one value."""

    where = fields.String(data_key="in", metadata={"description": "body, query, path, header or file"})
    pointer = fields.String(required=True, metadata={"description": "JSON pointer (RFC 6901) inside that part"})
    cell = fields.String(metadata={"description": "Spreadsheet address, for files"})
    code = fields.String(required=True, metadata={"description": "Stable, for programs"})
    message = fields.String(required=True, metadata={"description": "What is wrong, for people"})
    fix = fields.String(metadata={"description": "What to type instead"})


class ProblemSchema(Schema):
    """RFC 9457 problem details, as every refusal of this API. Some carry more members, as its section 3.2 allows."""

    class Meta:
        unknown = INCLUDE

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"description": "Stable, for programs"})
    detail = fields.String()
    errors = fields.List(fields.Nested(FaultSchema))
    trace = fields.String(metadata={"description": "Quote it when you ask for help"})


def _name_of(schema: Any) -> str:
    """The name of a schema in the document; without one it is written out in place.

    A schema whose members may all be absent is what PATCH takes; one with a choice of members has no name of its own.
    """
    schema = schema() if isinstance(schema, type) else schema
    if schema.only or schema.exclude:
        return ""
    name = type(schema).__name__.removesuffix("Schema")
    return f"{name}Changes" if schema.partial else name


class _Api(flask_smorest.Api):
    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """``refusals.py`` answers every exception; flask-smorest's own handler would answer in another shape."""

    def _register_responses(self) -> None:
        spec: APISpec = self.spec
        content = {MEDIA_TYPE: {"schema": ProblemSchema}}
        for status in HTTPStatus:
            described: dict[str, Any] = {"description": status.phrase}
            if status >= 400:
                described["content"] = content
            spec.components.response(status.name, described, lazy=True)
        spec.components.response("DEFAULT_ERROR", {"description": "A refusal", "content": content}, lazy=True)


def serve(app: Flask, blueprints: Sequence[Blueprint], refusals: Sequence[ProblemType]) -> None:
    """Register the house's blueprints and the two addresses that describe them.

    Raises:
        TypeError: a blueprint is flask-smorest's own, which ignores unknown parameters.
    """
    for blueprint in blueprints:
        if not isinstance(blueprint, Blueprint):
            raise TypeError(f"Blueprint {blueprint.name!r}: use Blueprint of shared.http.blueprints, which is strict.")
    plugin = MarshmallowPlugin(schema_name_resolver=_name_of)
    api = _Api(app, spec_kwargs={"marshmallow_plugin": plugin})
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    document = api.spec.to_dict()
    _complete(document, app)
    text = app.json.dumps(document)
    page, style = _page(document, refusals)

    def openapi() -> Response:
        return Response(text, mimetype="application/json")

    def docs() -> Response:
        response = Response(page, mimetype="text/html")
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; style-src 'sha256-{style}'; frame-ancestors 'none'; base-uri 'none'"
        )
        return response

    app.add_url_rule("/openapi.json", "openapi", openapi)
    app.add_url_rule("/docs", "docs", docs)


def _complete(document: dict[str, Any], app: Flask) -> None:
    components = document.setdefault("components", {})
    components["securitySchemes"] = {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "OIDC access token of staff, or API key of an organisation (uji_… or lbg_…)",
        }
    }
    document["security"] = [{"bearer": []}]
    marks = dict(_marks(app))
    for path, operations in document.get("paths", {}).items():
        for method in _METHODS:
            operation = operations.get(method)
            if operation is None:
                continue
            is_public, is_idempotent = marks.get((path, method), (False, False))
            if is_public:
                operation["security"] = []
            if is_idempotent:
                operation.setdefault("parameters", []).append(_IDEMPOTENCY_KEY)
            for answer in _answers(operation, components.get("schemas", {})):
                answer.setdefault("properties", {})["notices"] = _NOTICES


def _answers(operation: dict[str, Any], schemas: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The objects that an operation answers with when it did what was asked."""
    for status, answer in operation["responses"].items():
        for described in answer.get("content", {}).values() if str(status).startswith("2") else ():
            schema = described.get("schema", {})
            schema = schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)
            if schema.get("type") == "object":
                yield schema


_NOTICES = {
    "type": "array",
    "readOnly": True,
    "description": "What was changed of what was sent before it was kept, such as invisible marks; else absent.",
    "items": {
        "type": "object",
        "properties": {name: {"type": "string"} for name in ("code", "member", "message")},
    },
}

_IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "description": "Makes a repeated request harmless: the second one gets the first one's answer, for 7 days.",
    "schema": {"type": "string", "maxLength": 200},
    "required": False,
}


def _marks(app: Flask) -> Iterator[tuple[tuple[str, str], tuple[bool, bool]]]:
    """(path as OpenAPI writes it, method) → (public, idempotent), from the views themselves."""
    for rule in app.url_map.iter_rules():
        view: Any = app.view_functions[rule.endpoint]
        resource = getattr(view, "view_class", None)
        path = "".join(f"{{{part}}}" if is_argument else part for is_argument, part in rule_parts(rule))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            handler = getattr(resource, method.lower(), view) if resource else view
            yield (
                (path, method.lower()),
                (bool(getattr(handler, "public", False)), bool(getattr(handler, "idempotent", False))),
            )


def rule_parts(rule: Any) -> Iterator[tuple[bool, str]]:
    """The pieces of a route template: (is an argument, its text)."""
    for is_argument, part in rule._trace:
        yield is_argument, "" if part == "|" else part


def _page(document: dict[str, Any], refusals: Sequence[ProblemType]) -> tuple[str, str]:
    """The page and the SHA-256 (base64) of its style, for the content security policy."""
    folder = Path(__file__).parent
    style = (folder / "docs.css").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        (folder / "docs.html").read_text(encoding="utf-8")
    )
    operations = [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation.get("summary", ""),
            "description": operation.get("description", ""),
            "public": operation.get("security") == [],
            "parameters": [one for one in operation.get("parameters", []) if "name" in one],
            "body": _body_name(operation),
            "answers": sorted(status for status in operation["responses"] if status != "default"),
        }
        for path, methods in document.get("paths", {}).items()
        for method, operation in methods.items()
        if method in _METHODS
    ]
    html = template.render(info=document["info"], operations=operations, refusals=refusals, style=style)
    return html, base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _body_name(operation: dict[str, Any]) -> str:
    for content, described in operation.get("requestBody", {}).get("content", {}).items():
        return f"{content} {described.get('schema', {}).get('$ref', '').rsplit('/', 1)[-1]}".strip()
    return ""
