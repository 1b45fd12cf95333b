"""What the supervisor asks each kind of program, again and again: not whether it lives, but whether it answers."""

import http.client
import socket
import ssl
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymongo
from pymongo.errors import OperationFailure, PyMongoError

from deploy.local.ports import HOST

SECONDS = 5.0
"""How long one answer may take."""

PULSE_SECONDS = 6.0
"""How old the pulse of a `work` process may be; it beats every second (`shared/work.py`)."""

Question = Callable[[], bool]
"""Raises :class:`Broken` where a program answers that it can do nothing."""

INTERNAL_ERROR = 1
"""MongoDB's code for a failure of its own. https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml"""


class Broken(Exception):
    """It answers every question with a failure of its own: waiting for silence would be waiting for nothing."""


class _Unix(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(SECONDS)
        self.sock.connect(str(self._path))


def web(path: Path) -> Question:
    """A house that listens on this socket says that it is alive."""
    return lambda: _alive(_Unix(path), "/livez")


def over_tcp(port: int, path: str = "/livez") -> Question:
    """Somebody who serves HTTP at this port answers there with any success."""
    return lambda: _alive(http.client.HTTPConnection(HOST, port, timeout=SECONDS), path)


def pulse(path: Path) -> Question:
    """A `work` process has touched its file a moment ago."""

    def ask() -> bool:
        try:
            return abs(time.time() - path.stat().st_mtime) < PULSE_SECONDS
        except OSError:
            return False

    return ask


def kafka(port: int, *, ca: Path | None = None) -> Question:
    """A broker tells which versions of its protocol it speaks: it does so before anybody signs in. `ca`: by TLS."""
    # ApiVersions, version 0, no client id; preceded by its length. https://kafka.apache.org/protocol
    request = struct.pack(">hhih", 18, 0, 1, -1)

    def ask() -> bool:
        try:
            with _line(port, ca) as line:
                line.sendall(struct.pack(">i", len(request)) + request)
                # Its length, and the number of the question again; TLS would answer with an alert.
                return line.recv(8, socket.MSG_WAITALL if ca is None else 0)[4:] == struct.pack(">i", 1)
        except OSError:
            return False

    return ask


def _line(port: int, ca: Path | None) -> socket.socket:
    line = socket.create_connection((HOST, port), timeout=SECONDS)
    if ca is None:
        return line
    try:
        return ssl.create_default_context(cafile=str(ca)).wrap_socket(line, server_hostname=HOST)
    except BaseException:
        line.close()
        raise


def mongodb(uri: str) -> Question:
    """A MongoDB writes down the time and reads it again: a server that only says hello may be locked up behind it."""
    clients: list[pymongo.MongoClient[dict[str, Any]]] = []

    def ask() -> bool:
        if not clients:
            clients.append(pymongo.MongoClient(uri, timeoutMS=int(SECONDS * 1000), maxPoolSize=1))
        beats = clients[0]["lumbung_supervisor"]["beats"]
        try:
            beats.update_one({"_id": 1}, {"$set": {"at": time.time()}}, upsert=True)
            return beats.find_one({"_id": 1}) is not None
        except OperationFailure as error:
            if error.code == INTERNAL_ERROR:
                raise Broken from error  # its storage engine gave up, on a full disk for example
            return False
        except PyMongoError:
            return False

    return ask


def _alive(connection: http.client.HTTPConnection, path: str) -> bool:
    try:
        connection.request("GET", path)
        return 200 <= connection.getresponse().status < 300
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
