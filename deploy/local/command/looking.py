"""Looking without touching: status, logs, doctor."""

import json
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import httpx
import typer
from rich.markup import escape
from rich.table import Table

from deploy.local import console, folders, houses, state
from deploy.local.command import errand
from deploy.local.command.sites import running_site
from deploy.local.problems import Fault

if TYPE_CHECKING:
    from deploy.local.backlog import Complaint


@errand
def status(as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False) -> None:
    """What runs, where, since when, whether it is ready, and what waits too long.

    Ends with code 3 when nothing runs, and with code 1 when something waits too long or is not ready.
    """
    home = folders.home()
    running = state.read(home)
    alive = running is not None and state.is_locked(home)
    rows: list[dict[str, Any]] = []
    if running is not None and alive:
        living = {process.pid for process in state.left_behind(running)}
        for process in running.processes:
            ready = process.pid in living
            if ready and process.name.endswith(" web") and process.port:
                ready = houses.serves(process.port)
            rows.append(
                {
                    "name": process.name,
                    "pid": process.pid,
                    "port": process.port,
                    "starts": process.starts,
                    "ready": ready,
                }
            )
    waits = _waiting(running.urls) if running is not None and alive and running.ready else {}
    late = _late() if running is not None and alive and running.ready else []
    if as_json:
        document: dict[str, Any] = {"home": str(home.path), "running": alive, "processes": rows}
        if running is not None and alive:
            document |= {
                "since": running.since,
                "mongodb": running.mongodb,
                "kafka": running.kafka,
                "urls": running.urls,
                "waiting_for_judgement": waits,
                "complaints": [{"text": one.text, "fix": one.fix} for one in late],
            }
        print(json.dumps(document, indent=1))
    elif running is None or not alive:
        console.say(f"Nothing runs in {home.path}.")
        if running is not None and state.left_behind(running):
            console.say("A crashed run left processes behind: ./lumbung down ends them.", mark="!", style="yellow")
    else:
        table = Table("process", "pid", "port", "starts", "ready", box=None, pad_edge=False, header_style="bold")
        for row in rows:
            mark = "[green]✓[/]" if row["ready"] else "[red]✗[/]"
            table.add_row(row["name"], str(row["pid"]), str(row["port"] or ""), str(row["starts"]), mark)
        console.say(f"Lumbung in {home.path} since {running.since}: {running.kafka}, {running.mongodb}")
        console.out.print(table)
        if waits:
            console.say(
                f"Waiting to be judged by matching: {', '.join(f'{n} {WAITS[one]}' for one, n in waits.items())}."
            )
        for complaint in late:
            console.say(escape(complaint.text), mark="✗", style="red")
            console.say(escape(complaint.fix), style="bold")
    if not alive:
        sys.exit(3)
    if late or not all(row["ready"] for row in rows):
        sys.exit(1)


def _late() -> "list[Complaint]":
    from deploy.local import backlog

    return list(backlog.complaints(backlog.look(running_site())))


@errand
def logs(
    names: Annotated[
        list[str] | None, typer.Argument(help="kafka, mongodb, 'registry web', registry, …; all if none.")
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="How many last lines of each.")] = 20,
) -> None:
    """What the processes wrote."""
    folder = folders.home().logs
    files = [
        file
        for file in sorted(folder.glob("*.log"))
        if file.name != "up.log" and (not names or any(_named(file, name) for name in names))
    ]
    if not files:
        there = ", ".join(sorted(file.stem for file in folder.glob("*.log"))) or "none"
        raise Fault(f"There are no logs of {', '.join(names or ['anything'])} in {folder}.", f"There are: {there}.")
    show = console.Lines(timed=True)
    reading = {file: _last(file, lines, show) for file in files}
    while follow:
        for file, at in reading.items():
            reading[file] = _further(file, at, show)
        time.sleep(0.3)


@errand
def doctor() -> None:
    """Look for what keeps Lumbung from running, and say how to mend it. Ends with code 1 when something does."""
    from deploy.local.doctor import examine

    worst = 0
    for finding in examine():
        mark, style = {0: ("✓", "green"), 1: ("!", "yellow"), 2: ("✗", "red")}[finding.grade]
        console.say(f"{finding.subject:<12} {finding.text}", mark=mark, style=style)
        if finding.fix:
            console.say(f"{'':<12} {finding.fix}", style="bold")
        worst = max(worst, finding.grade)
    if worst == 2:
        sys.exit(1)


def _waiting(urls: Mapping[str, str]) -> dict[str, int]:
    """What waits to be judged, as the houses that act count it; without those that do not answer."""
    counts = {}
    for house in ("placement", "training"):
        try:
            lines = httpx.get(f"{urls.get(house)}/metrics", timeout=5, trust_env=False).text.splitlines()
        except httpx.HTTPError:
            continue
        for line in lines:
            found = _WAITING.fullmatch(line)
            if found and found[2] != "NaN":
                counts[found[1]] = round(float(found[2]))
    return counts


WAITS = {"JOB_ORDER": "job orders", "APPLICATION": "applications", "ENROLMENT": "enrolments"}
_WAITING = re.compile(r'lumbung_waiting_for_judgement\{subject="(\w+)"\} (\S+)')


def _named(file: Path, name: str) -> bool:
    wanted = name.replace(" ", "-")
    return file.stem == wanted or file.stem.startswith(f"{wanted}-")


def _last(file: Path, count: int, show: console.Lines) -> int:
    text = file.read_text(errors="replace")
    for line in text.splitlines()[-count:] if count else []:
        show(file.stem.replace("-", " "), line)
    return file.stat().st_size


def _further(file: Path, at: int, show: console.Lines) -> int:
    """Show what was written after byte `at`; returns the new end. A file that was put aside starts again at 0."""
    size = file.stat().st_size if file.exists() else 0
    if size < at:
        at = 0
    if size > at:
        with file.open("rb") as opened:
            opened.seek(at)
            fresh = opened.read()
        whole = fresh[: fresh.rfind(b"\n") + 1]
        for line in whole.decode("utf-8", "replace").splitlines():
            show(file.stem.replace("-", " "), line)
        return at + len(whole)
    return at
