"""One delivery over the wire, to endpoints that are slow, huge, lying, redirecting, or somewhere they must not be."""

import socket
import threading
import time

import pytest

from services.partners.outgoing import posting
from services.partners.outgoing.posting import post
from tests.support.receivers import Receiver, receiving, speaking


def send(url: str) -> posting.Answer:
    return post(url, b"{}", {"webhook-id": "1"}, development=True)


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

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        answer = post("https://mitra.example.go.id/", b"{}", {}, development=False)
        assert (answer.trouble, there.requests) == ("private_address", [])


def test_of_several_addresses_only_the_open_ones_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def resolve(host: str, port: int, **more: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in ("10.0.0.1", "169.254.169.254")]

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        tried.append(address[0])
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket.socket, "connect", connect)
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
