"""The text blocks measure likeness with these four views of a text; each is fitted on texts and then asked in batches.

`fit(texts)` learns the vocabulary, `shelve(texts)` indexes what can be found, `likeness(texts)` returns
len(asked) x len(shelved). All are indifferent to language: the two languages of an offer stand in one text.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.preprocessing import normalize

from shared.words.spelling import plain, stems

Matrix = NDArray[np.float32]
MOST_CACHED = 100_000
"""Words whose n-grams are kept, so that a long life among strange words does not fill the memory."""


class View(Protocol):
    """One way to see texts."""

    def shelve(self, texts: Sequence[str]) -> "View": ...

    def likeness(self, texts: Sequence[str]) -> Matrix: ...


class Stems:
    """Cosine of TF-IDF weighted stems."""

    def fit(self, texts: Sequence[str]) -> "Stems":
        self.view_ = TfidfVectorizer(analyzer=stems, sublinear_tf=True, dtype=np.float32).fit(_some(texts))
        return self

    def shelve(self, texts: Sequence[str]) -> "Stems":
        self.shelf_ = self.transform(texts)
        return self

    def transform(self, texts: Sequence[str]) -> sp.csr_matrix:
        return self.view_.transform(texts) if texts else sp.csr_matrix((0, len(self.view_.vocabulary_)))

    def likeness(self, texts: Sequence[str]) -> Matrix:
        return _dense(self.transform(texts) @ self.shelf_.T)


class Letters(Stems):
    """Cosine of TF-IDF weighted letter n-grams within words: forgives spelling, sees cognates of two languages.

    Words repeat and their n-grams with them, so texts are counted in words first and words are cut up only once."""

    def __init__(self, shortest: int = 2, longest: int = 5, rarest: int = 1) -> None:
        self.shortest, self.longest, self.rarest = shortest, longest, rarest

    def fit(self, texts: Sequence[str]) -> "Letters":
        """Learn the letter n-grams of these texts and how rare each is; those of fewer than `rarest` texts go."""
        self.grams_: dict[str, int] | None = None
        self.cut_: dict[str, NDArray[np.int64]] = {}
        words = {word for text in texts for word in plain(text).split()}
        grams = sorted({gram for word in words for gram in _grams(word, self.shortest, self.longest)})
        self.grams_ = {gram: column for column, gram in enumerate(grams or ["_"])}
        counts = self._count(texts)
        if self.rarest > 1 and counts.shape[0] > 2 * self.rarest:
            kept = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]) >= self.rarest)
            self.grams_ = {grams[column]: place for place, column in enumerate(kept)} or {"_": 0}
            self.cut_ = {}
            counts = self._count(texts)
        self.weigh_ = TfidfTransformer(sublinear_tf=True).fit(counts)
        return self

    def transform(self, texts: Sequence[str]) -> sp.csr_matrix:
        """texts x n-grams, rows of length 1."""
        counts = self._count(texts)
        return self.weigh_.transform(counts).astype(np.float32) if texts else counts

    def _count(self, texts: Sequence[str]) -> sp.csr_matrix:
        """texts x n-grams, by way of texts x words and words x n-grams."""
        place: dict[str, int] = {}
        spoken = [[place.setdefault(word, len(place)) for word in plain(text).split()] for text in texts]
        cut = [self._cut(word) for word in place] or [np.zeros(0, dtype=np.int64)]
        return (_ones(spoken, len(cut)) @ _ones(cut, len(self.grams_ or ()))).tocsr()

    def _cut(self, word: str) -> NDArray[np.int64]:
        known = self.cut_.get(word)
        if known is None:
            grams = self.grams_ or {}
            known = np.array(
                [grams[gram] for gram in _grams(word, self.shortest, self.longest) if gram in grams], dtype=np.int64
            )
            if len(self.cut_) < MOST_CACHED:
                self.cut_[word] = known
        return known


class Bm25:
    """Okapi BM25 over stems: rare words count, long texts do not win by length."""

    def __init__(self, k1: float = 1.2, b: float = 0.75) -> None:
        self.k1, self.b = k1, b

    def fit(self, texts: Sequence[str]) -> "Bm25":
        """Learn from these texts how rare each stem is and how long a text usually is."""
        self.view_ = CountVectorizer(analyzer=stems, dtype=np.float32).fit(_some(texts))
        counts = self.view_.transform(texts)
        found = np.bincount(counts.indices, minlength=counts.shape[1])
        self.rarity_ = np.log1p((len(texts) - found + 0.5) / (found + 0.5)).astype(np.float32)
        self.length_ = max(float(counts.sum(axis=1).mean()), 1.0)
        return self

    def shelve(self, texts: Sequence[str]) -> "Bm25":
        """Keep these texts as those that later ones are compared with."""
        counts = self.view_.transform(texts).tocsr()
        row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        length = np.asarray(counts.sum(axis=1)).ravel()[row] / self.length_
        grown = counts.data * (self.k1 + 1) / (counts.data + self.k1 * (1 - self.b + self.b * length))
        counts.data = (self.rarity_[counts.indices] * grown).astype(np.float32)
        self.shelf_ = counts
        return self

    def likeness(self, texts: Sequence[str]) -> Matrix:
        """texts x kept texts: the BM25 score, 0 where no stem is shared."""
        asked = self.view_.transform(texts)
        asked.data[:] = 1.0
        return _dense(asked @ self.shelf_.T)


class Meaning:
    """Cosine after latent semantic analysis (`TruncatedSVD`): words that keep the same company come together.

    Two languages of one offer in one text make this a bridge between them."""

    def __init__(self, size: int = 200, letters: bool = True, seed: int = 0) -> None:
        self.size, self.letters, self.seed = size, letters, seed

    def fit(self, texts: Sequence[str]) -> "Meaning":
        """Learn `size` directions at most in which these texts differ."""
        texts = _some(texts)
        rarest = 2 if len(texts) > 20 else 1
        words = TfidfVectorizer(analyzer=stems, min_df=rarest, sublinear_tf=True, dtype=np.float32)
        self.views_ = [words.fit(texts)]
        if self.letters:
            self.views_.append(Letters(shortest=3, rarest=rarest).fit(texts))
        table = sp.hstack([view.transform(texts) for view in self.views_]).tocsr()
        size = max(1, min(self.size, min(table.shape) - 1))
        self.svd_ = TruncatedSVD(size, n_iter=3, random_state=self.seed).fit(table)
        return self

    def transform(self, texts: Sequence[str]) -> Matrix:
        """texts x directions, rows of length 1."""
        table = sp.hstack([view.transform(texts) for view in self.views_]).tocsr()
        placed: Matrix = normalize(self.svd_.transform(table)).astype(np.float32)
        return placed

    def shelve(self, texts: Sequence[str]) -> "Meaning":
        self.shelf_ = self.transform(texts)
        return self

    def likeness(self, texts: Sequence[str]) -> Matrix:
        near: Matrix = self.transform(texts) @ self.shelf_.T
        return near


def best_per_owner(likeness: Matrix, owner: NDArray[np.int64], owners: int) -> Matrix:
    """From texts to their owners: the likeness of an owner's best text; 0 for owners without one."""
    best = np.zeros((likeness.shape[0], owners), dtype=np.float32)
    if likeness.shape[1]:
        order = np.argsort(owner, kind="stable")
        starts = np.flatnonzero(np.r_[True, np.diff(owner[order]) > 0])
        best[:, owner[order][starts]] = np.maximum.reduceat(likeness[:, order], starts, axis=1)
    return best


def _grams(word: str, shortest: int, longest: int) -> list[str]:
    """n-grams of a word with its edges marked by blanks."""
    marked = f" {word} "
    return [
        marked[start : start + size]
        for size in range(shortest, longest + 1)
        for start in range(max(1, len(marked) - size + 1))
    ]


def _ones(rows: Sequence[Sequence[int] | NDArray[np.int64]], columns: int) -> sp.csr_matrix:
    """Counts from lists of column numbers, one list per row."""
    lengths = [len(row) for row in rows]
    indices = np.concatenate([np.asarray(row, dtype=np.int64) for row in rows]) if sum(lengths) else np.zeros(0, int)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    table = sp.csr_matrix((np.ones(len(indices), np.float32), indices, starts), shape=(len(rows), columns))
    table.sum_duplicates()
    return table


def _dense(product: sp.csr_matrix) -> Matrix:
    return np.asarray(product.todense(), dtype=np.float32)


def _some(texts: Sequence[str]) -> list[str]:
    """A vectoriser refuses an empty vocabulary; one made-up word keeps a corner case from being an error."""
    return [*texts, "lumbung"]
