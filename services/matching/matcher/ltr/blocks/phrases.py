"""How the skills that a person names answer the skills that an offer asks, skill by skill.

Matching each skill on its own against each skill of the offer beats one text against one text; a rare skill says more
than a common one; what an offer asks as essential says more than what it likes.
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from services.matching.matcher.ltr.blocks import Columns
from services.matching.matcher.ltr.blocks.resolver import Resolver
from services.matching.matcher.ltr.queries import Item, Query
from services.matching.matcher.ltr.text import Bm25, Matrix, Stems
from shared.words.vocabulary import Vocabulary

UNEXPECTED = 0.02
"""Chance that a person names a skill which the offer does not ask: people know more than one trade."""


class Phrases:
    """Overlaps weighted by rarity, a likelihood, the kinship of skills in offers, and the words of the asked skills."""

    learns = False
    retrieval: tuple[str, ...] = ("overlap", "likelihood", "skill_words")
    plain: tuple[str, ...] = ()
    free: tuple[str, ...] = ()

    def fit(self, asks: Sequence[Query], offers: Sequence[Item], words: Vocabulary) -> bool:
        known = list(words.skills.values())
        code = {entry.code: row for row, entry in enumerate(known)}
        asked = [skill for offer in offers for skill in (*(offer.essential or ()), *offer.optional)]
        if not any(ask.phrases for ask in asks) or not asked or not all(skill in code for skill in asked):
            return False
        self.code_, self.entries_ = code, known
        self.resolver_ = Resolver().fit(known)
        self.sure_: dict[str, sp.csr_matrix] = {}
        table = self._asked(offers, weight=1.0, optional=0.5)
        count = np.asarray((table > 0).sum(axis=0)).ravel()
        self.rarity_ = np.log((len(offers) + 1) / (count + 0.5)).astype(np.float32)
        size = min(150, min(table.shape) - 1)
        self.kin_ = TruncatedSVD(size, n_iter=3, random_state=0).fit(table @ sp.diags(self.rarity_))
        return True

    def shelve(self, offers: Sequence[Item]) -> None:
        self.essential_ = self._asked(offers, weight=1.0, optional=0.0).T.tocsr()
        self.optional_ = self._asked(offers, weight=0.0, optional=1.0).T.tocsr()
        weights = self._asked(offers, weight=1.0, optional=0.5) @ sp.diags(self.rarity_)
        self.kinship_ = normalize(self.kin_.transform(weights)).astype(np.float32)
        self.asks_ = np.maximum(np.asarray(self.essential_.sum(axis=0)).ravel(), 1.0)
        self.likes_ = np.maximum(np.asarray(self.optional_.sum(axis=0)).ravel(), 1.0)
        texts = [
            " ; ".join(
                self.entries_[self.code_[skill]].english for skill in (*(offer.essential or ()), *offer.optional)
            )
            for offer in offers
        ]
        self.texts_ = Bm25().fit(texts).shelve(texts)
        self.text_stems_ = Stems().fit(texts).shelve(texts)

    def learn(self, asks: Sequence[Query], truth: sp.csr_matrix) -> None:
        """Nothing: a skill answers a skill whatever people chose."""

    def transform(self, asks: Sequence[Query]) -> Columns:
        phrases = list(dict.fromkeys(phrase for ask in asks for phrase in ask.phrases))
        new = [phrase for phrase in phrases if phrase not in self.sure_]
        if new:
            found = self.resolver_.sure(new)
            self.sure_ |= {phrase: found[row] for row, phrase in enumerate(new)}
        rows: dict[str, list[Matrix]] = {}
        for ask in asks:
            sure = sp.vstack([self.sure_[phrase] for phrase in ask.phrases]) if ask.phrases else None
            for name, row in self._columns(sure).items():
                rows.setdefault(name, []).append(row)
        columns = {name: np.stack(list_).astype(np.float32) for name, list_ in rows.items()}
        said = [" ; ".join(ask.phrases) for ask in asks]
        columns["skill_words"] = self.texts_.likeness(said)
        columns["skill_stems"] = self.text_stems_.likeness(said)
        return columns

    def _columns(self, sure: sp.csr_matrix | None) -> dict[str, Matrix]:
        if sure is None:
            sure = sp.csr_matrix((1, len(self.code_)))
        needed = np.asarray((sure @ self.essential_).todense())
        liked = np.asarray((sure @ self.optional_).todense())
        rare = np.asarray(sure @ self.rarity_).ravel()[:, None]
        both = needed + 0.7 * liked
        chance = 0.7 * needed / self.asks_**0.5 + 0.3 * liked / self.likes_**0.5
        mine = normalize(self.kin_.transform(sp.csr_matrix(sure.sum(axis=0)) @ sp.diags(self.rarity_)))
        return {
            "overlap": (rare * both).sum(axis=0),
            "overlap_rare": (rare**2 * both).sum(axis=0),
            "overlap_needed": (rare * needed).sum(axis=0),
            "overlap_liked": (rare * liked).sum(axis=0),
            "answered": (both > 0.3).sum(axis=0) / len(both),
            "strongest": (rare * both).max(axis=0),
            "likelihood": np.log(UNEXPECTED + chance * rare**0.5).sum(axis=0),
            "share_needed": (rare * needed).sum(axis=0) / self.asks_**0.5,
            "kinship": (mine @ self.kinship_.T).ravel(),
        }

    def _asked(self, offers: Sequence[Item], *, weight: float, optional: float) -> sp.csr_matrix:
        cells = [
            (row, self.code_[skill], value)
            for row, offer in enumerate(offers)
            for skills, value in ((offer.essential or (), weight), (offer.optional, optional))
            for skill in skills
            if value
        ]
        rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
        return sp.csr_matrix((values, (rows, columns)), (len(offers), len(self.code_)), dtype=np.float32)
