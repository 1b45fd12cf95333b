"""The front door of every house: ``python -m services.<house> web | work | rebuild | announce | replay | …``.

Kafka is imported only by the commands that need it; a web worker never does.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from pymongo.errors import PyMongoError

from shared import clock, logs, work
from shared.documents.aggregates import Aggregates
from shared.documents.mongo import Tx
from shared.events import operating
from shared.events.dead_letters import DeadLetters
from shared.events.hearing import Hearing
from shared.events.history import Connect, Interrupted
from shared.events.rebuild import mend
from shared.events.verify import Verdict, verify
from shared.house import House
from shared.jobs import Job, Jobs
from shared.progress import Progress
from shared.sealing import Unsealable
from shared.settings import Common, SettingMissing, read

S = TypeVar("S", bound=Common)

ONLY = "relay, listener, jobs or a loop of the house's own, alone; can be repeated"
# Documents told again in one transaction: each is touched, and a visitor who changes one waits for the rest.
ANNOUNCED_TOGETHER = 50


def main(
    settings: type[S], wire: Callable[[S], House], argv: Sequence[str], environ: Mapping[str, str] = os.environ
) -> int:
    """Run one command of a house; returns the exit code. Trouble is told in one sentence on standard error."""
    arguments = _parser().parse_args(argv)
    try:
        house = wire(read(settings, environ))
    except SettingMissing as error:
        print(error, file=sys.stderr)
        return 2
    logs.setup(house=house.name, process=arguments.command, level=house.settings.lumbung_log_level)
    clock.follow(house.settings.lumbung_clock_file)
    try:
        if arguments.command not in SERVING:
            house.database.ping()  # whoever typed the command hears at once that there is no server
        house.ensure()
    except PyMongoError as error:
        print(f"MongoDB ({house.settings.mongodb_database}) does not answer as it should: {error}", file=sys.stderr)
        return 1
    return _COMMANDS[arguments.command](house, arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m services.<house>")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("web", help="serve HTTP")
    at_work = commands.add_parser("work", help="relay, listener and jobs")
    at_work.add_argument("--only", metavar="TASK", action="append", help=ONLY)
    again = commands.add_parser("rebuild", help="make the read model agree with the topics again")
    again.add_argument("--verify", action="store_true", help="change nothing: compare, and print digests")
    again.add_argument("--force", action="store_true", help="also when the topics hold less than half of what is known")
    commands.add_parser("announce", help="tell the current state of everything again")
    letters = commands.add_parser("replay", help="handle dead letters again")
    letters.add_argument("ids", metavar="ID", nargs="*", help="topic/partition/offset of some; all if none")
    letters.add_argument("--reset-fuse", action="store_true", help="let the listener pass over bad records again")
    given_up = commands.add_parser("discard", help="give a dead letter up, and keep why")
    given_up.add_argument("id", metavar="ID", help="topic/partition/offset")
    given_up.add_argument("--reason", required=True, help="why nobody will ever need it; it is kept")
    given_up.add_argument("--by", required=True, help="who decided it; it is kept")
    commands.add_parser("reseal", help="seal with the newest key what another one sealed")
    return parser


def _web(house: House, arguments: argparse.Namespace) -> int:
    # A connection does not survive the fork of the server's workers; they open their own.
    house.database.close()
    house.web()
    return 0


def _work(house: House, arguments: argparse.Namespace) -> int:
    from shared.events import bus
    from shared.events.listener import Listener
    from shared.events.relay import Relay

    broker = bus.Broker.of(house.settings)

    def send() -> bus.Sender:
        bus.check_rights(broker, writes=house.topics)
        return bus.Sender(broker, f"lumbung.{house.name}.relay")

    def listen() -> bus.Reader:
        topics = sorted(house.hears)
        bus.check_rights(broker, reads=topics)
        return bus.Reader(broker, topics, group=f"lumbung.{house.name}", instance=house.settings.work_instance)

    tasks: dict[str, work.Task] = {}
    if house.topics:
        tasks["relay"] = Relay(house.database, send).run
    if house.hears:
        tasks["listener"] = Listener(Hearing(house.database, house.hears), listen).run
    handlers = dict(house.jobs)
    if house.hears:
        handlers[operating.RETRY] = lambda job: _handle_again(house, job)
    if handlers:
        jobs = Jobs(house.database)
        for kind in house.standing:
            jobs.stand(kind)
        tasks["jobs"] = lambda stopping: jobs.run(handlers, stopping)
    tasks |= house.loops
    wanted = arguments.only or tasks
    chosen = {name: task for name, task in tasks.items() if name in wanted}
    if not chosen:
        print(f"{house.name} has no {' and no '.join(wanted)}.", file=sys.stderr)
        return 2
    return work.run(
        chosen, host=house.settings.http_host, port=house.settings.work_port, pulse=house.settings.work_pulse
    )


def _handle_again(house: House, job: Job) -> None:
    """An operator wished it: one letter, as the listener would. Refused again, it stays with its new reason."""
    DeadLetters(house.database).replay(Hearing(house.database, house.hears), [job.id])


def history_of(settings: Common) -> Connect:
    """How the topics are read from their beginning. What it returns raises bus.Unavailable or bus.NotAllowed."""
    from shared.events import bus

    broker = bus.Broker.of(settings)

    def connect(topics: Sequence[str]) -> bus.Reader:
        bus.check_rights(broker, reads=topics)
        return bus.Reader(broker, topics, group=None)

    return connect


def _rebuild(house: House, arguments: argparse.Namespace) -> int:
    from shared.events import bus

    connect = history_of(house.settings)
    hearing = Hearing(house.database, house.hears)
    if not hearing.projections:
        print(f"{house.name} keeps nothing of other houses; there is nothing to rebuild.")
        return 0
    try:
        if arguments.verify:
            return _print_verdict(verify(hearing, connect))
        for mended in mend(hearing, connect, force=arguments.force):
            print(f"{mended.collection}: {mended.written} documents written, {mended.removed} removed")
    except (Interrupted, bus.Unavailable, bus.NotAllowed) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _print_verdict(verdict: Verdict) -> int:
    for live, rebuilt in zip(verdict.live, verdict.rebuilt, strict=True):
        print(f"{live.collection}: live    {live.documents} documents, sha256 {live.sha256}")
        print(f"{live.collection}: rebuilt {rebuilt.documents} documents, sha256 {rebuilt.sha256}")
    for collection, ids in verdict.differing.items():
        print(f"{collection}: {len(ids)} differ, for example {', '.join(ids[:5])}", file=sys.stderr)
    return 1 if verdict.differing else 0


def _announce(house: House, arguments: argparse.Namespace) -> int:
    for type, aggregates in house.announces.items():
        ids = [row["_id"] for row in house.database.collection(aggregates.collection).find({}, {"_id": 1})]
        with Progress(f"telling {aggregates.topic}", len(ids)) as progress:
            for start in range(0, len(ids), ANNOUNCED_TOGETHER):
                _announce_together(house, aggregates, type, ids[start : start + ANNOUNCED_TOGETHER])
                progress.at(start + ANNOUNCED_TOGETHER)
        print(f"{aggregates.topic}: {len(ids)} told again; the relay carries them.")
    for topic, retell in house.retells.items():
        print(f"{topic}: {retell()}")
    return 0


def _announce_together(house: House, aggregates: Aggregates, type: str, ids: Sequence[str]) -> None:
    def tell(tx: Tx) -> None:
        for id in ids:
            aggregates.announce(tx, id, type=type)

    house.database.run(tell)


def _replay(house: House, arguments: argparse.Namespace) -> int:
    letters = DeadLetters(house.database)
    if arguments.reset_fuse:
        letters.reset_fuse()
    if missing := letters.missing(arguments.ids):
        print(f"{house.name} has not set aside {', '.join(missing)}.", file=sys.stderr)
        return 1
    taken, remaining = letters.replay(Hearing(house.database, house.hears), arguments.ids)
    print(f"{taken} records handled, {remaining} remain.")
    return 1 if remaining else 0


def _discard(house: House, arguments: argparse.Namespace) -> int:
    if not arguments.reason.strip() or not arguments.by.strip():
        print("Say in --reason why nobody needs this record, and in --by who decided it.", file=sys.stderr)
        return 2
    if not DeadLetters(house.database).discard(arguments.id, reason=arguments.reason, by=arguments.by):
        print(f"{house.name} has not set aside {arguments.id}.", file=sys.stderr)
        return 1
    print(f"{arguments.id} is discarded; the reason is kept.")
    return 0


def _reseal(house: House, arguments: argparse.Namespace) -> int:
    if house.reseal is None:
        print(f"{house.name} seals nothing for long; there is nothing to do.")
        return 0
    try:
        renewed, all_of_it = house.reseal()
    except Unsealable as error:
        print(f"{error} Both keys must be here: the newest, and as …_KEY_ALSO the one before.", file=sys.stderr)
        return 1
    print(f"{renewed} of {all_of_it} sealed anew; the newest key opens all of them.")
    return 0


SERVING = ("web", "work")
"""Processes that stay; the others are commands that somebody waits for."""

_COMMANDS = {
    "web": _web,
    "work": _work,
    "rebuild": _rebuild,
    "announce": _announce,
    "replay": _replay,
    "discard": _discard,
    "reseal": _reseal,
}
