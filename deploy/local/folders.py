"""Where the embedded stack keeps things: asked by every part of it that touches the disk."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TOPICS = ROOT / "deploy" / "topics.yaml"

LONGEST_SOCKETS = 80


@dataclass(frozen=True, slots=True)
class Home:
    """One running Lumbung: its data, logs, secrets and state. `make run` keeps `.lumbung/`, tests make one each."""

    path: Path

    @property
    def secrets(self) -> Path:
        return self.path / "secrets"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def kafka(self) -> Path:
        return self.path / "kafka"

    @property
    def proxy(self) -> Path:
        """What the proxy in front of the houses writes: its configuration, and bodies that are on their way."""
        return self.path / "proxy"

    @property
    def sockets(self) -> Path:
        """Where houses listen behind the proxy. The kernel takes no more than a hundred letters of such a path, so a
        home that lies deep has them in a folder of its own elsewhere, named after it.
        """
        inside = self.path / "sockets"
        if len(str(inside)) <= LONGEST_SOCKETS:
            return inside
        name = hashlib.sha256(str(self.path).encode()).hexdigest()[:16]
        outside = Path(tempfile.gettempdir()) / f"lumbung-{os.getuid()}-{name}"
        return outside if len(str(outside)) <= LONGEST_SOCKETS else Path("/tmp") / outside.name

    @property
    def issuer(self) -> Path:
        return self.path / "issuer"

    @property
    def clock(self) -> Path:
        return self.path / "clock"

    @property
    def models(self) -> Path:
        return self.path / "models"

    @property
    def vocabulary(self) -> Path:
        """Names that `lumbung vocabulary import` added; not there while nobody did."""
        return self.path / "vocabulary"

    @property
    def lock(self) -> Path:
        """Held (flock) by the one supervisor of this home; the kernel lets go of it when the supervisor dies."""
        return self.path / "lock"

    @property
    def state(self) -> Path:
        """What runs right now, for `status`, `down` and `doctor`: see `state.py`."""
        return self.path / "run.json"

    def mongodb(self, engine: str) -> Path:
        """Each engine has its own data folder: their files are not interchangeable."""
        return self.path / engine

    def make(self) -> None:
        """Make the folders. Nobody but their owner may look into them: data, keys and logs of people lie there."""
        for folder in (self.path, self.secrets, self.logs, self.issuer, self.models, self.proxy):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (self.path, self.secrets):
            folder.chmod(0o700)

    def open_sockets(self) -> None:
        """Make the folder of sockets, for whoever starts houses."""
        self.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.sockets.chmod(0o700)

    def close_sockets(self) -> None:
        """Remove it, when nothing listens there any more: one elsewhere would outlive its home."""
        shutil.rmtree(self.sockets, ignore_errors=True)


def home(environ: Mapping[str, str] = os.environ) -> Home:
    """The home of `make run`: `.lumbung/` of the checkout, or the folder that LUMBUNG_HOME names."""
    return Home(Path(environ.get("LUMBUNG_HOME") or ROOT / ".lumbung").absolute())


def cache(environ: Mapping[str, str] = os.environ) -> Path:
    """What is fetched once for a machine and can always be fetched again: the jars of Kafka.

    LUMBUNG_CACHE names another folder; without a writable home directory it is `.lumbung/cache` of the checkout.
    """
    if named := environ.get("LUMBUNG_CACHE"):
        return Path(named).absolute()
    base = Path(environ.get("XDG_CACHE_HOME") or Path(environ.get("HOME") or "/nonexistent") / ".cache")
    nearest = next((folder for folder in (base, *base.parents) if folder.exists()), base)
    if os.access(nearest, os.W_OK):
        return base / "lumbung"
    return ROOT / ".lumbung" / "cache"
