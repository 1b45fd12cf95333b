"""The main job told: demo, show, token.

The story itself is told by deploy.demo, which sees a Lumbung as any client does: addresses, tokens, and the development
clock. `deploy.demo.run(site, source=, people=, seed=, as_json=)` tells it, `deploy.demo.show(site, number, as_json=)`
prints one person's page.
"""

import contextlib
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.local import console, folders, ports
from deploy.local.command import errand
from deploy.local.command.sites import running_site, stoppable
from deploy.local.problems import Fault
from shared import clock

if TYPE_CHECKING:
    from deploy.local.site import Site

Source = Annotated[Path | None, typer.Argument(help="A folder with files of your own; without it, the demo's.")]
People = Annotated[int, typer.Option(min=0, help="How many people live in the invented province.")]
Seed = Annotated[int, typer.Option(help="The same seed invents the same people.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of tables.")]


Today = Annotated[
    datetime | None,
    typer.Option(
        envvar="TODAY",
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M%z"],
        help="Begin on this day instead of the machine's: 2028-02-29, or 2026-12-31T23:58Z.",
    ),
]


@errand
def demo(
    source: Source = None, people: People = 300, seed: Seed = 1, today: Today = None, as_json: AsJson = False
) -> None:
    """Tell the main job in a throw-away folder on free ports, and leave nothing behind."""
    from deploy.local.stack import Stack

    check(source)
    began = time.monotonic()
    lines = console.Lines(quiet=True)
    console.out.stderr = as_json  # then standard output is the document alone
    with (
        _a_home() as home,
        stoppable(exit_code=130),
        console.fetching() as fetched,
        Stack(
            home=home,
            ports=ports.free(),
            tell=lines,
            news=lines.news,
            step=lambda step: console.done(step.what, step.seconds),
            fetched=fetched,
            throw_away=True,
        ) as stack,
    ):
        console.say(f"Lumbung in a throw-away folder, MongoDB by {stack.engine.label}")
        if today is not None:  # a day alone begins at nine in the morning
            morning = today.replace(hour=9, tzinfo=clock.PROVINCE)
            clock.begin(stack.home.clock, today if today.tzinfo else morning)
        try:
            stack.start_engines()
            stack.start_houses(console=True)
            tell(stack, source=source, people=people, seed=seed, as_json=as_json)
        except Fault as problem:
            raise _with_logs_kept(problem, stack.home) from problem
    console.done("That was the main job; nothing of it is left on this machine", time.monotonic() - began)


@contextlib.contextmanager
def _a_home() -> Iterator[folders.Home]:
    """A throw-away home."""
    with tempfile.TemporaryDirectory(prefix="lumbung-") as folder:
        yield folders.Home(Path(folder) / "home")


@errand
def show(
    number: Annotated[str, typer.Argument(help="The person's id, or number (LB-2026-000123).")],
    as_json: AsJson = False,
) -> None:
    """Print a person's page again: verdict, paths, courses and placements as of now."""
    from deploy import demo

    _no_warning_for_each_token()
    demo.show(running_site(), number, as_json=as_json)


@errand
def token(
    role: Annotated[str, typer.Option(help="officer, supervisor, reviewer, …: the roles of deploy/roles.yaml.")],
    name: Annotated[str, typer.Option("--as", help="Who asks. Rules for two people need two names.")],
    centre: Annotated[str | None, typer.Option(help="The service centre, for example KUPANG.")] = None,
    scope: Annotated[list[str] | None, typer.Option(help="Instead of the role's own scopes; can be repeated.")] = None,
) -> None:
    """Print a development token; refused outside development."""
    from shared.http.tokens import DevelopmentIssuer, IssuerRefused, roles

    home = folders.home()
    home.make()
    try:
        issuer = DevelopmentIssuer(home.issuer, environment=os.environ.get("LUMBUNG_ENV", "development"))
    except IssuerRefused as refusal:
        raise Fault(str(refusal), "In production, staff sign in at the province's own identity provider.") from refusal
    if scope is None and role not in roles():
        raise Fault(f"There is no role {role}.", f"Roles are: {', '.join(sorted(roles()))}.")
    print(issuer.mint(role, name, centre, scope))
    if sys.stdout.isatty():
        console.err.print("[yellow]![/] a development token, good for 12 hours on this machine only")


def check(source: Path | None) -> None:
    """Raises Fault when there is no such folder: rather before ten processes start than after."""
    if source is not None and not source.is_dir():
        raise Fault(f"{source} is no folder.", "Name a folder with the files to send, as deploy/demo has them.")


def tell(
    site: "Site",
    *,
    source: Path | None,
    people: int = 300,
    seed: int = 1,
    as_json: bool = False,
    advance: bool = False,
) -> None:
    """Tell the main job on a running site. Raises Fault when a door refuses what is sent, or a house stays silent.

    `advance`: move the development clock also where something is kept.
    """
    _no_warning_for_each_token()
    from deploy import demo

    demo.run(site, source=source, people=people, seed=seed, as_json=as_json, advance=advance)


def _no_warning_for_each_token() -> None:
    """Each of a story's dozen visitors would warn that this is a development site; the command `token` still does."""
    logging.getLogger("shared.http.tokens").setLevel(logging.ERROR)


def _with_logs_kept(problem: Fault, thrown_away: folders.Home) -> Fault:
    """The same fault, after the logs of a folder that is about to go were put where the fault can point to."""
    kept = folders.ROOT / ".lumbung" / "failed-demo"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(thrown_away.logs, kept)
    fix = problem.fix.replace(str(thrown_away.logs), str(kept)).replace("./lumbung logs", f"the logs in {kept}")
    return Fault(problem.cause, fix)
