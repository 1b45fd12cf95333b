"""How long one person's ranking takes, what a person costs in memory, and what spreading a crowd costs.

    python -m benchmarks.ranking [--people 300] [--crowd 1000] [--seed 1]

Ranks 200 orders and 200 courses for each of many people, with reasons for the ten of each that are shown: by the cards
alone, and with a model beside them (fitted on made-up outcomes, never shipped). Milliseconds are those of one core's
processor time, which other programs on the machine hardly change. Then a crowd with the same wish asks one after
another: by score alone, spread over occupations, and counting what the others were shown.
"""

import argparse
import gc
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.orders import Order, Quota
from services.matching.matcher.facts.people import Person
from services.matching.matcher.ltr.examples import Examples, Grade, unnoted
from services.matching.matcher.ltr.fit import fit
from services.matching.matcher.ltr.metrics import gini, ndcg, waiting
from services.matching.matcher.ranking.model import Fitted
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.reranker import Place, levels, seen_at
from services.matching.matcher.ranking.values import CourseProspect, OrderProspect
from shared.words import Words

DAY = date(2026, 11, 24)
OFFERS, SHOWN = 200, 10
WORK = ("9111", "5120", "5322", "5311", "5321", "9211", "9313", "8160", "7212", "5131", "2221", "6111")
COUNTRIES = ("MYS", "HKG", "TWN", "SGP", "JPN", "KOR", "BRN")
HOMES = [f"53.{number:02d}" for number in (*range(1, 22), 71)]
STEP = 3.0
"""Points of the score between two grades of what a person loses by being shown another order."""


class Province:
    """Draws people, orders and courses from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.skills = sorted(Words.default().vocabulary.skills)

    def person(self, number: int, **wishes: Any) -> Person:
        pick, some = self.random.choice, self.random.sample
        skills = [
            {
                "code": code,
                "source": "WORK",
                "months": self.random.randint(0, 60),
                "similarity": 1.0,
                "evidence": f"skills/{row}",
            }
            for row, code in enumerate(some(self.skills, self.random.randint(3, 12)))
        ]
        occupations = [
            {
                "isco08": code,
                "months": self.random.randint(3, 80),
                "country": pick((None, None, "MYS")),
                "similarity": 0.9,
            }
            for code in some(WORK, self.random.randint(0, 3))
        ]
        wished = {
            "isco08": some(WORK, 2),
            "destinations": some(COUNTRIES, 2),
            "max_distance_km": 300,
            "boarding_ok": True,
        }
        return Person.from_payload(
            {
                "id": f"p-{number:06d}",
                "version": 1,
                "consent": "GIVEN",
                "birth_date": (DAY - timedelta(days=self.random.randint(7_000, 15_000))).isoformat(),
                "sex": pick(("F", "M")),
                "home_regency": pick(HOMES),
                "education": {"level": pick(("SD", "SMP", "SMA", "SMK")), "years": None, "field": None},
                "skills": skills,
                "occupations": occupations,
                "languages": [{"language": "ja", "test": "JLPT", "result": "N5"}] if self.random.random() < 0.2 else [],
                "certificates": [{"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "valid_until": "2028-01-01"}],
                "wishes": wished | wishes,
            }
        )

    def order(self, number: int, seats: int = 20) -> Order:
        pick = self.random.choice
        title = pick(WORK)
        skills = [
            {"code": code, "essential": row < 4, "similarity": 1.0}
            for row, code in enumerate(self.random.sample(self.skills, 7))
        ]
        asked = [
            {"kind": "hours", "isco08": None, "hours": 200},
            {"kind": "language", "language": "ja", "test": "JLPT", "result": "N4"},
        ]
        payload = {
            "id": f"o-{number:04d}",
            "version": 1,
            "title": {"id": title, "en": title},
            "country": pick(COUNTRIES),
            "isco08": title,
            "title_scheme": pick((None, "HOUSEKEEPER")),
            "employer": {"type": "COMPANY"},
            "wage": {"amount": self.random.randint(3, 30) * 1_000_000, "currency": "IDR"},
            "skills": skills if self.random.random() < 0.7 else [],
            "requirements": {"all": self.random.sample(asked, self.random.randint(0, 2))},
        }
        quota = Quota.from_payload({"id": payload["id"], "version": 1, "quota": seats, "reserved": 0, "taken": 0})
        return Order.from_payload(payload, slots=quota)

    def course(self, number: int) -> Course:
        outcomes = [{"code": code, "similarity": 1.0} for code in self.random.sample(self.skills, 6)]
        payload = {
            "id": f"c-{number:04d}",
            "version": 1,
            "title": {"id": f"Kursus {number}", "en": f"Course {number}"},
            "provider": {"id": "p", "active": True},
            "isco08": self.random.sample(WORK, 1),
            "outcomes": outcomes,
            "mode": self.random.choice(("OFFLINE", "ONLINE")),
            "boarding": True,
            "cost_to_trainee": {"amount": self.random.choice((0, 750_000)), "currency": "IDR"},
        }
        return Course.from_payload(payload)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--crowd", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    province, cold = Province(options.seed), Ranking.cold()
    people = [province.person(number) for number in range(options.people)]
    with threadpool_limits(1):  # one core
        _latency("cards alone", cold, people, province)
        _latency("with a model", _taught(cold), people, province)
        _memory(province)
        _crowd(cold, province, options.crowd)


def _latency(what: str, ranking: Ranking, people: list[Person], province: Province) -> None:
    orders = [province.order(number) for number in range(OFFERS)]
    courses = [province.course(number) for number in range(OFFERS)]
    pick = province.random
    gaps = {
        order.id: OrderProspect(days=pick.randint(0, 200), wage_idr=order.wage.amount if order.wage else None)
        for order in orders
    }
    outlooks = {
        course.id: CourseProspect(tuple(pick.sample(orders, 12)), steps=1, days=60, distance_km=pick.uniform(0, 400))
        for course in courses
    }
    crowding = {order.id: 1 for order in orders[::10]}

    def rank(person: Person) -> Callable[[], None]:
        def act() -> None:
            ranking.orders(person, orders, gaps, shown=SHOWN, crowding=crowding)
            ranking.courses(person, courses, outlooks, open_orders=orders[:40], gaps=gaps, shown=SHOWN, crowding={})

        return act

    rank(people[0])()  # the shelves are filled by the first question of a process
    gc.collect()
    gc.freeze()
    times = sorted(_milliseconds(rank(person)) for person in people)
    p50, p99 = (times[min(len(times) - 1, round(part * (len(times) - 1)))] for part in (0.5, 0.99))
    spread = f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {times[-1]:.1f} ms"
    print(f"{what:22} {OFFERS} orders + {OFFERS} courses, n={len(times)}: {spread}")


def _milliseconds(act: Callable[[], None]) -> float:
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def _taught(cold: Ranking, rows: int = 1_500) -> Ranking:
    """A model of each kind on outcomes that a coin decides, for its weight alone."""
    draw = np.random.default_rng(0)
    models = {}
    for kind, card in (("orders", cold.order_card), ("courses", cold.course_card)):
        table = draw.random((rows, len(card.columns)))
        happened = draw.random(rows) < table[:, 0]
        examples = Examples(
            table=table,
            grade=np.where(happened, draw.integers(1, 7, rows), Grade.SHOWN),
            propensity=np.full(rows, 0.7),
            person=np.array([f"p{row // 5}" for row in range(rows)]),
            offer=np.array([f"o{row}" for row in range(rows)]),
            family=np.array([WORK[row % len(WORK)][:2] for row in range(rows)]),
            list=np.array([f"a{row // 5}" for row in range(rows)]),
            record=unnoted(rows),
            units=unnoted(rows),
        )
        models[kind] = fit(examples, card, kind)
    return cold.taught(Fitted(**models), "model-of-the-benchmark")


def _memory(province: Province, count: int = 5_000) -> None:
    """The people that a process keeps for sums over everybody; a single ranking keeps nobody."""
    people = [province.person(number) for number in range(count)]
    index = Facets()
    index.upsert(people[0])
    gc.collect()
    tracemalloc.start()
    for person in people:
        index.upsert(person)
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{'memory':22} {grown / count:.0f} bytes a person in the served index ({count} people)")


def _crowd(ranking: Ranking, province: Province, size: int, shown: int = 5) -> None:
    """Everybody wishes for the same work; forty orders of it have one to twenty seats."""
    orders = [province.order(number, seats=province.random.choice((1, 5, 10, 20))) for number in range(40)]
    people = [province.person(number, isco08=["9111", "5322"], destinations=["MYS", "HKG"]) for number in range(size)]
    seats = {order.id: order.slots.left if order.slots else 0 for order in orders}
    print(f"{size} people with one wish, {sum(seats.values())} seats of {len(orders)} orders, {shown} shown to each:")
    for what in ("by score", "spread over work", "and counting others"):
        exposure, applicants = dict.fromkeys(seats, 0.0), dict.fromkeys(seats, 0.0)
        quality = []
        for person in people:
            plain = ranking.orders(person, orders, shown=0)
            if what == "by score":
                crowding = None
            else:
                places = {id: Place(count, seats[id]) for id, count in exposure.items()}
                crowding = levels(places) if what == "and counting others" else {}
            listed = [row.id for row in ranking.orders(person, orders, shown=shown, crowding=crowding)]
            grades = {row.id: max(0, 5 - int((plain[0].score - row.score) / STEP)) for row in plain}
            quality.append(ndcg(listed, grades))
            looked = [seen_at(rank) for rank in range(1, shown + 1)]
            for id, look in zip(listed[:shown], looked, strict=True):
                exposure[id] += 1
                applicants[id] += look / sum(looked)
        uneven, wait = gini(list(exposure.values())), waiting(list(applicants.values()), list(seats.values()))
        print(f"  {what:20} exposure Gini {uneven:.2f}, mean wait {wait:.1f} rounds, nDCG@10 {np.mean(quality):.3f}")


if __name__ == "__main__":
    main()
