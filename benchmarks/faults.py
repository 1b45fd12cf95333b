"""Blow after blow while officers work: is anything acknowledged lost, is anything doubled, how soon does all go on?

    python -m benchmarks.faults --rounds 20 --seed 1

One Lumbung in a throw-away folder, two officers who register and refer people all the time, a partner who hears of it
at its endpoint and at the feed, and somebody who writes records that break their contract: a tenth of all. Each round
draws a blow and a victim from shuffled decks, so that each comes: an engine or a process of a house killed; one
stopped until the supervisor replaces it; paused for a moment and let go on; the clock of all houses jumped by up to
three days; the disk full for some seconds (only where this user may mount a small file system in memory); the
partner slow. A round ends when three more people were referred.
At the end: every acknowledged person and referral is there and nothing besides, the partner was told each once in
effect, the topics tell the versions of each key in order, and what matching knows equals what the topics tell. The
exit code is 1 when anything of that is not so.
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
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymongo

from benchmarks.faults_beside import Partner, Rubbish, listening
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

    kind: str
    blow: str
    seconds: float
    load: float


class Deck:
    """Cards that are drawn one after the other, and shuffled anew when all were: what is on them comes."""

    def __init__(self, cards: Sequence[str], dice: random.Random) -> None:
        self._cards, self._dice, self._left = list(cards), dice, list[str]()

    def draw(self) -> str:
        if not self._left:
            self._left = self._dice.sample(self._cards, len(self._cards))
        return self._left.pop()


class Campaign:
    """One running Lumbung with people at work, and somebody who hits it."""

    def __init__(self, site: Stack, disk: Path | None, dice: random.Random, partner: Partner) -> None:
        self._site, self._disk, self._dice, self.partner = site, disk, dice, partner
        self.world = World(Visitors(site))
        batch = self.world.a_batch(self.world.course, starts=day(400), ends=day(430), closes=day(390), seats=500)
        self.batch: str = batch["id"]
        self.officers = Officers(site, self.batch)
        self.rubbish = Rubbish(site, TOPICS, dice)
        names = [one.name for one in site.supervisor.running()]
        engines = [name for name in names if " " not in name and name != "proxy"]
        self._engines, self._others = Deck(engines, dice), Deck([name for name in names if name not in engines], dice)
        self._anybody = Deck([*names, *engines], dice)
        self._blows: dict[str, Callable[[], str]] = {
            "engine killed": lambda: self._kill(self._engines.draw()),
            "process killed": lambda: self._kill(self._others.draw()),
            "stopped": self._stop,
            "paused": self._pause,
            "clock": self._jump,
            "partner slow": self._dawdle,
            **({"disk full": self._fill} if disk else {}),
        }
        self._deck = Deck([*self._blows, "process killed", "paused"], dice)
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self.officers.work, args=(self._stopping, f"Officer {number}"), daemon=True)
            for number in range(2)
        ]
        self._threads.append(
            threading.Thread(target=self.rubbish.write, args=(self._stopping, self._acknowledged), daemon=True)
        )

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
        kind = self._deck.draw()
        began = time.monotonic()
        said = self._blows[kind]()
        if kind in ("paused", "disk full"):
            began = time.monotonic()
        served = len(self.officers.referred)
        while len(self.officers.referred) < served + ENOUGH:
            if time.monotonic() - began > 300:
                raise SystemExit(f"{said}: nobody was served for 300 s; {self.officers.failures[-3:]}")
            time.sleep(0.05)
        self.partner.receiver.pause = 0.0
        return Round(kind, said, time.monotonic() - began, os.getloadavg()[0])

    def _acknowledged(self) -> int:
        return len(self.officers.registered) + len(self.officers.referred)

    def _kill(self, name: str) -> str:
        pid = self._site.supervisor.pid(name)
        os.kill(pid, signal.SIGKILL)
        self._until_back(name, pid)
        return f"{name} killed"

    def _stop(self) -> str:
        name = self._anybody.draw()
        pid = self._site.supervisor.pid(name)
        os.killpg(pid, signal.SIGSTOP)
        self._until_back(name, pid)
        return f"{name} stopped"

    def _pause(self) -> str:
        name = self._anybody.draw()
        pid = self._site.supervisor.pid(name)
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

    def _dawdle(self) -> str:
        seconds = self.partner.receiver.pause = self._dice.uniform(2, 10)
        return f"partner takes {seconds:.1f} s for each"

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
            aside = client["lumbung_matching"]["dead_letters"].count_documents({})
            if aside < self.rubbish.written:
                found.append(f"{aside} of {self.rubbish.written} records that are no events were set aside")
        found += self.partner.faults(self.officers.referred)
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
                    if record.key in self.rubbish.keys:
                        continue
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
        partner = closing.enter_context(listening(site))
        campaign = Campaign(site, disk, random.Random(options.seed), partner)
        rounds = []
        with campaign:
            for number in range(1, options.rounds + 1):
                rounds.append(campaign.round())
                one = rounds[-1]
                print(f"{number:4} {one.blow:<40} {one.seconds:6.1f} s  load {one.load:.1f}", flush=True)
        faults = campaign.faults()
        late = [one for one in rounds if one.seconds > PROMISE_SECONDS]
        slowest = max(one.seconds for one in rounds)
        people, referrals = len(campaign.officers.registered), len(campaign.officers.referred)
        print(f"{len(rounds)} rounds, {people} people, {referrals} referrals, {campaign.rubbish.written} bad records")
        for kind in dict.fromkeys(one.kind for one in rounds):
            print(f"  {kind:<16} at most {max(one.seconds for one in rounds if one.kind == kind):5.1f} s")
        print(f"slowest {slowest:.1f} s, {len(late)} over {PROMISE_SECONDS:.0f} s")
        print("\n".join(faults) or "nothing lost, nothing doubled, every key in order")
        return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
