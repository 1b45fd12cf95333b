"""Plain functions that say how good a ranking is; the benchmark, the fit command and the tests share them."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

TOP = 10
_DISCOUNT = 1 / np.log2(np.arange(2, TOP + 2))
BINS, LEAST_PER_BIN = 10, 100
"""Calibration is looked at in bins of equal size; smaller ones would measure their own noise (0.05 at 100 rows)."""
Vector = NDArray[np.float64]


def ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """nDCG@10 with gains 2^grade - 1, between 0 and 1; 0 when nothing was right to find."""
    ideal = np.sort(np.array([grade for grade in grades.values() if grade > 0], dtype=float))[::-1][:TOP]
    if not len(ideal):
        return 0.0
    got = np.array([grades.get(offer, 0) for offer in ranked[:TOP]], dtype=float)
    best = ((2.0**ideal - 1) * _DISCOUNT[: len(ideal)]).sum()
    return float(((2.0**got - 1) * _DISCOUNT[: len(got)]).sum() / best)


def calibration_error(said: Vector, came: Vector, weight: Vector | None = None) -> float:
    """Mean distance between what was said (0..1) and what came (0..1), over bins of equal size along what was said."""
    if not len(said):
        return 0.0
    weight = np.ones(len(said)) if weight is None else weight
    bins = np.array_split(np.argsort(said, kind="stable"), max(1, min(BINS, len(said) // LEAST_PER_BIN)))
    apart = [abs(float((weight[rows] * (said[rows] - came[rows])).sum())) for rows in bins]
    return sum(apart) / float(weight.sum())


def snips(rank: Vector, worth: Vector, propensity: Vector, most: float = 10.0) -> float:
    """Self-normalised inverse propensity estimate of the discount (1 at rank 1) at which good offers would stand.

    `rank`: where a ranking puts each logged offer, from 1; `worth`: what came of it; `propensity`: that it was looked
    at where it stood then. What came of a line that few look at stands for the same on lists that nobody read so far,
    so a ranking is not praised for repeating the order of the log. A doubly robust estimate would be the same number:
    an offer has one known propensity here, and what a model expects of it cancels out."""
    weight = worth * np.clip(1 / propensity, 0.0, most)
    total = float(weight.sum())
    return float(weight @ (1 / np.log2(1 + rank))) / total if total > 0 else 0.0


def gini(shown: Sequence[float]) -> float:
    """How unevenly the offers were shown: 0 when all alike, near 1 when one had everything. Give the zeros too."""
    counts = np.sort(np.asarray(shown, dtype=float))
    total = counts.sum()
    if not total:
        return 0.0
    return float((2 * np.arange(1, len(counts) + 1) - len(counts) - 1) @ counts / (len(counts) * total))


def waiting(applicants: Sequence[float], seats: Sequence[int]) -> float:
    """Rounds that an applicant waits on average, when every offer takes as many a round as it has seats.

    The first `seats` of an offer wait 0 rounds, the next as many wait 1, and so on."""
    rounds, people = 0.0, 0.0
    for asked, places in zip(applicants, seats, strict=True):
        left, turn = float(asked), 0
        people += left
        while left > 0:
            taken = min(left, max(1, places))
            rounds += turn * taken
            left, turn = left - taken, turn + 1
    return rounds / people if people else 0.0


def standard_error(values: Sequence[float]) -> float:
    """Of the mean; 0 for fewer than two values."""
    return float(np.std(values, ddof=1) / math.sqrt(len(values))) if len(values) > 1 else 0.0
