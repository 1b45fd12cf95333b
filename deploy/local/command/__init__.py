"""The `lumbung` command, one file per kind of errand. Heavy parts are imported when an errand needs them."""

import errno
import logging
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from deploy.local import console, space
from deploy.local.problems import Fault

app = typer.Typer(
    help="Run, look at and mend the Lumbung of this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

Arguments = ParamSpec("Arguments")


def told(run: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """An errand whose faults are told in two sentences and end with code 1, without a stack."""

    @wraps(run)
    def told_run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        # The client library warns of passwords in the clear; on the loopback of a laptop there is no wire to listen at.
        logging.getLogger("kafka").setLevel(logging.ERROR)
        try:
            run(*args, **kwargs)
        except Fault as problem:
            console.fault(problem)
            sys.exit(1)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            console.fault(space.full(error.filename))
            sys.exit(1)
        except KeyboardInterrupt:
            sys.exit(130)

    return told_run


def errand(run: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Registers a command of `lumbung` itself."""
    app.command()(told(run))
    return run


# Each module registers its errands; the order is that of the help page.
from deploy.local.command import running, looking, story, vocabulary, partners, letters, bus, keeping  # noqa: E402  # isort: skip

__all__ = [
    "app",
    "bus",
    "errand",
    "keeping",
    "letters",
    "looking",
    "partners",
    "running",
    "story",
    "told",
    "vocabulary",
]
