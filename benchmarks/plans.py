"""Plans for everybody at size: seats, slots, shared permits and floors, drawn from a seed.

    python -m benchmarks.plans                        12,000, 40,000 and 100,000 people
    python -m benchmarks.plans --people 40000 --seed 3

People like what others like: a few orders are wanted by many, and what somebody could get hangs on what they can do,
so some have many good options and the worst-off tenth only poor ones.
"""

import argparse
import os
import platform
import resource
import time

import numpy as np

from services.matching.matcher.allocation import Floor, allocate, worst_off
from services.matching.matcher.options import NONE, Capacity, Options

ISLANDS = {"Timor": 0.36, "Flores": 0.36, "Sumba": 0.15, "Alor": 0.04, "Lembata": 0.03, "Rote": 0.04, "Sabu": 0.02}
WORST_OFF, ISLAND = 0.8, 0.5
NOW, BATCHES, OPENED = 4, 3, 4
"""Of one person at most: orders open today, batches, and orders that each of them opens."""


def drawn(people: int, seed: int, tied: bool = False) -> tuple[Options, Capacity, list[Floor]]:
    """One question. `tied`: chances in tenths, so that many options are worth the same."""
    draw = np.random.default_rng(seed)
    orders, batches = max(people // 10, 5), max(people // 20, 3)
    ability, worth = draw.beta(2, 3, people), draw.uniform(0.5, 1.0, orders)
    wanted = draw.pareto(1.5, orders) + 1
    taught = draw.choice(orders, (batches, 3 * OPENED), p=wanted / wanted.sum())
    person, order, batch = [], [], []
    everybody = np.arange(people)
    for _ in range(NOW):
        some = everybody[draw.random(people) < 0.2 + 0.6 * ability]
        person.append(some)
        order.append(draw.choice(orders, len(some), p=wanted / wanted.sum()))
        batch.append(np.full(len(some), NONE))
    for _ in range(BATCHES):
        joined = draw.integers(0, batches, people)
        for _ in range(OPENED):
            some = everybody[draw.random(people) < 0.7]
            person.append(some)
            order.append(taught[joined[some], draw.integers(0, 3 * OPENED, len(some))])
            batch.append(joined[some])
    rows = np.unique(np.array([np.concatenate(one) for one in (person, batch, order)]), axis=1)
    person_, batch_, order_ = rows
    chance = np.clip(ability[person_] * draw.uniform(0.3, 1.0, len(person_)), 0.01, 0.95)
    if tied:
        chance, worth = np.maximum(np.round(chance, 1), 0.1), np.round(worth, 1)
    options = Options.of(person_, order_, batch_, chance, worth[order_])
    shared = max(orders // 20, 1)
    permit_of = np.where(draw.random(orders) < 0.3, draw.integers(0, shared, orders), NONE)
    slots = draw.integers(1, 8, orders)
    promised = np.bincount(permit_of[permit_of != NONE], slots[permit_of != NONE], shared)
    places = Capacity(people, slots, draw.integers(4, 16, batches), (promised * 0.7).astype(np.int64), permit_of)
    homes = draw.choice(len(ISLANDS), people, p=list(ISLANDS.values()))
    floors = [Floor("WORST_OFF_TENTH", worst_off(options, people), WORST_OFF)]
    floors += [Floor(name, homes == at, ISLAND) for at, name in enumerate(ISLANDS)]
    return options, places, floors


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="*", default=[12_000, 40_000, 100_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tied", action="store_true", help="many options are worth the same")
    asked = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, seed {asked.seed}")
    for people in asked.people:
        options, places, floors = drawn(people, asked.seed, asked.tied)
        began, busy = time.perf_counter(), time.process_time()
        found = allocate(options, places, floors)
        took, worked = time.perf_counter() - began, time.process_time() - busy
        gap = (found.bound - found.objective) / max(found.bound, 1)
        kept = min(floor.kept / floor.asked for floor in found.floors)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{people:>9,} people, {len(options):,} options, {len(floors)} floors of which {kept:.1%} is kept: "
            f"gap {gap:.4%}, {took:.1f} s, {worked:.1f} s of processor, {memory:.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
