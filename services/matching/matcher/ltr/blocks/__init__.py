"""The ranker builds its columns from these blocks; each knows one way in which an ask and an offer can belong together.

A block has scikit-learn's manners with one more step, because offers come and go while a model stays:

    fit(asks, offers, words)   what can be learned without outcomes (vocabularies, rarities); False if it does not apply
    shelve(offers)             index the offers that can be found now
    learn(asks, truth)         outcomes; only blocks with `learns`; the ranker calls it out-of-fold
    transform(asks)            {column: len(asks) x len(offers)}, NaN where not known

Columns are likenesses: more is never worse, so the ranker lets their curves only rise, except those in `free`, of which
nobody can say beforehand whether more is better. `retrieval` names the columns that are good enough to find candidates.
Columns in `plain` are not read relative to the rest of their list.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from services.matching.matcher.ltr.queries import Item, Query
from shared.words.vocabulary import Vocabulary

Matrix = NDArray[np.float32]
Columns = dict[str, Matrix]


class FeatureBlock(Protocol):
    learns: bool
    retrieval: tuple[str, ...]
    plain: tuple[str, ...]
    free: tuple[str, ...]

    def fit(self, asks: Sequence[Query], offers: Sequence[Item], words: Vocabulary) -> bool: ...

    def shelve(self, offers: Sequence[Item]) -> None: ...

    def learn(self, asks: Sequence[Query], truth: sp.csr_matrix) -> None: ...

    def transform(self, asks: Sequence[Query]) -> Columns: ...
