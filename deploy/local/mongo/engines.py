"""Which MongoDB there is on this machine: asked by every start, by doctor, and by the tests that run on each of them.

No package registry carries MongoDB itself, so the first of these serves: a server that MONGODB_URI names, `mongod` 7 or
8 on PATH, `secantusd-rs` on PATH, and `secantusd-py` of the locked packages, which is always there. The last two speak
the same wire protocol on the same storage engine (WiredTiger); secantusd is GPL-2.0 and only ever run as a process.
"""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.certificates import Certificates
from deploy.local.ports import HOST
from deploy.local.problems import Fault

SUPPORTED = (7, 8)
REPLICA_SET = "lumbung"
# How long a transaction may stay open whose process died on another machine; as in deploy/containers/mongo/start.sh.
# SecantusDB knows no such option and gives one up after a minute.
TRANSACTION_SECONDS = 20
# The smallest operations log that mongod takes: what was erased stands in it until as much was written again.
OPLOG_MB = 990
OPLOG_SECONDS = 3_600  # secantusd-rs bounds its own in time; secantusd-py keeps none
# A line about a slow question repeats what was searched for, and that may be a name.
NEVER_SLOW_MS = 86_400_000
CACHE = "512M"  # of WiredTiger, at most; the data of a laptop fits, and the houses need the rest
# WiredTiger makes everybody tidy its cache once a fifth of it is unwritten or a tenth uncommitted. A transaction of an
# import touches most pages of twenty indexes with random keys; none of them can be written before it commits, and from
# 25,000 people on that was a fifth of 256 MB: everybody tidied for ever, and nobody was answered (decision 0111).
WIREDTIGER = "eviction_dirty_trigger=80,eviction_updates_trigger=80"


@dataclass(frozen=True, slots=True)
class Engine:
    """One way to have a MongoDB. `binary` is None for a server that somebody else runs (`uri`)."""

    kind: str  # "existing", "mongod", "secantusd-rs" or "secantusd-py"
    version: str
    binary: Path | None = None
    uri: str | None = None

    @property
    def label(self) -> str:
        """How the banner, doctor and the test summary call it."""
        return {
            "existing": "the server of MONGODB_URI",
            "mongod": f"MongoDB {self.version} (mongod)",
            "secantusd-rs": f"SecantusDB {self.version} (secantusd-rs)",
            "secantusd-py": f"SecantusDB {self.version} (secantusd-py)",
        }[self.kind]

    @property
    def environment(self) -> Mapping[str, str]:
        """What the process needs beside its command: WiredTiger reads more of its configuration from here."""
        return {"WIREDTIGER_CONFIG": WIREDTIGER} if self.kind.startswith("secantusd") else {}

    def command(
        self, *, data: Path, port: int, authorised: bool, keyfile: Path, tls: Certificates | None = None
    ) -> list[str]:
        """How to run it in the foreground. `authorised=False` exists for the one start in which users are made."""
        if self.kind == "mongod":
            return [
                str(self.binary), "--dbpath", str(data), "--bind_ip", HOST, "--port", str(port),
                "--replSet", REPLICA_SET, "--keyFile", str(keyfile), "--wiredTigerCacheSizeGB", "0.25", "--quiet",
                "--oplogSize", str(OPLOG_MB), "--slowms", str(NEVER_SLOW_MS),
                "--setParameter", f"transactionLifetimeLimitSeconds={TRANSACTION_SECONDS}",
                *(["--tlsMode", "requireTLS", "--tlsCertificateKeyFile", str(tls.pair), "--tlsCAFile", str(tls.ca),
                   "--tlsAllowConnectionsWithoutCertificates"] if tls else []),
            ]  # fmt: skip
        command = [
            str(self.binary), "--host", HOST, "--port", str(port), "--storage-path", str(data),
            "--log-level", "WARNING", "--cache-size", CACHE,
            # Nobody here follows changes by the engine's own log: without one there is half as much to write, and no
            # moment at which an hour of it is taken away in somebody's transaction.
            *(["--standalone"] if self.kind == "secantusd-py" else ["--oplog-retention-seconds", str(OPLOG_SECONDS)]),
            # Without it the last acknowledged transactions are lost at kill -9, whatever write concern they had.
            "--sync-on-commit",
            *(["--tls-cert-file", str(tls.chain), "--tls-key-file", str(tls.key)] if tls else []),
        ]  # fmt: skip
        return [*command, "--auth"] if authorised else command


def find(environ: Mapping[str, str] = os.environ) -> Engine:
    """The engine to use. Raises Fault when there is none at all, which means that set-up never ran."""
    if uri := environ.get("MONGODB_URI"):
        return Engine(kind="existing", version="", uri=uri)
    found = present(environ)
    if found:
        return found[0]
    raise Fault("There is no MongoDB, and the packaged one is not installed.", "Run make setup.")


def present(environ: Mapping[str, str] = os.environ) -> list[Engine]:
    """Every engine that this machine can start, the preferred first."""
    path = environ.get("PATH", "")
    candidates = [_mongod(path), _rust(path), _python()]
    return [engine for engine in candidates if engine is not None]


def database_name(house: str, prefix: str = "lumbung_") -> str:
    return f"{prefix}{house}"


def _mongod(path: str) -> Engine | None:
    binary = shutil.which("mongod", path=path)
    if binary is None:
        return None
    found = re.search(r"db version v(\d+)\.(\S+)", _says(binary, "--version"))
    if found is None or int(found[1]) not in SUPPORTED:
        return None
    return Engine(kind="mongod", version=f"{found[1]}.{found[2]}", binary=Path(binary))


def _rust(path: str) -> Engine | None:
    binary = shutil.which("secantusd-rs", path=path)
    if binary is None:
        return None
    words = _says(binary, "--version").split()
    return Engine(kind="secantusd-rs", version=words[1] if len(words) > 1 else "", binary=Path(binary))


def _python() -> Engine | None:
    binary = Path(sys.executable).parent / "secantusd-py"
    if not binary.exists():
        return None
    return Engine(kind="secantusd-py", version=importlib.metadata.version("SecantusDB"), binary=binary)


def _says(binary: str, *arguments: str) -> str:
    try:
        return subprocess.run([binary, *arguments], capture_output=True, text=True, timeout=20).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
