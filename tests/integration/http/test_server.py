"""A house on a real socket: what is no HTTP is refused in our words, and SIGTERM lets a running request finish."""

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.servers

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Served:
    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def raw(self, data: bytes) -> bytes:
        """Send bytes as they are and read until the other side closes or falls silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            pieces = []
            while piece := line.recv(65536):
                pieces.append(piece)
        return b"".join(pieces)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One process for all tests that leave it running."""
    yield from start(tmp_path_factory.mktemp("served"))


@pytest.fixture
def leaving(tmp_path: Path) -> Iterator[Served]:
    """A process of this test alone, which it may stop."""
    yield from start(tmp_path)


def start(tmp_path: Path) -> Iterator[Served]:
    port = free_port()
    environ = os.environ | {
        "LUMBUNG_ENV": "development",
        "MONGODB_URI": "mongodb://127.0.0.1:1",
        "MONGODB_DATABASE": "bakery",
        "KAFKA_BOOTSTRAP": "127.0.0.1:1",
        "KAFKA_USERNAME": "bakery",
        "KAFKA_PASSWORD": "secret",
        "HTTP_PORT": str(port),
        "OIDC_JWKS": str(tmp_path / "jwks.json"),
    }
    log = tmp_path / "log"
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.http.served"], cwd=ROOT, env=environ, stderr=lines, stdout=lines
        )
    running = Served(process, port, log)
    try:
        _wait_until_alive(running)
        yield running
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(timeout=30)


def _wait_until_alive(served: Served) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert served.process.poll() is None, served.log.read_text()
        try:
            if httpx.get(served.url + "/livez", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("never alive: " + served.log.read_text())


def refusal(answer: bytes) -> tuple[int, dict[str, Any]]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head, answer
    return int(head.split()[1]), json.loads(body)


BROKEN: list[tuple[bytes, int]] = [
    (b"hello\r\n\r\n", 400),
    (b"GET\r\n\r\n", 400),
    (b"GET /livez HTTP/9.9\r\n\r\n", 400),
    (b"GET /livez HTTP/1.1\r\nbroken header\r\n\r\n", 400),
    (b"GET /livez HTTP/1.1\r\nA\x00B: c\r\n\r\n", 400),
    (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n", 414),
    (b"GET /livez HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", 431),
    (b"GET /livez HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(300)) + b"\r\n", 431),
    (b"POST /v1/loaves HTTP/1.1\r\nContent-Length: -5\r\n\r\n", 400),
    (b"POST /v1/loaves HTTP/1.1\r\nContent-Length: many\r\n\r\n", 400),
    (b"POST /v1/loaves HTTP/1.1\r\nTransfer-Encoding: magic\r\n\r\n", 400),
    (b"POST /v1/loaves HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400),
]


def test_what_is_no_http_is_refused_in_our_words(served: Served) -> None:
    for data, status in BROKEN:
        found, body = refusal(served.raw(data))
        assert (found, body["status"]) == (status, status), data[:60]
        assert body["code"] and body["title"]
    assert httpx.get(served.url + "/livez").status_code == 200


def test_no_header_changes_the_path_or_the_scheme(served: Served) -> None:
    for header in ("SCRIPT_NAME: /v1", "PATH_INFO: /v1/who", "X-Forwarded-Proto: https", "X-Forwarded-Ssl: on"):
        answer = served.raw(f"GET /livez HTTP/1.1\r\nHost: x\r\n{header}\r\nConnection: close\r\n\r\n".encode())
        assert answer.split()[1] == b"200" and b'"alive":true' in answer


def test_bodies_that_break_off_or_lie_are_refused(served: Served) -> None:
    head = b"POST /v1/loaves HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
    for data in (
        head + b"Content-Length: 50\r\n\r\n{",
        head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        head + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{}",
        head + b"Transfer-Encoding: chunked\r\n\r\n" + b"fffff\r\n" + b" " * 0xFFFFF + b"\r\n" + b"10\r\n" + b" " * 16,
    ):
        answer = served.raw(data)
        assert not answer or 400 <= int(answer.split()[1]) < 500, answer[:300]
    chunked = head + b'Transfer-Encoding: chunked\r\n\r\n10\r\n{"name": "roti"}\r\n0\r\n\r\n'
    assert served.raw(chunked).split()[1] == b"201"


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("form", [False, True], ids=["bare", "form"])
def test_a_sheet_that_breaks_off_on_the_way_is_refused_however_it_is_sent(
    served: Served, form: bool, packed: bool
) -> None:
    """A CSV that lost its end is a CSV still: Rp1,500,000 became Rp150."""
    sheet = b"Kode;Biaya\nA;1500000\n"
    body, kind = sheet, b"text/csv"
    if form:
        part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        body, kind = part + sheet + b"\r\n--x--\r\n", b"multipart/form-data; boundary=x"
    if packed:
        body = gzip.compress(body)
    head = b"POST /v1/sheets HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + kind + b"\r\n"
    head += b"Content-Encoding: gzip\r\n" if packed else b""
    length = b"Content-Length: %d\r\n\r\n" % len(body)
    whole = served.raw(head + length + body)
    assert whole.split()[1] in ((b"201",) if not (packed and form) else (b"201", b"415", b"422", b"400")), whole[:300]
    # A form is whole once its last boundary came, whatever stands behind that.
    for cut in (4 if form else 1, 7, len(body) // 2, len(body)):
        answer = served.raw(head + length + body[:-cut])
        assert not answer or 400 <= int(answer.split()[1]) < 500, (cut, answer[:300])
        chunks = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body[:-cut]
        answer = served.raw(head + chunks)
        assert not answer or 400 <= int(answer.split()[1]) < 500, (cut, answer[:300])


def test_ten_megabytes_are_refused_with_the_limit(served: Served) -> None:
    answer = httpx.post(
        served.url + "/v1/loaves", content=b" " * 10_000_000, headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")

    def endless() -> Iterator[bytes]:
        for _ in range(160):
            yield b" " * 65536

    answer = httpx.post(served.url + "/v1/loaves", content=endless(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_refusal_before_the_body_came_does_not_hold_up_the_next_request(served: Served) -> None:
    refused = b"POST /v1/slow HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n"
    # Shorter than the server waits for more on an idle line.
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as line:
        line.sendall(refused)
        answers = line.recv(65536)
        assert answers.startswith(b"HTTP/1.1 405")
        line.sendall(b"{}GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        while piece := line.recv(65536):  # the rest of the refusal may come together with the next answer
            answers += piece
    assert b"}HTTP/1.1 200" in answers.replace(b"\n", b"")


def test_a_worker_never_imports_kafka_and_a_dead_one_is_replaced(served: Served) -> None:
    first = httpx.get(served.url + "/v1/who").json()
    assert first["kafka"] is False
    assert first["pid"] != served.process.pid
    os.kill(first["pid"], signal.SIGKILL)
    deadline = time.monotonic() + 30
    while True:
        try:
            second = httpx.get(served.url + "/v1/who", timeout=5).json()
            break
        except httpx.TransportError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert second["pid"] != first["pid"]


def test_a_request_in_hand_is_finished_after_sigterm(leaving: Served) -> None:
    answers: list[Any] = []
    with httpx.Client(base_url=leaving.url, timeout=20, trust_env=False) as client:
        client.get("/livez")  # the line stands, so that half a second is enough on a busy machine too
        asking = threading.Thread(target=lambda: answers.append(client.get("/v1/slow")))
        asking.start()
        time.sleep(0.5)
        leaving.process.send_signal(signal.SIGTERM)
        asking.join()
    assert answers[0].json() == {"slept": True}
    assert leaving.process.wait(timeout=30) == 0


def test_every_line_of_the_log_is_json_without_paths(leaving: Served) -> None:
    httpx.get(leaving.url + "/v1/nowhere/5306011005030001?nik=5306011005030001")
    leaving.raw(b"GET /5306011005030001 broken\r\n\r\n")
    leaving.process.send_signal(signal.SIGTERM)
    leaving.process.wait(timeout=30)
    text = leaving.log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert any(line["message"] == "answered" and line["route"] == "-" for line in lines)
    assert "5306011005030001" not in text
