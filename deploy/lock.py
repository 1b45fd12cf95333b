"""`make lock`: writes the locked requirement files from what the `.in` files name, and renews what the index lost.

    make lock                        what is locked stays, unless an .in file asks otherwise or it was withdrawn
    make lock UPGRADE="flask httpx"  these and what they need may move, within what the .in files pin
    make lock UPGRADE=all            everything may

Nothing but the standard library and the uv of the set-up. No address of an index goes into the files.
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from deploy import bootstrap

# A file that holds others to its versions comes before them.
ORDER = (
    "setup",
    "house",
    "words",
    "plan",
    "broker",
    "local",
    "console",
    "proxy",
    "test",
    "cluster",
    "parquet",
    "bench",
)
HOW = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header")
NO_ADDRESS = ("--no-emit-index-url", "--no-emit-find-links")


def command(uv: Path, name: str, upgrade: list[str]) -> list[str]:
    """How `requirements/<name>.txt` is made of `requirements/<name>.in`."""
    more = ["--upgrade"] if upgrade == ["all"] else [f"--upgrade-package={package}" for package in upgrade]
    files = [f"requirements/{name}.in", "-o", f"requirements/{name}.txt"]
    return [str(uv), "pip", "compile", *HOW, *NO_ADDRESS, *more, "--quiet", *files]


def main(upgrade: list[str]) -> int:
    there = {path.stem for path in bootstrap.REQUIREMENTS.glob("*.in")}
    uv = bootstrap.uv()
    if uv is None:
        print("✗ uv could not be fetched, and pip cannot lock for every platform.", file=sys.stderr)
        return 1
    for name in [*(name for name in ORDER if name in there), *sorted(there - set(ORDER))]:
        locked = bootstrap.REQUIREMENTS / f"{name}.txt"
        before = locked.read_text() if locked.exists() else ""
        ended = subprocess.run(
            command(uv, name, upgrade),
            cwd=bootstrap.ROOT,
            env=bootstrap.uv_environment(),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if ended.returncode != 0:
            print(f"✗ requirements/{name}.in cannot be locked:\n{ended.stderr.strip()}", file=sys.stderr)
            return 1
        print(f"✓ requirements/{name}.txt {'is as it was' if locked.read_text() == before else 'renewed'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
