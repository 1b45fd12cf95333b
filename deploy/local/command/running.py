"""Starting and stopping: up, down, reset, topics."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from deploy.local import console, folders, state
from deploy.local.command import errand
from deploy.local.command.sites import addresses, running_site, running_stack, stoppable
from deploy.local.folders import Home
from deploy.local.problems import Fault

DETACHED_SECONDS = 300
DOWN_SECONDS = 60


@errand
def up(
    story: Annotated[
        bool, typer.Option("--story", help="Tell the main job when all is up (what `make run` does).")
    ] = False,
    detach: Annotated[
        bool, typer.Option("--detach", "-d", help="Come back when all is up and leave it running.")
    ] = False,
    engines: Annotated[bool, typer.Option("--engines", help="Kafka and MongoDB only.")] = False,
    advance: Annotated[
        bool, typer.Option("--advance", help="Let the story move the clock although something is kept here.")
    ] = False,
    source: Annotated[Path | None, typer.Option("--input", help="A folder of your own files for the story.")] = None,
    people: Annotated[int, typer.Option(min=0, help="How many people the story invents.")] = 300,
    background: Annotated[bool, typer.Option("--background", hidden=True, help="What --detach starts.")] = False,
) -> None:
    """Start everything, and keep it running until Ctrl-C."""
    from deploy.local.command.story import check, tell

    home = folders.home()
    check(source)
    if detach:
        if engines:
            raise Fault("The engines alone do not go into the background.", "Say --detach or --engines, not both.")
        _detached(home)
        if story:
            tell(running_site(), source=source, people=people, advance=advance)
        return
    with stoppable(), running_stack(home, quiet=story, background=background) as stack:
        if not engines:
            stack.check_ports()  # rather now than when the engines are up
        stack.start_engines()
        if engines:
            console.say(f"Kafka {stack.bootstrap}, MongoDB on port {stack.ports.mongodb}")
        else:
            stack.start_houses(console=True)
            addresses(stack.addresses)
        if story:
            tell(stack, source=source, people=people, advance=advance)
            addresses(stack.addresses)
        console.say("Ctrl-C stops everything. `./lumbung status` in another terminal shows what runs.")
        while True:
            signal.pause()


@errand
def down() -> None:
    """Stop what runs, also what a crashed run left behind."""
    home = folders.home()
    running = state.read(home)
    if running is None:
        console.say(f"Nothing runs in {home.path}.")
        return
    if state.is_locked(home):
        os.kill(running.pid, signal.SIGTERM)
        deadline = time.monotonic() + DOWN_SECONDS
        while state.is_locked(home):
            if time.monotonic() > deadline:
                os.kill(running.pid, signal.SIGKILL)
                time.sleep(1)
                break
            time.sleep(0.1)
    for process in state.end_left_behind(running):
        console.say(f"ended {process.name} (process {process.pid}), which was left behind", mark="!", style="yellow")
    state.forget(home)
    console.say(f"Nothing runs in {home.path} any more; its data is kept.", mark="✓", style="green")


@errand
def reset(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Throw away all data, logs and secrets of this home. What was fetched is kept."""
    home = folders.home()
    if state.is_locked(home):
        raise Fault(f"Lumbung runs in {home.path}.", "Stop it first: ./lumbung down.")
    if not home.path.exists():
        console.say("There is nothing to throw away.")
        return
    if not yes:
        if not sys.stdin.isatty():
            raise Fault(
                "This throws all data away, and there is nobody to ask.", "Say it yourself: ./lumbung reset --yes."
            )
        typer.confirm(f"Throw away all data, logs and secrets in {home.path}?", abort=True)
    for child in home.path.iterdir():
        if child.name != "cache":
            shutil.rmtree(child) if child.is_dir() else child.unlink()
    console.say(f"{home.path} is empty.", mark="✓", style="green")


@errand
def topics() -> None:
    """Make Kafka's topics, principals and access rules agree with deploy/topics.yaml."""
    from deploy.local.stack import apply_topics

    made = apply_topics(running_site())
    console.say(
        f"{len(made.topics)} topics made, {len(made.settings)} changed, "
        f"{made.rights_given} rights given, {made.rights_taken} taken away",
        mark="✓",
        style="green",
    )


def _detached(home: Home) -> None:
    home.make()
    log = home.logs / "up.log"
    with log.open("w") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", "deploy.local", "up", "--background"],
            cwd=folders.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    deadline = time.monotonic() + DETACHED_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            console.out.print(log.read_text().rstrip(), markup=False)
            sys.exit(1)
        running = state.read(home)
        if running and running.ready and running.pid == child.pid:
            addresses(running.urls)
            console.say("It runs in the background; ./lumbung down stops it.", mark="✓", style="green")
            return
        time.sleep(0.1)
    raise Fault(f"Not ready after {DETACHED_SECONDS} s.", f"See {log}; ./lumbung down stops what runs.")
