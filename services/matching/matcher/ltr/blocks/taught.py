"""What a linear model learned from earlier choices: which words lead to which offer.

Offers teach it too, each being an example of itself, so that an offer that nobody has chosen yet can be found.
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.decomposition import TruncatedSVD

from services.matching.matcher.ltr.blocks import Columns
from services.matching.matcher.ltr.queries import Item, Query, words_of, words_on
from services.matching.matcher.ltr.text import Letters, Matrix, Stems
from shared.words.vocabulary import Vocabulary

MOST_EXACT = 3_500
"""Up to so many examples ridge is solved exactly on their likenesses; above, on this many directions of the words."""
DIRECTIONS = 500
SMOOTH = 0.5


class Taught:
    """`taught`: ridge regression from the words of an ask to offers, taught by choices and by the offers' own words."""

    learns = True
    retrieval: tuple[str, ...] = ("taught",)
    plain: tuple[str, ...] = ()
    free: tuple[str, ...] = ()

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def fit(self, asks: Sequence[Query], offers: Sequence[Item], words: Vocabulary) -> bool:
        self.names_ = {code: entry.names for code, entry in words.occupations.items()}
        texts = [_key(ask) for ask in asks] + [words_on(offer) for offer in offers]
        self.letters_, self.stems_ = Letters(rarest=2 if len(texts) > 5_000 else 1).fit(texts), Stems().fit(texts)
        self.svd_ = None
        if len(asks) + 2 * len(offers) > MOST_EXACT:
            table = self._words(texts)
            self.svd_ = TruncatedSVD(min(DIRECTIONS, min(table.shape) - 1), n_iter=2, random_state=self.seed).fit(table)
        return True

    def shelve(self, offers: Sequence[Item]) -> None:
        examples = [(text, row) for row, offer in enumerate(offers) for text in self._examples(offer)]
        self.own_ = self._table([text for text, _ in examples])
        owner = [row for _, row in examples]
        self.own_truth_ = sp.csr_matrix((np.ones(len(owner)), (range(len(owner)), owner)), (len(owner), len(offers)))

    def learn(self, asks: Sequence[Query], truth: sp.csr_matrix) -> None:
        table = self._table([_key(ask) for ask in asks])
        shares = truth.multiply(1 / np.maximum(truth.sum(axis=1), 1e-9))
        goal = sp.vstack([shares, self.own_truth_]).tocsr().astype(np.float64)
        if self.svd_ is None:
            table = sp.vstack([table, self.own_]).tocsr()
            alike = np.asarray((table @ table.T).todense(), dtype=np.float64)
            alike[np.diag_indices_from(alike)] += SMOOTH
            self.weights_ = (table.T @ np.linalg.solve(alike, goal.toarray())).astype(np.float32)
        else:
            table = np.vstack([table, self.own_]).astype(np.float64)
            gram = table.T @ table
            gram[np.diag_indices_from(gram)] += SMOOTH
            self.weights_ = np.linalg.solve(gram, (goal.T @ table).T).astype(np.float32)

    def transform(self, asks: Sequence[Query]) -> Columns:
        table = self._table([_key(ask) for ask in asks])
        return {"taught": np.asarray(table @ self.weights_, dtype=np.float32)}

    def _words(self, texts: Sequence[str]) -> sp.csr_matrix:
        return sp.hstack([self.letters_.transform(texts), self.stems_.transform(texts)]).tocsr()

    def _table(self, texts: Sequence[str]) -> Matrix | sp.csr_matrix:
        table = self._words(texts)
        return table if self.svd_ is None else self.svd_.transform(table)

    def _examples(self, offer: Item) -> list[str]:
        named = self.names_.get(offer.groups[-1], ()) if offer.groups else ()
        return [text for text in (*offer.titles[:1], words_on(offer), " ".join(named)) if text]


def _key(ask: Query) -> str:
    return " ".join([words_of(ask), ask.about, *(f"g{code}" for code in ask.groups)])
