"""How long the path search takes for one person against a province: run it before and after touching the search.

    python -m benchmarks.paths                     5,000 batches, 10,000 orders, 400 people; one core
    python -m benchmarks.paths --batches 20000 --orders 40000 --people 200

Prints the times (p50, p99, max; of the processor and on the clock) of a question, of a near miss, of a changed batch or
order, and memory. The world is drawn from a seed (`drawn_province.py`). A second world, in which a course gives one
thing only, asks for paths of two and three courses.
"""

import argparse
import gc
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from benchmarks.drawn_province import DAY, Province, World
from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.search import find
from services.matching.matcher.pathway.smallest_change import smallest_change

T = TypeVar("T")


@dataclass(frozen=True)
class Took:
    """Milliseconds. `cpu`: of the processor, the search itself. `wall`: on the clock, with what else was running."""

    cpu: float
    wall: float


def timed(act: Callable[[], T]) -> tuple[T, Took]:
    """What it gives, and how long it took: a difference between the two times is the machine's other work."""
    cpu, wall = time.process_time(), time.perf_counter()
    given = act()
    return given, Took((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000)


def line(what: str, times: list[Took]) -> str:
    return (
        f"{what:<44} n={len(times):<4} cpu {spread([took.cpu for took in times])}"
        f"   wall {spread([took.wall for took in times])}"
    )


def spread(times: list[float]) -> str:
    times = sorted(times)
    p50, p99 = (times[min(len(times) - 1, round(part * (len(times) - 1)))] for part in (0.5, 0.99))
    return f"p50 {p50:7.2f} p99 {p99:7.2f} max {times[-1]:7.2f}"


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", type=int, default=5_000)
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print("Milliseconds of processor time (cpu) and on the clock (wall), one question at a time on one core.")
    before = megabytes()
    world, loading = timed(lambda: Province(options.seed).world(options.batches, options.orders))
    print(line("load courses, batches and orders", [loading]))
    *people, first = [Province(number).person(number) for number in range(options.people + 1)]
    print(line("first question under a new law", [timed(lambda: find(first, world, DAY))[1]]))
    ask(world, people, "three paths for one person")
    alike = [timed(partial(smallest_change, person, world, DAY))[1] for person in people[:60]]
    print(line("the smallest change, as if there were none", alike))
    batches, orders = list(world.catalogue.batches.values())[:200], list(world.order_index.orders.values())[:200]
    print(line("one batch changed", [timed(partial(world.catalogue.put_batch, batch))[1] for batch in batches]))
    print(line("one order changed", [timed(partial(world.order_index.put, order))[1] for order in orders]))
    print(f"memory: {megabytes() - before:.0f} MB for the world and all that was kept")
    apart = Province(options.seed, apart=True).world(options.batches, options.orders)
    find(first, apart, DAY)
    ask(apart, people, "three paths where courses give one thing each")


def ask(world: World, people: list[Person], what: str) -> None:
    """Everybody's paths, with how many courses they have."""
    gc.collect()
    gc.freeze()  # as the house does once its world is loaded: a full collection would look at every order again
    answers = [timed(partial(find, person, world, DAY)) for person in people]
    print(line(what, [took for _, took in answers]))
    paths = [path for found, _ in answers for path in found.all()]
    steps = [sum(len(path.steps) == count for path in paths) for count in range(5)]
    none = sum(not found for found, _ in answers)
    print(f"    paths with 0, 1, 2, 3, 4 courses: {steps}; people without a path: {none}")


if __name__ == "__main__":
    main()
