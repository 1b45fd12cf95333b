"""Partners who wait: a long poll that answers with the first event, and a stream that stays until somebody ends it."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

from services.partners import problems
from services.partners.actions import feed
from services.partners.actions.house import House, hearing
from services.partners.actions.waiting import Waiting
from shared import clock
from shared.http.callers import Caller
from shared.http.problems import Fault, Malformed, say

HEARTBEAT_SECONDS = 15.0
"""Shorter than the minute after which proxies and mobile networks drop a silent connection."""

CHECKED_EVERY_SECONDS = 2.0
"""How soon an open stream notices that its key was revoked or its partner suspended."""

STREAMED_TOGETHER = 100
LOOKED_FOR_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Frame:
    """One server-sent event; without data it is a heartbeat."""

    name: str
    position: int | None
    data: dict[str, Any] | None


def poll(caller: Caller, house: House, waiting: Waiting, args: Mapping[str, Any]) -> feed.Piece:
    """What is there after a position; with `wait`, the first that comes within so many seconds."""
    who = feed.reader(caller, house, args)
    after = _begins(house, args)
    piece = feed.read(house, who, after, args["limit"])
    deadline = clock.monotonic() + args["wait"]
    # Much that is for others is passed over in one answer, and not without end; `next` says how far it came.
    enough = clock.monotonic() + max(args["wait"], LOOKED_FOR_SECONDS)
    while not piece.events and not piece.at_the_end and clock.monotonic() < enough:
        piece = feed.read(house, who, piece.next, args["limit"])
    if piece.events or not piece.at_the_end or not args["wait"]:
        return piece
    with waiting.polling(who.organisation["_id"]) as free:
        if not free:
            # Answered at once it would ask again at once.
            waiting.stopping.wait(1.0)
        while free and not piece.events and not waiting.stopping.is_set():
            left = deadline - clock.monotonic()
            if left <= 0 or not waiting.tail.wait_beyond(piece.next, min(left, CHECKED_EVERY_SECONDS)):
                if left <= 0:
                    break
                house.keys.still(caller)
                hearing(caller, house)
                continue
            piece = feed.read(house, who, piece.next, args["limit"])
    return piece


def stream(
    caller: Caller, house: House, waiting: Waiting, args: Mapping[str, Any], last_event_id: str | None
) -> Generator[Frame, None, None]:
    """The frames of one stream. All refusals are raised here, before the first frame; the place is taken here too."""
    who = feed.reader(caller, house, args)
    ends = house.feed.ends()
    after = _resumed(last_event_id, args, ends.newest)
    header = last_event_id is not None and last_event_id.strip() != ""
    where, name = ("header", "/Last-Event-ID") if header else ("query", "/after")
    feed.check_position(after, newest=ends.newest, oldest=ends.oldest, where=where, name=name)
    waiting.take_stream(who.organisation["_id"])
    frames = _frames(caller, house, waiting, args, after)
    next(frames)  # from here on closing it gives the place back
    return frames


def _frames(
    caller: Caller, house: House, waiting: Waiting, args: Mapping[str, Any], after: int
) -> Generator[Frame, None, None]:
    organisation_id = caller.organisation or ""
    try:
        yield Frame("begun", None, None)
        # A first line at once: a client behind a proxy learns that it is connected.
        yield Frame("heartbeat", None, None)
        who, checked, spoken = feed.reader(caller, house, args), clock.monotonic(), clock.monotonic()
        while not waiting.stopping.is_set():
            now = clock.monotonic()
            if now - checked >= CHECKED_EVERY_SECONDS:
                house.keys.still(caller)
                who, checked = feed.reader(caller, house, args), now
            piece = feed.read(house, who, after, STREAMED_TOGETHER)
            for event in piece.events:
                yield Frame(event["type"], int(event["position"]), event)
                spoken = clock.monotonic()
            after = piece.next
            if not piece.at_the_end:
                continue
            if clock.monotonic() - spoken >= HEARTBEAT_SECONDS:
                yield Frame("heartbeat", None, None)
                spoken = clock.monotonic()
            waiting.tail.wait_beyond(after, CHECKED_EVERY_SECONDS)
    finally:
        waiting.leave_stream(organisation_id)


def _begins(house: House, args: Mapping[str, Any]) -> int:
    if "since" in args:
        if "after" in args:
            problems.refuse(
                "/since",
                "after_and_since",
                {"id": "Pilih salah satu: after atau since.", "en": "Give after or since, not both."},
                {"id": "Hapus since.", "en": "Remove since."},
                where="query",
            )
        return feed.position_since(house, args["since"])
    if "after" in args:
        return int(args["after"])
    return house.feed.ends().oldest - 1


def _resumed(header: str | None, args: Mapping[str, Any], newest: int) -> int:
    text = (header or "").strip()
    if not text:
        return int(args.get("after", newest))
    if text.isascii() and text.isdigit() and len(text) <= 15:
        return int(text)
    detail = say(
        "Last-Event-ID harus angka dari baris id yang terakhir Anda terima.",
        "Last-Event-ID must be the number of the last id line that you received.",
    )
    fault = Fault("/Last-Event-ID", "last_event_id_unreadable", detail, where="header")
    raise Malformed(detail, code="last_event_id_unreadable", errors=[fault])
