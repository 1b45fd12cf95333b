"""The bus of this machine: what waits where and for how long, and what to do with records that were set aside."""

import getpass
import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from deploy.local import console, houses
from deploy.local.command import app, errand, sites, told
from deploy.local.problems import Fault

if TYPE_CHECKING:
    from deploy.local.backlog import Letter, Seen
    from deploy.local.site import Site

bus = typer.Typer(help="What waits on the bus, and records that were set aside.", invoke_without_command=True)
app.add_typer(bus, name="bus")

House = Annotated[str, typer.Argument(help="registry, training, placement, matching or partners.")]
OfHouse = Annotated[str | None, typer.Option("--house", help="Of this house only.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]
SHOWN = 20  # of records that were set aside; --json has all


@bus.callback()
@told
def shown(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False
) -> None:
    """Unread records, unsent events, records set aside, by house, and where Kafka is not as declared.

    Ends with code 1 when something waits too long or differs.
    """
    if context.invoked_subcommand is not None:
        return
    from deploy.local import backlog

    seen = backlog.look(sites.running_site())
    found = list(backlog.complaints(seen))
    if as_json:
        print(json.dumps(document(seen), indent=1))
    else:
        _show(seen)
        for complaint in found:
            console.say(escape(complaint.text), mark="✗", style="red")
            console.say(escape(complaint.fix), style="bold")
        if not found:
            console.say("Nothing waits too long.", mark="✓", style="green")
    if found:
        sys.exit(1)


@bus.command()
@told
def retry(
    which: Annotated[str, typer.Argument(metavar="[ID|all]", help="topic/partition/offset, or all.")] = "all",
    house: OfHouse = None,
) -> None:
    """Handle records that were set aside again, as the listener would. Ends with code 1 when some remain."""
    site = sites.running_site()
    letters = _letters(site, house, None if which == "all" else which)
    if not letters:
        console.say("Nothing was set aside.", mark="✓", style="green")
        return
    worst = 0
    for one in sorted({letter.house for letter in letters}):
        console.say(f"[bold]{one}[/]")
        worst = max(worst, site.run(one, "replay", *([] if which == "all" else [which])))
    if worst:
        sys.exit(1)


@bus.command()
@told
def discard(
    id: Annotated[str, typer.Argument(metavar="ID", help="topic/partition/offset, as ./lumbung bus shows it.")],
    reason: Annotated[str, typer.Option(help="Why nobody will ever need it. It is kept.")],
    house: OfHouse = None,
    by: Annotated[str | None, typer.Option(help="Who decided it; without it, your login name. It is kept.")] = None,
) -> None:
    """Give one record up for good. Where it lay, why it was set aside, who discarded it, when and why are kept."""
    site = sites.running_site()
    if not reason.strip():
        raise Fault("A record is discarded for a reason.", 'Say it: --reason "sent by a test of 3 May, holds nothing".')
    holders = sorted({letter.house for letter in _letters(site, house, id)})
    if len(holders) > 1:
        raise Fault(f"{' and '.join(holders)} have both set {id} aside.", f"Say whose: --house {holders[0]}.")
    if code := site.run(holders[0], "discard", id, "--reason", reason, "--by", by or getpass.getuser()):
        sys.exit(code)


@errand
def replay(
    house: House,
    reset_fuse: Annotated[
        bool, typer.Option("--reset-fuse", help="Let a listener that stopped pass over bad records again.")
    ] = False,
) -> None:
    """Handle all records that a house has set aside again (bus retry does it for one, or for every house)."""
    _run(house, "replay", *(["--reset-fuse"] if reset_fuse else []))


@errand
def rebuild(
    house: House,
    verify: Annotated[bool, typer.Option("--verify", help="Change nothing: compare, and print digests.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Also when the topics hold less than half of what is known.")
    ] = False,
) -> None:
    """Make what a house knows of the others agree with the topics again, while it goes on working."""
    _run(house, "rebuild", *(["--verify"] if verify else []), *(["--force"] if force else []))


@errand
def announce(house: House) -> None:
    """Tell the current state of everything that a house owns again, for those whose topics were lost."""
    _run(house, "announce")


@errand
def reseal(house: Annotated[str, typer.Argument(help="registry or partners.")]) -> None:
    """Seal with the newest key what another one sealed: the last step of changing a key."""
    _run(house, "reseal")


def document(seen: "Seen") -> dict[str, Any]:
    """All that was seen, for machines. Ages are in seconds."""
    from deploy.local import backlog

    return {
        "as_of": seen.now.isoformat(),
        "unread": [
            {"house": one.house, "topic": one.topic, "records": one.records, "oldest_seconds": seen.age(one.oldest)}
            for one in seen.unread
        ],
        "unsent": [
            {"house": one.house, "rows": one.rows, "oldest_seconds": seen.age(one.oldest)} for one in seen.unsent
        ],
        "set_aside": [
            {"house": one.house, "id": one.id, "cause": one.cause, "at": one.at.isoformat()} for one in seen.letters
        ],
        "parked": [
            {"house": one.house, "topic": one.topic, "changes": one.changes, "oldest_seconds": seen.age(one.oldest)}
            for one in seen.parked
        ],
        "stopped": list(seen.stopped),
        "drift": [{"subject": one.subject, "text": one.text, "mends": one.mends} for one in seen.drift],
        "complaints": [{"text": one.text, "fix": one.fix} for one in backlog.complaints(seen)],
    }


def _show(seen: "Seen") -> None:
    from deploy.local.backlog import causes, spoken

    table = Table("house", "hears", "unread", "oldest", box=None, pad_edge=False, header_style="bold")
    for late in seen.unread:
        table.add_row(late.house, late.topic, str(late.records), spoken(seen.age(late.oldest)) if late.oldest else "")
    console.out.print(table)
    table = Table("house", "unsent", "oldest", "set aside", box=None, pad_edge=False, header_style="bold")
    for one in seen.unsent:
        aside = sum(letter.house == one.house for letter in seen.letters)
        table.add_row(one.house, str(one.rows), spoken(seen.age(one.oldest)) if one.oldest else "", str(aside))
    console.out.print(table)
    if seen.parked:
        table = Table(
            "keeps back", "until it hears", "changes", "oldest", box=None, pad_edge=False, header_style="bold"
        )
        for kept in seen.parked:
            table.add_row(kept.house, kept.topic, str(kept.changes), spoken(seen.age(kept.oldest)))
        console.out.print(table)
    if not seen.letters:
        return
    table = Table("set aside by", "records", "cause", box=None, pad_edge=False, header_style="bold")
    for house, cause, number in causes(seen.letters):
        table.add_row(house, str(number), escape(cause))
    console.out.print(table)
    for letter in seen.letters[:SHOWN]:
        console.say(f"{letter.house:<10} {letter.id}  {letter.at:%Y-%m-%d %H:%M} UTC")
    if len(seen.letters) > SHOWN:
        console.say(f"… and {len(seen.letters) - SHOWN} more: ./lumbung bus --json")


def _letters(site: "Site", house: str | None, id: str | None) -> "list[Letter]":
    """The records set aside that are meant. Raises Fault when one is named that is not there."""
    from deploy.local import backlog

    if house is not None:
        _check(site, house)
    held = backlog.set_aside(site)
    letters = [one for one in held if house in (None, one.house) and id in (None, one.id)]
    if id is not None and not letters:
        raise Fault(
            f"{house or 'No house'} has {'not ' if house else ''}set {id} aside.",
            "./lumbung bus lists what is set aside; an ID is topic/partition/offset.",
        )
    return letters


def _run(house: str, *arguments: str) -> None:
    site = sites.running_site()
    _check(site, house)
    if code := site.run(house, *arguments):
        sys.exit(code)


def _check(site: "Site", house: str) -> None:
    if house not in site.houses:
        raise Fault(f"There is no house {house}.", f"Houses are: {', '.join(houses.HOUSES)}.")
