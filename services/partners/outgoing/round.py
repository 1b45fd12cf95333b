"""One round for one endpoint: what is due again first, then what is new, in order, until something fails.

What it did is written in one transaction. A process that dies before repeats the round: the same events under the same
`webhook-id`, which a receiver that keeps ids takes once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from services.partners import says
from services.partners.model import filters, schedule
from services.partners.outgoing import attempts, measures
from services.partners.outgoing.posting import Answer
from services.partners.store import deliveries as log
from services.partners.store.feed import Feed
from services.partners.store.subscriptions import fresh
from shared import clock
from shared.documents.mongo import Document
from shared.sealing import Seal

MOST_SENT, MOST_SECONDS = 50, 1.0
"""A round is written after so many deliveries or so long, so that little is repeated when a process dies."""

LOOKED_THROUGH = 2_000
SLOW_MS = 2_000

Entries = Callable[[int, int], list[Document]]


@dataclass(slots=True)
class Outcome:
    """What a round came to. `standing`: the values to write; `fresh`, `changed`: rows of the log."""

    standing: dict[str, Any]
    fresh: list[Document] = field(default_factory=list)
    changed: list[Document] = field(default_factory=list)
    back_since: datetime | None = None
    gone: bool = False
    slow: bool = False


class Round:
    """The work on one subscription, for whom nobody else works at the same moment."""

    def __init__(
        self,
        *,
        feed: Feed,
        deliveries: log.Deliveries,
        seal: Seal,
        development: bool,
        organisation: Document,
        subscription: Document,
        standing: Document,
        entries: Entries,
    ) -> None:
        self._feed = feed
        self._log = deliveries
        self._seal = seal
        self._development = development
        self._organisation = organisation
        self._subscription = subscription
        self._entries = entries
        self._level = filters.level_of(organisation, subscription["payload_level"])
        self.out = Outcome({"position": standing["position"], **{name: standing[name] for name in fresh()}})

    def run(self, due: Sequence[Document], newest: int) -> Outcome:
        """Try what is due and what is new, up to this position."""
        deadline = clock.monotonic() + MOST_SECONDS
        for row in due:
            if not self._again(row) or clock.monotonic() > deadline:
                return self.out
        return self._on(newest, deadline)

    def _again(self, row: Document) -> bool:
        # Read again: it may have been delivered, or given up, since it was found.
        row = self._log.load(row["_id"]) or {"state": "CANCELLED"}
        if row["state"] != "WAITING":
            return True
        entry = self._feed.at(row["position"])
        if entry is None or filters.withheld_from(self._organisation, entry) is not None:
            self.out.changed.append({**row, "state": "CANCELLED", "next_at": None})
            return True
        return self._try(row, entry, self.out.changed)

    def _on(self, newest: int, deadline: float) -> Outcome:
        standing = self.out.standing
        upto = min(newest, standing["position"] + LOOKED_THROUGH)
        for entry in self._entries(standing["position"], upto):
            if self._hears(entry):
                now_so = self._feed.at(entry["_id"]) if entry.get("about") else entry
                # Whoever it is about may have been erased since it was read.
                if now_so is not None and self._hears(now_so):
                    row = log.row(self._subscription, now_so, clock.now())
                    well = self._try(row, now_so, self.out.fresh)
                    standing["position"] = entry["_id"]
                    if not well or len(self.out.fresh) >= MOST_SENT or clock.monotonic() > deadline:
                        return self.out
            standing["position"] = entry["_id"]
        standing["position"] = max(standing["position"], upto)
        return self.out

    def _hears(self, entry: Document) -> bool:
        return (
            filters.withheld_from(self._organisation, entry) is None
            and filters.passed_over(self._subscription, entry) is None
        )

    def _try(self, row: Document, entry: Document, into: list[Document]) -> bool:
        """Send one event and note what came of it; False when the endpoint shall rest."""
        event = says.event(entry, self._level)
        answer = attempts.send(self._subscription, event, self._seal, development=self._development)
        now = clock.now()
        row = attempts.after(row, answer, now)
        into.append(row)
        self.out.standing["waiting"] = self.out.standing["waiting"] or row["state"] == "WAITING"
        self.out.slow = self.out.slow or answer.ms > SLOW_MS
        measures.TRIES.labels("delivered" if answer.trouble is None else "failed").inc()
        if answer.trouble is None:
            if row["tries"] == 1:
                measures.AFTER.observe(max((clock.wall() - entry["heard_at"]).total_seconds(), 0.0))
            self._well(now)
            return True
        self._failed(answer, now)
        return False

    def _well(self, now: datetime) -> None:
        since = self.out.standing["failing_since"]
        if since is not None and now - since >= schedule.OUTAGE:
            self.out.back_since, self.out.standing["waiting"] = since, True
        self.out.standing |= {"failures": 0, "failing_since": None, "rest_until": None, "trouble": None}
        self.out.standing["delivered_at"] = now

    def _failed(self, answer: Answer, now: datetime) -> None:
        failures = self.out.standing["failures"] + 1
        asked = schedule.asked_pause(answer.retry_after, clock.wall()) or timedelta()
        rest = max(schedule.rest(failures), min(asked, schedule.LONGEST_ASKED))
        self.out.standing |= {
            "failures": failures,
            "failing_since": self.out.standing["failing_since"] or now,
            "rest_until": now + rest,
            "failed_at": now,
            "trouble": {"code": answer.trouble, "status": answer.status},
        }
        self.out.gone = self.out.gone or answer.trouble == "gone"
