"""The stream as a partner stays on it: begun anywhere, resumed without a gap, ended with a reason."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from services.partners.actions import streaming, waiting
from tests.integration.partners.conftest import Answer, Partners


class Frames:
    """The events of an open stream, read in a thread."""

    def __init__(self, response: httpx.Response) -> None:
        self.seen: list[tuple[str, str, Answer]] = []
        self.beats = 0
        self.ended = threading.Event()
        self._thread = threading.Thread(target=self._read, args=(response,), daemon=True)
        self._thread.start()

    def _read(self, response: httpx.Response) -> None:
        frame: dict[str, str] = {}
        try:
            for line in response.iter_lines():
                if line.startswith(":"):
                    self.beats += 1
                elif line:
                    name, _, value = line.partition(": ")
                    frame[name] = value
                elif frame:
                    self.seen.append((frame.get("id", ""), frame["event"], json.loads(frame["data"])))
                    frame = {}
        except httpx.HTTPError:
            pass
        self.ended.set()

    def wait_for(self, count: int, seconds: float = 10) -> None:
        deadline = time.monotonic() + seconds
        while len(self.seen) < count:
            assert time.monotonic() < deadline, self.seen
            time.sleep(0.02)


@contextmanager
def streaming_from(client: httpx.Client, headers: dict[str, str] | None = None, **query: Any) -> Iterator[Frames]:
    with client.stream("GET", "/v1/events/stream", params=query, headers=headers) as response:
        assert response.status_code == 200, response.read()
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Frames(response)


def test_a_stream_tells_what_happens_and_goes_on_after_a_break(partners: Partners) -> None:
    _, client = partners.a_partner()
    with streaming_from(client) as frames:
        time.sleep(0.3)
        first = partners.hear_course()
        frames.wait_for(1)
    position, name, event = frames.seen[0]
    assert (name, event["subject"], event["position"]) == ("course.published", first["id"], position)
    missed = [partners.hear_course()["id"] for _ in range(3)]
    with streaming_from(client, {"Last-Event-ID": position}) as frames:
        frames.wait_for(3)
    assert [event["subject"] for _, _, event in frames.seen] == missed


def test_a_stream_shows_that_it_lives(partners: Partners, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "HEARTBEAT_SECONDS", 0.1)
    monkeypatch.setattr(streaming, "CHECKED_EVERY_SECONDS", 0.1)
    _, client = partners.a_partner()
    with streaming_from(client) as frames:
        time.sleep(1)
        assert frames.beats >= 3 and frames.seen == []


@pytest.mark.parametrize("how", ["revoked", "suspended"])
def test_an_open_stream_ends_with_a_reason(partners: Partners, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "CHECKED_EVERY_SECONDS", 0.1)
    organisation, client = partners.a_partner()
    path = f"/v1/organisations/{organisation['id']}"
    with streaming_from(client) as frames:
        if how == "revoked":
            (key,) = client.get(f"{path}/keys").json()["items"]
            assert partners.manager.delete(f"{path}/keys/{key['id']}").status_code == 204
        else:
            partners.manager.patch(path, json={"status": "SUSPENDED"}, headers={"If-Match": '"1"'})
        assert frames.ended.wait(5)
    _, name, problem = frames.seen[-1]
    assert (name, problem["code"]) == ("end", "key_invalid" if how == "revoked" else "partner_suspended")


@pytest.mark.parametrize(
    ("last", "status", "code"),
    [("999999999", 422, "position_in_the_future"), ("abc", 400, "last_event_id_unreadable"), ("-1", 400, None),
     ("1e3", 400, None), ("9" * 40, 400, None)],
)  # fmt: skip
def test_a_position_that_was_never_given_is_refused(
    partners: Partners, last: str, status: int, code: str | None
) -> None:
    _, client = partners.a_partner()
    refused = client.get("/v1/events/stream", headers={"Last-Event-ID": last})
    assert refused.status_code == status, refused.text
    assert refused.json()["code"] == (code or "last_event_id_unreadable")
    assert refused.json()["errors"][0]["pointer"] == "/Last-Event-ID"


def test_one_partner_cannot_take_all_places(partners: Partners) -> None:
    _, client = partners.a_partner()
    _, other = partners.a_partner()
    open_streams = [client.stream("GET", "/v1/events/stream") for _ in range(waiting.STREAMS_EACH)]
    for one in open_streams:
        assert one.__enter__().status_code == 200
    refused = client.get("/v1/events/stream")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_streams")
    assert int(refused.headers["Retry-After"]) > 0
    with streaming_from(other):
        pass
    for one in open_streams:
        one.__exit__(None, None, None)
    for _ in range(40):
        partners.hear_course()  # whoever writes notices that nobody reads any more
        with client.stream("GET", "/v1/events/stream") as again:
            if again.status_code == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the places never came back")


def test_a_long_poll_ends_when_its_key_does(partners: Partners, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "CHECKED_EVERY_SECONDS", 0.1)
    organisation, client = partners.a_partner()
    path = f"/v1/organisations/{organisation['id']}/keys"
    (key,) = client.get(path).json()["items"]
    threading.Timer(0.4, partners.manager.delete, [f"{path}/{key['id']}"]).start()
    ended = client.get("/v1/events", params={"after": partners.newest, "wait": 20})
    assert (ended.status_code, ended.json()["code"]) == (401, "key_invalid")
