"""Made once for a machine by set-up: the classes of Kafka as Java keeps them in memory, so that a broker starts in half
the time. After a crash that is most of what everybody waits for.

Java calls it class-data sharing (JEP 310): a start without it reads and checks seven thousand classes. Whatever does
not fit any more (another Java, other jars), Java notices by itself and does without.
"""

import hashlib
import os
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from deploy.local import jars, ports
from deploy.local.java import Java
from deploy.local.kafka import CONTROLLER, Broker
from deploy.local.leash import leashed
from deploy.local.problems import Fault
from deploy.local.secrets import ADMIN, Credentials

START_SECONDS, MAKE_SECONDS = 120.0, 240.0


def of(java: Java, folder: Path) -> Path:
    """Where the archive for this Java and these jars is, or would be."""
    binary = java.path.resolve()
    known = f"{binary} {binary.stat().st_mtime_ns} {java.version} {folder}"
    return folder.parent / f"kafka-{jars.VERSION}-{hashlib.sha256(known.encode()).hexdigest()[:12]}.jsa"


def ensure(java: Java, folder: Path) -> bool:
    """Make the archive unless it is there; False when it could not be made, which harms nothing."""
    archive = of(java, folder)
    if archive.exists():
        return True
    try:
        with tempfile.TemporaryDirectory(dir=archive.parent, prefix="archive-") as work:
            made = _made(java, folder, Path(work))
            os.replace(made, archive)
    except (OSError, subprocess.SubprocessError, Fault):
        return False
    return True


def _made(java: Java, folder: Path, work: Path) -> Path:
    """Start a broker that nobody uses to see which classes it takes, and have Java write them down."""
    free = ports.free()
    nobody = Credentials(ADMIN, "nobody"), Credentials(CONTROLLER, "nobody")
    broker = Broker(java, folder, work / "data", free.kafka, free.controller, *nobody)
    broker.prepare()
    program, *arguments = broker.command()
    classes, archive = work / "classes", work / "kafka.jsa"
    _run_until_it_answers([program, f"-XX:DumpLoadedClassList={classes}", *arguments], free.kafka)
    *options, _, _ = [one for one in arguments if one != "-Xshare:auto"]
    given = ["-Xshare:dump", f"-XX:SharedClassListFile={classes}", f"-XX:SharedArchiveFile={archive}"]
    subprocess.run(leashed([program, *given, *options]), capture_output=True, timeout=MAKE_SECONDS, check=True)
    return archive


def _run_until_it_answers(command: list[str], port: int) -> None:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(leashed(command), stdin=quiet, stdout=quiet, stderr=quiet) as broker:
        until = time.monotonic() + START_SECONDS
        while not ports.answers(port) and broker.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
        broker.terminate()
        with suppress(subprocess.TimeoutExpired):
            broker.wait(START_SECONDS)
        broker.kill()
