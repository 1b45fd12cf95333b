"""How near an offer is to where the person lives or lived: shared regions, from the large to the small."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from services.matching.matcher.ltr.blocks import Columns
from services.matching.matcher.ltr.queries import Item, Place, Query
from services.matching.matcher.ltr.text import Matrix
from shared.words.vocabulary import Vocabulary


class Places:
    """`first_place`: regions shared with the latest place, `any_place`: with the nearest; NaN for no place at all."""

    learns = False
    retrieval: tuple[str, ...] = ("any_place",)
    plain: tuple[str, ...] = ("first_place", "any_place")
    free: tuple[str, ...] = ()

    def fit(self, asks: Sequence[Query], offers: Sequence[Item], words: Vocabulary) -> bool:
        return any(ask.places for ask in asks) and any(offer.place for offer in offers)

    def shelve(self, offers: Sequence[Item]) -> None:
        self.index_ = PlaceIndex([offer.place for offer in offers])

    def learn(self, asks: Sequence[Query], truth: sp.csr_matrix) -> None:
        """Nothing: distance is not an outcome."""

    def transform(self, asks: Sequence[Query]) -> Columns:
        first = [self.index_.shared(ask.places[0]) if ask.places else self.index_.unknown() for ask in asks]
        any_ = [
            np.max([self.index_.shared(place) for place in ask.places], axis=0) if ask.places else self.index_.unknown()
            for ask in asks
        ]
        return {"first_place": np.stack(first), "any_place": np.stack(any_)}


class PlaceIndex:
    """For one place after another: how many levels of regions it shares with each of many places."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.size = len(places)
        levels = max((len(place) for place in places), default=0)
        self.codes: list[dict[Place, int]] = [{} for _ in range(levels)]
        self.table = np.full((len(places), levels), -1, dtype=np.int64)
        for row, place in enumerate(places):
            for depth in range(len(place)):
                self.table[row, depth] = self.codes[depth].setdefault(place[: depth + 1], len(self.codes[depth]))

    def shared(self, place: Place) -> Matrix:
        depth = np.zeros(self.size, dtype=np.float32)
        for level in range(min(len(place), len(self.codes))):
            code = self.codes[level].get(place[: level + 1])
            if code is not None:
                depth += self.table[:, level] == code
        return depth

    def unknown(self) -> Matrix:
        return np.full(self.size, np.nan, dtype=np.float32)
