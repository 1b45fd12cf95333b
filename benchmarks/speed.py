"""One answer, and everybody at once, how fast: each row a ratio, or processor time beside a limit, in one run.

    python -m benchmarks.speed                                   all rows; 100,000 people and 10,000 orders
    python -m benchmarks.speed --people 10000 --rows 1,2,7,10    for a laptop; only these rows

Rows 1 and 2 need the peers of `make setup-bench`. Rows carry the numbers of the promise they measure. A world is drawn
from a seed, as large as NTT's or a country's.

Asking again is tried on a matching house in this process, over its own database engine, beside the route of the same
house that reads one document.
"""

import argparse
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks import paths_beside, speed_events
from benchmarks import speed_everybody as everybody
from benchmarks.drawn_province import DAY, DISTANCES, Province
from deploy.local import ports
from deploy.local.folders import Home
from deploy.local.stack import Stack
from services.matching.app import create_app
from services.matching.live_world import settle
from services.matching.matcher.advice.advise import advise
from services.matching.matcher.advice.rendering import payload
from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.world import World
from services.matching.settings import Settings
from services.matching.store import SPECS
from shared.documents.mongo import Database
from shared.house import PLUMBING
from shared.http.tokens import DevelopmentIssuer

SIZES = {4: ("NTT's size", 300, 300, 15), 5: ("a country's size", 5_000, 10_000, 80)}
"""Row → (name, batches, orders, milliseconds of processor time that an answer may take)."""
AGAIN, PATHS, VISIBLE, REBUILT = 3, 6, 8, 9
EVERYBODY = (1, 2, 7, 10)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000, help="of the rows about everybody")
    parser.add_argument("--orders", type=int, default=10_000, help="of the same rows")
    parser.add_argument("--repeats", type=int, default=3, help="of the same rows; the median is told")
    parser.add_argument("--answers", type=int, default=60, help="people who are answered one by one")
    parser.add_argument("--rounds", type=int, default=200, help="of asking again")
    parser.add_argument("--events", type=int, default=3_000, help="of a rebuild; a tenth of them one by one")
    parser.add_argument("--rows", default="1,2,3,4,5,6,7,8,9,10", help="only some rows of the table, with commas")
    options = parser.parse_args()
    rows = {int(row) for row in options.rows.split(",")}
    load, python = os.getloadavg()[0], platform.python_version()
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, Python {python}")
    print(f"{'row':>3}  {'what':58} {'measured':>22}  must")
    if rows & set(EVERYBODY):
        _everybody(rows, options.people, options.orders, options.repeats)
    if AGAIN in rows:
        ratio, again, reading = _again(options.rounds)
        _row(AGAIN, "answer again, nothing changed, beside reading one document", f"{ratio:.2f} x", "0.50 x")
        _row(AGAIN, "  the same, milliseconds on the clock each", f"{again:.1f} and {reading:.1f}", "")
    if PATHS in rows:
        ratio, ours, theirs, people, proved = paths_beside.beside(5_000, 10_000, 2)
        _row(PATHS, "three paths, 10,000 orders, 5,000 batches, beside CP-SAT", f"{ratio:.0f} x", "20 x")
        _row(
            PATHS,
            f"  the same, milliseconds; it was done for {proved} of {people} people",
            f"{ours:.0f} and {theirs:.0f}",
            "",
        )
    for row, (name, batches, orders, limit) in SIZES.items():
        if row not in rows:
            continue
        p50, p99 = _anew(batches, orders, options.answers)
        _row(
            row,
            f"answer anew, {name}: {orders} orders, {batches} batches",
            f"p50 {p50:.0f} p99 {p99:.0f} ms",
            f"{limit} ms",
        )
    if rows & {VISIBLE, REBUILT}:
        _events(rows, options.events)


def _events(rows: set[int], events: int) -> None:
    """Rows 8 and 9."""
    with speed_events.matching() as house:
        if VISIBLE in rows:
            took = [seconds * 1000 for seconds in sorted(speed_events.added(house, events // 10))]
            p99 = took[min(len(took) - 1, round(0.99 * (len(took) - 1)))]
            what = "event in answers, over the broker's own delivery"
            _row(VISIBLE, what, f"p50 {statistics.median(took):.0f} p99 {p99:.0f} ms", "60 ms")
        if REBUILT in rows:
            bare, ours = speed_events.rebuilt(house, events)
            _row(REBUILT, "rebuild, its rate beside a bare kafka-python consumer", f"{ours / bare:.2f} x", "0.50 x")
            _row(REBUILT, "  the same, events a second", f"{ours:,.0f} and {bare:,.0f}", "")


def _everybody(rows: set[int], people: int, orders: int, repeats: int) -> None:
    """Rows 1, 2, 7 and 10, the peers' own times first."""
    try:
        names = [f"{name} {version(name)}" for name in everybody.PEERS]
    except PackageNotFoundError as missing:
        raise SystemExit(f"{missing.name} is not installed; say make setup-bench.") from missing
    cores, ranking = os.cpu_count() or 1, Ranking.cold()
    print(f"     {people:,} people x {orders:,} orders, seed {everybody.SEED}, {repeats} repeats, {', '.join(names)}")
    drawn = everybody.drawn(people, orders)
    if rows & {1, 2}:
        for name, seconds in everybody.peers(drawn, cores).items():
            _row(1, f"  {name}: twenty likest, no law, seconds", f"{seconds:.1f}", "")
    against = "beside sparse_dot_topn"
    if 1 in rows:
        ratio, ours, peer = everybody.ratios(drawn, lambda one: everybody.likest(one, cores), cores, repeats)
        _row(1, f"lawful top 20 by likeness, law included, {against}", f"{ratio:.2f} x", "1.00 x")
        _row(1, "  the same, seconds", f"{ours:.1f} and {peer:.1f}", "")
    if 2 in rows:
        ratio, ours, peer = everybody.ratios(drawn, lambda one: everybody.served(one, ranking, cores), cores, repeats)
        _row(2, f"lawful top 20 by the served score, {against}", f"{ratio:.2f} x", "15.00 x")
        _row(2, "  the same, seconds", f"{ours:.1f} and {peer:.1f}", "")
    if 7 in rows:
        ratio, ours, bare, edges, proved = everybody.plan(drawn, ranking, repeats)
        _row(7, f"allocation, {edges:,} edges, beside bare OR-tools", f"{ratio:.2f} x", "1.50 x")
        _row(7, "  the same, seconds; proved the best", f"{ours:.1f} and {bare:.1f}; {'yes' if proved else 'no'}", "")
    if 10 in rows:
        _row(10, "index memory a person, bytes", f"{everybody.memory(drawn):.0f}", "700")


def _row(row: int, what: str, measured: str, must: str) -> None:
    print(f"{row:>3}  {what:58} {measured:>22}  {must}", flush=True)


def _anew(batches: int, orders: int, people: int) -> tuple[float, float]:
    """Milliseconds of processor time of an answer with its text, p50 and p99; the first person only warms up."""
    drawn = Province(1).world(batches, orders)
    world = World(Distances.read(DISTANCES))
    world.catalogue, world.order_index, world._law = drawn.catalogue, drawn.order_index, drawn.law
    world.orders = dict(drawn.order_index.orders)
    ranking = Ranking.cold()

    def answer(person: Person) -> None:
        json.dumps(payload(advise(person, world, ranking, day=DAY)))

    first, *asked = [Province(number).person(number) for number in range(people + 1)]
    answer(first)
    settle()  # as the house does once its world is loaded
    times = sorted(_processor(lambda person=person: answer(person)) for person in asked)  # type: ignore[misc]
    return statistics.median(times), times[min(len(times) - 1, round(0.99 * (len(times) - 1)))]


def _processor(act: Callable[[], None]) -> float:
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def _again(rounds: int) -> tuple[float, float, float]:
    """(throughput of asking again / of reading one document, milliseconds of each); taken in turns."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "lumbung")
        with Stack(home=home, ports=ports.free(), throw_away=True) as stack:
            stack.start_engines()
            issuer = DevelopmentIssuer(Path(folder) / "keys", environment="development")
            database = Database(stack.mongodb_admin_uri, "bench_speed")
            database.ensure([*PLUMBING, *SPECS])
            settings = Settings(
                lumbung_env="development",
                mongodb_uri=stack.mongodb_admin_uri,
                mongodb_database=database.name,
                kafka_bootstrap=stack.bootstrap,
                kafka_username="nobody",
                kafka_password="unused",
                http_port=0,
                oidc_jwks=str(issuer.jwks_path),
                snapshot_key=b"s" * 32,
            )
            client = create_app(settings, database=database).test_client()
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issuer.mint('officer', 'Ana Petugas', 'KUPANG')}"
            return _in_turns(client, rounds)


def _in_turns(client: Any, rounds: int) -> tuple[float, float, float]:
    consent = {"purpose": "MATCHING", "given_at": "2026-01-05T08:00:00+08:00", "method": "WRITTEN"}
    profile = {"birth_date": "2000-04-04", "sex": "F", "consents": [consent], "wishes": {"isco08": ["9111"]}}

    def ask() -> Any:
        return client.post("/v1/recommendations", json={"profile": profile})

    for _ in range(3):
        shown = ask()
    assert shown.status_code == 200, shown.text
    id = shown.json["id"]
    asked, read = 0.0, 0.0
    for _ in range(rounds):
        began = time.perf_counter()
        again = ask()
        between = time.perf_counter()
        opened = client.get(f"/v1/recommendations/{id}")
        asked, read = asked + between - began, read + time.perf_counter() - between
        assert (again.status_code, again.json["id"], opened.status_code) == (200, id, 200), "a refusal would be fast"
    return read / asked, asked / rounds * 1000, read / rounds * 1000


if __name__ == "__main__":
    main()
