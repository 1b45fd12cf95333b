"""What the person looked at before, and what that says of an offer: same maker, same place, words alike, seen together.

For somebody new every column is NaN and the other blocks decide.
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from services.matching.matcher.ltr.blocks import Columns
from services.matching.matcher.ltr.blocks.places import PlaceIndex
from services.matching.matcher.ltr.queries import Item, Place, Query, words_on
from services.matching.matcher.ltr.text import Letters, Matrix, Meaning
from shared.words.vocabulary import Vocabulary


class Habits:
    """Likeness of an offer to those seen: on the whole, at its best, and to the last one."""

    learns = True
    retrieval: tuple[str, ...] = ("seen_together", "seen_place", "around_place", "near_time")
    plain: tuple[str, ...] = ("seen_maker", "seen_place", "last_place")
    free: tuple[str, ...] = ()

    def fit(self, asks: Sequence[Query], offers: Sequence[Item], words: Vocabulary) -> bool:
        if not any(ask.seen for ask in asks):
            return False
        texts = [words_on(offer) for offer in offers]
        self.letters_, self.meaning_ = Letters(shortest=3).fit(texts), Meaning(size=100).fit(texts)
        return True

    def shelve(self, offers: Sequence[Item]) -> None:
        self.row_ = {offer.id: row for row, offer in enumerate(offers)}
        texts = [words_on(offer) for offer in offers]
        self.spelled_, self.meant_ = self.letters_.transform(texts), self.meaning_.transform(texts)
        makers = {maker: code for code, maker in enumerate(dict.fromkeys(offer.maker for offer in offers))}
        self.maker_ = np.array([makers[offer.maker] if offer.maker else -1 for offer in offers])
        self.place_ = [offer.place for offer in offers]
        self.places_ = PlaceIndex(self.place_)
        since = np.array([np.nan if offer.since is None else offer.since for offer in offers], dtype=float)
        order = np.sort(since[~np.isnan(since)])
        self.since_ = np.where(np.isnan(since), np.nan, np.searchsorted(order, since) / max(len(order), 1))

    def learn(self, asks: Sequence[Query], truth: sp.csr_matrix) -> None:
        """Which offers were met by the same people: cosine over people, with a little doubt about rare ones."""
        met = truth.astype(bool).astype(np.float32).tolil(copy=True)
        for row, ask in enumerate(asks):
            for offer in ask.seen:
                if offer in self.row_:
                    met[row, self.row_[offer]] = 1.0
        met = met.tocsr()
        together = (met.T @ met).tocsr()
        count = np.asarray(met.sum(axis=0)).ravel()
        together.setdiag(0)
        scale = sp.diags(1 / np.sqrt(count + 2.0))
        self.together_ = (scale @ together @ scale).tocsr().astype(np.float32)
        self.around_ = self._around(met)

    def _around(self, met: sp.csr_matrix) -> sp.csr_matrix:
        """offers x offers by way of their places: which places the same people look at, whatever the offer."""
        code: dict[Place, int] = {}
        at = np.array([code.setdefault(place, len(code)) for place in self.place_])
        self.at_ = at
        in_place = sp.csr_matrix((np.ones(len(at), np.float32), (range(len(at)), at)), (len(at), len(code)))
        visits = (met @ in_place).astype(bool).astype(np.float32)
        together = (visits.T @ visits).tocsr()
        count = np.asarray(visits.sum(axis=0)).ravel()
        scale = sp.diags(1 / np.sqrt(count + 1.0))
        return (scale @ together @ scale).tocsr()

    def transform(self, asks: Sequence[Query]) -> Columns:
        rows: dict[str, list[Matrix]] = {}
        for ask in asks:
            seen = [self.row_[offer] for offer in ask.seen if offer in self.row_]
            for name, row in self._of(seen).items() if seen else self._nothing().items():
                rows.setdefault(name, []).append(row)
        return {name: np.stack(list_).astype(np.float32) for name, list_ in rows.items()}

    def _of(self, seen: list[int]) -> dict[str, Matrix]:
        spelled = np.asarray((self.spelled_[seen] @ self.spelled_.T).todense())
        meant = self.meant_[seen] @ self.meant_.T
        places = np.stack([self.places_.shared(self.place_[row]) for row in seen])
        last = self.since_[seen[-1]]
        return {
            "seen_words": spelled.max(axis=0),
            "seen_words_mean": spelled.mean(axis=0),
            "seen_meaning": meant.mean(axis=0),
            "last_words": spelled[-1],
            "seen_maker": np.isin(self.maker_, self.maker_[seen]) * (self.maker_ >= 0) * 1.0
            + (self.maker_ == self.maker_[seen[-1]]) * (self.maker_ >= 0),
            "seen_place": places.mean(axis=0),
            "last_place": places[-1],
            "seen_together": np.asarray(self.together_[seen].sum(axis=0)).ravel(),
            "around_place": np.asarray(self.around_[self.at_[seen]].mean(axis=0)).ravel()[self.at_],
            "last_time": -np.abs(self.since_ - last),
            "near_time": -np.abs(self.since_[:, None] - self.since_[seen][None, :]).min(axis=1),
        }

    def _nothing(self) -> dict[str, Matrix]:
        empty = np.full(len(self.row_), np.nan, dtype=np.float32)
        names = ("seen_words", "seen_words_mean", "seen_meaning", "last_words", "seen_maker")
        places = ("seen_place", "last_place", "seen_together", "around_place")
        return dict.fromkeys((*names, *places, "last_time", "near_time"), empty)
