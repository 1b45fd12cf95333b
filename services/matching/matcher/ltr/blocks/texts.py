"""How alike the words of an ask and of an offer are, in four views, for every kind of words the ask has."""

from collections.abc import Callable, Sequence

import numpy as np
import scipy.sparse as sp

from services.matching.matcher.ltr.blocks import Columns
from services.matching.matcher.ltr.queries import Item, Query, words_on
from services.matching.matcher.ltr.text import Bm25, Letters, Meaning, Stems, View
from shared.words.vocabulary import Vocabulary

_SAID: dict[str, Callable[[Query], str]] = {
    "titles": lambda ask: " ".join(ask.titles),
    "phrases": lambda ask: " ".join(ask.phrases),
    "about": lambda ask: ask.about,
    "wishes": lambda ask: " ".join(ask.wishes),
}
MOST_FOR_LETTERS = 8_000
"""Above so many texts the letter n-grams of the meaning would cost more time than they are worth."""


class Texts:
    """`<said>~<view>` for titles, phrases, about and wishes, as far as any ask has them."""

    learns = False
    plain: tuple[str, ...] = ()
    free: tuple[str, ...] = ()

    def fit(self, asks: Sequence[Query], offers: Sequence[Item], words: Vocabulary) -> bool:
        self.said_ = [name for name, say in _SAID.items() if any(say(ask) for ask in asks)]
        if not self.said_ or not any(offer.titles for offer in offers):
            return False
        whole = [words_on(offer) for offer in offers]
        self.long_ = any(offer.about for offer in offers)
        background = [entry.text for entry in (*words.skills.values(), *words.occupations.values()) if entry.about]
        spoken = [text for ask in asks for text in {say(ask) for say in _SAID.values()} if text]
        few = len(whole) + len(background) <= MOST_FOR_LETTERS
        self.views_: dict[str, tuple[View, Callable[[Item], str]]] = {
            "bm25": (Bm25().fit(whole), words_on),
            "letters": (Letters().fit(whole), words_on),
            "meaning": (Meaning(letters=few).fit(whole + background + ([] if few else spoken)), words_on),
        }
        if self.long_:
            names = [_name(offer) for offer in offers]
            self.views_ |= {
                "name_stems": (Stems().fit(names), _name),
                "name_letters": (Letters().fit(names), _name),
            }
        best = ("bm25", "letters", "meaning")
        self.retrieval = tuple(f"{said}~{view}" for said in self.said_ for view in best)
        return True

    def shelve(self, offers: Sequence[Item]) -> None:
        for view, text in self.views_.values():
            view.shelve([text(offer) for offer in offers])

    def learn(self, asks: Sequence[Query], truth: sp.csr_matrix) -> None:
        """Nothing: words are alike whatever people chose."""

    def transform(self, asks: Sequence[Query]) -> Columns:
        columns: Columns = {}
        for said in self.said_:
            spoken = [_SAID[said](ask) for ask in asks]
            silent = [row for row, text in enumerate(spoken) if not text]
            for name, (view, _) in self.views_.items():
                columns[f"{said}~{name}"] = view.likeness(spoken)
                columns[f"{said}~{name}"][silent] = np.nan
        return columns


def _name(offer: Item) -> str:
    return offer.titles[0] if offer.titles else ""
