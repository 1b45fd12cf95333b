"""How often, how much at once: counted in the memory of one process, by no thread of its own."""

import threading
from typing import Any

import pytest

from shared.http import counters, large, uploads
from shared.http.counters import Counters
from shared.http.limits import Limits
from tests.support.limits import ENDLESS

Headers = dict[str, str]


def test_a_count_belongs_to_its_window(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000.0]
    monkeypatch.setattr(counters, "_now", lambda: now[0])
    counts = Counters()
    assert [counts.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    assert (counts.get("a"), counts.get("b"), counts.get_expiry("a")) == (3, 0, 1_060)
    now[0] += 60
    assert (counts.get("a"), counts.incr("a", 60)) == (0, 1)
    counts.clear("a")
    assert (counts.get("a"), counts.reset()) == (0, 0)


def test_counts_do_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counters, "MOST_KNOWN", 10)
    counts = Counters()
    counts.incr("stays", 60)
    for number in range(100):
        counts.incr(f"over {number}", -1)
    assert counts.get("stays") == 1
    for number in range(100):
        counts.incr(f"address {number}", 60)
    assert counts.reset() <= 10


def test_counting_starts_no_thread(make_bakery: Any) -> None:
    client = make_bakery(limits=Limits(nobody="1000 per minute")).test_client()
    threads = {one.ident for one in threading.enumerate()}
    assert {client.get("/v1/loaves").status_code for _ in range(20)} == {200}
    assert {one.ident for one in threading.enumerate()} == threads


def test_of_large_files_a_house_takes_half_its_threads(
    make_bakery: Any, baker: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, go_on = threading.Semaphore(0), threading.Event()

    def take(request: object) -> uploads.Upload:
        inside.release()
        go_on.wait(20)
        return uploads.Upload(b"", "")

    monkeypatch.setattr(uploads, "take", take)
    app = make_bakery(limits=ENDLESS)
    content = b"x" * (large.LEAST + 1)

    def send() -> Any:
        return app.test_client().post("/v1/files", headers=baker, data=content)

    threads = [threading.Thread(target=send) for _ in range(ENDLESS.files_at_once)]
    for thread in threads:
        thread.start()
    assert all(inside.acquire(timeout=20) for _ in threads)
    refused = send()
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "5")
    assert app.test_client().get("/v1/loaves").status_code == 200
    go_on.set()
    for thread in threads:
        thread.join()
    assert send().status_code == 200
