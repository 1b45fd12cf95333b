"""Partner systems of this machine: let one in, change its password, shut it out, see who is in."""

import json
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from deploy.local import console
from deploy.local.command import app, sites, told
from deploy.local.problems import Fault

if TYPE_CHECKING:
    from deploy.local.site import Site
    from deploy.partners import Partner

partner = typer.Typer(help="Partner systems: who may read which events.", no_args_is_help=True)
app.add_typer(partner, name="partner")

Code = Annotated[str, typer.Argument(help="Its code in deploy/partners.yaml.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]
File = Annotated[Path | None, typer.Option("--file", help="Another file than deploy/partners.yaml.")]


@partner.command()
@told
def add(code: Code, as_json: AsJson = False, file: File = None) -> None:
    """Let a partner in: feed and webhooks, and its Kafka topics. Prints what a receiver needs, once."""
    _let_in(code, as_json, file)


@partner.command()
@told
def rotate(code: Code, as_json: AsJson = False, file: File = None) -> None:
    """A new Kafka password and a new API key; the API key before it stays good until the next one."""
    _let_in(code, as_json, file)


@partner.command()
@told
def suspend(code: Code, file: File = None) -> None:
    """Shut a partner out now, at Kafka and at the partners house. What happens meanwhile waits for it."""
    from deploy import broker, partners
    from deploy.local.door import Door

    site, one = sites.running_site(), _known(code, file)
    with broker.connected(site.kafka_admin) as client:
        partners.shut_out(client, one.principal)
    Door(site).suspend(one)
    console.say(f"{code} is shut out. `./lumbung partner add {code}` lets it in again.", mark="✓", style="green")
    console.say(f"In production: write `suspended: true` under {code} and run python -m deploy.broker.")


@partner.command("list")
@told
def listed(as_json: AsJson = False, file: File = None) -> None:
    """Every partner of the file, and whether it may read now."""
    from deploy import broker, partners
    from deploy.local.door import Door

    site, known = sites.running_site(), _file(file)
    with broker.connected(site.kafka_admin) as client:
        inside, rights = partners.signing_in(client), partners.rights_of(client)
    states = Door(site).states()
    rows: list[dict[str, Any]] = [
        {
            "code": one.code,
            "kind": one.kind,
            "kafka": _at_kafka(one, inside, rights),
            "api": states.get(one.code, "not added"),
            "topics": sorted(one.topics),
            "regions": list(one.regions),
            "until": one.until.isoformat() if one.until else None,
            "contact": one.contact,
        }
        for one in known.values()
    ]
    if as_json:
        print(json.dumps(rows, indent=1))
        return
    headings = ("partner", "kind", "Kafka", "API", "topics", "until", "contact")
    table = Table(*headings, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        seen = {**row, "topics": len(row["topics"]), "until": row["until"] or "-"}
        table.add_row(*(str(seen[name]) for name in ("code", "kind", "kafka", "api", "topics", "until", "contact")))
    console.out.print(table)


def _at_kafka(one: "Partner", inside: set[str], rights: dict[str, Any]) -> str:
    if not one.topics:
        return "-"
    if one.principal in inside and rights.get(one.principal):
        return "reads" if rights[one.principal] == one.rights else "reads other topics: add it again"
    return "not added"


def _let_in(code: str, as_json: bool, file: Path | None) -> None:
    from deploy import broker, partners
    from deploy.local.door import Door
    from shared import clock

    site, one = sites.running_site(), _known(code, file)
    # The site's own day: the demo moves its clock.
    clock.follow(site.home.clock)
    if not one.may_read(clock.today()):
        raise Fault(
            f"{code} is suspended, or its agreement ended on {one.until}.",
            "Change suspended or until in the file of partners, and try again.",
        )
    given: dict[str, Any] = {"partner": code}
    if one.topics:
        password = secrets.token_hex(16)
        with broker.connected(site.kafka_admin) as client:
            partners.admit(client, one, password)
        given["kafka"] = _kafka(site, one, password)
    given["api"] = {"url": site.url("partners"), "key": Door(site).let_in(one)}
    if as_json:
        print(json.dumps(given, indent=1))
        return
    console.say(f"{one.name} is in. What follows is shown this once.", mark="✓", style="green")
    for part in ("kafka", "api"):
        for name, value in given.get(part, {}).items():
            shown = ", ".join(value) if isinstance(value, list) else value
            print(f"  {part + '.' + name:<20} {shown}")
    example = "deploy/examples/partners/receiver.py"
    print(f"\nTo see its events now (25 lines, nothing but Python):\n  LUMBUNG_KEY={given['api']['key']} \\")
    print(f"  python3 {example} {given['api']['url']}")
    if one.topics:
        print("\nOn Kafka, with the library that you know (deploy/examples/partners/README.md, docs/asyncapi.yaml):")
        names = ("bootstrap", "security", "username", "password", "group_prefix")
        print("  export " + " ".join(f"KAFKA_{name.upper()}={given['kafka'][name]}" for name in names))


def _kafka(site: "Site", one: "Partner", password: str) -> dict[str, Any]:
    return {
        "bootstrap": site.bootstrap,
        "security": site.kafka_admin.security,
        "mechanism": site.kafka_admin.mechanism,
        "username": one.principal,
        "password": password,
        "group_prefix": one.groups,
        "topics": sorted(one.topics),
        "isolation": "read_committed",
    }


def _file(file: Path | None) -> "dict[str, Partner]":
    from deploy import partners

    try:
        return partners.load(file or partners.FILE)
    except partners.Wrong as wrong:
        raise Fault(str(wrong), wrong.fix) from wrong


def _known(code: str, file: Path | None) -> "Partner":
    known = _file(file)
    if code not in known:
        raise Fault(
            f"{file or 'deploy/partners.yaml'} has no partner {code}.",
            f"Write it there, or choose from {', '.join(known) or 'none'}.",
        )
    return known[code]
