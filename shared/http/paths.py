"""For ``make_app``: codes with a slash in an address. ``/by-code/BLK%2FENDE/A%2F1`` names two codes and not four.

The gateway between server and application unpacks ``%2F`` before anybody looks at the parts of an address. The address
as it was sent is still there, so that slashes inside of a part are kept apart until the route is found.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask
from werkzeug.routing import PathConverter, UnicodeConverter

_SLASH = re.compile("%2F", re.IGNORECASE)
_KEPT = "%2F"


class Part(UnicodeConverter):
    """One part of an address, which may hold a slash that was sent as ``%2F``."""

    def to_python(self, value: str) -> str:
        return value.replace(_KEPT, "/")


class Rest(PathConverter):
    """The rest of an address, slashes and all: for a code that ends it (``<path:code>``), however it was sent."""

    def to_python(self, value: str) -> str:
        return value.replace(_KEPT, "/")


def keep_slashes(app: Flask) -> None:
    """Call before routes are registered."""
    app.url_map.converters["default"] = app.url_map.converters["string"] = Part
    app.url_map.converters["path"] = Rest
    inner = app.wsgi_app

    def apart(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        sent = str(environ.get("RAW_URI") or environ.get("REQUEST_URI") or "").partition("?")[0]
        if sent.startswith("/") and _SLASH.search(sent):
            environ["PATH_INFO"] = unquote_to_bytes(_SLASH.sub("%252F", sent)).decode("latin-1")
        return inner(environ, start)

    app.wsgi_app = apart  # type: ignore[method-assign,assignment]
