"""How the command speaks: short lines with marks on a terminal, the same words plain anywhere else."""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from deploy.local.problems import Fault

COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "bright_cyan", "bright_magenta", "bright_green", "bright_blue")
ERRORS = ("ERROR", "CRITICAL", "FATAL")
LOUD = (*ERRORS, "WARNING", "WARN")
PLAIN_WIDTH = 120  # of tables in a file or a pipe, where nobody says how wide the page is

out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else PLAIN_WIDTH)
err = Console(highlight=False, soft_wrap=True, stderr=True)


def say(text: str, *, mark: str = " ", style: str = "") -> None:
    """One line to the person. `mark` is ✓, ! or ✗ on a terminal and the same anywhere else."""
    out.print(f"[{style}]{mark}[/] {text}" if style else f"{mark} {text}")


def done(what: str, seconds: float) -> None:
    say(f"{escape(what)} [dim]({seconds:.1f} s)[/]", mark="✓", style="green")


def fault(problem: Fault) -> None:
    """What went wrong and what to do about it."""
    err.print(f"[red]✗[/] {escape(problem.cause)}\n  [bold]{escape(problem.fix)}[/]")


class Lines:
    """Prints what processes write, each line behind its process's name in a colour of its own.

    `quiet` shows errors only: beside the main job the rest of what ten processes write is noise (./lumbung logs keeps
    it). `timed` shows when each line was written, for whoever reads them later.
    """

    def __init__(self, *, quiet: bool = False, timed: bool = False) -> None:
        self._quiet = quiet
        self._timed = timed
        self._colours: dict[str, str] = {}
        self._lock = threading.Lock()

    def __call__(self, name: str, line: str) -> None:
        level, text = readable(line, timed=self._timed)
        if text and (level in ERRORS or not self._quiet):
            self._print(name, text, loud=level in LOUD)

    def news(self, name: str, line: str) -> None:
        """What happened to a process: shown also when quiet."""
        self._print(name, line, loud=True)

    def _print(self, name: str, text: str, *, loud: bool) -> None:
        with self._lock:
            colour = self._colours.setdefault(name, COLOURS[len(self._colours) % len(COLOURS)])
            words = f"[bold red]{escape(text)}[/]" if loud else escape(text)
            out.print(f"[{colour}]{name:<14}[/] │ {words}")


def readable(line: str, *, timed: bool = False) -> tuple[str, str]:
    """(level, words) of a line: JSON log lines become one short sentence, other text stays as it is.

    `timed` puts the moment in front of the sentence, in the time of this machine; other text brings its own.
    """
    if line.startswith("{"):
        try:
            row = json.loads(line)
        except ValueError:
            return "", line
        level = str(row.pop("level", ""))
        message = row.pop("message", "")
        rest = " ".join(f"{key}={value}" for key, value in row.items() if key not in _HIDDEN)
        return level, f"{_moment(row.get('time')) if timed else ''}{message} {rest}".strip()
    first = line.split(" ", 1)[0].strip("[]:")
    return (first if first in LOUD else ""), line


def _moment(written: object) -> str:
    try:
        return f"{datetime.fromisoformat(str(written)).astimezone():%m-%d %H:%M:%S} "
    except ValueError:
        return ""


_HIDDEN = ("time", "house", "process", "logger", "trace_id", "taskName", "color_message")


@contextmanager
def fetching() -> "Iterator[FetchReport]":
    """Progress of the jars of Kafka: a bar on a terminal, a plain line at the start and at the end elsewhere."""
    progress = Progress(
        TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), console=out, transient=True
    )
    report = FetchReport(progress)
    try:
        yield report
    finally:
        if progress.live.is_started:
            progress.stop()


class FetchReport:
    """Hears `(done, total)` of a fetch; shows nothing when nothing has to be fetched."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: object = None

    def __call__(self, done: int, total: int) -> None:
        if not sys.stdout.isatty():
            if done in (1, total):
                say(f"Apache Kafka: {done} of {total} files fetched")
            return
        if self._task is None:
            self._progress.start()
            self._task = self._progress.add_task("Fetching Apache Kafka", total=total)
        self._progress.update(self._task, completed=done)  # type: ignore[arg-type]
