"""Makes the small home that tests/deep/test_upgrade.py opens with today's code: a backup by the code that it runs on.

    git worktree add --detach /tmp/before COMMIT; cp tests/support/old_home.py /tmp/before/tests/support/
    cd /tmp/before && PYTHON -m tests.support.old_home tests/deep/homes/DAY

writes DAY.tar.gz and, of what is in it, DAY.json. PYTHON is that of a .venv with that commit's packages.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from deploy.demo.visitors import Visitors
from deploy.local import backup, ports
from deploy.local.folders import Home
from deploy.local.stack import Stack
from tests.e2e.world import World, a_candidate


def main(place: Path) -> None:
    """Fill a new home through the public doors, stop, and keep it. `place` is the name without an ending."""
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="old-") as folder:
        home = Home(Path(folder) / "home")
        with Stack(home=home, ports=ports.free()) as stack:
            stack.start_engines()
            stack.start_houses()
            told = _fill(World(Visitors(stack)))
            told["engine"] = stack.engine.kind
        backup.take(home, place.with_suffix(".tar.gz"))
    head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
    place.with_suffix(".json").write_text(json.dumps({"commit": head.stdout.strip(), **told}, indent=1) + "\n")


def _fill(world: World) -> dict[str, Any]:
    registry = world.officer("registry")
    people = [registry.post("/v1/candidates", a_candidate(full_name=f"Maria {name}")) for name in ("Benga", "Tukan")]
    advice = [world.advice(one) for one in people]
    return {
        "people": [{"id": one["id"], "full_name": one["full_name"]} for one in people],
        "advice": [one["id"] for one in advice],
        "course": world.course["id"],
        "order": world.order["id"],
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
