"""Clients that send or read a byte a second, two hundred at once, and honest ones beside them whose times are taken."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx

SLOW = 200
HONEST = 50


@dataclass
class Crowd:
    """Slow connections to one port: the first third dribbles a head, the second a body, the rest reads an answer."""

    host: str
    port: int
    path: str
    token: str
    long_answer: str = "/openapi.json"
    answers: list[bytes] = field(default_factory=list)

    @contextlib.contextmanager
    def pressing(self) -> Iterator[None]:
        """All of them at once, until the block ends."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        going = [asyncio.run_coroutine_threadsafe(self._dribble(number), loop) for number in range(SLOW)]
        time.sleep(2)
        try:
            yield
        finally:
            asyncio.run_coroutine_threadsafe(_end_all(), loop).result(30)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
            loop.close()
            assert len(going) == SLOW

    async def _dribble(self, number: int) -> None:
        reader, writer = await asyncio.open_connection(self.host, self.port, limit=1024)
        kind = number % 3
        try:
            if kind == 2:
                writer.write(f"GET {self.long_answer} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
                while piece := await reader.read(1):
                    self.answers.append(piece) if not self.answers else None
                    await asyncio.sleep(1)
                return
            if kind == 0:
                data = f"GET {self.path} HTTP/1.1\r\nHost: x\r\nX-Long: ".encode() + b"x" * 4_000
            else:
                head = (
                    f"POST {self.path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.token}\r\n"
                    "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
                )
                writer.write(head.encode())
                data = b"{" + b" " * 4_990
            for at in range(len(data)):
                writer.write(data[at : at + 1])
                await writer.drain()
                await asyncio.sleep(1)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


async def _end_all() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def times(address: str, headers: dict[str, str], *, seconds: float, pause: float = 2.0) -> list[float]:
    """How long the requests of fifty honest clients took, each asking again and again for so many seconds.

    Raises:
        AssertionError: one was not answered as it should be.
    """

    async def one(client: httpx.AsyncClient, until: float, found: list[float], number: int) -> None:
        await asyncio.sleep(pause * number / HONEST)
        while time.monotonic() < until:
            began = time.monotonic()
            answer = await client.get(address, headers=headers)
            found.append(time.monotonic() - began)
            assert answer.status_code == 200, answer.text
            await asyncio.sleep(pause)

    async def all_of_them() -> list[float]:
        found: list[float] = []
        limits = httpx.Limits(max_connections=HONEST, max_keepalive_connections=HONEST)
        async with httpx.AsyncClient(timeout=30, limits=limits, trust_env=False) as client:
            until = time.monotonic() + seconds
            await asyncio.gather(*(one(client, until, found, number) for number in range(HONEST)))
        return found

    return asyncio.run(all_of_them())


def p99(found: list[float]) -> float:
    """The time that one request in a hundred took longer than."""
    return sorted(found)[int(len(found) * 0.99)]
