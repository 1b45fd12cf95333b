"""One delivery over the network: to an address that was looked at, within a deadline, whatever the other side does.

The name is resolved here and the connection goes to the very address that was judged, so that a name cannot point
elsewhere a moment later. Nothing is followed, and no more than the beginning of an answer is read.
"""

import heapq
import http
import http.client
import itertools
import os
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from services.partners.model.addresses import open_to_all, refusal
from shared import clock

CONNECT_SECONDS, DEADLINE_SECONDS = 5.0, 15.0
"""Standard Webhooks recommends 15 to 30 seconds; a receiver should take the event and work later."""

ANSWER_BYTES = 2048
"""As much of an answer as the log shows; whoever sends more is cut off."""

TRIED_ADDRESSES = 3

# Read by the C library in each thread that asks for a name: a name server that is silent costs four seconds, not ten.
os.environ.setdefault("RES_OPTIONS", "timeout:2 attempts:2")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one try. `trouble` is None when it was delivered; `status` is None when there was no answer.

    Troubles: `private_address`, `unresolvable`, `unreachable`, `timed_out`, `tls_failed`, `not_http`, `redirected`,
    `gone` (410), `refused` (any other status but 2xx), and those of `addresses.refusal`.
    """

    status: int | None
    trouble: str | None
    ms: int
    text: str = ""
    retry_after: str | None = None


def post(url: str, body: bytes, headers: dict[str, str], *, development: bool) -> Answer:
    """Send once. Never raises for anything that the other side can do."""
    began = clock.monotonic()

    def after(status: int | None, trouble: str | None, text: str = "", retry_after: str | None = None) -> Answer:
        return Answer(status, trouble, int((clock.monotonic() - began) * 1000), text, retry_after)

    wrong = refusal(url, development=development)
    if wrong is not None:
        return after(None, wrong)
    connection = _Checked(url, development=development)
    try:
        connection.request("POST", connection.target, body, headers)
        answer = connection.getresponse()
        if connection.cut_off:
            # A line that is cut off in the middle of the headers looks like their end.
            return after(None, "timed_out")
        text = _beginning(answer)
    except _Refused as refused:
        return after(None, refused.code)
    except ssl.SSLError:
        return after(None, "timed_out" if connection.cut_off else "tls_failed")
    except TimeoutError:
        return after(None, "timed_out")
    except http.client.HTTPException:
        return after(None, "timed_out" if connection.cut_off else "not_http")
    except (OSError, ValueError, UnicodeError):
        return after(None, "timed_out" if connection.cut_off else "unreachable")
    finally:
        connection.let_go()
    return after(answer.status, _trouble_of(answer.status), text, answer.getheader("Retry-After"))


def cut_all() -> None:
    """Cut off every connection that is open now: this process ends, and whoever has not answered is asked again."""
    _deadlines().cut_all()


def _trouble_of(status: int) -> str | None:
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return "redirected"
    return "gone" if status == 410 else "refused"


def _beginning(answer: http.client.HTTPResponse) -> str:
    """The first bytes of the answer; what breaks off after the status was said changes nothing any more."""
    read = b""
    with suppress(OSError, http.client.HTTPException, ValueError):
        while len(read) < ANSWER_BYTES and (piece := answer.read1(ANSWER_BYTES - len(read))):
            read += piece
    return read.decode(errors="replace").replace("\0", "")


class _Refused(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _FinalAnswer(http.client.HTTPResponse):
    """The answer after all that only announces one (103 Early Hints, …); the library passes over 100 alone."""

    def _read_status(self) -> tuple[str, int, str]:
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 100 < status < 200 or status == http.HTTPStatus.SWITCHING_PROTOCOLS:
                return version, status, reason
            http.client.parse_headers(self.fp)


class _Checked(http.client.HTTPConnection):
    """A connection to one of the addresses of a name, if it is on the open internet, cut off at the deadline."""

    response_class = _FinalAnswer

    def __init__(self, url: str, *, development: bool) -> None:
        parts = urlsplit(url)
        self._tls = parts.scheme == "https"
        self._development = development
        self._ticket: int | None = None
        self._twin: socket.socket | None = None
        self.cut_off = False
        host = parts.hostname or ""
        super().__init__(host, parts.port or (443 if self._tls else 80), timeout=CONNECT_SECONDS)
        self.target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def connect(self) -> None:
        """Resolve, look, connect, and begin TLS under the name that was asked for."""
        self.sock = self._reached()
        # Also TLS and every single read: one byte every four seconds is no answer. TLS takes the descriptor away from
        # this socket, so a twin of it is what gets shut down.
        self._twin = self.sock.dup()
        self._ticket = _deadlines().watch(self._twin, self._cut)
        self.sock.settimeout(DEADLINE_SECONDS)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls:
            self.sock = _trust().wrap_socket(self.sock, server_hostname=self.host)

    def let_go(self) -> None:
        """Close it, whatever was still coming.

        Not `close`: the library calls that as soon as an answer has begun whose end is the end of the line, and from
        then on nothing would cut it off.
        """
        if self._ticket is not None:
            _deadlines().forget(self._ticket)
            self._ticket = None
        with suppress(OSError):
            self.close()
        if self._twin is not None:
            with suppress(OSError):
                self._twin.shutdown(socket.SHUT_RDWR)
            self._twin.close()
            self._twin = None

    def _cut(self) -> None:
        self.cut_off = True

    def _reached(self) -> socket.socket:
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise _Refused("unresolvable") from error
        fine = [one for one in found if open_to_all(str(one[4][0]), development=self._development)]
        if not fine:
            raise _Refused("private_address")
        trouble: OSError | None = None
        for family, kind, protocol, _, address in fine[:TRIED_ADDRESSES]:
            reached = socket.socket(family, kind, protocol)
            reached.settimeout(CONNECT_SECONDS)
            try:
                reached.connect(address)
            except OSError as error:
                reached.close()
                trouble = error
            else:
                return reached
        raise _Refused("timed_out" if isinstance(trouble, TimeoutError) else "unreachable")


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Deadlines:
    """One thread that cuts off every connection that lasts too long: time-outs of a socket begin anew at each byte."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._numbers = itertools.count(1)
        self._queue: list[tuple[float, int]] = []
        self._open: dict[int, tuple[socket.socket, Callable[[], None]]] = {}
        threading.Thread(target=self._run, name="deadlines", daemon=True).start()

    def watch(self, one: socket.socket, cut: Callable[[], None]) -> int:
        """Shut this socket down at the deadline, unless it is forgotten before."""
        with self._changed:
            number = next(self._numbers)
            self._open[number] = (one, cut)
            heapq.heappush(self._queue, (clock.monotonic() + DEADLINE_SECONDS, number))
            self._changed.notify()
            return number

    def forget(self, number: int) -> None:
        """It ended by itself."""
        with self._changed:
            self._open.pop(number, None)

    def cut_all(self) -> None:
        """Shut down all of them now."""
        with self._changed:
            for late in self._open.values():
                _end(*late)

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._queue:
                    self._changed.wait()
                at, number = self._queue[0]
                if number in self._open and at > clock.monotonic():
                    self._changed.wait(at - clock.monotonic())
                    continue
                heapq.heappop(self._queue)
                late = self._open.pop(number, None)
            if late is not None:
                _end(*late)


def _end(one: socket.socket, cut: Callable[[], None]) -> None:
    cut()
    # It may have ended by itself a moment ago.
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)


@cache
def _deadlines() -> _Deadlines:
    return _Deadlines()
