"""For ``python -m services.<house> web``: serve a house with gunicorn, threads in workers that are made after the fork.

Nothing is loaded before the fork (``create_app`` runs in each worker), because a database client that was made before
it does not survive it. No Kafka here: the outbox is a collection, and the relay is another process.
"""

import json
import logging
import os
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn import http
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

from shared.http.refusals import MEDIA_TYPE
from shared.http.sizes import MOST_BYTES
from shared.http.stopping import STOPPING
from shared.settings import Served

log = logging.getLogger(__name__)

GRACE_SECONDS = 15
"""How long running requests may finish after SIGTERM. The slowest lawful request waits 10 s for fresh data."""

KEEPALIVE_SECONDS = 15
"""Longer than the 5 s that clients keep idle connections by default, so that they close first and no request is
lost.
"""

DRAIN_SECONDS = 5
"""How long the rest of a refused body is waited for. The proxy in front has all of it before the house hears of it."""

# What gunicorn itself refuses before a request exists: exception name → status, code, both texts.
_UNREADABLE = {
    "LimitRequestLine": (414, "too_long_address", "Alamat terlalu panjang", "The address is too long"),
    "LimitRequestHeaders": (431, "headers_too_large", "Header terlalu besar", "The headers are too large"),
    "ExpectationFailed": (417, "expectation_failed", "Header Expect tidak dikenal", "The Expect header is not known"),
    "ForbiddenProxyRequest": (403, "forbidden", "Tidak boleh lewat sini", "Not this way"),
}
_MALFORMED = (400, "malformed_http", "Permintaan HTTP ini tidak dapat dibaca", "This HTTP request cannot be read")
_BROKEN = (500, "unexpected", "Terjadi kesalahan pada kami", "Something went wrong on our side")


def serve(create: Callable[[], Flask], settings: Served) -> None:
    """Run until SIGTERM. ``create`` builds the application, once in each worker."""
    _Server(create, settings).run()


class _Server(BaseApplication):
    def __init__(self, create: Callable[[], Flask], settings: Served) -> None:
        self._create = create
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        wanted = {
            # A socket where the proxy in front is on the same machine: nobody else can reach the house then.
            "bind": f"unix:{self._settings.http_socket}"
            if self._settings.http_socket
            else f"{self._settings.http_host}:{self._settings.http_port}",
            "umask": 0o077,
            "workers": self._settings.http_workers,
            "threads": self._settings.http_threads,
            "worker_class": _Worker,
            "logger_class": _Log,
            "preload_app": False,
            "timeout": 60,
            "graceful_timeout": GRACE_SECONDS,
            "keepalive": KEEPALIVE_SECONDS,
            # More than the proxy lets through (`deploy/proxy`), with the two headers that it adds.
            "limit_request_line": 8_190,
            "limit_request_fields": 110,
            "limit_request_field_size": 16_380,
            # Heartbeat files in memory: on a busy disk a healthy worker would look dead.
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,
            # No header of a visitor may change the scheme or the path; ProxyFix reads what a trusted proxy says.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            # One socket for all gunicorns of a user: four houses on one laptop would fight for it.
            "control_socket_disable": True,
        }
        for name, value in wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._create()


class _Worker(ThreadWorker):
    """Answers what is no HTTP in the same form as every other refusal, and never with a 5xx for the sender's
    mistake.
    """

    def handle(self, conn: Any) -> Any:
        """Serve the requests of a connection whose bytes have been read already, before waiting for more.

        A request that is refused before its body is read leaves the body in the line. Gunicorn fetches and drops it
        after answering, may get the beginning of the next request with it, and would then wait for bytes that have
        long been here, until the line is closed and the visitor is left without an answer.
        """
        kept = super().handle(conn)
        while kept is True and self.alive and conn.parser.unreader.buf.getvalue():
            kept = super().handle(conn)
        return kept

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer, and drop what was not read of the body, up to the most that any door takes.

        Gunicorn drops 64 kB and then hangs up; a proxy that is still handing over the rest takes that for a house that
        is away, and its visitor would get 503 instead of the refusal.
        """
        kept = super().handle_request(req, conn)
        if not kept:
            return kept
        return conn.parser.finish_body(deadline=time.monotonic() + DRAIN_SECONDS, max_bytes=MOST_BYTES)

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Told to end: answers that are still being given learn of it, so that nobody waits for a stream."""
        STOPPING.set()
        super().handle_exit(sig, frame)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        if isinstance(exc, http.errors.ParseException):
            status, code, indonesian, english = _UNREADABLE.get(type(exc).__name__, _MALFORMED)
            log.info("unreadable", extra={"status": status, "error_type": type(exc).__name__})
        else:
            status, code, indonesian, english = _BROKEN
            log.error("A request broke outside of its view", extra={"error_type": type(exc).__name__})
        body = json.dumps(
            {"type": f"/docs#{code}", "title": indonesian, "status": status, "code": code, "detail": english + "."}
        ).encode()
        head = (
            f"HTTP/1.1 {status} {code}\r\nConnection: close\r\nContent-Type: {MEDIA_TYPE}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        try:
            client.sendall(head.encode("ascii") + body)
        except OSError:
            log.debug("the sender was gone before the answer")


class _Log(Logger):
    """Gunicorn's own lines go where all lines of the process go; ours replace its access log."""

    def setup(self, cfg: Any) -> None:
        for logger in (self.error_log, self.access_log):
            logger.handlers[:] = []
            logger.propagate = True
        # "Booting worker", "Listening at": useful once, not among the lines of an operator.
        self.error_log.setLevel(logging.WARNING)

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Nothing: ``door.leave`` writes one line an answer, with the route's template instead of its path."""
