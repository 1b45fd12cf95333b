"""How long the way of one request is: files of the matching house in which a cold recommendation runs a function.

    python -m benchmarks.way             the three figures, and files by folder
    python -m benchmarks.way --files     each file with its calls

Cold: nothing is compiled yet. The world is drawn from a seed: 200 orders, 160 batches, one person. Counted are calls of
functions of `services/matching` between `advise` and the rendered answer; a file that only names things is not counted.

Told apart are files that hold one kind of requirement or one group of rules: they are there to be opened one at a time,
by who asks about that very thing, and whoever follows a request reads none of them.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

from benchmarks.drawn_province import DAY, Province
from services.matching.matcher.advice.advise import advise
from services.matching.matcher.advice.rendering import payload
from services.matching.matcher.law.rules import RULES
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.requirements import kinds
from shared.words import Words

HOUSE = str(Path("services") / "matching")
ONE_EACH = {
    module.removeprefix("services.matching.").replace(".", "/") + ".py"
    for module in {rule.__module__ for rule in RULES} | {kind.__module__ for kind in kinds.BY_KIND.values()}
}
"""Files of one kind of requirement or one group of rules."""


def way(orders: int = 200, batches: int = 160) -> tuple[Counter[str], int, int]:
    """(file → calls, distinct functions, jumps from file to file) of one recommendation."""
    province = Province(3)
    world: Any = province.world(batches, orders)
    person, ranking = Province(3).person(3), Ranking.cold()
    Words.default()  # the vocabulary is read once a process, not once a request
    calls: Counter[str] = Counter()
    functions: set[tuple[str, int]] = set()
    jumps, last = 0, ""

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal jumps, last
        name = frame.f_code.co_filename
        if event == "call" and HOUSE in name:
            calls[name[name.index(HOUSE) + len(HOUSE) + 1 :]] += 1
            functions.add((name, frame.f_code.co_firstlineno))
            jumps += bool(last) and name != last
            last = name

    sys.setprofile(count)
    try:
        payload(advise(person, world, ranking, day=DAY))
    finally:
        sys.setprofile(None)
    return calls, len(functions), jumps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", action="store_true")
    shown = parser.parse_args()
    calls, functions, jumps = way()
    print(f"{len(calls)} files, {functions} functions, {jumps} jumps from file to file")
    print(f"{len(calls.keys() & ONE_EACH)} of them hold one kind of requirement or one group of rules each")
    for folder, count in sorted(Counter(str(Path(name).parent) for name in calls).items()):
        print(f"  {count:>3}  {folder}")
    if shown.files:
        for name, count in sorted(calls.items()):
            print(f"{count:>8}  {name}")


if __name__ == "__main__":
    main()
