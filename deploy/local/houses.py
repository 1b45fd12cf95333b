"""The houses as data for the supervisor: which processes there are, and what each is told by its environment."""

import http.client
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from deploy.local import answers
from deploy.local.folders import ROOT
from deploy.local.ports import HOST
from deploy.local.supervisor import Program

HOUSES = ("registry", "training", "placement", "matching", "partners")
ROLES = ("web", "work")

# Where people come in: pages that compose what the houses say, and on a laptop the sign-in page in front of them.
CONSOLE, SIGNIN = "console", "signin"

# Taken over from the person's own shell: what a process needs to run at all, and nothing meant for another.
INHERITED = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "LUMBUNG_LOG_LEVEL",
)

# One thread of arithmetic per process: eight processes share a laptop's few cores.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def base_environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What every process of the stack gets, before its own settings."""
    inherited = {name: environ[name] for name in INHERITED if name in environ}
    return {**inherited, **ONE_THREAD, "PYTHONUNBUFFERED": "1"}


def command(house: str, *arguments: str) -> tuple[str, ...]:
    """How a command of a house is run: "web", "work", "rebuild", …"""
    return (sys.executable, "-m", f"services.{house}", *arguments)


def front(name: str, *, port: int, environment: Mapping[str, str]) -> Program:
    """The console, or the development sign-in: one process that serves people."""
    module = f"services.{name}" if name == CONSOLE else f"deploy.local.{name}"
    return Program(
        name=name,
        command=(sys.executable, "-m", module, *(["web"] if name == CONSOLE else [])),
        environment={**base_environment(), **environment},
        folder=ROOT,
        port=port,
        ready=lambda: serves(port),
        answers=answers.web(Path(environment["HTTP_SOCKET"])) if name == CONSOLE else answers.over_tcp(port),
    )


def program(*, house: str, role: str, port: int, environment: Mapping[str, str]) -> Program:
    """One process of a house: where it answers, and when it is ready, the web one when its /readyz says so."""
    web = role == "web"
    return Program(
        name=f"{house} {role}",
        command=command(house, role),
        environment={**base_environment(), **environment},
        folder=ROOT,
        port=port,
        ready=(lambda: serves(port)) if web else (lambda: True),
        answers=answers.web(Path(environment["HTTP_SOCKET"]))
        if web
        else answers.pulse(Path(environment["WORK_PULSE"])),
    )


def serves(port: int) -> bool:
    """Its /readyz answers 200. Asked many times a second, so without a client that prepares itself for TLS first."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
