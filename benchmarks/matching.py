"""How good the product's ranker is beside strong peers, on six public tasks that nobody here wrote.

    python -m benchmarks.matching T1 --data DIR --part PART --out run.tsv   learn from DIR's public half, rank PART
    python -m benchmarks.matching T1 --data DIR --check                     cross-validate on the public half
    python -m benchmarks.matching --all --data DIR                          all six checked, beside the peers

DIR holds `corpora/` and `<task>/<part>/`; it is never part of this repository. The run has the lines
`query <tab> item <tab> score`, at most 100 a query.
"""

import argparse
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.matching_tasks import TASKS, Task, read
from services.matching.matcher.ltr.metrics import ndcg
from services.matching.matcher.ltr.queries import Query
from services.matching.matcher.ltr.ranker import ListwiseRanker

PEERS = {
    "best single peer": (59.7, 45.0, 57.6, 46.5, 16.7, 38.1),
    "hybrid of scikit-learn parts": (68.0, 44.4, 60.6, 73.7, 29.6, 52.1),
    "best hybrid with an encoder": (68.6, 49.4, 61.5, 74.3, 29.6, 54.5),
}
"""nDCG@10 on the held-back halves, percent, for T1 to T6."""
MEETING = {"free": "explained by tree paths", "alone": "one curve per column"}
"""Both are explained exactly: walking down a tree moves the score at every split, and the moves sum to the score. Kept
to one column a tree, a part also depends on that column alone; the difference is the price of that."""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", nargs="?", choices=TASKS)
    parser.add_argument("--all", action="store_true", help="check every task and print the table")
    parser.add_argument("--check", action="store_true", help="cross-validate on the public half")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", default="public")
    parser.add_argument("--out", type=Path)
    parser.add_argument(
        "--together", choices=("free", "alone"), default="free", help="alone: additive, one column a tree"
    )
    parser.add_argument("--price", action="store_true", help="with --all: print both kinds of --together")
    parser.add_argument("--folds", type=int, default=4)
    chosen = parser.parse_args(arguments)
    if chosen.all:
        table(chosen.data, chosen.folds, tuple(MEETING) if chosen.price else (chosen.together,))
    elif chosen.task is None:
        parser.error("name a task (T1 to T6) or ask for --all")
    elif chosen.check:
        value, error = check(read(chosen.task, chosen.data, "public"), chosen.folds, chosen.together)
        print(f"{chosen.task}  nDCG@10 {value:.1f} +- {error:.1f}  (public half, {chosen.folds} folds)")
    elif chosen.out is None:
        parser.error("--out names the file for the run")
    else:
        run(chosen.task, chosen.data, chosen.part, chosen.out, chosen.together)


def run(task: str, data: Path, part: str, out: Path, together: str = "free") -> None:
    """Learn from the public half, rank `part`, write the run."""
    began = time.monotonic()
    known, asked = read(task, data, "public"), read(task, data, part)
    ranker = taught(known, known.asks, together)
    print(f"{task}: learned from {len(known.asks)} asks in {time.monotonic() - began:.0f} s", file=sys.stderr)
    lists = ranker.rank(asked.asks, among=asked.among)
    with out.open("w", encoding="utf-8") as file:
        for ask, ranked in zip(asked.asks, lists, strict=True):
            for offer, score in ranked:
                file.write(f"{ask.id}\t{offer}\t{score:.6f}\n")
    print(f"{task}: ranked {len(asked.asks)} asks, {time.monotonic() - began:.0f} s in all", file=sys.stderr)


def taught(task: Task, asks: Sequence[Query], together: str) -> ListwiseRanker:
    """The product's ranker, taught by some of the asks of a task."""
    ranker = ListwiseRanker(together=together)
    return ranker.fit(
        [*asks, *task.others], task.offers, task.truth, among=task.among, words=task.words, new_offers=task.new_offers
    )


def check(task: Task, folds: int, together: str = "free") -> tuple[float, float]:
    """Cross-validated nDCG@10 in percent and its standard error, as hard as a held-back part.

    Units are never split. Where the other part ranks offers of its own (T6), an offer is scored only by rankers whose
    lessons it never stood in."""
    fold_of = _folds({ask.unit for ask in task.asks}, folds)
    values = []
    for fold in range(folds):
        learn = [ask for ask in task.asks if fold_of[ask.unit] != fold]
        held = [ask for ask in task.asks if fold_of[ask.unit] == fold]
        found: dict[str, list[tuple[float, str]]] = {ask.id: [] for ask in held}
        for known, strange in _offers(task, folds):
            ranker = taught(replace(task, among=known), learn, together)
            for ask, ranked in zip(held, ranker.rank(held, among=task.among), strict=True):
                found[ask.id] += [(-score, offer) for offer, score in ranked if strange is None or offer in strange]
        for ask in held:
            best = [offer for _, offer in sorted(found[ask.id])]
            values.append(100 * ndcg(best, task.truth.get(ask.id, {})))
    return float(np.mean(values)), float(np.std(values, ddof=1) / np.sqrt(len(values)))


def _offers(task: Task, folds: int) -> Iterator[tuple[set[str] | None, set[str] | None]]:
    """(offers that stand in lessons, offers that are scored then); None for all."""
    if task.among is None:
        yield None, None
        return
    fold_of = _folds(task.among, folds)
    for fold in range(folds):
        strange = {offer for offer in task.among if fold_of[offer] == fold}
        yield task.among - strange, strange


def _folds(units: Collection[str], folds: int) -> dict[str, int]:
    order = np.random.default_rng(7).permutation(len(units)) % folds
    return dict(zip(sorted(units), order.tolist(), strict=True))


def table(data: Path, folds: int, together: Sequence[str]) -> None:
    """Every task checked, beside the published peers."""
    print(f"{'nDCG@10, percent':32}" + "".join(f"{task:>8}" for task in TASKS))
    for name, figures in PEERS.items():
        print(f"{name:32}" + "".join(f"{figure:8.1f}" for figure in figures))
    for kind in together:
        print(f"{'Lumbung, ' + MEETING[kind]:32}", end="", flush=True)
        errors = []
        for task in TASKS:
            value, error = check(read(task, data, "public"), folds, kind)
            errors.append(error)
            print(f"{value:8.1f}", end="", flush=True)
        print(f"\n{'  standard error':32}" + "".join(f"{error:8.1f}" for error in errors))


if __name__ == "__main__":
    main()
