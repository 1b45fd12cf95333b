"""What others chose: people who said the same, lived near, or asked at the same time.

Every column is a vote of earlier asks for the offers that they chose, so the ranker only ever lets an ask see the votes
of other units (out-of-fold when learning, everybody when serving).
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from services.matching.matcher.ltr.blocks import Columns
from services.matching.matcher.ltr.queries import Item, Query, words_of
from services.matching.matcher.ltr.text import Letters, Matrix, Stems, best_per_owner
from shared.words.vocabulary import Vocabulary

LETTERS, STEMS = 0.6, 0.4
SHARPNESS = 4
"""Likeness to this power weighs a vote: one near twin outvotes ten distant relatives."""
WINDOW = 0.03
"""Share of all asks, in order of time, that counts as `now` on one side."""


class Crowd:
    """`twin` the likest ask that chose the offer; `votes` all of them; `now`, `near` votes of time, place; `met` all.

    What many choose may be good, or crowded: of those columns the data say which."""

    learns = True
    retrieval: tuple[str, ...] = ("twin", "votes", "near_now")
    plain: tuple[str, ...] = ()
    free: tuple[str, ...] = ("met", "now", "near", "alike_now", "near_now")

    def fit(self, asks: Sequence[Query], offers: Sequence[Item], words: Vocabulary) -> bool:
        said = [_key(ask) for ask in asks]
        self.letters_, self.stems_ = Letters().fit(said), Stems().fit(said)
        self.has_time_ = any(ask.when is not None for ask in asks)
        self.has_place_ = any(ask.places for ask in asks)
        times = np.sort([ask.when for ask in asks if ask.when is not None])
        self.times_ = times if len(times) else np.zeros(1)
        return True

    def shelve(self, offers: Sequence[Item]) -> None:
        self.column_ = {offer.id: row for row, offer in enumerate(offers)}
        self.place_of_ = [offer.place for offer in offers]

    def learn(self, asks: Sequence[Query], truth: sp.csr_matrix) -> None:
        """`truth` has the grades of shelved offers; what an ask has seen before counts as chosen too."""
        chosen = truth.tolil(copy=True)
        for row, ask in enumerate(asks):
            for offer in ask.seen:
                if offer in self.column_:
                    chosen[row, self.column_[offer]] = max(chosen[row, self.column_[offer]], 1)
        self.chosen_ = chosen.tocsr().astype(np.float32)
        said = [_key(ask) for ask in asks]
        self.known_letters_, self.known_stems_ = self.letters_.transform(said), self.stems_.transform(said)
        self.when_ = self._time(asks)
        pairs = self.chosen_.tocoo()
        self.pair_ask_, self.pair_offer_ = pairs.row, pairs.col.astype(np.int64)
        self.regions_: dict[str, int] = {}
        self.lived_ = self._regions(asks, grow=True)

    def transform(self, asks: Sequence[Query]) -> Columns:
        said = [_key(ask) for ask in asks]
        alike = np.asarray(
            (
                LETTERS * (self.letters_.transform(said) @ self.known_letters_.T)
                + STEMS * (self.stems_.transform(said) @ self.known_stems_.T)
            ).todense(),
            dtype=np.float32,
        )
        columns = {
            "twin": best_per_owner(alike[:, self.pair_ask_], self.pair_offer_, self.chosen_.shape[1]),
            "votes": self._votes(alike**SHARPNESS),
            "met": np.tile(np.log1p(np.asarray((self.chosen_ > 0).sum(axis=0), dtype=np.float32)), (len(asks), 1)),
        }
        if self.has_time_:
            apart = np.abs(self._time(asks)[:, None] - self.when_[None, :]) / WINDOW
            now = np.exp(-np.nan_to_num(apart, nan=50.0)).astype(np.float32)
            columns["now"] = self._votes(now)
            columns["alike_now"] = self._votes(now * alike)
        if self.has_place_:
            near = self._near(asks)
            columns["near"] = self._votes(near)
            if self.has_time_:
                columns["near_now"] = self._votes(near * now)
        return columns

    def _votes(self, weight: Matrix) -> Matrix:
        return np.log1p(np.asarray(sp.csr_matrix(weight) @ self.chosen_.toarray(), dtype=np.float32) * 10)

    def _time(self, asks: Sequence[Query]) -> Matrix:
        """The share of all asks that came before; NaN without a time."""
        when = np.array([np.nan if ask.when is None else ask.when for ask in asks], dtype=float)
        share = np.searchsorted(self.times_, when) / len(self.times_)
        return np.where(np.isnan(when), np.nan, share).astype(np.float32)

    def _regions(self, asks: Sequence[Query], *, grow: bool = False) -> sp.csr_matrix:
        rows, columns = [], []
        for row, ask in enumerate(asks):
            regions = {"/".join(place[: depth + 1]) for place in self._places(ask) for depth in range(len(place))}
            for region in regions:
                if grow:
                    self.regions_.setdefault(region, len(self.regions_))
                if region in self.regions_:
                    rows.append(row)
                    columns.append(self.regions_[region])
        size = (len(asks), max(len(self.regions_), 1))
        return sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=size)

    def _places(self, ask: Query) -> list[tuple[str, ...]]:
        seen = [self.place_of_[self.column_[offer]] for offer in ask.seen if offer in self.column_]
        return [*ask.places, *seen]

    def _near(self, asks: Sequence[Query]) -> Matrix:
        """Cosine of the regions that two asks have to do with."""
        mine, theirs = self._regions(asks), self.lived_
        near = np.asarray((mine @ theirs.T).todense(), dtype=np.float32)
        lengths = np.sqrt(mine.sum(axis=1)) @ np.sqrt(theirs.sum(axis=1)).T
        found: Matrix = np.divide(near, lengths, out=np.zeros_like(near), where=np.asarray(lengths) > 0)
        return found


def _key(ask: Query) -> str:
    """What an ask says, with its classification codes as words, so that relatives of one group are alike."""
    return " ".join([words_of(ask), *(f"g{code}" for code in ask.groups)])
