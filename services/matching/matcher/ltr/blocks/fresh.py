"""Whether an offer belongs to the time of the ask: people choose among what is new when they ask.

Asks and offers may be dated on clocks of their own (days, running numbers); what people chose shows which offer time
belongs to which ask time.
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from services.matching.matcher.ltr.blocks import Columns
from services.matching.matcher.ltr.queries import Item, Query
from services.matching.matcher.ltr.text import Matrix
from shared.words.vocabulary import Vocabulary

NEIGHBOURS = 25
"""Choices around the moment of an ask that tell the usual age of what is chosen then."""


class Fresh:
    """`timely`: minus the distance in ranks from what is usually chosen at that time; `newer`: the rank itself."""

    learns = True
    retrieval: tuple[str, ...] = ("timely",)
    plain: tuple[str, ...] = ("timely", "newer")
    free: tuple[str, ...] = ("newer",)

    def fit(self, asks: Sequence[Query], offers: Sequence[Item], words: Vocabulary) -> bool:
        return any(ask.when is not None for ask in asks) and any(offer.since is not None for offer in offers)

    def shelve(self, offers: Sequence[Item]) -> None:
        since = np.array([np.nan if offer.since is None else offer.since for offer in offers], dtype=float)
        known = np.sort(since[~np.isnan(since)])
        self.since_ = np.where(np.isnan(since), np.nan, np.searchsorted(known, since) / max(len(known), 1))
        self.row_ = {offer.id: row for row, offer in enumerate(offers)}

    def learn(self, asks: Sequence[Query], truth: sp.csr_matrix) -> None:
        pairs = []
        for row, ask in enumerate(asks):
            if ask.when is None:
                continue
            chosen = [*truth[row].indices, *(self.row_[offer] for offer in ask.seen if offer in self.row_)]
            pairs += [(ask.when, self.since_[column]) for column in chosen if not np.isnan(self.since_[column])]
        pairs.sort()
        self.when_ = np.array([when for when, _ in pairs])
        self.chosen_ = np.array([since for _, since in pairs])

    def transform(self, asks: Sequence[Query]) -> Columns:
        timely = np.stack([self._timely(ask.when) for ask in asks])
        return {"timely": timely, "newer": np.tile(self.since_.astype(np.float32), (len(asks), 1))}

    def _timely(self, when: float | None) -> Matrix:
        if when is None or not len(self.when_):
            return np.full(len(self.since_), np.nan, dtype=np.float32)
        middle = int(np.searchsorted(self.when_, when))
        around = np.sort(self.chosen_[max(0, middle - NEIGHBOURS) : middle + NEIGHBOURS])
        gap = np.abs(self.since_[:, None] - around[None, :])
        found: Matrix = (-np.sort(gap, axis=1)[:, :5].mean(axis=1)).astype(np.float32)
        return found
