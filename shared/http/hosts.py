"""For whoever makes an application: requests are answered whatever host they name."""

from flask import Flask, Request
from werkzeug.exceptions import BadRequest
from werkzeug.routing import MapAdapter


class AnyHost(Flask):
    """Nothing of ours depends on the Host header: addresses in answers are relative, and a proxy stands in front.

    Flask reads it before anything of ours runs. A host that is no name (``..``, a label of a hundred letters) left it
    without a map of addresses, so that the page that should have said so was a 500.
    """

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Flask's own, for ``localhost`` where the request's host is none."""
        try:
            return super().create_url_adapter(request)
        except BadRequest:
            if request is None:
                raise
            request.environ["HTTP_HOST"] = "localhost"
            return super().create_url_adapter(request)
