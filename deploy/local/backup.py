"""One file that holds all of a home: what both engines keep, the secrets without which it cannot be read, the models.

Taken while nothing runs, so that the databases and the log are of the same moment. It is as secret as the home itself.
"""

import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import state
from deploy.local.folders import Home
from deploy.local.problems import Fault
from shared.progress import Progress

# Made anew by every start, or of no use to a later one.
LEFT_OUT = frozenset({"logs", "proxy", "sockets", "lock", "run.json", "run.draft", "cache"})
# A backup is known by it, before anything is unpacked.
MARK = "secrets"
MEGA = 1_000_000


def take(home: Home, file: Path) -> int:
    """Write the home into a new file that only its owner may read; returns its size in bytes.

    Raises:
        Fault: something runs, there is nothing to keep, or the file is there already.
    """
    if not home.secrets.is_dir() or not any(home.secrets.iterdir()):
        raise Fault(f"There is nothing in {home.path} to back up.", "LUMBUNG_HOME names another home.")
    if file.exists():
        raise Fault(f"{file} is there already.", "Name a new file: a backup never replaces another.")
    if not file.parent.is_dir():
        raise Fault(f"{file.parent} is no folder.", "Make it first, or name a file somewhere else.")
    if file.resolve().is_relative_to(home.path.resolve()):
        raise Fault(f"{file} lies in the home itself.", "Name a file somewhere else, best on another disk.")
    with state.locked(home):
        _nothing_left_behind(home)
        draft = file.with_name(f".{file.name}.draft")
        try:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as opened:
                with _written(home) as told, tarfile.open(fileobj=opened, mode="w:gz", compresslevel=3) as archive:
                    for child in sorted(home.path.iterdir()):
                        if child.name not in LEFT_OUT:
                            archive.add(child, arcname=child.name, filter=told)
                opened.flush()
                os.fsync(opened.fileno())
            draft.rename(file)
        finally:
            draft.unlink(missing_ok=True)
    return file.stat().st_size


def restore(home: Home, file: Path) -> None:
    """Put a backup into an empty home.

    Raises:
        Fault: something runs, the home is not empty, or the file is no whole backup; then the home stays as it was.
    """
    kept = [child.name for child in home.path.iterdir() if child.name not in LEFT_OUT] if home.path.exists() else []
    if any((home.path / name).is_file() or any((home.path / name).iterdir()) for name in kept):
        raise Fault(
            f"{home.path} is not empty.", "Name another home with LUMBUNG_HOME, or empty this one: ./lumbung reset."
        )
    home.make()
    with state.locked(home):
        _nothing_left_behind(home)
        try:
            whole = _check(file, home.path)
            with Progress("writing", whole // MEGA, unit="MB") as progress, tarfile.open(file) as archive:
                written = 0
                for member in archive:
                    # "data": no path out of the home, no device, no owner of another machine.
                    archive.extract(member, home.path, filter="data")
                    written += member.size
                    progress.at(written // MEGA)
        except (tarfile.TarError, EOFError, ValueError) as error:
            cause = str(error).splitlines()[0].rstrip(":.")
            raise Fault(f"{file} is no whole backup: {cause}.", "Name a file that ./lumbung backup wrote.") from error
        except FileNotFoundError as error:
            raise Fault(f"There is no {file}.", "Name a file that ./lumbung backup wrote.") from error
    home.make()  # the modes of folders that the archive brought


@contextmanager
def _written(home: Home) -> Iterator[Callable[[tarfile.TarInfo], tarfile.TarInfo]]:
    """Sees each file before it goes into the archive, and tells how far that is."""
    kept = [child for child in home.path.iterdir() if child.name not in LEFT_OUT]
    whole = sum(path.stat().st_size for child in kept for path in (child, *child.rglob("*")) if path.is_file())
    with Progress("reading", whole // MEGA, unit="MB") as progress:
        done = 0

        def tell(member: tarfile.TarInfo) -> tarfile.TarInfo:
            nonlocal done
            done += member.size
            progress.at(done // MEGA)
            return member

        yield tell


def _check(file: Path, into: Path) -> int:
    """Read it to its end, and look at each name, before anything is written. Returns the bytes that it holds."""
    whole = 0
    names = set()
    with tarfile.open(file) as archive, Progress("looking at", file.stat().st_size // MEGA, unit="MB") as progress:
        for member in archive:
            names.add(tarfile.data_filter(member, str(into)).name.partition("/")[0])
            whole += member.size
            progress.at(archive.fileobj.tell() // MEGA if archive.fileobj else 0)
    if MARK not in names:
        raise ValueError("it holds no secrets of a home")
    return whole


def _nothing_left_behind(home: Home) -> None:
    crashed = state.read(home)
    if crashed and state.left_behind(crashed):
        raise Fault(f"A crashed run left processes in {home.path}.", "./lumbung down ends them; then try again.")
