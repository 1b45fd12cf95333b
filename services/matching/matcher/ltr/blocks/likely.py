"""How likely each offer is, judged from what an ask says: multinomial logistic regression, taught by earlier choices.

A word that says nothing of the choice (a place, a level, a greeting) gets no weight, which no likeness of two texts can
know. An ask is read as its stems and, weaker, as the offers whose names come nearest and their groups, so that a word
never met before still leads to what people chose among its relatives.
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import fmin_l_bfgs_b

from services.matching.matcher.ltr.blocks import Columns, Matrix
from services.matching.matcher.ltr.blocks.names import Names
from services.matching.matcher.ltr.queries import Item, Query, words_of
from services.matching.matcher.ltr.text import MOST_CACHED, Stems
from shared.words.vocabulary import Vocabulary

FEWEST = 2_000
"""Asks with words below which nothing is gained: beside some hundred of them the shares are mostly noise."""
NEAREST = 5
"""Offers with names like the words of an ask that stand beside these words."""
DOUBT = 0.3
"""The nearest offers weigh together q / (q + DOUBT), where q sums the squares of their likenesses."""
BESIDE_WORDS = 0.5
RAREST = 2
"""What fewer asks say cannot be learned from."""
SHRINK = 0.3
STEPS = 25
LEAST = 1e-4
"""Share below which two offers are equally unlikely."""
BATCH = 256

Near = tuple[NDArray[np.int64], Matrix]
"""Rows of the nearest offers and their weights."""


class Likely:
    """`likely` the log share of an offer among all that were ever chosen, `likely_group` that of its finest group."""

    learns = True
    retrieval: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    free: tuple[str, ...] = ()

    def __init__(self, fewest: int = FEWEST) -> None:
        self.fewest = fewest

    def fit(self, asks: Sequence[Query], offers: Sequence[Item], words: Vocabulary) -> bool:
        said = [text for text in map(words_of, asks) if text]
        if len(said) < self.fewest:
            return False
        self.stems_ = Stems().fit(said)
        self.names_ = Names()
        self.named_ = self.names_.fit(asks, offers, words)
        return True

    def shelve(self, offers: Sequence[Item]) -> None:
        self.size_ = len(offers)
        self.levels_ = _levels(offers)
        self.near_: dict[tuple[str, ...], Near] = {}
        if self.named_:
            self.names_.shelve(offers)

    def learn(self, asks: Sequence[Query], truth: sp.csr_matrix) -> None:
        answered = np.flatnonzero(truth.getnnz(axis=1))
        self.chosen_ = np.unique(truth.indices)
        table = self._table([asks[int(row)] for row in answered])
        self.said_ = np.flatnonzero(np.bincount(table.indices, minlength=table.shape[1]) >= RAREST)
        goal = truth[answered][:, self.chosen_]
        goal = sp.diags(1 / np.asarray(goal.sum(axis=1)).ravel()) @ goal
        self.weights_ = _softmax_regression(table[:, self.said_].tocsr(), goal.astype(np.float32))

    def transform(self, asks: Sequence[Query]) -> Columns:
        """An offer that nobody chose has no share of its own, only that of its group."""
        share = np.zeros((len(asks), self.size_), dtype=np.float32)
        if len(self.chosen_):
            share[:, self.chosen_] = _softmax(self._table(asks)[:, self.said_] @ self.weights_)
        columns = {"likely": np.log(share + LEAST)}
        if self.levels_:
            finest = self.levels_[-1]
            columns["likely_group"] = np.log(np.asarray((share @ finest) @ finest.T) + LEAST)
        return columns

    def _table(self, asks: Sequence[Query]) -> sp.csr_matrix:
        """asks x (stems, nearest offers, their groups from coarse to fine)."""
        said = self.stems_.transform([words_of(ask) for ask in asks])
        near = BESIDE_WORDS * self._nearest(asks)
        return sp.hstack([said, near, *(near @ level for level in self.levels_)]).tocsr().astype(np.float32)

    def _nearest(self, asks: Sequence[Query]) -> sp.csr_matrix:
        """asks x offers. Names do not change with what is learned, so one look at a title serves all folds."""
        if not self.named_:
            return sp.csr_matrix((len(asks), self.size_), dtype=np.float32)
        if len(self.near_) > MOST_CACHED:
            self.near_.clear()
        new = list({ask.titles: ask for ask in asks if ask.titles not in self.near_}.values())
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            alike = np.nan_to_num(self.names_.transform(batch)["own_name"])
            for ask, row in zip(batch, alike, strict=True):
                best = np.argsort(-row, kind="stable")[:NEAREST]
                square = row[best] ** 2
                self.near_[ask.titles] = (best, square / (square.sum() + DOUBT))
        found = [self.near_[ask.titles] for ask in asks]
        offers = np.concatenate([best for best, _ in found]) if found else np.zeros(0, dtype=np.int64)
        weights = np.concatenate([weight for _, weight in found]) if found else np.zeros(0, dtype=np.float32)
        starts = np.cumsum([0, *(len(best) for best, _ in found)])
        return sp.csr_matrix((weights, offers, starts), shape=(len(asks), self.size_), dtype=np.float32)


def _levels(offers: Sequence[Item]) -> list[sp.csr_matrix]:
    """offers x codes for every level of the groups that brings offers together, from coarse to fine."""
    levels = []
    for level in range(max((len(offer.groups) for offer in offers), default=0)):
        inside = [(row, offer.groups[level]) for row, offer in enumerate(offers) if level < len(offer.groups)]
        codes = {code: column for column, code in enumerate(dict.fromkeys(code for _, code in inside))}
        if len(codes) < len(inside):
            cells = ([row for row, _ in inside], [codes[code] for _, code in inside])
            levels.append(sp.csr_matrix((np.ones(len(inside), np.float32), cells), (len(offers), len(codes))))
    return levels


def _softmax_regression(table: sp.csr_matrix, goal: sp.csr_matrix) -> Matrix:
    """Weights (columns of `table` x columns of `goal`) with the least cross entropy; each row of `goal` sums to 1."""
    shape = (table.shape[1], goal.shape[1])
    said, aim = table.T.tocsr(), np.asarray((table.T @ goal).todense(), dtype=np.float32)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape).astype(np.float32)
        score = table @ weights
        share = _softmax(score)
        likely = goal.multiply(score).sum() - float(np.sum(_log_sum(score)))
        slope = said @ share - aim + SHRINK * weights
        return SHRINK / 2 * float(np.vdot(weights, weights)) - float(likely), slope.ravel().astype(np.float64)

    if not min(shape):
        return np.zeros(shape, dtype=np.float32)
    best, _, _ = fmin_l_bfgs_b(loss, np.zeros(shape[0] * shape[1]), m=4, maxiter=STEPS)
    found: Matrix = best.reshape(shape).astype(np.float32)
    return found


def _softmax(score: Matrix) -> Matrix:
    power = np.exp(score - score.max(axis=1, keepdims=True))
    found: Matrix = power / power.sum(axis=1, keepdims=True)
    return found


def _log_sum(score: Matrix) -> Matrix:
    most = score.max(axis=1)
    found: Matrix = most + np.log(np.exp(score - most[:, None]).sum(axis=1))
    return found
