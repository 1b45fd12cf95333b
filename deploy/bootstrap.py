"""Set-up: from a fresh checkout and a Python to a checkout that runs. `make setup` and every other target ask it first.

Nothing but the standard library, because nothing is installed yet. It makes `.venv`, installs the hashed requirement
files with uv (with pip where uv cannot be had), and fetches Kafka. A stamp in `.venv` holds the hash of what was
installed; while it fits, set-up is over in a few milliseconds and touches no network.

`python3 deploy/bootstrap.py run` is enough to run Lumbung; `test` adds what the tests need, and `bench` the peers that
`python -m benchmarks.speed` measures beside.
"""

from __future__ import annotations  # an older Python must come as far as the sentence that it is too old

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
STAMP = VENV / "lumbung-setup"
TOOLS = VENV / "tools"  # uv lives beside the packages, not among them

OLDEST = (3, 11)
RUN = ("house.txt", "words.txt", "plan.txt", "local.txt", "console.txt")
TEST = (*RUN, "test.txt", "cluster.txt")
PROFILES = {"run": RUN, "test": TEST, "bench": (*TEST, "bench.txt")}
"""Each holds all that the one before it holds."""


class Refused(Exception):
    """Set-up cannot go on. The first argument says why, the second how to mend it."""


def main(arguments: list[str]) -> int:
    wish = arguments[0] if arguments else "run"
    if wish not in PROFILES:
        print(f"There is no set-up {wish}; there are: {', '.join(PROFILES)}.", file=sys.stderr)
        return 2
    try:
        setup(wish)
    except Refused as refusal:
        cause, fix = refusal.args
        print(f"✗ {cause}\n  {fix}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def setup(wish: str) -> None:
    """Install what `wish` needs, unless it is there. Raises Refused."""
    if sys.version_info < OLDEST:
        raise Refused(
            f"Lumbung needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.",
            "Install Python 3.11 and say make PYTHON=python3.11 …",
        )
    # Whoever has the tests' packages keeps them when only a run is asked for.
    sizes = list(PROFILES)
    name = max(wish, profile() or wish, key=sizes.index)
    if stamped() == wanted(name):
        return
    began = time.monotonic()
    _enough_room()
    _make_venv()
    _install([REQUIREMENTS / file for file in PROFILES[name]])
    _fetch_kafka()
    STAMP.write_text(f"{name}\n{wanted(name)}\n")
    _say(f"✓ set up in {time.monotonic() - began:.0f} s; from now on everything starts offline")


def wanted(name: str) -> str:
    """What the stamp of a finished set-up says: a hash over requirement files, the lock of Kafka, and the Python."""
    digest = hashlib.sha256()
    for path in (*(REQUIREMENTS / file for file in PROFILES[name]), ROOT / "deploy" / "local" / "kafka-4.4.0.lock"):
        digest.update(path.read_bytes())
    python = VENV / "bin" / "python"
    digest.update(str(python.resolve()).encode())
    return digest.hexdigest()


def profile() -> str | None:
    """Which profile the last set-up installed; None before the first."""
    return _stamp()[0]


def stamped() -> str | None:
    return _stamp()[1]


def _stamp() -> tuple[str | None, str | None]:
    try:
        name, digest = STAMP.read_text().split()
    except (OSError, ValueError):
        return None, None
    return (name, digest) if name in PROFILES else (None, None)


def _make_venv() -> None:
    python = VENV / "bin" / "python"
    if python.exists() and _runs([python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]):
        return
    _say("  making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    if _runs([sys.executable, "-m", "venv", VENV]):
        return
    # Debian ships Python without ensurepip; the system's own pip can fill a venv from outside.
    shutil.rmtree(VENV, ignore_errors=True)
    if _runs([sys.executable, "-m", "pip", "--version"]) and _runs(
        [sys.executable, "-m", "venv", "--without-pip", VENV]
    ):
        return
    raise Refused(
        f"{sys.executable} cannot make a virtual environment.",
        "Install its venv module (on Debian and Ubuntu: apt-get install python3-venv), or use another Python 3.11.",
    )


def _install(files: list[Path]) -> None:
    tool = uv()
    if tool is not None:
        _say(f"  installing {_count(files)} packages with uv")
        into: list[str | Path] = ["--python", VENV / "bin" / "python", "--require-hashes"]
        command: list[str | Path] = [tool, "pip", "sync", *into, *files]
        words = None if sys.stdout.isatty() else subprocess.PIPE  # at a terminal uv shows its progress itself
        synced = subprocess.run(command, env=uv_environment(), stdin=subprocess.DEVNULL, stderr=words, text=True)
        if synced.returncode == 0:
            _warn_of(yanked(synced.stderr or ""))
            return
        _say("! uv did not manage; trying pip, which is slower")
    _say(f"  installing {_count(files)} packages with pip")
    listed: list[str | Path] = [argument for file in files for argument in ("--requirement", file)]
    quiet = ["--no-deps", "--disable-pip-version-check", "--quiet"]
    answer = subprocess.run(
        [*_pip(), "install", "--require-hashes", *quiet, *listed],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if answer.returncode != 0:
        raise _explained(answer.stderr)
    _warn_of(yanked(answer.stderr))


def yanked(said: str) -> list[str]:
    """The packages that an installer calls yanked: they still install, and whoever locked them should move on."""
    by_uv = re.findall(r"`([^`]+)` is yanked", said)
    by_pip = re.findall(r"yanked version: '([^']+)' candidate \(version (\S+)", said)
    return sorted({*by_uv, *(f"{name}=={version}" for name, version in by_pip)})


def _warn_of(packages: list[str]) -> None:
    for package in packages:
        _say(f"! {package} was yanked by its authors: {_renewal(package)}")


def _renewal(package: str) -> str:
    """What to do about one locked package, by the file that names it."""
    name = re.split(r"[=<>!~ ;]", package)[0].lower()
    line = re.compile(rf"^{re.escape(name)}==", re.IGNORECASE | re.MULTILINE)
    if files := [
        f"requirements/{one.name}" for one in sorted(REQUIREMENTS.glob("*.in")) if line.search(one.read_text())
    ]:
        return f"name another version of it in {' and '.join(files)}, then make lock."
    return f"make lock UPGRADE={name}"


def uv() -> Path | None:
    """The locked uv, fetched by pip into a folder of its own; None where there is no wheel of it or no way to it."""
    binary = TOOLS / "bin" / "uv"
    if binary.exists():
        return binary
    shutil.rmtree(TOOLS, ignore_errors=True)
    listed: list[str | Path] = ["--require-hashes", "--requirement", REQUIREMENTS / "setup.txt"]
    quiet = ["--quiet", "--disable-pip-version-check", "--only-binary", ":all:", "--retries", "1"]
    _runs([*_pip(), "install", "--target", TOOLS, *quiet, *listed])
    return binary if binary.exists() else None


def _pip() -> list[str | Path]:
    inside = VENV / "bin" / "python"
    if _runs([inside, "-m", "pip", "--version"]):
        return [inside, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", inside]


def uv_environment() -> dict[str, str]:
    """uv does not read what pip was told about its index and certificates; who set them up once means both."""
    environment = dict(os.environ)
    for uv, pip in (
        ("UV_DEFAULT_INDEX", "PIP_INDEX_URL"),
        ("UV_INDEX", "PIP_EXTRA_INDEX_URL"),
        ("UV_FIND_LINKS", "PIP_FIND_LINKS"),
        ("SSL_CERT_FILE", "PIP_CERT"),
    ):
        if pip in os.environ:
            environment.setdefault(uv, os.environ[pip])
    environment.setdefault("UV_LINK_MODE", "copy")  # the cache may be on another disk; no warning about it
    return environment


def _fetch_kafka() -> None:
    _say("  fetching Apache Kafka and making it ready")
    code = "from deploy.local.command.setup import fetch; fetch()"
    if subprocess.run([VENV / "bin" / "python", "-c", code], cwd=ROOT, stdin=subprocess.DEVNULL).returncode != 0:
        raise Refused("Apache Kafka was not fetched.", "The lines above say why; then run make setup again.")


def _enough_room() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < 1_500_000_000:
        raise Refused(
            f"The disk is nearly full: {free / 1e9:.1f} GB free under {ROOT}, and set-up needs 1.5 GB.",
            "Make room, or put the checkout on another disk.",
        )


def _explained(said: str) -> Refused:
    """What pip's last words mean for the person in front of it."""
    last = next((line for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
    if "HASHES" in said or "hash" in last.lower():
        return Refused(
            "A package did not have its locked hash.",
            "A proxy or mirror altered or cut it. Try again, or use another index (PIP_INDEX_URL).",
        )
    if gone := re.search(r"No matching distribution found for (\S+)", said):
        return Refused(
            f"The package index has no {gone[1]} for this Python and this machine.",
            f"Was it withdrawn? Then {_renewal(gone[1])} "
            "Is the index out of reach? Check the network and HTTPS_PROXY, or name another one in PIP_INDEX_URL.",
        )
    if "No space left" in said:
        return Refused("The disk is full.", "Make room, then run make setup again.")
    if any(sign in said for sign in ("Connection", "timed out", "resolve", "SSL")):
        return Refused(
            f"The package registry could not be reached: {last[:200]}",
            "Check the network and HTTPS_PROXY, or name a reachable index in PIP_INDEX_URL.",
        )
    return Refused(f"Packages were not installed: {last[:300]}", "Run make setup again to see whether it stays.")


def _count(files: list[Path]) -> int:
    return len({line.split("==")[0] for file in files for line in file.read_text().splitlines() if "==" in line[:60]})


def _runs(command: list[str | Path]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
