"""The block of phrases needs to know which skills of the vocabulary a phrase may mean, and how surely.

A name of the vocabulary is certain. For anything else a small ranker, taught by the vocabulary itself, weighs the
nearest names: each of its lessons hides one name of a skill and asks for the skill by that name.
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from services.matching.matcher.ltr.listwise import Lists, grow
from services.matching.matcher.ltr.text import Bm25, Letters, Matrix, Meaning, Stems
from shared.words.spelling import plain, stems
from shared.words.vocabulary import Entry

CANDIDATES = 24
LESSONS = 3_000
BATCH = 128


class Resolver:
    """`sure(phrases)`: len(phrases) x skills, every row a distribution over what the phrase may mean."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def fit(self, entries: Sequence[Entry]) -> "Resolver":
        owned = [
            (name, row) for row, entry in enumerate(entries) for name in dict.fromkeys(map(str.strip, entry.names))
        ]
        self.names_ = [name for name, _ in owned]
        self.owner_ = np.array([row for _, row in owned], dtype=np.int64)
        self.starts_ = np.flatnonzero(np.r_[True, np.diff(self.owner_) > 0])
        self.size_ = len(entries)
        self.known_: dict[str, list[int]] = {}
        for position, name in enumerate(self.names_):
            self.known_.setdefault(plain(name), []).append(position)
        texts = [f"{entry.english} {entry.indonesian} {entry.about}" for entry in entries]
        self.letters_ = Letters(rarest=2 if len(owned) > 5_000 else 1).fit(self.names_).shelve(self.names_)
        self.stems_ = Stems().fit(self.names_).shelve(self.names_)
        self.bm25_ = Bm25().fit(texts).shelve(texts)
        self.meaning_ = Meaning(size=150, letters=False).fit(texts).shelve(texts)
        self.first_ = np.array([(stems(name) or [""])[0] for name in self.names_])
        self._learn()
        return self

    def sure(self, phrases: Sequence[str]) -> sp.csr_matrix:
        parts = [self._sure(phrases[start : start + BATCH]) for start in range(0, len(phrases), BATCH)]
        return sp.vstack(parts).tocsr() if parts else sp.csr_matrix((0, self.size_))

    def _learn(self) -> None:
        hidden = np.flatnonzero(np.r_[False, self.owner_[1:] == self.owner_[:-1]])
        self.ranker_ = None
        if len(hidden) < 50:
            return
        lessons = np.random.default_rng(self.seed).permutation(hidden)[:LESSONS]
        tables, right = [], []
        for start in range(0, len(lessons), BATCH):
            part = lessons[start : start + BATCH]
            names = [self.names_[position] for position in part]
            candidates, table = self._weigh(names, [self.known_[plain(name)] for name in names])
            hit = candidates == self.owner_[part][:, None]
            found = hit.any(axis=1)
            tables.append(table[found])
            right.append(hit[found])
        table, hit = np.concatenate(tables), np.concatenate(right)
        lists = Lists.equal(hit.astype(float).ravel(), CANDIDATES)
        self.ranker_ = grow(table.reshape(-1, table.shape[2]), lists, trees=120, leaves=12, rate=0.1, seed=self.seed)

    def _sure(self, phrases: Sequence[str]) -> sp.csr_matrix:
        candidates, table = self._weigh(phrases, None)
        score = 8.0 * table[:, :, 2].astype(float)
        if self.ranker_ is not None:
            score = self.ranker_.score(table.reshape(-1, table.shape[2])).reshape(candidates.shape)
        share = np.exp(score - score.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        share *= np.minimum(1.0, 2 * table[:, :, 2].max(axis=1, keepdims=True))
        rows = np.repeat(np.arange(len(phrases)), candidates.shape[1])
        sure = sp.csr_matrix((share.ravel(), (rows, candidates.ravel())), (len(phrases), self.size_)).tolil()
        for row, phrase in enumerate(phrases):
            exact = sorted({int(self.owner_[position]) for position in self.known_.get(plain(phrase), ())})
            if exact:
                sure[row] = 0
                sure[row, exact] = 1 / len(exact)
        return sure.tocsr()

    def _weigh(
        self, phrases: Sequence[str], hide: list[list[int]] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The likeliest skills of every phrase, and what speaks for each: letters, stems, both, second best, texts."""
        letters, words = self.letters_.likeness(phrases), self.stems_.likeness(phrases)
        first = np.array([(stems(phrase) or [""])[0] for phrase in phrases])
        for row, positions in enumerate(hide or ()):
            letters[row, positions] = words[row, positions] = 0
        both = 0.6 * letters + 0.4 * words
        starts = self.starts_
        best = np.maximum.reduceat(both, starts, axis=1)
        bm25 = self.bm25_.likeness(phrases)
        bm25 /= bm25.max(axis=1, keepdims=True) + 1e-6
        meaning = self.meaning_.likeness(phrases)
        retrieval = best + 0.15 * meaning + 0.1 * bm25
        count = min(CANDIDATES, self.size_)
        chosen = np.argpartition(-retrieval, count - 1, axis=1)[:, :count]
        same_verb = np.maximum.reduceat((first[:, None] == self.first_[None, :]).astype(np.float32), starts, axis=1)
        evidence: list[Matrix] = [
            np.maximum.reduceat(letters, starts, axis=1),
            np.maximum.reduceat(words, starts, axis=1),
            best,
            np.add.reduceat(both, starts, axis=1) / np.diff(np.r_[starts, len(self.owner_)]),
            bm25,
            meaning,
            same_verb,
        ]
        table = np.stack([np.take_along_axis(part, chosen, axis=1) for part in evidence], axis=2)
        lead = table - table.max(axis=1, keepdims=True)
        size = np.full((*chosen.shape, 1), 0.0)
        size[:, :, 0] = np.array([len(phrase.split()) for phrase in phrases])[:, None]
        return chosen, np.concatenate([table, lead, size], axis=2).astype(np.float32)
