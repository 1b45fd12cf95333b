"""After every answer: nothing of a person stays in a shared computer, nothing foreign runs in a page, it is small."""

import gzip
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from services.console.frame.visitor import visitor
from shared import trace

SMALLEST = 600
"""Bytes below which packing costs more than it saves."""

LONGEST_PLACE = 3_000
"""Letters of an address to go on at: a proxy takes 4 kB of an answer's head, and makes a longer one a 503."""

_PACKED = ("text/html", "text/css", "application/json", "text/csv", "image/svg+xml", "text/plain")


def policy(*, sign_in: str) -> str:
    """The content security policy: our own styles, images and scripts; forms go to us and to the sign-in alone."""
    place = urlsplit(sign_in)
    return (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
        f"form-action 'self' {place.scheme}://{place.netloc}; base-uri 'none'; frame-ancestors 'none'"
    )


def install(app: Flask, *, sign_in: str, idle_seconds: int, secure: bool) -> None:
    """Add the headers to every answer of the application."""
    content_policy = policy(sign_in=sign_in)

    def arrive() -> None:
        trace.start(request.headers.get("traceparent"))
        g.in_development = app.config["IN_DEVELOPMENT"]

    def leave(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", content_policy)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "no-referrer")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if "Location" in headers:
            headers["Location"] = _fitting(headers["Location"])
        if secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        signed_in = "visitor" in g and visitor() is not None
        if signed_in or "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store"
        if signed_in and response.mimetype == "text/html" and not g.get("has_form") and "Refresh" not in headers:
            # The screen of somebody who went away closes itself; a page with a form is left as it is, for its words.
            headers["Refresh"] = f"{idle_seconds}; url=/terkunci"
        if trace_id := trace.trace_id():
            headers["Trace-Id"] = trace_id
        return _packed(response)

    app.before_request(arrive)
    app.after_request(leave)


def _fitting(place: str) -> str:
    """The address with those of its parameters that fit: one of them may repeat all that somebody typed."""
    if len(place) <= LONGEST_PLACE:
        return place
    path, _, query = place.partition("#")[0].partition("?")
    if len(path) > LONGEST_PLACE:
        return "/"
    fitting = path
    for parameter in query.split("&"):
        longer = f"{fitting}{'&' if '?' in fitting else '?'}{parameter}"
        fitting = longer if len(longer) <= LONGEST_PLACE else fitting
    return fitting


def _packed(response: Response) -> Response:
    if (
        response.mimetype not in _PACKED
        or response.direct_passthrough
        or response.status_code in (204, 304)
        or "Content-Encoding" in response.headers
        or "gzip" not in request.headers.get("Accept-Encoding", "")
    ):
        return response
    body = response.get_data()
    if len(body) >= SMALLEST:
        response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
