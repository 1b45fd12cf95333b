"""More names for skills and work, from classifications that an office has."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.local import console, folders
from deploy.local.command import app, told
from deploy.local.problems import Fault

vocabulary = typer.Typer(help="The words by which people call skills and work.", no_args_is_help=True)
app.add_typer(vocabulary, name="vocabulary")


@vocabulary.command("import")
@told
def add(
    esco: Annotated[Path | None, typer.Option(help="ESCO's CSV download in English, unpacked.")] = None,
    kbji: Annotated[Path | None, typer.Option(help="A CSV table of KBJI with the columns kode and judul.")] = None,
) -> None:
    """Add the names of ESCO and KBJI to the vocabulary of this machine; the next start uses them."""
    from shared.words import vocabulary as ours
    from shared.words.importing import UnreadableTable, collect

    if esco is None and kbji is None:
        raise Fault("There is nothing to import.", "Say --esco FOLDER, --kbji FILE, or both.")
    into = folders.home().vocabulary
    try:
        made = collect(ours.read([ours.OURS]), into, esco=esco, kbji=kbji)
    except UnreadableTable as problem:
        raise Fault(*problem.args) from problem
    console.say(
        f"{made.occupations} names of occupations ({made.new_groups} unit groups are new) and {made.skills} of skills"
        f" in {into}. Houses that run learn them when they start again.",
        mark="✓",
        style="green",
    )
