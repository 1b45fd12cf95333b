"""How near a title is to the nearest of all names of an offer, its own and those of its group in the vocabulary."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from services.matching.matcher.ltr.blocks import Columns
from services.matching.matcher.ltr.queries import Item, Query
from services.matching.matcher.ltr.text import Letters, Matrix, Stems, best_per_owner
from shared.words.vocabulary import Vocabulary

LETTERS, STEMS = 0.6, 0.4


class Names:
    """`own_name` among the names that the offer brings, `group_name` among those the vocabulary has for its group."""

    learns = False
    retrieval: tuple[str, ...] = ("own_name", "group_name")
    plain: tuple[str, ...] = ()
    free: tuple[str, ...] = ()

    def fit(self, asks: Sequence[Query], offers: Sequence[Item], words: Vocabulary) -> bool:
        self.known_ = {code: entry.names for code, entry in words.occupations.items()}
        if not any(ask.titles for ask in asks):
            return False
        names = [name for offer in offers for name in (*offer.titles, *self._of_group(offer))]
        self.letters_, self.stems_ = Letters(shortest=3).fit(names), Stems().fit(names)
        return True

    def shelve(self, offers: Sequence[Item]) -> None:
        self.size_ = len(offers)
        self.tables_ = {}
        for column, list_of in (("own_name", lambda offer: offer.titles), ("group_name", self._of_group)):
            owned = [(name, row) for row, offer in enumerate(offers) for name in list_of(offer)]
            if owned:
                names = [name for name, _ in owned]
                owner = np.array([row for _, row in owned], dtype=np.int64)
                self.tables_[column] = (self.letters_.transform(names), self.stems_.transform(names), owner)

    def learn(self, asks: Sequence[Query], truth: sp.csr_matrix) -> None:
        """Nothing: what a thing is called is not an outcome."""

    def transform(self, asks: Sequence[Query]) -> Columns:
        titles = [title for ask in asks for title in ask.titles]
        owner = np.array([row for row, ask in enumerate(asks) for _ in ask.titles], dtype=np.int64)
        letters, stems = self.letters_.transform(titles), self.stems_.transform(titles)
        silent = [row for row, ask in enumerate(asks) if not ask.titles]
        columns: Columns = {}
        for column, (known_letters, known_stems, named) in self.tables_.items():
            near = LETTERS * (letters @ known_letters.T) + STEMS * (stems @ known_stems.T)
            found: Matrix = best_per_owner(np.asarray(near.todense(), dtype=np.float32), named, self.size_)
            columns[column] = best_per_owner(np.ascontiguousarray(found.T), owner, len(asks)).T
            columns[column][silent] = np.nan
        return columns

    def _of_group(self, offer: Item) -> tuple[str, ...]:
        return self.known_.get(offer.groups[-1], ()) if offer.groups else ()
