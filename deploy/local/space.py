"""Room on the disk. A full one makes each engine fail in words of its own; here it is said in one sentence."""

import shutil
from pathlib import Path

from deploy.local.problems import Fault

# A demo of three hundred people takes 20 MB with both engines; the rest is for whatever else grows meanwhile.
NEEDED = 100_000_000
# Below this neither engine can go on: Kafka's next segment and MongoDB's next journal file no longer fit.
FULL = 8_000_000


def check(folder: Path) -> None:
    """Raises Fault when there is too little room to begin in this folder, which must exist."""
    free = shutil.disk_usage(folder).free
    if free < NEEDED:
        raise Fault(f"Only {free / 1e6:.0f} MB are free under {folder}; {NEEDED / 1e6:.0f} MB are needed.", _FIX)


def enough(folder: Path) -> bool:
    """Whether an engine can run in this folder at all."""
    try:
        return shutil.disk_usage(folder).free >= FULL
    except OSError:  # then it is not the room that is missing
        return True


def cause_of(problem: Fault, folder: Path) -> Fault:
    """What went wrong while something ran in this folder: the full disk, where it is full, and not what followed."""
    free = shutil.disk_usage(folder).free if folder.exists() else FULL
    if free >= FULL or problem.fix == _FIX:
        return problem
    return Fault(f"The disk is full: {free / 1e6:.0f} MB are free under {folder}. ({problem.cause})", _FIX)


def full(path: str | None) -> Fault:
    """For a write of our own that no longer fitted."""
    return Fault(f"The disk is full{f': {path} could not be written' if path else ''}.", _FIX)


_FIX = "Make room, or name another folder: LUMBUNG_HOME for make run, TMPDIR for make demo."
