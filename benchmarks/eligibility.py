"""How fast is the law? Prints person × order pairs a second of all three ways, the memory of the result, and a what-if.

    python -m benchmarks.eligibility [--people 100000] [--orders 2000] [--seed 1]

The orders are the demo orders of `deploy/demo` with other dates, ages and quotas; the law is the demo law; the people
are drawn with the spread of the synthetic province: most are blocked today, some may apply, some lack a paper. No order
and no person is skipped or counted twice, and the ways are compared on a sample before anything is timed. Seconds
are those of the clock; beside them stands the time of the processor, which other programs on the machine do not change.
"""

import argparse
import json
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import numpy as np

from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.orders import Order, Quota
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.policies import PolicyRecord
from services.matching.matcher.law.law import Law
from services.matching.matcher.law.rules import demands
from services.matching.matcher.order_book.compiled import CompiledOrders, deciding
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.order_book.states import blocks, state_codes, states
from services.matching.matcher.requirements.status import STATE_CODES
from services.matching.matcher.verdicts.check import check, state_by_law
from services.matching.matcher.what_if import what_if

DEMO = Path(__file__).parent.parent / "deploy" / "demo"
DAY = date(2026, 11, 24)
DRAFT = PolicyRecord.from_payload(
    {
        "id": "draft",
        "version": 1,
        "code": "BAN-DRAFT",
        "kind": "BAN",
        "revisions": [
            {
                "number": 1,
                "status": "PROPOSED",
                "valid_from": "2026-01-01",
                "confidence": "H",
                "content": {"countries": ["MYS", "HKG", "JPN"], "employer_type": None, "isco08": None},
            }
        ],
    }
)
"""Closes three countries at once, so that many people change."""
T = TypeVar("T")
TRAINED = (
    ("9111", "HOUSEKEEPER"),
    ("5120", "FAMILY_COOK"),
    ("5311", "CHILD_CARETAKER"),
    ("5322", "ELDERLY_CARETAKER"),
)
REGENCIES = [f"53.{number:02d}" for number in range(1, 22)] + ["53.71", "33.10", "52.01"]


def main() -> None:
    options = _options()
    random = Random(options.seed)
    law = Law.from_records(_policies("policies.json"))
    orders = list(_orders(random, options.orders))
    people = [_person(random, number) for number in range(options.people)]
    pairs = len(people) * len(orders)
    print(f"{len(people):,} people × {len(orders):,} orders = {pairs:,} pairs, {len(law.records)} policies")

    columns, time_ = _timed(lambda: Facets(people))
    print(f"people as facets       {time_}   once; one changed person is one row")
    index = OrderIndex(orders)
    compiled, time_ = _timed(lambda: index.under(law.at(DAY)))
    print(f"orders under the law   {time_}   {len(compiled.leaves)} requirements; one changed order is one row")

    _compare(index, compiled, people, random)
    _, time_ = _timed(lambda: _all_blocks(compiled, columns))
    print(f"everybody, first time  {time_}   {pairs / time_.wall / 1e6:7.1f} million pairs a second, each fact judged")
    best = min((_timed(lambda: _all_blocks(compiled, columns))[1] for _ in range(3)), key=lambda time_: time_.wall)
    print(f"everybody, in blocks   {best}   {pairs / best.wall / 1e6:7.1f} million pairs a second")
    found, time_ = _timed(lambda: states(columns, compiled, DAY))
    print(f"everybody, one array   {time_}   {pairs / time_.wall / 1e6:7.1f} million pairs a second")
    print(f"                         the array holds {found.nbytes / 1e6:,.0f} MB, one byte a pair")

    sample = [(random.choice(people), random.choice(orders)) for _ in range(1000)]
    today = law.at(DAY)
    _, time_ = _timed(lambda: [state_by_law(demands(order, today), person, DAY) for person, order in sample])
    print(f"readable, state only   {time_}   {time_.wall / len(sample) * 1e6:7.0f} µs a pair")
    _, time_ = _timed(lambda: [check(person, order, today, DAY) for person, order in sample])
    ratio = time_.wall / len(sample) / (best.wall / pairs)
    print(f"readable, every rule   {time_}   {time_.wall / len(sample) * 1e6:7.0f} µs a pair, in words")
    print(f"                         the vectorised form is {ratio:,.0f} times as fast")
    _, time_ = _timed(lambda: [state_codes(person, compiled, DAY) for person in people[:200]])
    print(f"one person, all orders {time_}   {time_.wall / 200 * 1e3:7.2f} ms a person")

    fresh = Facets(people)
    change, time_ = _timed(lambda: what_if(index, fresh, law, law.with_draft(DRAFT), DAY))
    moved = "fewer than ten" if change.changed is None else f"{change.changed:,}"
    print(f"what-if, draft ban     {time_}   {change.affected_orders} orders affected, {moved} people change")

    shares = [(state.value, int(np.count_nonzero(found == code))) for code, state in enumerate(STATE_CODES)]
    print("states                 " + ", ".join(f"{name} {100 * count / pairs:.1f} %" for name, count in shares))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory, peak           {peak:,.0f} MB of the whole process")


@dataclass(frozen=True, slots=True)
class Seconds:
    wall: float
    processor: float

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s ({self.processor:6.2f} s)"


def _compare(index: OrderIndex, compiled: CompiledOrders, people: list[Person], random: Random) -> None:
    """Stops the benchmark when the three ways to a state differ on a pair of the sample."""
    some = random.sample(people, min(200, len(people)))
    places = random.sample(range(len(compiled.ids)), min(50, len(compiled.ids)))
    block = states(Facets(some), compiled, DAY)
    for column, person in enumerate(some):
        alone = state_codes(person, compiled, DAY)
        for place in places:
            order = index.orders[compiled.ids[place]]
            expected = STATE_CODES.index(state_by_law(demands(order, compiled.law), person, DAY))
            assert expected == alone[place] == block[place, column], (person, order)
    applying = len(deciding(compiled.applied[compiled.ids[0]]))
    print(f"compared               {len(some) * len(places):8,} pairs agree in every form ({applying} rules an order)")


def _all_blocks(compiled: CompiledOrders, people: Facets) -> int:
    return sum(int(block[0, 0]) for _, block in blocks(people, compiled, DAY))


def _timed(work: Callable[[], T]) -> tuple[T, Seconds]:
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, Seconds(time.perf_counter() - wall, time.process_time() - processor)


def _policies(name: str) -> Iterator[PolicyRecord]:
    for policy in json.loads((DEMO / name).read_text()):
        revisions = [
            {
                **revision,
                "number": number,
                "status": "APPROVED",
                "known_from": "2026-01-01T00:00:00Z",
                "known_until": None,
            }
            for number, revision in enumerate(policy["revisions"], start=1)
        ]
        yield PolicyRecord.from_payload({**policy, "id": policy["code"], "version": 1, "revisions": revisions})


def _orders(random: Random, number: int) -> Iterator[Order]:
    """The demo orders again and again, each with its own dates, ages and quota; one in twelve is closed or full."""
    models = json.loads((DEMO / "job_orders.json").read_text())
    for at in range(number):
        model = models[at % len(models)]
        low = random.choice((18, 20, 21, 23, 25))
        extra = {"kind": "age", "min": low, "max": random.choice((35, 38, 40, 45, 50))}
        demanded = [part for part in (model.get("requirements"), extra) if part]
        licensed = model.get("scheme") in ("P2P", "CREW")
        payload = {
            **model,
            "id": f"order-{at}",
            "version": 1,
            "code": f"{model['code']}-{at}",
            "requirements": {"all": demanded},
            "company": _company(random) if licensed else None,
            "sip2mi": _permit(random) if licensed else None,
            "opens_on": _after(random, -40, -1),
            "closes_on": _after(random, -20, 300),
            "verification": "VERIFIED",
            "status": "OPEN",
        }
        taken = 20 if random.random() < 0.04 else random.randrange(15)
        slots = Quota(id=payload["id"], version=1, quota=20, reserved=0, taken=taken)
        yield Order.from_payload(payload, slots)


def _company(random: Random) -> dict[str, Any]:
    dates = {"valid_from": _after(random, -900, -200), "valid_until": _after(random, 100, 900)}
    return {"id": "company", "sip3mi": "SIP3MI-1", "status": "ACTIVE", "snapshot_on": _after(random, -20, 0), **dates}


def _permit(random: Random) -> dict[str, Any]:
    return {"number": "1", "valid_from": _after(random, -90, -50), "valid_until": _after(random, 200, 500), "quota": 20}


def _person(random: Random, number: int) -> Person:
    pick, chance = random.choice, random.random
    title, scheme = pick(TRAINED) if chance() < 0.4 else (None, None)
    payload = {
        "id": f"person-{number}",
        "version": 1,
        "consent": "GIVEN" if chance() < 0.97 else "WITHDRAWN",
        "birth_date": None if chance() < 0.01 else _after(random, -45 * 365, -17 * 365),
        "sex": "F" if chance() < 0.58 else "M",
        "home_regency": pick(REGENCIES),
        "education": {
            "level": random.choices(("SD", "SMP", "SMA", "SMK", "D3"), (30, 32, 20, 13, 5))[0],
            "field": pick((None, "NURSING")),
        },
        "languages": _maybe(chance() < 0.15, {"language": "ja", "test": "JLPT", "result": pick(("N5", "N4", "N3"))}),
        "certificates": _maybe(
            title,
            {
                "kind": "COMPETENCE",
                "scheme": scheme,
                "valid_from": _after(random, -900, -1),
                "valid_until": pick((None, _after(random, -100, 900))),
            },
        ),
        "training_hours": _maybe(
            title, {"isco08": title, "destination": pick((None, "MYS", "HKG")), "hours": pick((100, 200, 400, 600))}
        ),
        "occupations": _maybe(chance() < 0.5, {"isco08": pick(("9111", "6111")), "months": random.randrange(120)}),
        "fitness": {"status": random.choices(("UNTESTED", "FIT", "TEMP_UNFIT"), (70, 28, 2))[0], "conditions": []},
        "requirements": {"PASSPORT": {"status": "MET", "valid_until": _after(random, -10, 1800)}},
        "records": _maybe(chance() < 0.01, {"kind": "ENTRY_BAN", "country": "MYS", "until": _after(random, -10, 900)}),
    }
    return Person.from_payload(payload)


def _maybe(there: Any, item: dict[str, Any]) -> list[dict[str, Any]]:
    return [item] if there else []


def _after(random: Random, first: int, last: int) -> str:
    return (DAY + timedelta(days=random.randint(first, last))).isoformat()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--orders", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
