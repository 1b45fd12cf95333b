"""The ranking's learned part: asks beside offers, taught by what earlier asks chose.

    ranker = ListwiseRanker().fit(asks, offers, truth, words=vocabulary)
    ranker.rank(asks, limit=100)            one list of (offer id, score) per ask, best first
    ranker.explain(ask, offer_ids)          every score as a start and one part per column, exactly

Two stages. Columns that can find an offer (`retrieval` of the blocks) choose a short list, boosted trees order it.
Blocks that learn from outcomes are asked out-of-fold while the trees learn: for every ask they have then seen only
other units, exactly as when serving.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from services.matching.matcher.ltr.blocks import Columns, FeatureBlock
from services.matching.matcher.ltr.blocks.crowd import Crowd
from services.matching.matcher.ltr.blocks.fresh import Fresh
from services.matching.matcher.ltr.blocks.habits import Habits
from services.matching.matcher.ltr.blocks.likely import Likely
from services.matching.matcher.ltr.blocks.names import Names
from services.matching.matcher.ltr.blocks.phrases import Phrases
from services.matching.matcher.ltr.blocks.places import Places
from services.matching.matcher.ltr.blocks.tags import Tags
from services.matching.matcher.ltr.blocks.taught import Taught
from services.matching.matcher.ltr.blocks.texts import Texts
from services.matching.matcher.ltr.forest import Forest
from services.matching.matcher.ltr.listwise import Lists, grow
from services.matching.matcher.ltr.queries import Item, Query
from shared.words.vocabulary import Vocabulary

Truth = Mapping[str, Mapping[str, int]]
Row = NDArray[np.float32]
BATCH = 64
"""Asks looked at together; a batch beside 7,000 offers in 60 columns takes about 100 MB."""
_EMPTY = Vocabulary(skills={}, occupations={}, languages={})


def all_blocks() -> list[FeatureBlock]:
    """One of each; those that find nothing to read leave themselves out."""
    return [Texts(), Names(), Phrases(), Tags(), Crowd(), Taught(), Likely(), Places(), Habits(), Fresh()]


class ListwiseRanker:
    """Learns to rank offers for asks. Learned state ends in `_`; `fit` returns the ranker.

    `shortlist` offers per ask come to the trees (more where there are many); `folds` for out-of-fold columns; `seeds`
    forests are averaged; `together` "free" lets trees meet any columns, "alone" keeps every tree to one column."""

    def __init__(
        self,
        *,
        blocks: Sequence[FeatureBlock] | None = None,
        shortlist: int | None = None,
        folds: int = 5,
        seeds: int = 3,
        trees: int = 150,
        leaves: int | None = None,
        rate: float = 0.06,
        most_lists: int = 6_000,
        together: str = "free",
        seed: int = 0,
    ) -> None:
        self.blocks = blocks
        self.shortlist, self.folds, self.seeds = shortlist, folds, seeds
        self.trees, self.leaves, self.rate = trees, leaves, rate
        self.most_lists, self.together, self.seed = most_lists, together, seed

    def fit(
        self,
        asks: Sequence[Query],
        offers: Sequence[Item],
        truth: Truth,
        *,
        among: Collection[str] | None = None,
        words: Vocabulary = _EMPTY,
        weights: Mapping[str, float] | None = None,
        new_offers: bool = False,
    ) -> "ListwiseRanker":
        """`truth[ask][offer]` is a grade from 1. Only offers `among` stand in lists; the others teach the blocks.

        `weights`: how many lists the list of an ask stands for, 1 unless said.

        `new_offers`: those to be ranked later will be new, so what was chosen before says nothing of them and must
        not be leaned on."""
        self.offers_ = list(offers)
        self.row_ = {offer.id: row for row, offer in enumerate(offers)}
        candidates = list(self.blocks) if self.blocks is not None else all_blocks()
        usable = [block for block in candidates if not (new_offers and block.learns)]
        self.blocks_ = [block for block in usable if block.fit(asks, offers, words)]
        for block in self.blocks_:
            block.shelve(offers)
        grades = self._grades(asks, truth)
        chosen = self._among(among)
        self.short_ = self.shortlist or min(300, max(80, len(chosen) // 25))
        weight = np.array([(weights or {}).get(ask.id, 1.0) for ask in asks])
        table, lists = self._tables(self._lessons(asks, grades, chosen, weight))
        leaves = self.leaves or (8 if len(lists.starts) < 2_000 else 16)
        free = {name for block in self.blocks_ for name in block.free}
        rises = [0 if name.split("|")[0] in free else 1 for name in self.names_]
        together = "no_interactions" if self.together == "alone" else None
        self.forest_ = Forest.mean(
            [
                grow(
                    table,
                    lists,
                    trees=self.trees,
                    leaves=4 if together else leaves,
                    rate=self.rate,
                    rises=rises,
                    together=together,
                    seed=self.seed + number,
                )
                for number in range(self.seeds)
            ]
        )
        for block in self.blocks_:
            if block.learns:
                block.learn(asks, grades)
        return self

    def rank(
        self, asks: Sequence[Query], *, among: Collection[str] | None = None, limit: int = 100
    ) -> list[list[tuple[str, float]]]:
        """Per ask the best `limit` of the short list; offers that the ask has seen are left out."""
        chosen = self._among(among)
        ranked: list[list[tuple[str, float]]] = []
        for batch in _batches(asks):
            for columns, ask in self._each(batch, self._columns(batch, self.blocks_), chosen):
                short, table = self._short(columns, chosen, ask)
                score = self.forest_.score(table)
                order = np.lexsort((short, -score))[:limit]
                ranked.append([(self.offers_[short[row]].id, float(score[row])) for row in order])
        return ranked

    def explain(
        self, ask: Query, offers: Sequence[str], *, among: Collection[str] | None = None
    ) -> list[dict[str, float]]:
        """For each offer the parts of its score by column, `start` among them; they sum to the score."""
        chosen = self._among(among)
        [(columns, _)] = self._each([ask], self._columns([ask], self.blocks_), chosen)
        rows = np.array([self.row_[offer] for offer in offers])
        table = self._table(columns, chosen, rows)
        parts = self.forest_.contributions(table)
        start = {"start": self.forest_.start}
        return [start | dict(zip(self.names_, map(float, part), strict=True)) for part in parts]

    def _lessons(
        self, asks: Sequence[Query], grades: sp.csr_matrix, chosen: NDArray[np.int64], weight: NDArray[np.float64]
    ) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float64], float]]:
        """(table, gain, weight) of each training list, the learning blocks asked out-of-fold."""
        random = np.random.default_rng(self.seed)
        units = {unit: number for number, unit in enumerate(sorted({ask.unit for ask in asks}))}
        fold_of = random.permutation(len(units)) % self.folds
        fold = np.array([fold_of[units[ask.unit]] for ask in asks])
        used = random.permutation(np.flatnonzero(grades.getnnz(axis=1)))[: self.most_lists]
        for number in range(self.folds):
            others = np.flatnonzero(fold != number)
            blocks = [
                self._without(block, [asks[int(row)] for row in others], grades[others]) for block in self.blocks_
            ]
            mine = [int(row) for row in used if fold[row] == number]
            for start in range(0, len(mine), BATCH):
                rows = mine[start : start + BATCH]
                batch = [asks[row] for row in rows]
                for (columns, ask), row in zip(
                    self._each(batch, self._columns(batch, blocks), chosen), rows, strict=True
                ):
                    short, table = self._short(columns, chosen, ask)
                    gain = 2.0 ** np.asarray(grades[row, short].todense()).ravel() - 1
                    if gain.any():
                        yield table, gain, float(weight[row])

    def _without(self, block: FeatureBlock, others: Sequence[Query], grades: sp.csr_matrix) -> FeatureBlock:
        if not block.learns:
            return block
        fresh = copy(block)
        fresh.learn(others, grades)
        return fresh

    def _tables(
        self, lessons: Iterator[tuple[NDArray[np.float32], NDArray[np.float64], float]]
    ) -> tuple[NDArray[np.float32], Lists]:
        tables, gains, weights = zip(*lessons, strict=True)
        starts = np.cumsum([0, *(len(gain) for gain in gains[:-1])]).astype(np.int64)
        return np.concatenate(tables), Lists(np.concatenate(gains), starts, np.array(weights))

    def _columns(self, asks: Sequence[Query], blocks: Sequence[FeatureBlock]) -> Columns:
        columns: Columns = {}
        for block in blocks:
            columns |= block.transform(asks)
        return columns

    def _each(
        self, asks: Sequence[Query], columns: Columns, chosen: NDArray[np.int64]
    ) -> Iterator[tuple[dict[str, Row], Query]]:
        """One ask at a time: its columns over all offers, with the pull of its kin added."""
        retrieval = [name for block in self.blocks_ for name in block.retrieval if name in columns]
        for row, ask in enumerate(asks):
            mine = {name: table[row] for name, table in columns.items()}
            pull = np.mean([np.nan_to_num(_relative(mine[name], chosen)) for name in retrieval], axis=0)
            mine["pull"] = pull
            mine |= self._kin(pull, chosen)
            yield mine, ask

    def _kin(self, pull: Row, chosen: NDArray[np.int64]) -> dict[str, Row]:
        """How strongly the relatives of an offer pull: mean and best of its group, at every level of the groups."""
        kin: dict[str, Row] = {}
        for level, (code, size) in enumerate(self._levels()):
            inside = np.zeros(len(code), dtype=bool)
            inside[chosen] = True
            known = (code >= 0) & inside
            total = np.bincount(code[known], weights=pull[known], minlength=size)
            count = np.maximum(np.bincount(code[known], minlength=size), 1)
            best = np.full(size, -9.0)
            np.maximum.at(best, code[known], pull[known])
            kin[f"kin_mean_{level}"] = np.where(code >= 0, (total / count)[code], np.nan).astype(np.float32)
            kin[f"kin_best_{level}"] = np.where(code >= 0, best[code], np.nan).astype(np.float32)
        return kin

    def _levels(self) -> list[tuple[NDArray[np.int64], int]]:
        if not hasattr(self, "levels_"):
            self.levels_ = []
            for level in range(max((len(offer.groups) for offer in self.offers_), default=0)):
                codes: dict[str, int] = {}
                code = [
                    codes.setdefault(offer.groups[level], len(codes)) if level < len(offer.groups) else -1
                    for offer in self.offers_
                ]
                if len(codes) < len(self.offers_):
                    self.levels_.append((np.array(code, dtype=np.int64), len(codes)))
        return self.levels_

    def _short(self, columns: dict[str, Row], chosen: NDArray[np.int64], ask: Query) -> tuple[NDArray[np.int64], Row]:
        """The offers that pull most, by the mean of all retrieval columns and by each of them alone."""
        open_ = chosen
        if ask.seen:
            seen = [self.row_[offer] for offer in ask.seen if offer in self.row_]
            open_ = np.setdiff1d(chosen, seen, assume_unique=True)
        retrieval = [name for block in self.blocks_ for name in block.retrieval if name in columns]
        best = [_top(columns["pull"][open_], self.short_ // 2)]
        each = max(3, self.short_ // (2 * len(retrieval)))
        best += [_top(np.nan_to_num(columns[name][open_], nan=-9.0), each) for name in retrieval]
        short = np.unique(open_[np.concatenate(best)])
        return short, self._table(columns, chosen, short)

    def _table(self, columns: dict[str, Row], chosen: NDArray[np.int64], rows: NDArray[np.int64]) -> Row:
        """One row per offer: every column as it is and, unless plain, beside the rest of the list."""
        plain = {name for block in self.blocks_ for name in block.plain}
        names, parts = [], []
        for name, values in columns.items():
            names.append(name)
            parts.append(values[rows])
            if name not in plain:
                names += [f"{name}|among", f"{name}|behind"]
                best = np.max(values[chosen], initial=-np.inf, where=~np.isnan(values[chosen]))
                parts += [_relative(values, chosen)[rows], values[rows] - best]
        self.names_ = tuple(names)
        return np.stack(parts, axis=1).astype(np.float32)

    def _grades(self, asks: Sequence[Query], truth: Truth) -> sp.csr_matrix:
        cells = [
            (row, self.row_[offer], grade)
            for row, ask in enumerate(asks)
            for offer, grade in truth.get(ask.id, {}).items()
            if offer in self.row_
        ]
        rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
        return sp.csr_matrix((values, (rows, columns)), (len(asks), len(self.offers_)), dtype=np.float64)

    def _among(self, among: Collection[str] | None) -> NDArray[np.int64]:
        if among is None:
            return np.arange(len(self.offers_))
        return np.array(sorted(self.row_[offer] for offer in among if offer in self.row_), dtype=np.int64)


def _relative(values: Row, chosen: NDArray[np.int64]) -> Row:
    """Standard score among the chosen offers; NaN stays NaN, an even column is 0."""
    known = values[chosen]
    if np.isnan(known).all():
        return np.full_like(values, np.nan)
    spread = np.nanstd(known)
    relative = (values - np.nanmean(known)) / (spread if spread > 1e-9 else 1.0)
    return relative.astype(np.float32)


def _top(values: Row, count: int) -> NDArray[np.int64]:
    count = min(count, len(values))
    return np.argpartition(-values, count - 1)[:count] if count else np.zeros(0, dtype=np.int64)


def _batches(asks: Sequence[Query]) -> Iterator[Sequence[Query]]:
    for start in range(0, len(asks), BATCH):
        yield asks[start : start + BATCH]
