"""For ``make_app``: what happens to every request before its view and to every answer after it.

In: trace id, a look at the query, the caller. Out: log line, metrics, headers that keep personal data out of caches and
foreign pages.
"""

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, g, request
from prometheus_client import Counter, Histogram

from shared import clock, trace
from shared.http.bodies import check_query
from shared.http.callers import HOW_TO_SIGN_IN, NOBODY, Caller
from shared.http.faults import escape
from shared.http.keys import KeyStore, looks_like_a_key
from shared.http.problems import Fault, Forbidden, Invalid, Problem, Unauthenticated, say
from shared.http.tokens import Tokens

log = logging.getLogger("lumbung.access")

OURS = frozenset({"livez", "readyz", "metrics", "openapi", "docs"})
"""Endpoints that every house serves; they need no caller and count against no limit."""

REQUESTS = Counter("lumbung_http_requests_total", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "lumbung_http_request_seconds",
    "From the first look at a request to its answer",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
_NO_ORGANISATION = say(
    "Token ini tidak menyebut lembaganya. Pakai kunci API lembaga.",
    "This token names no organisation. Use the API key of the organisation.",
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    # Answers name people; a shared office computer must not keep them.
    "Cache-Control": "no-store",
    "Vary": "Accept-Language, Authorization",
}


def is_ours(endpoint: str | None) -> bool:
    """Is this one of the endpoints that belong to the plumbing and to no house?"""
    return endpoint in OURS


def guard(app: Flask, *, tokens: Tokens | None, keys: KeyStore | None) -> None:
    """Remember who can recognise callers. The hooks themselves are registered by ``make_app`` in their order."""
    app.extensions["lumbung.tokens"] = tokens
    app.extensions["lumbung.keys"] = keys


def arrive() -> None:
    """First of all hooks: one trace id for everything that follows, and a look at the query."""
    g.began = clock.monotonic()
    trace.start(request.headers.get("traceparent"))
    check_query(request.query_string)


def admit() -> None:
    """Last of all hooks before the view:

    a caller where the view needs one, and no query parameter that nobody reads.
    """
    if request.url_rule is None or is_ours(request.endpoint) or request.method == "OPTIONS":
        return
    view = view_of_request()
    g.caller = _recognise()
    if g.caller is NOBODY and not getattr(view, "public", False):
        raise Unauthenticated(HOW_TO_SIGN_IN)
    _refuse_stray_parameters(view)


def caller_or_none() -> Caller | None:
    """The caller if the request names a good one, for counting; a bad credential is refused later, by :func:`admit`."""
    if "caller" not in g:
        try:
            g.caller = _recognise()
        except Problem:
            return None
    found: Caller = g.caller
    return None if found is NOBODY else found


def _recognise() -> Caller:
    if "caller" in g:
        known: Caller = g.caller
        return known
    header = request.headers.get("Authorization")
    if header is None:
        return NOBODY
    scheme, _, credential = header.strip().partition(" ")
    credential = credential.strip()
    if scheme.lower() != "bearer" or not credential:
        raise Unauthenticated(HOW_TO_SIGN_IN, code="authorization_unreadable")
    recogniser: KeyStore | Tokens | None = (
        current_app.extensions["lumbung.keys"]
        if looks_like_a_key(credential)
        else current_app.extensions["lumbung.tokens"]
    )
    if recogniser is None:
        raise Unauthenticated(HOW_TO_SIGN_IN, code="key_invalid" if looks_like_a_key(credential) else "token_invalid")
    caller = recogniser.resolve(credential)
    keys: KeyStore | None = current_app.extensions["lumbung.keys"]
    if keys is not None and caller.kind == keys.kind and caller.key is None:
        if caller.organisation is None:
            # It would own nothing, and must not be taken for one of those who are bound to nothing.
            raise Forbidden(_NO_ORGANISATION, code="organisation_missing")
        keys.need_live(caller.organisation)
    return caller


def view_of_request() -> Callable[..., Any]:
    """The view, or the method of a view's class, that answers this request."""
    view: Any = current_app.view_functions[request.endpoint or ""]
    resource = getattr(view, "view_class", None)
    method = "get" if request.method == "HEAD" else request.method.lower()
    found: Callable[..., Any] = getattr(resource, method, view) if resource else view
    return found


def _refuse_stray_parameters(view: Callable[..., Any]) -> None:
    """A misspelt parameter of a view without a query schema would otherwise be ignored without a word."""
    described = getattr(view, "_apidoc", None)
    if not request.args or described is None:
        return
    taken = described.get("arguments", {}).get("parameters", [])
    if any(isinstance(one, dict) and one.get("in") in ("query", "querystring") for one in taken):
        return
    raise Invalid(
        errors=[
            Fault(
                f"/{escape(name)}",
                "unknown_field",
                {"id": "Alamat ini tidak mengenal parameter ini.", "en": "This address knows no such parameter."},
                {"id": "Hapus parameter ini.", "en": "Remove it."},
                where="query",
            )
            for name in request.args
        ]
    )


def leave(response: Response) -> Response:
    """After every answer, refusals included: headers, one log line, two metrics. Templates only, never paths."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    trace_id = trace.trace_id()
    if trace_id:
        response.headers["Trace-Id"] = trace_id
    route = request.url_rule.rule if request.url_rule else "-"
    method = request.method if request.method in _METHODS else "OTHER"
    seconds = clock.monotonic() - g.get("began", clock.monotonic())
    REQUESTS.labels(method, route, str(response.status_code)).inc()
    SECONDS.labels(method, route).observe(seconds)
    caller = g.get("caller", NOBODY)
    log.log(
        logging.DEBUG if is_ours(request.endpoint) else logging.INFO,
        "answered",
        extra={
            "method": method,
            "route": route,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "caller": caller.kind,
            "organisation": caller.organisation,
        },
    )
    return response
