"""Stacks and engines for tests: in a folder of their own, on free ports, thrown away afterwards.

`python -m tests.support.engines` prints the MongoDBs of this machine beside the one that tests take by themselves;
`make test-deep` repeats the integration tests on each.
"""

from pathlib import Path

from deploy.local import mongo, ports
from deploy.local.folders import Home
from deploy.local.stack import Stack
from tests.support import today

KINDS = ("mongod", "secantusd-rs", "secantusd-py")


def a_stack(folder: Path, *, engine: mongo.Engine | None = None, on: str | None = None) -> Stack:
    """A stack on the day of the tests, or `on` another, from which its clock runs on.

    It uses no server of the person who runs the tests: their data is not ours to write into.
    """
    home = Home(folder / "lumbung")
    today.show(home.clock, on)
    return Stack(home=home, ports=ports.free(), engine=engine, throw_away=True)


def chosen(kind: str | None) -> mongo.Engine:
    """The engine that `--mongodb` names, or the first that is present. Raises LookupError when it is not there."""
    engines = mongo.present()
    for engine in engines:
        if kind in (None, engine.kind):
            return engine
    raise LookupError(f"There is no {kind} here; there are: {', '.join(engine.kind for engine in engines)}.")


def missing() -> list[str]:
    """The kinds of MongoDB that this machine does not have."""
    there = {engine.kind for engine in mongo.present()}
    return [kind for kind in KINDS if kind not in there]


if __name__ == "__main__":
    print(*(engine.kind for engine in mongo.present()[1:]))
