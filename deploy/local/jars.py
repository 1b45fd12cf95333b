"""Fetches Apache Kafka once for a machine: asked by set-up, and by every start, which then finds all of it there.

The lock file names each jar with its SHA-256. Nothing resolves dependencies: what is in the lock is fetched, and what
does not have the locked hash is not used. `LUMBUNG_MAVEN_MIRROR` names another Maven repository.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from deploy.local.problems import Fault

LOCK = Path(__file__).parent / "kafka-4.4.0.lock"
VERSION = "4.4.0"
AT_ONCE = 8  # enough to hide the latency of 45 small files, few enough for a shared mirror
TRIES = 3  # a registry that hiccups once is no reason to fail a set-up

Fetch = Callable[["Jar", Path], Path]
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Jar:
    """One line of the lock: Maven coordinates and the SHA-256 that the file must have."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def filename(self) -> str:
        return f"{self.artifact}-{self.version}.jar"


def read_lock(path: Path = LOCK) -> list[Jar]:
    """The jars of the lock, in its order. Raises Fault when a line is not `group:artifact:version  sha256:hex`."""
    jars = []
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            coordinates, digest = line.split()
            group, artifact, version = coordinates.split(":")
            algorithm, sha256 = digest.split(":")
        except ValueError:
            algorithm, sha256 = "", ""
        if algorithm != "sha256" or len(sha256) != 64:
            raise Fault(f"Line {number} of {path.name} is no locked jar: {line!r}.", "Restore the file: git checkout.")
        jars.append(Jar(group=group, artifact=artifact, version=version, sha256=sha256))
    return jars


def folder(cache: Path, lock: Path = LOCK) -> Path:
    """Named after the lock's own hash, so that another lock never meets the jars of this one."""
    return cache / f"kafka-{VERSION}-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"


def wrong(target: Path, jars: list[Jar]) -> list[Jar]:
    """The jars that are missing from `target` or do not have their locked hash (0.1 s for all 43 MB)."""
    return [jar for jar in jars if _sha256(target / jar.filename) != jar.sha256]


def ensure(
    *,
    cache: Path,
    environ: Mapping[str, str] = os.environ,
    report: Report = lambda done, total: None,
    fetch: Fetch | None = None,
    lock: Path = LOCK,
) -> Path:
    """The folder with all locked jars, fetched if need be. Touches no network when they are there.

    Raises Fault when the repository cannot be reached, does not have a jar, or serves one with another hash.
    """
    target = folder(cache, lock)
    missing = wrong(target, read_lock(lock))
    if not missing:
        return target
    target.mkdir(parents=True, exist_ok=True)
    fetch = fetch or from_maven(environ)
    with (
        tempfile.TemporaryDirectory(dir=cache, prefix="fetching-") as work,
        ThreadPoolExecutor(max_workers=AT_ONCE) as pool,
    ):
        waiting = [pool.submit(_take, jar, fetch, Path(work), target) for jar in missing]
        try:
            for done, finished in enumerate(as_completed(waiting), start=1):
                finished.result()
                report(done, len(missing))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return target


def _take(jar: Jar, fetch: Fetch, work: Path, target: Path) -> None:
    got = ""
    for attempt in range(1, TRIES + 1):
        room = work / f"{jar.filename}.{attempt}"
        room.mkdir()
        try:
            fetched = fetch(jar, room)
        except Fault:
            if attempt == TRIES:
                raise
            continue
        got = _sha256(fetched)
        if got == jar.sha256:
            os.replace(fetched, target / jar.filename)
            shutil.rmtree(room, ignore_errors=True)
            return
    raise Fault(
        f"{jar.filename} has the wrong hash: locked sha256 {jar.sha256}, served {got}.",
        "A proxy or mirror altered or cut it. Try again, or name another Maven repository in LUMBUNG_MAVEN_MIRROR.",
    )


def default_repository() -> str:
    """The address that is used without LUMBUNG_MAVEN_MIRROR: whatever jgo takes."""
    from jgo.constants import MAVEN_CENTRAL_URL

    return str(MAVEN_CENTRAL_URL)


def from_maven(environ: Mapping[str, str]) -> Fetch:
    """A fetch through jgo's Maven layer, imported here because a warm start never needs it."""
    import requests
    from jgo.maven import MavenContext

    mirror = environ.get("LUMBUNG_MAVEN_MIRROR", "").rstrip("/")
    remote = {"mirror": mirror} if mirror else None
    place = f"the Maven repository {mirror}" if mirror else "the Maven repository"

    def fetch(jar: Jar, room: Path) -> Path:
        context = MavenContext(repo_cache=room, remote_repos=remote, timeout=30)
        artifact = context.project(jar.group, jar.artifact).at_version(jar.version).artifact()
        try:
            path = context.resolver.download(artifact)
        except (requests.RequestException, OSError) as error:
            if getattr(error, "errno", None) == 28:  # ENOSPC
                raise Fault("The disk is full.", f"Make room for 50 MB under {room.parent.parent}.") from error
            raise Fault(
                f"{place[0].upper()}{place[1:]} could not be reached ({_short(error)}).",
                "Check the network and HTTPS_PROXY, or name a reachable one in LUMBUNG_MAVEN_MIRROR.",
            ) from error
        except RuntimeError as error:
            raise Fault(
                f"{place[0].upper()}{place[1:]} does not have {jar.filename}.",
                "Name another Maven repository in LUMBUNG_MAVEN_MIRROR.",
            ) from error
        if path is None:
            raise Fault(f"{jar.filename} was not fetched.", "Try again.")
        return Path(path)

    return fetch


def _short(error: BaseException) -> str:
    """The innermost cause, without the address that the library repeats three times."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    return f"{type(error).__name__}: {str(error)[:120]}"


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
