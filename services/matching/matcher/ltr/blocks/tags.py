"""What an offer teaches or asks although nobody recorded it: judged from offers alike whose skills are on record.

Likeness of two offers is a Gaussian of their words, maker and traits; the skills of a bare offer are what Gaussian
process regression expects from the recorded ones. An ask with several skills is answered twice: skill by skill, and by
the gain of offers that have several of them at once.
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.preprocessing import OneHotEncoder

from services.matching.matcher.ltr.blocks import Columns
from services.matching.matcher.ltr.queries import Item, Query
from services.matching.matcher.ltr.text import Letters, Matrix, Meaning, Stems
from shared.words.spelling import plain
from shared.words.vocabulary import Vocabulary

KERNELS = {"wide": (0.1, 1.0, 0.3), "narrow": (0.2, 0.6, 0.3)}
"""Width of the Gaussian, weight of maker and traits beside words, noise."""
STAND_IN = 0.45
"""A skill that no record names is judged by recorded skills with a name at least so alike."""


class Tags:
    """Per kernel `gain`, `each` (mean), `worst`, `best`, `all` (product) of the skills; the likeness of bare names."""

    learns = False
    retrieval: tuple[str, ...] = ("gain_wide", "name_each")
    plain: tuple[str, ...] = ()
    free: tuple[str, ...] = ()

    def fit(self, asks: Sequence[Query], offers: Sequence[Item], words: Vocabulary) -> bool:
        recorded = [offer for offer in offers if offer.essential is not None]
        if len(recorded) < 20 or len(recorded) == len(offers) or not any(ask.phrases for ask in asks):
            return False
        texts = [" ".join(offer.titles) for offer in offers]
        skills = sorted({skill for offer in recorded for skill in offer.essential or ()})
        self.stems_, self.letters_ = Stems().fit(texts + skills), Letters().fit(texts + skills)
        self.facts_ = OneHotEncoder(handle_unknown="ignore").fit([_facts(offer) for offer in offers])
        taught = [" ".join((*offer.titles, *(offer.essential or ()))) for offer in offers]
        self.meaning_ = Meaning(size=100).fit(taught)
        return True

    def shelve(self, offers: Sequence[Item]) -> None:
        recorded = [offer for offer in offers if offer.essential is not None]
        self.skills_ = {skill: n for n, skill in enumerate(sorted({s for o in recorded for s in o.essential or ()}))}
        self.record_ = np.zeros((len(recorded), len(self.skills_)), dtype=np.float32)
        for row, offer in enumerate(recorded):
            self.record_[row, [self.skills_[skill] for skill in offer.essential or ()]] = 1.0
        self.expect_ = {}
        for name, (width, weight, noise) in KERNELS.items():
            known, all_ = self._table(recorded, weight), self._table(offers, weight)
            kernel = _gaussian(known, known, width)
            kernel[np.diag_indices_from(kernel)] += noise
            self.expect_[name] = _gaussian(all_, known, width) @ np.linalg.inv(kernel)
        names = list(self.skills_)
        titles = [" ".join(offer.titles) for offer in offers]
        self.known_names_ = (self.stems_.transform(names), self.letters_.transform(names))
        self.titles_ = (self.stems_.transform(titles), self.letters_.transform(titles))
        self.meaning_.shelve(titles)
        self.breadth_ = self.expect_["wide"] @ self.record_.sum(axis=1)

    def learn(self, asks: Sequence[Query], truth: sp.csr_matrix) -> None:
        """Nothing: records teach it, not choices."""

    def transform(self, asks: Sequence[Query]) -> Columns:
        phrases = list(dict.fromkeys(phrase for ask in asks for phrase in ask.phrases))
        has = dict(zip(phrases, self._has(phrases), strict=True))
        named = dict(zip(phrases, self._named(phrases, self.titles_), strict=True))
        meant = dict(zip(phrases, self.meaning_.likeness(phrases), strict=True)) if phrases else {}
        columns: dict[str, list[Matrix]] = {}
        for ask in asks:
            mine = np.stack([has[phrase] for phrase in ask.phrases] or [np.zeros(len(self.record_))])
            together = (2.0 ** mine.sum(axis=0) - 1) / (2.0 ** len(mine) - 1)
            for name, expect in self.expect_.items():
                each = expect @ mine.T
                sure = np.clip(each, 0.02, 1.0)
                _add(columns, f"gain_{name}", expect @ together)
                _add(columns, f"each_{name}", each.mean(axis=1))
                _add(columns, f"worst_{name}", each.min(axis=1))
                _add(columns, f"best_{name}", each.max(axis=1))
                _add(columns, f"all_{name}", np.log(sure).sum(axis=1))
            for name, table in (("name", named), ("meant", meant)):
                near = np.stack([table[phrase] for phrase in ask.phrases] or [np.zeros(len(self.breadth_))])
                _add(columns, f"{name}_each", near.mean(axis=0))
                _add(columns, f"{name}_best", near.max(axis=0))
            _add(columns, "breadth", self.breadth_)
        return {name: np.stack(rows).astype(np.float32) for name, rows in columns.items()}

    def _has(self, phrases: Sequence[str]) -> Matrix:
        """len(phrases) x recorded offers: 1 where the record names the skill, less where it names one called alike."""
        if not phrases:
            return np.zeros((0, len(self.record_)), dtype=np.float32)
        alike = self._named(phrases, self.known_names_)
        has = np.zeros((len(phrases), len(self.record_)), dtype=np.float32)
        spelled = {plain(skill): column for skill, column in self.skills_.items()}
        for row, phrase in enumerate(phrases):
            column = spelled.get(plain(phrase))
            if column is not None:
                has[row] = self.record_[:, column]
            else:
                stand_in = np.where(alike[row] >= STAND_IN, alike[row] ** 1.5, 0.0)
                has[row] = (self.record_ * stand_in).max(axis=1)
        return has

    def _named(self, phrases: Sequence[str], tables: tuple[sp.csr_matrix, sp.csr_matrix]) -> Matrix:
        if not phrases:
            return np.zeros((0, tables[0].shape[0]), dtype=np.float32)
        stems, letters = self.stems_.transform(phrases), self.letters_.transform(phrases)
        return np.asarray((0.4 * (stems @ tables[0].T) + 0.6 * (letters @ tables[1].T)).todense(), dtype=np.float32)

    def _table(self, offers: Sequence[Item], weight: float) -> sp.csr_matrix:
        titles = [" ".join(offer.titles) for offer in offers]
        facts = weight * self.facts_.transform([_facts(offer) for offer in offers])
        return sp.hstack([self.stems_.transform(titles), self.letters_.transform(titles), facts]).tocsr()


def _facts(offer: Item) -> list[str]:
    traits = [*offer.traits, "", "", "", ""][:4]
    return [offer.maker, *traits]


def _gaussian(left: sp.csr_matrix, right: sp.csr_matrix, width: float) -> Matrix:
    norm_left = np.asarray(left.multiply(left).sum(axis=1)).ravel()
    norm_right = np.asarray(right.multiply(right).sum(axis=1)).ravel()
    distance = norm_left[:, None] + norm_right[None, :] - 2 * np.asarray((left @ right.T).todense())
    kernel: Matrix = np.exp(-width * np.maximum(distance, 0.0))
    return kernel


def _add(columns: dict[str, list[Matrix]], name: str, row: Matrix) -> None:
    columns.setdefault(name, []).append(row)
