"""For every house's ``create_app``: one Flask application with everything that all houses promise at their door.

Problem+json for every refusal, callers, limits, strict bodies, health, metrics, OpenAPI, a page of documentation, log
lines with a trace id. A house brings its blueprints and its table of problems.
"""

import dataclasses
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.middleware.proxy_fix import ProxyFix

from shared import trace
from shared.documents.mongo import Database
from shared.http import door, health, openapi, operations, paths, quality, refusals, shaping
from shared.http.blueprints import Blueprint
from shared.http.hosts import AnyHost
from shared.http.keys import KeyStore
from shared.http.limits import Limits, limit
from shared.http.problems import ProblemType
from shared.http.sizes import MOST_BYTES
from shared.http.tokens import DEVELOPMENT_ISSUER, Tokens
from shared.settings import Common

log = logging.getLogger(__name__)


def make_app(
    *,
    house: str,
    version: str,
    settings: Common,
    blueprints: Sequence[Blueprint],
    pings: Mapping[str, Callable[[], object]],
    keys: KeyStore | None = None,
    problems: Mapping[type[Exception], ProblemType] | None = None,
    database: Database | None = None,
    tokens: Tokens | None = None,
    limits: Limits | None = None,
    checks: quality.Checks | None = None,
) -> Flask:
    """Build the application of a house.

    Args:
        pings: name → check, run by ``/readyz``; a check that raises or returns False means "not ready".
        keys: recognises API keys; None where a house owns no organisations.
        problems: exceptions of the house that are no ``Problem``, and how they are answered.
        database: where receipts of ``Idempotency-Key`` are looked up; needed by ``@idempotent`` views.
        tokens, limits: doubles for tests; by default made from the settings.
        checks: what the house looks for in its own records, for ``/v1/operations/quality``.

    Raises:
        TypeError: a blueprint is not ours and would not be strict.
        IssuerRefused: the development issuer outside development.
    """
    app = AnyHost(__name__, static_folder=None)
    app.json = _Json(app)
    app.config.update(
        API_TITLE=f"Lumbung {house}",
        API_VERSION=version,
        OPENAPI_VERSION="3.1.0",
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        MAX_FORM_PARTS=20,
        PROPAGATE_EXCEPTIONS=False,
    )
    paths.keep_slashes(app)
    # A doubled slash would be answered with a redirect to an absolute address made from the Host header.
    app.url_map.merge_slashes = False
    app.extensions["lumbung.house"] = house
    app.extensions["lumbung.database"] = database
    if settings.oidc_issuer == DEVELOPMENT_ISSUER:
        log.warning("DEVELOPMENT ISSUER: anybody who can read its folder can be anybody here")
    tokens = tokens or Tokens(
        jwks=settings.oidc_jwks,
        issuer=settings.oidc_issuer,
        audience=settings.oidc_audience,
        development=settings.in_development,
    )
    door.guard(app, tokens=tokens, keys=keys)
    shaping.install(app)
    app.before_request(door.arrive)
    app.before_request(refusals.while_silent)
    limit(app, limits or Limits())
    app.before_request(door.admit)
    app.before_request(shaping.check_fields)
    app.after_request(door.leave)
    app.teardown_request(lambda error: trace.end())
    refusals.register(app, problems or {})
    health.serve(app, house=house, version=version, pings=pings)
    # What an operator asks of every house alike; a house without a database has nothing that waits.
    own = [operations.blp, quality.blp] if database is not None else []
    quality.attach(app, checks or {})
    openapi.serve(app, [*blueprints, *own], refusals.known(problems or {}))
    if settings.http_trusted_proxies:
        trusted = settings.http_trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted)  # type: ignore[method-assign]
    return app


class _Json(DefaultJSONProvider):
    """JSON as this API writes it: members in the order of the schema, letters as they are, no NaN, ISO times."""

    sort_keys = False
    ensure_ascii = False
    compact = True

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        kwargs.setdefault("allow_nan", False)
        return super().dumps(obj, **kwargs)

    @staticmethod
    def default(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, frozenset | set):
            return sorted(value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return dataclasses.asdict(value)
        raise TypeError(f"{type(value).__name__} has no JSON form")


def as_json(value: Any) -> str:
    """The same JSON outside of a request, for what is stored or compared as text."""
    return json.dumps(value, default=_Json.default, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
