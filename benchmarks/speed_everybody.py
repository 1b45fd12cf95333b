"""Rows 1, 2, 7 and 10 of `speed`: everybody at once, beside the peers that answer a smaller question.

Peers get the words of people and orders as TF-IDF vectors and give the twenty likest orders, without law and without
reasons. Row 1 gives the twenty likest by the same vectors of what the law opens to each person; row 2 the twenty
best by the whole served score. A peer that would take minutes is given a part of the people, and its time multiplied.
"""

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import joblib
import numpy as np
from scipy.sparse import csr_array, csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.neighbors import NearestNeighbors

from benchmarks.crowd import Crowd
from benchmarks.drawn_province import DAY, DISTANCES, Province
from services.matching.matcher.allocation import allocate
from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.people import Person
from services.matching.matcher.openings import best_open
from services.matching.matcher.options import Capacity, Options
from services.matching.matcher.order_book.lawful import judged, lawful
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.ranking.best import Best, Choices
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.retrieval import OrderVectors, nearest
from services.matching.matcher.world import World

MOST = 20
SLOW = 4_000
"""People given to a peer that would need minutes for all."""
SEED = 1
PEERS = ("sparse-dot-topn", "faiss-cpu", "bm25s", "scikit-learn", "ortools")


@dataclass(frozen=True, slots=True)
class Drawn:
    people: list[Person]
    facets: Facets
    world: World
    said: csr_array
    asked: csr_array


def drawn(people: int, orders: int) -> Drawn:
    """The same people, orders and words for the same numbers."""
    crowd, province = Crowd(SEED), Province(SEED).world(5, orders)
    world = World(Distances.read(DISTANCES))
    world._law = province.law
    for order in crowd.orders(list(province.orders.values())):
        world.orders[order.id] = order
        world.order_index.put(order)
    everybody = crowd.people(people)
    said = [crowd.said_of_person(person) for person in everybody]
    asked = [crowd.said_of_order(order) for order in world.orders.values()]
    vectors = TfidfVectorizer(dtype=np.float32).fit([*asked, *said])
    world.compiled(DAY)
    return Drawn(
        everybody,
        Facets(everybody),
        world,
        csr_array(vectors.transform(said)),
        csr_array(vectors.transform(asked)),
    )


def peers(drawn: Drawn, cores: int) -> dict[str, float]:
    """Seconds of each peer for everybody; those of which only a part was measured are multiplied."""
    topn, faiss, bm25s = (import_module(name) for name in ("sparse_dot_topn", "faiss", "bm25s"))
    said, asked = drawn.said, drawn.asked
    turned = csr_matrix(asked.T)
    some = min(SLOW, said.shape[0])
    times = said.shape[0] / some
    faiss.omp_set_num_threads(cores)
    index = faiss.IndexFlatIP(asked.shape[1])
    index.add(np.ascontiguousarray(asked.toarray()))
    dense = np.ascontiguousarray(said[:some].toarray())
    neighbours = NearestNeighbors(n_neighbors=MOST, metric="cosine", algorithm="brute", n_jobs=cores).fit(asked)
    words = [[str(term) for term in row] for row in np.split(asked.indices, asked.indptr[1:-1])]
    questions = [
        [str(term) for term in row] for row in np.split(said.indices[: said.indptr[some]], said.indptr[1:some])
    ]
    retriever = bm25s.BM25()
    retriever.index(words, show_progress=False)
    return {
        "sparse_dot_topn": _seconds(lambda: topn.sp_matmul_topn(csr_matrix(said), turned, top_n=MOST, n_threads=cores)),
        "faiss-cpu": times * _seconds(lambda: index.search(dense, MOST)),
        "NearestNeighbors": times * _seconds(lambda: neighbours.kneighbors(said[:some])),
        "bm25s": times * _seconds(lambda: retriever.retrieve(questions, k=MOST, n_threads=cores, show_progress=False)),
    }


def best_peer(drawn: Drawn, cores: int) -> float:
    """Seconds of the peer that is fastest for everybody: what the rows are held against, measured again beside each."""
    topn, said, turned = import_module("sparse_dot_topn"), csr_matrix(drawn.said), csr_matrix(drawn.asked.T)
    return _seconds(lambda: topn.sp_matmul_topn(said, turned, top_n=MOST, n_threads=cores))


def likest(drawn: Drawn, cores: int) -> list[Any]:
    """Row 1: the twenty likest lawful orders of everybody."""
    compiled = drawn.world.compiled(DAY)
    rows = np.array(compiled.rows_of(drawn.world.orders), dtype=np.int64)
    place = np.full(len(compiled.ids), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    judged(drawn.facets, compiled, DAY)
    vectors = OrderVectors.of(drawn.asked)

    def part(who: np.ndarray) -> list[Any]:
        found = []
        for block in lawful(drawn.facets, compiled, DAY, int(who[0]), int(who[-1]) + 1):
            choices = Choices(block.class_of, block.starts, place[block.orders])
            person, order, likeness = nearest(drawn.said[block.rows], vectors, choices, MOST)
            found.append((block.rows[person], order, likeness))
        return found

    return _side_by_side(part, len(drawn.people), cores)


def served(drawn: Drawn, ranking: Ranking, cores: int) -> list[Any]:
    """Row 2: the twenty best lawful orders of everybody by the served score."""
    law = drawn.world.law.at(DAY)

    def part(who: np.ndarray) -> list[Best]:
        people = [drawn.people[at] for at in who.tolist()]
        some = drawn.facets.only(who)
        return list(best_open(people, some, drawn.world, ranking, law, day=DAY, most=MOST))

    return _side_by_side(part, len(drawn.people), cores)


def judged_anew(drawn: Drawn) -> Drawn:
    """The same people of whom no fact has been judged yet: the law is part of what is measured."""
    fresh = drawn.facets.only(np.arange(drawn.facets.size))
    fresh._answers = {}
    return Drawn(drawn.people, fresh, drawn.world, drawn.said, drawn.asked)


def ratios(drawn: Drawn, act: Callable[[Drawn], Any], cores: int, repeats: int) -> tuple[float, float, float]:
    """(median ratio, median seconds of the act, of the best peer), taken in turns."""
    ours, theirs = [], []
    for _ in range(repeats):
        theirs.append(best_peer(drawn, cores))
        fresh = judged_anew(drawn)
        gc.collect()
        ours.append(_seconds(lambda fresh=fresh: act(fresh)))  # type: ignore[misc]
    ratio = statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
    return ratio, statistics.median(ours), statistics.median(theirs)


def plan(drawn: Drawn, ranking: Ranking, repeats: int) -> tuple[float, float, float, int, bool]:
    """Row 7: (median ratio, seconds of `allocate`, of the bare solver, edges, was the plan proved the best).

    Both get the same edges: the twenty best open orders of everybody. HiGHS is far slower than the flow on them."""
    best_of_all = Best.joined(served(drawn, ranking, 1))
    compiled = drawn.world.compiled(DAY)
    left = [drawn.world.orders[id].slots for id in compiled.ids]
    slots = np.array([quota.left or 0 if quota else 0 for quota in left], dtype=np.int64)
    nowhere = np.full(len(best_of_all.person), -1, dtype=np.int64)
    options = Options.of(best_of_all.person, best_of_all.order, nowhere, best_of_all.chance, best_of_all.worth)
    places = Capacity(len(drawn.people), slots, np.zeros(0, dtype=np.int64))
    ours, bare, proved = [], [], True
    for _ in range(repeats):
        began = time.perf_counter()
        best = _bare(options, places)
        bare.append(time.perf_counter() - began)
        began = time.perf_counter()
        found = allocate(options, places)
        ours.append(time.perf_counter() - began)
        proved &= found.proved and found.objective == best
    ratio = statistics.median(one / other for one, other in zip(ours, bare, strict=True))
    return ratio, statistics.median(ours), statistics.median(bare), len(options), proved


def _bare(options: Options, places: Capacity) -> int:
    """OR-tools' flow of least cost called with the arcs alone: the fastest bare solver of these edges that we found."""
    from ortools.graph.python import min_cost_flow

    people, orders = places.people, len(places.slots)
    every, one = np.arange(people), np.ones(people, dtype=np.int64)
    sink, all_orders = people + orders, people + np.arange(orders)
    flow = min_cost_flow.SimpleMinCostFlow()
    edges = options.person, people + options.order, np.ones(len(options), dtype=np.int64), -options.value
    flow.add_arcs_with_capacity_and_unit_cost(*edges)
    flow.add_arcs_with_capacity_and_unit_cost(every, np.full(people, sink), one, 0 * one)
    flow.add_arcs_with_capacity_and_unit_cost(all_orders, np.full(orders, sink), places.slots, 0 * places.slots)
    flow.set_nodes_supplies(np.append(every, sink), np.append(one, -people))
    assert flow.solve() == flow.OPTIMAL
    return -int(flow.optimal_cost())


def memory(drawn: Drawn) -> float:
    """Row 10: bytes a person of the index that the law is asked by, with ids and the facts themselves."""
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    people = Crowd(SEED).people(len(drawn.people))
    index = Facets(people)
    del people
    gc.collect()
    used = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return used / len(index)


def _side_by_side(part: Callable[[np.ndarray], Sequence[Any]], people: int, cores: int) -> list[Any]:
    parts = np.array_split(np.arange(people), cores)
    found = joblib.Parallel(n_jobs=cores, prefer="threads")(joblib.delayed(part)(who) for who in parts)
    return [one for several in found for one in several]


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
