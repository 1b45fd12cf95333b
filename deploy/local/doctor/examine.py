"""Asks every check about the machine it runs on."""

import email.utils
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import psutil
import requests

from deploy.local import backlog, folders, jars, java, mongo, ports, state
from deploy.local.doctor import checks
from deploy.local.doctor.checks import Finding
from deploy.local.folders import Home
from deploy.local.problems import Fault
from deploy.local.site import Existing, Site


def examine(environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """One finding after the other, the quick ones first. Changes nothing on the machine."""
    home = folders.home(environ)
    running = state.read(home)
    locked = state.is_locked(home)
    yield checks.setup(*_setup())
    yield checks.crashed(running, locked=locked, left_behind=state.left_behind(running) if running else [])
    yield from _ports(environ, running.ports if running and locked else {})
    yield checks.java(lambda: java.find(environ))
    yield checks.mongodb(lambda: mongo.find(environ), mongo.check_existing)
    yield checks.memory(psutil.virtual_memory().available, running=locked)
    place = _existing(home.path)
    yield checks.disk(place, shutil.disk_usage(place).free)
    folder = jars.folder(folders.cache(environ))
    missing = jars.wrong(folder, jars.read_lock())
    yield checks.jars(folder, missing)
    yield checks.registry(bool(missing), lambda: _fetch_one(environ))
    if running and locked and running.ready:
        site = Site(home=home, ports=ports.Ports(**running.ports), existing=Existing.from_environ(environ))
        yield from checks.bus(list(backlog.complaints(backlog.look(site))))
    yield checks.clock(datetime.now(UTC), dict(_references(home, online=bool(missing), environ=environ)))


def _setup() -> tuple[str | None, str]:
    from deploy import bootstrap

    return bootstrap.stamped(), bootstrap.wanted(bootstrap.profile() or "run")


def _ports(environ: Mapping[str, str], ours: Mapping[str, int]) -> Iterator[Finding]:
    try:
        wanted = ports.from_environ(environ).named()
    except Fault as problem:
        yield Finding("ports", checks.BAD, problem.cause, problem.fix)
        return
    if environ.get("KAFKA_BOOTSTRAP"):
        wanted = {name: port for name, port in wanted.items() if name not in ("kafka", "controller")}
    if environ.get("MONGODB_URI"):
        wanted.pop("mongodb")
    for name, number in wanted.items():
        mine = number in ours.values()
        yield checks.port(name, number, free=ports.is_free(number), ours=mine, holder=ports.holder)


def _fetch_one(environ: Mapping[str, str]) -> None:
    """Fetch the smallest jar into nowhere: the same way as a start would, so what it says is what a start would say."""
    smallest = next(jar for jar in jars.read_lock() if jar.artifact == "jspecify")
    with tempfile.TemporaryDirectory() as folder:
        jars.from_maven(environ)(smallest, Path(folder))


def _references(home: Home, *, online: bool, environ: Mapping[str, str]) -> Iterator[tuple[str, datetime]]:
    """What else knows the time: the newest thing we wrote (never later than now), a registry that is asked anyway."""
    now = datetime.now(UTC)
    times = [path.stat().st_mtime for path in (home.state, home.clock, *home.logs.glob("*.log")) if path.exists()]
    if times and (newest := datetime.fromtimestamp(max(times), UTC)) > now:
        yield "the files of the last run", newest
    if online:
        address = environ.get("LUMBUNG_MAVEN_MIRROR") or jars.default_repository()
        try:
            said = requests.head(address, timeout=10).headers.get("Date")
        except requests.RequestException:
            return
        if said:
            yield "the Maven repository", email.utils.parsedate_to_datetime(said)


def _existing(path: Path) -> Path:
    """The nearest folder that is there: a home that was never made has the disk of its parent."""
    return next(folder for folder in (path, *path.parents) if folder.exists())
