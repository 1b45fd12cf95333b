"""The lookup falls back on this when a phrase is not word for word a known name: misspelt, inflected, reordered.

Letters (n-grams of 3 to 5 within words) forgive spelling, stems forgive inflection; 0.6 and 0.4 of their cosines.
"""

import itertools
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

LETTERS, STEMS = 0.6, 0.4
CEILING = 0.94  # a likeness never claims as much as a known name


class Nearest:
    """The nearest of `names` (spelling -> codes) to a phrase. Fitted at the first question, not before."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        self._spelled = list(names)
        self._codes = list(names.values())
        self._lock = Lock()
        self._views: list[tuple[float, Any, Any]] = []

    def find(
        self, phrase: str, limit: int, floor: float, allowed: Callable[[str], bool] | None = None
    ) -> list[tuple[str, float]]:
        """Codes with their likeness to `phrase` (0..1), best first, none under `floor`; of `allowed` names only."""
        if not self._spelled:
            return []
        self._fit()
        likeness = sum(
            weight * (table @ view.transform([phrase]).T).toarray().ravel() for weight, view, table in self._views
        )
        best: dict[str, float] = {}
        near = itertools.takewhile(lambda row: likeness[row] >= floor, likeness.argsort()[::-1])
        rows = (row for row in near if allowed is None or allowed(self._spelled[row]))
        for row in itertools.islice(rows, 8 * limit):
            for code in self._codes[row]:
                best.setdefault(code, round(min(float(likeness[row]), CEILING), 3))
        return [(code, near) for code, near in best.items() if near >= floor][:limit]

    def _fit(self) -> None:
        with self._lock:
            if self._views:
                return
            import numpy as np
            from sklearn.feature_extraction.text import TfidfVectorizer

            from shared.words.spelling import stems

            letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32)
            words = TfidfVectorizer(analyzer=stems, sublinear_tf=True, dtype=np.float32)
            self._views = [
                (weight, view, view.fit_transform(self._spelled))
                for weight, view in ((LETTERS, letters), (STEMS, words))
            ]
