"""One delivery over the wire, to endpoints that are slow, huge, lying, redirecting, or somewhere they must not be."""

import socket
import threading
import time
from collections.abc import Callable

import pytest

from services.partners.model import schedule
from services.partners.outgoing import posting
from services.partners.outgoing.posting import post
from shared import clock
from tests.support.receivers import Receiver, receiving, speaking


def send(url: str) -> posting.Answer:
    return post(url, b"{}", {"webhook-id": "1"}, development=True)


def here_alone(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, instead: Callable[..., object]) -> None:
    """Instead, for this thread: in others the supervisor of the session's houses goes on asking whether they answer."""
    real, here = getattr(owner, name), threading.get_ident()
    monkeypatch.setattr(owner, name, lambda *a, **k: (instead if threading.get_ident() == here else real)(*a, **k))


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits a quarter of a minute in a unit test."""
    monkeypatch.setattr(posting, "DEADLINE_SECONDS", 0.6)


@pytest.mark.parametrize(
    ("status", "trouble"),
    [(200, None), (202, None), (204, None), (301, "redirected"), (307, "redirected"), (400, "refused"),
     (410, "gone"), (429, "refused"), (500, "refused")],
)  # fmt: skip
def test_the_status_decides(status: int, trouble: str | None) -> None:
    with receiving(
        Receiver(answer=lambda number: (status, {"Location": "http://127.0.0.1:1/", "Retry-After": "7"}, b""))
    ) as there:
        answer = send(there.url)
    assert (answer.status, answer.trouble, answer.retry_after) == (status, trouble, "7")
    assert len(there.requests) == 1


def test_a_redirect_is_not_followed() -> None:
    with receiving() as other, receiving(Receiver(answer=lambda number: (302, {"Location": other.url}, b""))) as there:
        assert send(there.url).trouble == "redirected"
        assert other.requests == []


def test_of_a_huge_answer_the_beginning_is_read() -> None:
    def flood(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        for _ in range(10_000):
            connection.sendall(b"x" * 65536)

    with speaking(flood) as url:
        began = time.monotonic()
        answer = send(url)
    assert answer.status == 200 and answer.trouble is None
    assert len(answer.text) == posting.ANSWER_BYTES
    assert time.monotonic() - began < 5


@pytest.mark.usefixtures("soon")
def test_whoever_drips_bytes_is_cut_off_at_the_deadline() -> None:
    def drip(connection: socket.socket) -> None:
        for letter in b"HTTP/1.1 200 OK\r\nX-Long: " + b"y" * 200:
            connection.sendall(bytes([letter]))
            time.sleep(0.05)

    with speaking(drip) as url:
        began = time.monotonic()
        answer = send(url)
    assert (answer.status, answer.trouble) == (None, "timed_out")
    assert time.monotonic() - began < 3


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("head", [b"", b"Connection: close\r\n", b"Content-Length: 900\r\n"])
def test_whoever_drips_the_rest_of_an_answer_is_cut_off_at_the_deadline(head: bytes) -> None:
    """Also where its end is the end of the line, which the library takes for the end of its connection."""

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n")
        for _ in range(100):
            connection.sendall(b"y")
            time.sleep(0.05)

    with speaking(drip) as url:
        began = time.monotonic()
        answer = send(url)
    assert (answer.status, answer.trouble) == (200, None)
    assert time.monotonic() - began < 2.5


@pytest.mark.usefixtures("soon")
def test_whoever_says_nothing_is_cut_off_at_the_deadline() -> None:
    with speaking(lambda connection: time.sleep(5)) as url:
        answer = send(url)
    assert answer.trouble == "timed_out" and answer.ms < 3_000


@pytest.mark.parametrize("said", [b"SSH-2.0-OpenSSH_9\r\n", b"", b"HTTP/1.1 abc\r\n\r\n", b"\x00\xff" * 300])
def test_what_is_no_http_is_said_so(said: bytes) -> None:
    with speaking(lambda connection: connection.sendall(said)) as url:
        answer = send(url)
    assert answer.status is None and answer.trouble in ("not_http", "unreachable")


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert send(f"http://127.0.0.1:{port}/").trouble == "unreachable"


def test_plain_text_where_tls_was_asked_for() -> None:
    with receiving() as there:
        answer = send(there.url.replace("http:", "https:"))
    assert answer.trouble in ("tls_failed", "unreachable") and there.requests == []


def test_a_name_is_judged_by_the_address_that_it_has_when_connecting(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as there:
        port = int(there.url.rpartition(":")[2].partition("/")[0])

        def resolve(host: str, port_: int, **more: object) -> list[object]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

        here_alone(monkeypatch, socket, "getaddrinfo", resolve)
        answer = post("https://mitra.example.go.id/", b"{}", {}, development=False)
        assert (answer.trouble, there.requests) == ("private_address", [])


def test_of_several_addresses_only_the_open_ones_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def resolve(host: str, port: int, **more: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in ("10.0.0.1", "169.254.169.254")]

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        tried.append(address[0])
        raise OSError

    here_alone(monkeypatch, socket, "getaddrinfo", resolve)
    here_alone(monkeypatch, socket.socket, "connect", connect)
    assert post("https://mitra.example.go.id/", b"{}", {}, development=False).trouble == "private_address"
    assert tried == []


def test_what_ended_by_itself_is_not_watched_any_more() -> None:
    with receiving() as there:
        for _ in range(3):
            send(there.url)
    assert posting._deadlines()._open == {}
    assert sum(thread.name == "deadlines" for thread in threading.enumerate()) == 1


@pytest.mark.parametrize("early", [b"102 Processing", b"103 Early Hints\r\nLink: </x>; rel=preload"])
def test_what_only_announces_an_answer_is_none(early: bytes) -> None:
    def speak(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 " + early + b"\r\n\r\nHTTP/1.1 204 No Content\r\nRetry-After: 7\r\n\r\n")

    with speaking(speak) as url:
        answer = send(url)
    assert (answer.status, answer.trouble, answer.retry_after) == (204, None, "7")


@pytest.mark.slow
@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("early", [b"100 Continue", b"102 Processing", b"103 Early Hints"])
def test_whoever_only_announces_answers_is_cut_off_at_the_deadline(early: bytes) -> None:
    def flood(connection: socket.socket) -> None:
        while True:
            connection.sendall((b"HTTP/1.1 " + early + b"\r\n\r\n") * 100)

    with speaking(flood) as url:
        began = time.monotonic()
        assert send(url).trouble == "timed_out"
    assert time.monotonic() - began < 5


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        (OK + b"Content-Length: 1000\r\n\r\nshort", None),
        (OK + b"Content-Length: 2\r\n\r\nmuch longer than it said", None),
        (OK + b"Content-Length: -5\r\n\r\nx", None),
        (OK + b"Content-Length: 9999999999999999999999\r\n\r\nx", None),
        (OK + b"Content-Length: x\r\n\r\nx", None),
        (OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nx", None),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx", None),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx", None),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nx", None),
        (OK + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08", None),
        (OK + b"\r\n" + b"\xff\xfe\0" * 2_000, None),
        (OK, None),
        (OK + b"X: y", None),
        (b"HTTP/1.1 200", None),
        (b"HTTP/1.1 20", "not_http"),
        (b"HTTP/1.1 -200 OK\r\n\r\n", "not_http"),
        (b"HTTP/1.1 999999 OK\r\n\r\n", "not_http"),
        (b"HTTP/1.1 0 OK\r\n\r\n", "not_http"),
        (OK + b"X: y\r\n" * 200 + b"\r\n", "not_http"),
        (OK + b"X: " + b"y" * 100_000 + b"\r\n\r\n", "not_http"),
        (OK + b"Retry-After: " + b"9" * 5_000 + b"\r\n\r\n", None),
        (b"HTTP/1.1 302 Found\r\nLocation: " + b"x" * 60_000 + b"\r\n\r\n", "redirected"),
        (b"", "not_http"),
    ],
)  # fmt: skip
def test_whoever_lies_or_breaks_off_harms_nobody(said: bytes, trouble: str | None) -> None:
    """An answer whose status was said counts, whatever is wrong with the rest of it."""
    with speaking(lambda connection: connection.sendall(said)) as url:
        answer = send(url)
    # Whether a line was closed or broken off is seen differently from one time to the next.
    assert answer.trouble == trouble or (trouble, answer.trouble) == ("not_http", "unreachable"), answer
    assert len(answer.text) <= posting.ANSWER_BYTES
    assert schedule.asked_pause(answer.retry_after, clock.wall()) is None or answer.retry_after


def test_a_name_that_is_fine_once_and_private_the_next_time_is_refused_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each try asks anew, and connects to the very address that it looked at."""
    told = iter(["103.10.20.30", "127.0.0.1", "::ffff:10.0.0.1"])
    reached: list[str] = []

    def resolve(host: str, port: int, **more: object) -> list[object]:
        address = next(told)
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        reached.append(address[0])
        raise ConnectionRefusedError

    here_alone(monkeypatch, socket, "getaddrinfo", resolve)
    here_alone(monkeypatch, socket.socket, "connect", connect)
    troubles = [post("https://mitra.example.go.id/", b"{}", {}, development=False).trouble for _ in range(3)]
    assert (troubles, reached) == (["unreachable", "private_address", "private_address"], ["103.10.20.30"])
