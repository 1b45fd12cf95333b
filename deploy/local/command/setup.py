"""Fetching Kafka and making it ready, asked by deploy/bootstrap.py as the last step of a set-up."""

import contextlib
import sys

from deploy.local import archive, console, folders, jars, java
from deploy.local.problems import Fault


def fetch() -> None:
    """Fetch what is missing of Kafka. Ends the process with code 1 and two sentences when that cannot be done."""
    try:
        with console.fetching() as report:
            kafka = jars.ensure(cache=folders.cache(), report=report)
    except Fault as problem:
        console.fault(problem)
        sys.exit(1)
    with contextlib.suppress(Fault):  # no Java: the doctor says so, and a start does
        archive.ensure(java.find(), kafka)
