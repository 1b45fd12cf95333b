"""The complaints that doctor knows, each a plain function from what was seen to what to say about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deploy.local.backlog import Complaint
from deploy.local.jars import Jar
from deploy.local.java import Java
from deploy.local.mongo import Engine
from deploy.local.problems import Fault
from deploy.local.state import Process, State

GOOD, WARN, BAD = 0, 1, 2

# What the whole of Lumbung holds in memory just after its start, measured: Kafka 0.2 GB, MongoDB 0.1 GB, eight
# processes of houses 0.1 to 0.35 GB each; 1.7 GB together, of which some is shared. Below the first number something
# will be killed, below the second it swaps as soon as there is work.
MEMORY_NEEDED, MEMORY_PLEASANT = 1_500_000_000, 2_500_000_000

# A first set-up fetches 0.5 GB of packages; a year of a small province's events stays below that.
DISK_NEEDED, DISK_PLEASANT = 300_000_000, 1_000_000_000

# Tokens are refused when clocks differ by more than half a minute; a difference below that does no harm.
SKEW_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is (GOOD, WARN or BAD), and what to do when it is not good."""

    subject: str
    grade: int
    text: str
    fix: str = ""


def port(name: str, number: int, *, free: bool, ours: bool, holder: Callable[[int], str]) -> Finding:
    """A taken port is fine when our own running Lumbung holds it."""
    subject = f"port {number}"
    if ours:
        return Finding(subject, GOOD, f"{name}, used by the Lumbung that runs")
    if free:
        return Finding(subject, GOOD, f"free for {name}")
    other = number + 10_000 if number < 55_000 else 18_080
    return Finding(
        subject,
        BAD,
        f"taken by {holder(number)}; {name} could not listen",
        f"Stop that program, or choose another port, for example {name.upper()}_PORT={other} ./lumbung up.",
    )


def java(find: Callable[[], Java]) -> Finding:
    try:
        found = find()
    except Fault as problem:
        return Finding("Java", BAD, problem.cause, problem.fix)
    return Finding("Java", GOOD, f"version {found.version} from {found.origin} ({found.path})")


def jars(folder: Path, wrong: Sequence[Jar]) -> Finding:
    """`wrong` are the jars that are missing or have another hash than the locked one."""
    altered = [jar.filename for jar in wrong if (folder / jar.filename).exists()]
    if altered:
        return Finding(
            "Kafka",
            BAD,
            f"{altered[0]}{f' and {len(altered) - 1} more' if len(altered) > 1 else ''} in {folder} has the wrong hash",
            f"It was altered or cut. Delete it; the next start fetches it again: rm {folder / altered[0]}",
        )
    if wrong:
        return Finding("Kafka", WARN, f"{len(wrong)} files are still to be fetched", "make setup fetches them.")
    return Finding("Kafka", GOOD, f"all files are there with their locked hash ({folder})")


def registry(needed: bool, fetch_one: Callable[[], None]) -> Finding:
    """Whether what is missing could be fetched. A machine that has all it needs is not asked to be online."""
    if not needed:
        return Finding("registry", GOOD, "not needed: everything is here, and starts work offline")
    try:
        fetch_one()
    except Fault as problem:
        return Finding("registry", BAD, problem.cause, problem.fix)
    return Finding("registry", GOOD, "reachable")


def disk(place: Path, free_bytes: int) -> Finding:
    text = f"{free_bytes / 1e9:.1f} GB free under {place}"
    if free_bytes < DISK_NEEDED:
        return Finding("disk", BAD, text, "Make room: at least 0.3 GB, better 1 GB. LUMBUNG_HOME names another folder.")
    if free_bytes < DISK_PLEASANT:
        return Finding("disk", WARN, text, "Enough for a demo; make room before you load a whole province.")
    return Finding("disk", GOOD, text)


def memory(available_bytes: int, *, running: bool) -> Finding:
    """What is still to be had; a Lumbung that runs already has its share."""
    text = f"{available_bytes / 1e9:.1f} GB to be had"
    if running or available_bytes >= MEMORY_PLEASANT:
        return Finding("memory", GOOD, text)
    if available_bytes < MEMORY_NEEDED:
        return Finding("memory", BAD, text, "Lumbung needs about 1.7 GB: close other programs first.")
    return Finding("memory", WARN, text, "It will run and may be slow: close other programs if you can.")


def crashed(state: State | None, *, locked: bool, left_behind: Sequence[Process]) -> Finding:
    """A state file without a lock is what a supervisor that was killed left."""
    if state is None:
        return Finding("last run", GOOD, "ended in order")
    if locked:
        return Finding("last run", GOOD, f"runs now, since {state.since} (process {state.pid})")
    if left_behind:
        names = ", ".join(f"{process.name} ({process.pid})" for process in left_behind)
        return Finding(
            "last run",
            BAD,
            f"the run of {state.since} crashed and left a stale lock and processes: {names}",
            "./lumbung down ends them; the next start does it too.",
        )
    return Finding(
        "last run",
        WARN,
        f"the run of {state.since} crashed and left a stale lock; nothing of it lives",
        "Nothing to do: the next start tidies up (./lumbung down does it now).",
    )


def clock(now: datetime, references: Mapping[str, datetime]) -> Finding:
    """`references`: what others say or said the time is. A file of ours from the future means that we went back."""
    for source, theirs in references.items():
        seconds = (now - theirs).total_seconds()
        if abs(seconds) > SKEW_SECONDS:
            direction = "ahead of" if seconds > 0 else "behind"
            return Finding(
                "clock",
                BAD,
                f"this machine's clock is {_duration(abs(seconds))} {direction} {source}",
                "Set it (on Linux: timedatectl set-ntp true); with a wrong clock, tokens are refused.",
            )
    return Finding("clock", GOOD, f"agrees with {', '.join(references)}" if references else "nothing contradicts it")


def mongodb(engine: Callable[[], Engine], check: Callable[[str], str]) -> Finding:
    """Which MongoDB a start would use, and whether one that somebody else runs will do."""
    try:
        found = engine()
        version = check(found.uri) if found.uri else ""
    except Fault as problem:
        return Finding("MongoDB", BAD, problem.cause, problem.fix)
    return Finding("MongoDB", GOOD, f"{found.label}{f', version {version}' if version else ''}")


def bus(complaints: Sequence[Complaint]) -> list[Finding]:
    """Each thing that waits too long on the bus of the Lumbung that runs."""
    if not complaints:
        return [Finding("bus", GOOD, "nothing waits too long")]
    return [Finding("bus", BAD, one.text, one.fix) for one in complaints]


def setup(stamped: str | None, wanted: str) -> Finding:
    """Whether the installed packages are those of the requirement files."""
    if stamped == wanted:
        return Finding("packages", GOOD, "as locked in requirements/")
    return Finding("packages", WARN, "the requirement files changed since the last set-up", "make setup")


def _duration(seconds: float) -> str:
    for size, unit in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"
