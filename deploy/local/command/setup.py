"""Fetching Kafka, asked by deploy/bootstrap.py as the last step of a set-up."""

import sys

from deploy.local import console, folders, jars
from deploy.local.problems import Fault


def fetch() -> None:
    """Fetch what is missing of Kafka. Ends the process with code 1 and two sentences when that cannot be done."""
    try:
        with console.fetching() as report:
            jars.ensure(cache=folders.cache(), report=report)
    except Fault as problem:
        console.fault(problem)
        sys.exit(1)
