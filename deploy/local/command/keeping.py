"""Keeping what a home holds: backup, restore."""

import os
from pathlib import Path
from typing import Annotated

import typer

from deploy.local import backup as archive
from deploy.local import console, folders
from deploy.local.command import errand
from deploy.local.problems import Fault

File = Annotated[Path, typer.Argument(help="A file, for example lumbung-2027-03-04.tar.gz.")]


@errand
def backup(file: File) -> None:
    """Write all data and secrets of this home, stopped, into one file. Whoever has it can read everything."""
    _own_engines()
    size = archive.take(folders.home(), file)
    console.say(f"{file} ({size / 1e6:.1f} MB), for its owner only: it holds the secrets too", mark="✓", style="green")


@errand
def restore(file: File) -> None:
    """Put a backup into an empty home. Nothing is overwritten."""
    _own_engines()
    archive.restore(folders.home(), file)
    console.say(f"{folders.home().path} is as it was; ./lumbung up starts it", mark="✓", style="green")
    console.say("People erased since the backup are back: erase them again before anybody works.", mark="!")


def _own_engines() -> None:
    for name in ("MONGODB_URI", "KAFKA_BOOTSTRAP"):
        if os.environ.get(name):
            raise Fault(
                f"{name} names a server that somebody else runs; its data are not in this home.",
                "Back it up with its own tools, or unset the variable.",
            )
