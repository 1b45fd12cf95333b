"""Servers for the tests that ask for them: started once, in a folder of their own on free ports, only when asked.

A test that asks for none of these fixtures needs no server; `make test-fast` runs exactly those.
"""

import gc
import shutil
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Protocol

import pytest

from shared import clock
from tests.support import summary, today
from tests.support.handlers import handlers_of_its_own
from tests.support.side_by_side import ByFile, together

if TYPE_CHECKING:
    from deploy.local.stack import Stack
    from shared.documents.mongo import Database

today.follow()  # before a test module asks what day it is
gc.disable()  # until all tests are collected: what is made before then stays

SERVERS = {"stack", "database", "fresh_topic", "houses"}
# The first test that asks for the houses waits until twelve processes have started: a minute on a busy machine.
SECONDS_WITH_HOUSES = 480


class MakeTopic(Protocol):
    """Makes a topic that no other test uses; `owner` may write it and `listeners` read it, beside the superuser."""

    def __call__(
        self, *, partitions: int = 6, owner: str | None = None, listeners: Sequence[str] = (), **config: str
    ) -> str: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mongodb", help="mongod, secantusd-rs or secantusd-py, instead of the first that is present")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs servers by what it asks for, so that nobody has to remember to, and let the longest begin.

    Side by side (`-n 2`) they are handed out in this order; tests.support.side_by_side says who goes together.
    """
    _leave_out_what_needs_a_browser(config, items)
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if SERVERS & fixtures:
            item.add_marker("servers")
        if {"property", "containers"} & set(item.path.parts):
            item.add_marker("slow")  # hundreds of random worlds; programs that read compose files
        if "law" in item.path.parts:
            item.add_marker("law")
        if "houses" in fixtures and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(SECONDS_WITH_HOUSES))
    many = Counter(together(item.nodeid) for item in items)
    items.sort(key=lambda item: _turn(item, many))  # keeps the order of those that are equal


def _turn(item: pytest.Item, many: Counter[str]) -> tuple[int, int]:
    """The houses, what asks other servers, what computes long, and last the short ones: large files before small ones,
    which fill the gaps at the end.
    """
    if "houses" in getattr(item, "fixturenames", ()):
        return 0, 0
    turn = 1 if item.get_closest_marker("servers") else 2 if item.get_closest_marker("slow") else 3
    return turn, -many[together(item.nodeid)] if turn == 3 else 0


def _leave_out_what_needs_a_browser(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a machine without Chromium these tests cannot run; the summary counts them, loudly."""
    asking = [item for item in items if "browser" in getattr(item, "fixturenames", ())]
    for item in asking:
        item.add_marker("slow")
    if not asking or chromium() is not None:
        return
    items[:] = [item for item in items if item not in asking]
    config.hook.pytest_deselected(items=asking)
    summary.missing("Chromium (apt-get install chromium)", len(asking))


def chromium() -> str | None:
    """Where the browser is, or None on a machine without one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for found in map(shutil.which, names) if found), None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Note what a better MongoDB would have run on as well; tests never pass over one silently. Modules and tests stay
    until the end, so the collector of garbage need not walk through a million lasting objects again and again.
    """
    gc.freeze()
    gc.enable()
    asking = sum(1 for item in session.items if item.get_closest_marker("servers"))
    if asking:
        from tests.support.engines import missing

        for kind in missing():
            summary.missing(kind, asking)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Run a test on its day: the one of its mark, or that of the whole run. Its log handlers end with it."""
    today.keep()
    mark = item.get_closest_marker("clock_at")
    with clock.fixed(today.instant(mark.args[0])) if mark else nullcontext(), handlers_of_its_own():
        return (yield)


def pytest_unconfigure() -> None:
    today.forget()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    return ByFile(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in summary.lines():
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> "Iterator[Stack]":
    """Apache Kafka and a MongoDB with all topics, principals and users of the houses; no house runs yet."""
    from tests.support.engines import a_stack, chosen

    engine = chosen(pytestconfig.getoption("--mongodb"))
    with a_stack(tmp_path_factory.mktemp("lumbung"), engine=engine) as running:
        running.start_engines()
        summary.engine(running.engine.label)
        yield running


@pytest.fixture(scope="session")
def houses(stack: "Stack") -> dict[str, str]:
    """All processes of all houses, on the engines of `stack`: the base URL of each house."""
    stack.start_houses()
    return {house: stack.url(house) for house in stack.houses}


@pytest.fixture
def database(stack: "Stack") -> "Iterator[Database]":
    """An empty database of this test alone."""
    from shared.documents.mongo import Database

    fresh = Database(stack.mongodb_admin_uri, f"test_{uuid.uuid4().hex[:12]}")
    yield fresh
    fresh.ensure([])  # ends what a killed process of the test has left open
    fresh.raw.client.drop_database(fresh.raw.name)
    fresh.close()


@pytest.fixture
def fresh_topic(stack: "Stack") -> Iterator[MakeTopic]:
    """A function that makes topics of this test alone: `fresh_topic(partitions=1)` answers the name.

    Settings are Kafka's, with underscores for dots: `fresh_topic(cleanup_policy="compact", segment_ms="1000")`.
    """
    from deploy import broker
    from deploy.topics import Right

    with broker.connected(stack.kafka_admin) as client:
        made: list[str] = []
        given: list[Right] = []

        def make(*, partitions: int = 6, owner: str | None = None, listeners: Sequence[str] = (), **config: str) -> str:
            name = f"test.{uuid.uuid4().hex[:12]}.v1"
            settings = {key.replace("_", "."): str(value) for key, value in config.items()}
            client.create_topics(
                {name: {"num_partitions": partitions, "replication_factor": 1, "configs": settings}},
                wait_for_metadata=True,
            )
            made.append(name)
            rights = [Right(house, "TOPIC", name, "READ") for house in listeners]
            rights += [Right(owner, "TOPIC", name, "WRITE")] if owner else []
            broker.allow(client, rights)
            given.extend(rights)
            return name

        yield make
        broker.take_away(client, given)
        if made:
            client.delete_topics(made)
