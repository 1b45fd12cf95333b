"""For supervisors and operators: is the process alive, may it get requests, what does it count.

``/livez`` touches nothing: a database outage must not make a supervisor kill a healthy process. ``/readyz`` runs the
checks that the house registered. ``/metrics`` is this process's own Prometheus text.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

log = logging.getLogger(__name__)


NOT_YET = {"Retry-After": "2"}
"""A database that comes back, or a look-up that is being fitted, takes seconds."""


def serve(app: Flask, *, house: str, version: str, pings: Mapping[str, Callable[[], object]]) -> None:
    """Add the three addresses."""

    def livez() -> dict[str, Any]:
        return {"house": house, "version": version, "alive": True}

    def readyz() -> tuple[dict[str, Any], int, dict[str, str]]:
        checks = {name: _passes(name, ping) for name, ping in pings.items()}
        ready = all(checks.values())
        return (
            {"house": house, "version": version, "ready": ready, "checks": checks},
            200 if ready else 503,
            {} if ready else NOT_YET,
        )

    def metrics() -> Response:
        return Response(generate_latest(), mimetype=CONTENT_TYPE_LATEST)

    app.add_url_rule("/livez", "livez", livez)
    app.add_url_rule("/readyz", "readyz", readyz)
    app.add_url_rule("/metrics", "metrics", metrics)


def _passes(name: str, ping: Callable[[], object]) -> bool:
    try:
        return ping() is not False
    except Exception as error:  # a check may fail in any way; the answer is the same: not ready
        log.warning("not ready", extra={"check": name, "error_type": type(error).__name__})
        return False
