"""What several errands do with a site: start one, find the one that runs, name its addresses, end it in order."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deploy.local import console, folders, ports, state
from deploy.local.folders import Home
from deploy.local.houses import CONSOLE
from deploy.local.problems import Fault

if TYPE_CHECKING:
    from deploy.local.site import Site
    from deploy.local.stack import Stack


@contextmanager
def running_stack(home: Home, *, quiet: bool, background: bool = False) -> "Iterator[Stack]":
    """A stack in the person's own home, alone there, after what a crashed run left behind was ended.

    In the `background` nobody reads along, and what processes write stands in their own logs already.
    """
    from deploy.local.site import Existing
    from deploy.local.stack import Stack

    home.make()
    lines = console.Lines(quiet=quiet)
    with state.locked(home), console.fetching() as fetched:
        if crashed := state.read(home):
            for process in state.end_left_behind(crashed):
                console.say(f"ended {process.name} of a run that crashed", mark="!", style="yellow")
        with Stack(
            home=home,
            ports=ports.from_environ(os.environ),
            existing=Existing.from_environ(),
            tell=(lambda name, line: None) if background else lines,
            news=lines.news,
            step=lambda step: console.done(step.what, step.seconds),
            fetched=fetched,
        ) as stack:
            console.say(f"Lumbung in {home.path}, MongoDB by {stack.engine.label}")
            yield stack


def running_site() -> "Site":
    """The site that runs in the person's home. Raises Fault when nothing runs there."""
    from deploy.local.site import Existing, Site

    home = folders.home()
    running = state.read(home)
    if running is None or not state.is_locked(home):
        raise Fault("Lumbung does not run.", "Start it: make run, or ./lumbung up.")
    return Site(home=home, ports=ports.Ports(**running.ports), existing=Existing.from_environ())


def addresses(urls: dict[str, str]) -> None:
    """The console first, and large: it is what a person opens. The houses after it, by their documentation."""
    for name, url in urls.items():
        if name == CONSOLE:
            console.say(f"[bold]Open {url}[/] in a browser; one click signs you in as anybody")
        else:
            console.say(f"{name:<10} {url}/docs")


@contextmanager
def stoppable(*, exit_code: int = 0) -> Iterator[None]:
    """Ctrl-C, SIGTERM (`down`) and a closed terminal all end the run in order, and with this code.

    SIGINT too is set here: a shell lets what it starts in the background ignore it.
    """

    def stop(number: int, frame: object) -> None:
        # A second one ends this process at once; what it started dies with it.
        console.say("stopping; a second Ctrl-C does not wait")
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        yield
    except KeyboardInterrupt:
        if exit_code:
            sys.exit(exit_code)
        console.say("stopped; the data is kept", mark="✓", style="green")
