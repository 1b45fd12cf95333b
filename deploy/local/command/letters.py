"""Letters of referral on this machine: verify, keys, rotate."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from deploy.local import console, folders
from deploy.local import letters as checking
from deploy.local.command import app, told
from shared import clock, slips

letter = typer.Typer(
    help="Letters of referral: check one without asking anybody, and the keys for it.", no_args_is_help=True
)
app.add_typer(letter, name="letter")


@letter.command()
@told
def verify(
    what: Annotated[str, typer.Argument(metavar="FILE|CODE", help="The PDF, or all that its square code says.")],
    keys: Annotated[Path | None, typer.Option("--keys", help="Keys fetched from GET /v1/letters/keys.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Is this letter genuine? Works without a network.

    Ends with code 0 for a genuine one within its days, 1 for anything else.
    """
    known = checking.keys_in(keys) if keys else checking.home_keys(folders.home())
    found = checking.check(what, known)
    over = clock.today() > found.valid_until
    if as_json:
        print(json.dumps({**asdict(found), "genuine": True, "expired": over}, default=str, indent=1))
    else:
        said = f"Genuine, but only until {found.valid_until}" if over else "Genuine"
        console.say(f"{said}: {found.code}", mark="✗" if over else "✓", style="red" if over else "green")
        console.say(f"initials {found.initials}, to {found.destination} ({found.regency}), from office {found.office}")
        console.say(f"issued {found.issued_on}, valid until {found.valid_until}")
        console.say("Compare with the paper. Whether it was taken back, only the console says: /surat", mark="!")
    if over:
        sys.exit(1)


@letter.command()
@told
def keys() -> None:
    """The public keys of this home as a JWK set, for machines that check letters without a network."""
    print(json.dumps(slips.key_set(checking.home_keys(folders.home()).values()), indent=1))


@letter.command()
@told
def rotate() -> None:
    """Sign with a new key from the next start on. Letters signed before stay good: their public key is kept."""
    kid = checking.rotate(folders.home())
    console.say(
        f"From the next start (./lumbung down, ./lumbung up) letters are signed by {kid}", mark="✓", style="green"
    )
