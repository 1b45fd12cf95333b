"""How long after a law is approved is every open application that it closes flagged? On an embedded stack of its own.

    python -m benchmarks.judging                         1,000 applications to 50 orders
    python -m benchmarks.judging --applications 200      fewer of them
    python -m benchmarks.judging --rounds 5              the gate is approved and ended so many times

People without a certificate apply to household orders, which is lawful until a gate for people from NTT is approved.
Prints, in milliseconds from the answer to the approval, when each application stood at STOPPED in placement; then from
the answer to the end of the law, when it had gone on. Placement notes the moment in the transaction that keeps the
judgement, from which on the application stands so; a sample is asked for over HTTP to show that a visitor sees it.
"""

import argparse
import itertools
import logging
import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pymongo

from deploy.demo.visitors import Answer, Visitor, Visitors, until
from deploy.local import ports
from deploy.local.folders import Home
from deploy.local.problems import Fault
from deploy.local.stack import Stack
from shared import clock
from tests.support import sent
from tests.support.sent import day

COUNTRY = "NZL"
SAMPLE = 20
PROMISE_MS = 1000
SIDE_BY_SIDE = 4
REST_SECONDS = 5
PATIENCE = timedelta(minutes=1)
LOOK_EVERY_SECONDS = 0.25
"""How often the notes are read. They lie there for a second, and looking costs the engine that is measured."""


def main() -> None:
    """Start a stack, fill it, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--applications", type=int, default=1000)
    parser.add_argument("--orders", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    logging.getLogger("shared.http.tokens").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="lumbung-") as folder:
        with Stack(home=Home(Path(folder) / "home"), ports=ports.free(), throw_away=True) as stack:
            stack.start_engines()
            stack.start_houses()
            clock.follow(stack.home.clock)
            print(f"{stack.engine.label}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
            benchmark = Benchmark(stack)
            benchmark.fill(options.applications, options.orders)
            print(f"\n{'milliseconds':<44}{'p50':>8}{'p95':>8}{'p99':>8}{'max':>8}")
            for number in range(options.rounds):
                benchmark.round(number)


class Benchmark:
    """A stack with open applications, and a law that closes and opens them."""

    def __init__(self, stack: Stack) -> None:
        self.visitors = Visitors(stack)
        self.mongodb: pymongo.MongoClient[Answer] = pymongo.MongoClient(stack.mongodb_admin_uri, tz_aware=True)
        self.judged = self.mongodb["lumbung_placement"]["judgements"]
        self.notes = self.mongodb["lumbung_placement"]["to_settle"]
        self.made: list[str] = []
        self.stack = stack
        self.many = 0
        self.sample: list[str] = []

    def fill(self, applications: int, orders: int) -> None:
        """People, orders and applications, through the public doors; back when all are judged lawful."""
        reviewer = self.visitors.staff("placement", "reviewer", "Rina Peninjau")
        officer = self.visitors.staff("placement", "officer", "Ana Petugas")
        registry = self.visitors.staff("registry", "officer", "Ana Petugas")
        company = reviewer.post("/v1/companies", a_company())
        published = [reviewer.post("/v1/job-orders", an_order(number, company["id"])) for number in range(orders)]
        for order in published:
            reviewer.post(f"/v1/job-orders/{order['id']}/verify", {}, version=order["version"])
        began = time.monotonic()
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            people = list(pool.map(lambda n: registry.post("/v1/candidates", a_person(n)), range(applications)))

            def apply(pair: tuple[Answer, Answer]) -> str:
                wanted = {"candidate_id": pair[0]["id"], "job_order_id": pair[1]["id"]}
                return str(officer.post("/v1/applications", wanted)["id"])

            made = list(pool.map(apply, zip(people, itertools.cycle(published), strict=False)))
        self.sample = made[:: max(len(made) // SAMPLE, 1)]
        print(f"{len(made)} applications to {orders} orders in {time.monotonic() - began:.0f} s")
        self.many, self.made = len(made), made
        self.until_flagged("APPLIED")

    def round(self, number: int) -> None:
        """Approve a gate, measure; end it, measure."""
        approver = self.visitors.staff("placement", "supervisor", "Citra Pengawas")
        proposer = self.visitors.staff("placement", "supervisor", "Budi Pengawas")
        policy = proposer.post("/v1/policies", a_gate(number))
        self.rest()
        before = self.processor()
        at = approved(approver, policy["id"], 1)
        moments = self.moments(at)
        after = self.processor()
        used = {name: after[name] - before[name] for name in after if after[name] - before[name] >= 0.05}
        told(f"gate approved -> stopped ({number + 1})", moments, self.seen("STOPPED", at))
        print(" " * 4 + "processor seconds until then: " + ", ".join(f"{n} {s:.2f}" for n, s in used.items()))
        ended = {"ends_on": day(-1), "legal_basis": {"instrument": "Dicabut", "article": None, "source": "contoh"}}
        policy = proposer.post(f"/v1/policies/{policy['id']}/end", ended)
        self.rest()
        waiting = next(row["number"] for row in policy["revisions"] if row["status"] == "PROPOSED")
        at = approved(approver, policy["id"], waiting)
        told(f"gate ended -> going on ({number + 1})", self.moments(at), self.seen("APPLIED", at))

    def seen(self, state: str, at: datetime) -> float:
        """Milliseconds until a visitor saw the whole sample in this state."""
        officer: Visitor = self.visitors.staff("placement", "officer", "Ana Petugas")
        for id in self.sample:
            until(lambda id=id: officer.get(f"/v1/applications/{id}"), lambda one: one["state"] == state, state)  # type: ignore[misc]
        return (datetime.now(UTC) - at).total_seconds() * 1000

    def until_flagged(self, state: str) -> None:
        """Wait until the judgements of all applications have arrived; asked seldom, because asking costs the engine."""
        outcome = {"STOPPED": "UNLAWFUL", "APPLIED": "LAWFUL"}[state]
        wanted = {"subject": "APPLICATION", "outcome": outcome}
        time.sleep(0.5)
        until(
            lambda: {"there": self.judged.count_documents(wanted)},
            lambda found: found["there"] == self.many,
            f"all applications to be {outcome}",
        )

    def moments(self, at: datetime) -> list[float]:
        """For every application, the milliseconds after `at` in which its judgement was kept, and it stood so.

        The listener notes what it kept for whoever writes it down a second later; those notes are read meanwhile.
        """
        kept: dict[str, datetime] = {}
        while self._look(kept, at) < self.many:
            if datetime.now(UTC) - at > PATIENCE:
                raise Fault(f"{len(kept)} of {self.many} applications were judged in a minute.", "See ./lumbung logs.")
            time.sleep(LOOK_EVERY_SECONDS)
        return [(moment - at) / timedelta(milliseconds=1) for moment in kept.values()]

    def _look(self, kept: dict[str, datetime], at: datetime) -> int:
        """Add what is new; returns how many there are."""
        mine = set(self.made)
        for row in self.notes.find({"at": {"$gte": at}}, {"at": 1, "ids": 1}):
            for id in mine.intersection(row["ids"]):
                kept.setdefault(id, row["at"])
        return len(kept)

    def rest(self) -> None:
        """Until what followed from the law before is written, told and heard: a measure of this law alone."""
        outbox = self.mongodb["lumbung_placement"]["outbox"]
        until(
            lambda: {"left": self.notes.count_documents({}) + outbox.count_documents({})},
            lambda found: found["left"] == 0,
            "everything to be written down",
            seconds=600,
        )
        time.sleep(REST_SECONDS)

    def processor(self) -> dict[str, float]:
        """Processor seconds of every process so far."""
        found = {}
        for running in self.stack.supervisor.running():
            if running.pid is not None:
                family = [psutil.Process(running.pid), *psutil.Process(running.pid).children(recursive=True)]
                times = [one.cpu_times() for one in family]
                found[running.name] = sum(one.user + one.system for one in times)
        return found


def approved(approver: Visitor, policy_id: str, number: int) -> datetime:
    """Approve a revision; the moment at which the approval was answered."""
    approver.post(f"/v1/policies/{policy_id}/revisions/{number}/approve")
    return datetime.now(UTC)


def told(what: str, moments: Sequence[float], seen: float) -> None:
    rising = sorted(moments)
    shown = [rising[min(int(len(rising) * share), len(rising) - 1)] for share in (0.5, 0.95, 0.99, 1.0)]
    verdict = "kept" if shown[2] < PROMISE_MS else "BROKEN"
    print(f"{what:<44}" + "".join(f"{value:>8.0f}" for value in shown) + f"   promise {verdict}, seen by {seen:.0f}")


def a_person(number: int) -> Answer:
    letters = "".join("abcdefghij"[int(digit)] for digit in str(number))
    return {
        "full_name": f"Contoh {letters.title()}",
        "nik": f"9953064404{number + 1:06d}",
        "birth_date": "1999-04-04",
        "sex": "F",
        "regency": "53.06",
        "education": {"level": "SMA", "years": 12},
        "consents": [{"purpose": "MATCHING", "method": "WRITTEN"}],
        "confirm_new": True,
    }


def a_company() -> Answer:
    dates = {"valid_from": day(-400), "valid_until": day(800), "snapshot_on": day(-1)}
    return {"sip3mi": "SIP3MI-BENCH", "name": "PT Ukur", "status": "ACTIVE", **dates}


def an_order(number: int, company: str) -> Answer:
    return sent.an_order_to_new_zealand(f"JO-BENCH-{number}", quota=1000, company=company)


def a_gate(number: int) -> Answer:
    return {
        "code": f"GATE-BENCH-{number}",
        "kind": "GATE",
        "valid_from": day(-2),
        "legal_basis": {"instrument": "Moratorium contoh", "article": "1", "source": "contoh"},
        "confidence": "H",
        "verified_on": day(-1),
        "text": {"id": "Moratorium contoh.", "en": "An example moratorium."},
        "content": {"home_regency_prefix": "53.", "employer_type": "HOUSEHOLD", "reading": "WIDE"},
    }


if __name__ == "__main__":
    main()
