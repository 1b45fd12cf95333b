"""What the lists of everybody cost a person, from a few people to a million, and the memory they take.

    python -m benchmarks.batch_advice                            1,000 and 10,000 people with records of their own
    python -m benchmarks.batch_advice --known-by little --people 1000 10000 100000 1000000

`--known-by little`: a birth date, a sex, a home, a school, as most of a register is; `much`: skills, work, languages
and certificates besides, nobody like another. Lists are made as `rank-all` makes them, in groups, by one process;
reading and writing the database is not in it. People are drawn as they are needed, so memory is that of the lists.
"""

import argparse
import os
import platform
import resource
import time
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.crowd import Crowd
from benchmarks.drawn_province import DAY, DISTANCES, Province
from services.matching.batch_advice import SHOWN, TOGETHER
from services.matching.matcher.advice.everybody import Everybody
from services.matching.matcher.facts.people import Person, Wishes
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.world import World

SEED = 1
DRAWN = 10_000
"""People drawn at a time."""
LITTLE, MUCH = "little", "much"


def drawn_world(batches: int, orders: int) -> World:
    """The same for the same numbers."""
    province, world = Province(SEED).world(batches, orders), World(Distances.read(DISTANCES))
    world._law, world.catalogue = province.law, province.catalogue
    for order in Crowd(SEED).orders(list(province.orders.values())):
        world.orders[order.id] = order
        world.order_index.put(order)
    return world


def groups(people: int, known_by: str) -> Iterator[list[Person]]:
    """Everybody, `TOGETHER` at a time; no two have one id."""
    nothing = dict.fromkeys(("skills", "occupations", "certificates", "training_hours", "languages"), ())
    for start in range(0, people, DRAWN):
        some = Crowd(SEED + start).people(min(DRAWN, people - start))
        for first in range(0, len(some), TOGETHER):
            group = [
                replace(one, id=f"{start + at:07d}") for at, one in enumerate(some[first : first + TOGETHER], first)
            ]
            yield [replace(one, **nothing, wishes=Wishes()) for one in group] if known_by == LITTLE else group


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="*", default=[1_000, 10_000], help="where the cost so far is told")
    parser.add_argument("--known-by", choices=(LITTLE, MUCH), default=MUCH)
    parser.add_argument("--orders", type=int, default=300)
    parser.add_argument("--batches", type=int, default=300)
    asked = parser.parse_args()
    print(f"{platform.machine()}, load {os.getloadavg()[0]:.1f}, seed {SEED}, people known by {asked.known_by}")
    world, told = drawn_world(asked.batches, asked.orders), sorted(asked.people)
    everybody = Everybody(world, Ranking.cold(), day=DAY, most=SHOWN)
    done, spent, before = 0, 0.0, (0, 0.0)
    for some in groups(told[-1], asked.known_by):
        began = time.process_time()
        offers = sum(len(one.orders) + len(one.courses) for one in everybody.lists(some, lambda person: {}))
        spent, done = spent + time.process_time() - began, done + len(some)
        assert offers, "lists without anything in them would be cheap"
        if done in told or done == told[-1]:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            since = (spent - before[1]) / (done - before[0])
            print(
                f"{done:>9,} people: {spent / done * 1000:.2f} ms of processor time a person, {since * 1000:.2f} ms of"
                f" those since the line before, {memory:.0f} MB",
                flush=True,
            )
            before = done, spent


if __name__ == "__main__":
    main()
