"""Stacks and single engines for tests: in a folder of their own, on free ports, thrown away afterwards."""

from pathlib import Path

from deploy.local import mongo, ports
from deploy.local.folders import Home
from deploy.local.stack import Stack


def a_stack(folder: Path, *, engine: mongo.Engine | None = None) -> Stack:
    """A stack that uses no server of the person who runs the tests: their data is not ours to write into."""
    return Stack(home=Home(folder / "lumbung"), ports=ports.free(), engine=engine, throw_away=True)
