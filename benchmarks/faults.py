"""Blow after blow while officers work: is anything acknowledged lost, is anything doubled, how soon does all go on?

    python -m benchmarks.faults --rounds 20 --seed 1

One Lumbung in a throw-away folder, two officers who register and refer people all the time. Each round draws a victim
(an engine, the proxy, a house's web or work process) and a blow: killed; stopped until the supervisor replaces it;
paused for a moment and let go on; the clock of all houses jumped by up to three days; the disk full for some seconds
(only where this user may mount a small file system in memory). A round ends when three more people were referred.
At the end: every acknowledged person and referral is there and nothing besides, the topics tell the versions of each
key in order, and what matching knows equals what the topics tell. The exit code is 1 when anything of that is not so.
"""

import argparse
import contextlib
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymongo

from deploy.demo.visitors import Visitors
from deploy.local import ports
from deploy.local.folders import Home
from deploy.local.stack import Stack
from shared import clock
from shared.events.broker import Broker
from shared.events.bus import Reader
from tests.deep.test_any_process import Officers, _is_back, _rebuilt_the_same
from tests.e2e.world import World, day

DISK_MB = 1_500
ENOUGH = 3
PROMISE_SECONDS = 30.0
TOPICS = ("registry.candidates.v1", "training.enrolments.v1", "training.batches.v1")


@dataclass(frozen=True, slots=True)
class Round:
    """What was done, and the seconds from its end (or its beginning, where nobody ends it) until people were served."""

    blow: str
    seconds: float


class Campaign:
    """One running Lumbung with people at work, and somebody who hits it."""

    def __init__(self, site: Stack, disk: Path | None, dice: random.Random) -> None:
        self._site, self._disk, self._dice = site, disk, dice
        self.world = World(Visitors(site))
        batch = self.world.a_batch(self.world.course, starts=day(400), ends=day(430), closes=day(390), seats=500)
        self.batch: str = batch["id"]
        self.officers = Officers(site, self.batch)
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self.officers.work, args=(self._stopping, f"Officer {number}"), daemon=True)
            for number in range(2)
        ]

    def __enter__(self) -> "Campaign":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(150)

    def round(self) -> Round:
        """One blow, and the wait until work goes on."""
        blows: list[Callable[[], str]] = [self._kill, self._kill, self._stop, self._pause, self._pause, self._jump]
        blow = self._dice.choice(blows + ([self._fill] if self._disk else []))
        began = time.monotonic()
        said = blow()
        if blow not in (self._kill, self._stop, self._jump):
            began = time.monotonic()
        served = len(self.officers.referred)
        while len(self.officers.referred) < served + ENOUGH:
            if time.monotonic() - began > 300:
                raise SystemExit(f"{said}: nobody was served for 300 s; {self.officers.failures[-3:]}")
            time.sleep(0.05)
        return Round(said, time.monotonic() - began)

    def _victim(self) -> tuple[str, int]:
        name = self._dice.choice([one.name for one in self._site.supervisor.running()])
        return name, self._site.supervisor.pid(name)

    def _kill(self) -> str:
        name, pid = self._victim()
        os.kill(pid, signal.SIGKILL)
        self._until_back(name, pid)
        return f"{name} killed"

    def _stop(self) -> str:
        name, pid = self._victim()
        os.killpg(pid, signal.SIGSTOP)
        self._until_back(name, pid)
        return f"{name} stopped"

    def _pause(self) -> str:
        name, pid = self._victim()
        seconds = self._dice.uniform(0.2, 2.5)
        os.killpg(pid, signal.SIGSTOP)
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):  # the supervisor was faster
            os.killpg(pid, signal.SIGCONT)
        return f"{name} paused for {seconds:.1f} s"

    def _jump(self) -> str:
        days = self._dice.uniform(0.01, 3)
        clock.advance(days)
        return f"clock jumped by {days:.2f} days"

    def _fill(self) -> str:
        assert self._disk is not None
        seconds = self._dice.uniform(1, 6)
        filler = self._disk / "filler"
        with contextlib.suppress(OSError), filler.open("wb") as file:
            while True:
                file.write(bytes(1 << 20))
        time.sleep(seconds)
        filler.unlink()
        return f"disk full for {seconds:.1f} s"

    def _until_back(self, name: str, pid: int) -> None:
        deadline = time.monotonic() + 120
        while not _is_back(self._site, name, pid):
            if time.monotonic() > deadline:
                raise SystemExit(f"{name} did not come back within 120 s")
            time.sleep(0.05)

    def faults(self) -> list[str]:
        """What is not as it should be, once everybody has stopped."""
        found = list(self.officers.failures)
        client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(self._site.mongodb_admin_uri)
        with client:
            for house, kind, known in (
                ("registry", "candidates", self.officers.registered),
                ("training", "enrolments", self.officers.referred),
            ):
                there = {row["_id"] for row in client[f"lumbung_{house}"][kind].find({}, {"_id": 1})}
                found += [f"{len(lost)} {kind} lost" for lost in [known - there] if lost]
                found += [f"{len(more)} {kind} that nobody was told of" for more in [there - known] if more]
            deadline = time.monotonic() + 120
            while any(client[f"lumbung_{house}"]["outbox"].find_one() for house in ("registry", "training")):
                if time.monotonic() > deadline:
                    return [*found, "events wait in an outbox"]
                time.sleep(0.2)
            found += self._wrong_seats(client["lumbung_training"]["enrolments"])
        found += self._out_of_order()
        deadline = time.monotonic() + 180
        while not _rebuilt_the_same(self._site):
            if time.monotonic() > deadline:
                return [*found, "matching knows something else than the topics tell"]
        return found

    def _wrong_seats(self, enrolments: "pymongo.collection.Collection[dict[str, Any]]") -> list[str]:
        """Seats that nobody holds, or the other way round, once what lapses has lapsed."""
        # A clock that jumped by more than three days in all lets referrals lapse one by one, and frees their seats.
        deadline = time.monotonic() + 120
        while True:
            held = enrolments.count_documents({"batch_id": self.batch, "state": {"$ne": "DROPPED"}})
            taken = self.world.provider.get(f"/v1/batches/{self.batch}")["taken"]
            if taken == held:
                return []
            if time.monotonic() > deadline:
                return [f"{taken} seats taken by {held} referrals"]
            time.sleep(0.5)

    def _out_of_order(self) -> list[str]:
        """Keys of which an older version came after a newer one."""
        admin = self._site.kafka_admin
        reader = Reader(Broker(admin.bootstrap, admin.username, admin.password), TOPICS, group=None)
        last: dict[tuple[str, bytes], int] = {}
        found, silent = [], 0
        while silent < 5:
            records = reader.poll(1.0)
            silent = 0 if records else silent + 1
            for (topic, _), some in records.items():
                for record in some:
                    headers = dict(record.headers)
                    version = int(headers["ce_sequence"])
                    if version < last.get((topic, record.key), 0):
                        found.append(f"{topic}: version {version} of a key after {last[topic, record.key]}")
                    last[topic, record.key] = version
        reader.close()
        return found


@contextlib.contextmanager
def a_small_disk() -> Iterator[Path | None]:
    """A file system in memory that can be filled without harm to anybody else; None where it cannot be had."""
    with tempfile.TemporaryDirectory(prefix="lumbung-disk-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}M,mode=0700", "tmpfs", folder]
        if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
            yield None
            return
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=False)


def main() -> int:
    """Start, hit, look, print. Returns 1 when something was lost, doubled or out of order."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    with ExitStack() as closing:
        disk = closing.enter_context(a_small_disk())
        folder = disk or Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="lumbung-")))
        home = Home(folder / "home")
        site = closing.enter_context(Stack(home=home, ports=ports.free(), throw_away=True))
        clock.follow(home.clock)
        site.start_engines()
        site.start_houses()
        print(f"{site.engine.label}, load {os.getloadavg()[0]:.1f}, full disk {'tried' if disk else 'not tried'}")
        campaign = Campaign(site, disk, random.Random(options.seed))
        rounds = []
        with campaign:
            for number in range(1, options.rounds + 1):
                rounds.append(campaign.round())
                print(f"{number:4} {rounds[-1].blow:<40} {rounds[-1].seconds:6.1f} s", flush=True)
        faults = campaign.faults()
        late = [one for one in rounds if one.seconds > PROMISE_SECONDS]
        slowest = max(one.seconds for one in rounds)
        people, referrals = len(campaign.officers.registered), len(campaign.officers.referred)
        print(f"{len(rounds)} rounds, {people} people, {referrals} referrals")
        print(f"slowest {slowest:.1f} s, {len(late)} over {PROMISE_SECONDS:.0f} s")
        print("\n".join(faults) or "nothing lost, nothing doubled, every key in order")
        return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
