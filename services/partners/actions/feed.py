"""The feed as a partner reads it: from a position on, waiting for what comes, and never past something unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.partners import problems, says
from services.partners.actions.house import House, hearing
from services.partners.model import filters
from shared import clock
from shared.documents.mongo import Document
from shared.http.callers import Caller
from shared.http.problems import Fault

PRUNE = "prune_feed"
KEPT = timedelta(days=90)
"""A partner may be away for a season; after that reading states is quicker than reading history."""

PRUNED_TOGETHER = 500
PIECE = 100
LOOKED_THROUGH = 1_000
"""Positions that one request looks through at most; `next` says how far it came, also when nothing was for it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and what of it: an organisation, the filters of the request, the payload level."""

    organisation: Document
    wanted: Document
    level: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Events in the order of their positions; `next` is where to read on, `newest` where the feed ends now."""

    events: list[dict[str, Any]]
    next: int
    newest: int
    oldest: int

    @property
    def at_the_end(self) -> bool:
        """Nothing more is there now."""
        return self.next >= self.newest


def reader(caller: Caller, house: House, args: Mapping[str, Any]) -> Reader:
    """Who asks for events, with the filters of the request, once all rights are checked."""
    organisation = hearing(caller, house)
    wanted = {"event_types": list(args.get("types") or ()), "regions": list(args.get("regions") or ())}
    return Reader(organisation, wanted, filters.level_of(organisation, args.get("payload_level")))


def read(house: House, who: Reader, after: int, limit: int) -> Piece:
    """Up to `limit` events after a position.

    Raises:
        Refused: a position that the feed has not reached.
        PositionTooOld: one that it no longer reaches back to.
    """
    ends = house.feed.ends()
    check_position(after, newest=ends.newest, oldest=ends.oldest)
    upto = min(ends.newest, after + LOOKED_THROUGH)
    found: list[dict[str, Any]] = []
    reached = after
    while reached < upto:
        end = min(reached + PIECE, upto)
        for entry in house.feed.between(reached, end):
            if not sees(who, entry):
                continue
            found.append(says.event(entry, who.level))
            if len(found) == limit:
                return Piece(found, entry["_id"], ends.newest, ends.oldest)
        reached = end
    return Piece(found, reached, ends.newest, ends.oldest)


def sees(who: Reader, entry: Document) -> bool:
    """Whether this reader gets this entry."""
    return filters.withheld_from(who.organisation, entry) is None and filters.passed_over(who.wanted, entry) is None


def position_since(house: House, at: datetime) -> int:
    """The position before the first event that was heard at or after a moment."""
    return house.feed.first_since(at) - 1


def check_position(after: int, *, newest: int, oldest: int, where: str = "query", name: str = "/after") -> None:
    """Refuse a position that is not between the ends of the feed.

    Raises:
        Refused, PositionTooOld: see there; both say which position to use.
    """
    if after > newest:
        raise problems.Refused(
            code="position_in_the_future",
            extra={"newest": newest},
            errors=[
                Fault(
                    name,
                    "position_in_the_future",
                    {"id": f"Umpan baru sampai {newest}.", "en": f"The feed has reached {newest} only."},
                    {
                        "id": f"Pakai posisi yang pernah Anda terima, paling besar {newest}.",
                        "en": f"Use a position that you were given, {newest} at most.",
                    },
                    where=where,
                )
            ],
        )
    if after < oldest - 1:
        raise problems.PositionTooOld(
            {
                "id": f"Umpan mulai pada {oldest}. Baca keadaan sekarang lewat API, lalu pakai {oldest - 1}.",
                "en": f"The feed begins at {oldest}. Read the present state by the APIs, then use {oldest - 1}.",
            },
            extra={"oldest": oldest},
        )


def prune(house: House) -> datetime:
    """The daily job: drop what is older than the feed keeps. Returns the next time."""
    while house.feed.prune(clock.wall() - KEPT, PRUNED_TOGETHER):
        continue
    return clock.now() + timedelta(days=1)
