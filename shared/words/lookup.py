"""Houses call this when somebody typed a skill, an occupation or a language and a code is needed.

Four steps, cheapest first: a name of the vocabulary word for word (similarity 1), a name inside a longer sentence
(0.95), the same name in another form (`merawat` for `rawat`, 0.9), else the nearest name by letters and stems (below
0.95, and nothing at all under the floor: no code is better than a wrong one). scikit-learn is imported only when the
last step is first needed, so importing this costs little.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from shared.words import vocabulary
from shared.words.nearest import Nearest
from shared.words.spelling import key, stem
from shared.words.vocabulary import Entry, Vocabulary

FLOOR = 0.5  # under it, half of what the letters suggest is a different thing (measured on reworded names)
INSIDE = 0.95  # a known name inside a longer sentence: certain of the name, less so of the sentence
INFLECTED = 0.9  # the same, after folding `menjaga` to `jaga`: two names may fold to one
LONGEST_NAME = 7  # words

_PARTS = re.compile(
    r"[,;/\n•·]|\s-\s|\b(?:dan|serta|dengan|deng|and|with|sama|bersama|juga|also|atau|or|lalu)\b", re.IGNORECASE
)
_NOT = {"tidak", "tak", "belum", "bukan", "tanpa", "sonde", "sond", "son", "not", "cannot", "never", "no", "without"}
_WHO = {
    "bapa", "bapak", "ayah", "mama", "ibu", "suami", "istri", "kakak", "adik", "teman", "keluarga", "tetangga", "orang",
    "father", "mother", "parents", "husband", "wife", "brother", "sister", "friends", "family", "people",
}  # fmt: skip
"""Company at work (`fishing with my father`) is no skill; alone, these words lie near many names of care."""


@dataclass(frozen=True, slots=True)
class Match:
    """`code`: a skill, ISCO-08 unit group or ISO 639 language; `similarity` 0..1; `said`: the words that led to it."""

    code: str
    similarity: float
    said: str


class Words:
    """The vocabulary with its lookups. Build once per process; safe to share between threads."""

    def __init__(self, known: Vocabulary) -> None:
        self.vocabulary = known
        self._names = {kind: _names(getattr(known, kind)) for kind in vocabulary.KINDS}
        self._nearest = {kind: Nearest(names) for kind, names in self._names.items()}
        self._folded = _folded(self._names["skills"])

    @classmethod
    @cache
    def default(cls) -> "Words":
        """The vocabulary of this repository, and the folders that LUMBUNG_WORDS names."""
        return cls(vocabulary.read())

    def skills(self, text: str, *, limit: int = 12, floor: float = FLOOR) -> list[Match]:
        """Every skill that a sentence names, best first; `tidak bisa masak` names none."""
        best: dict[str, Match] = {}
        for part in _PARTS.split(text):
            for match in self._part(part, floor):
                if match.code not in best or best[match.code].similarity < match.similarity:
                    best[match.code] = match
        return sorted(best.values(), key=lambda match: (-match.similarity, match.code))[:limit]

    def occupation(self, title: str, *, limit: int = 3, floor: float = FLOOR) -> list[Match]:
        """ISCO-08 unit groups that a job title may mean, best first."""
        return self._whole("occupations", title, limit, floor)

    def language(self, text: str, *, limit: int = 1, floor: float = 0.75) -> list[Match]:
        """Languages that a word may mean; a high floor, since names of languages are short and alike."""
        return self._whole("languages", text, limit, floor)

    def label(self, code: str, lang: str = "id") -> str:
        """What a screen shows for a skill, occupation or language code; the code itself when unknown."""
        for kind in vocabulary.KINDS:
            entry: Entry | None = getattr(self.vocabulary, kind).get(code)
            if entry is not None:
                return entry.english if lang == "en" else entry.indonesian
        return code

    def taught_by(self, isco08: str) -> tuple[str, ...]:
        """Skill codes that doing this occupation teaches; empty when unknown."""
        entry = self.vocabulary.occupations.get(isco08)
        return entry.skills if entry else ()

    def _part(self, part: str, floor: float) -> list[Match]:
        said = key(part)
        words = said.split()
        names = self._names["skills"]
        if not words:
            return []
        if said in names:
            return [Match(code, 1.0, part.strip()) for code in names[said]]
        covered = [False] * len(words)
        found = [Match(code, INSIDE, part.strip()) for code in _inside(words, words, names, covered)]
        folded = [stem(word) for word in words]
        found += [Match(code, INFLECTED, part.strip()) for code in _inside(folded, words, self._folded, covered)]
        if any(covered) or _NOT.intersection(words) or _WHO.issuperset(words):
            return found
        return [Match(code, near, part.strip()) for code, near in self._nearest["skills"].find(said, 2, floor)]

    def _whole(self, kind: str, text: str, limit: int, floor: float) -> list[Match]:
        said = key(text)
        exact = self._names[kind].get(said, ())
        if exact:
            return [Match(code, 1.0, text.strip()) for code in exact][:limit]
        if not said:
            return []
        return [Match(code, near, text.strip()) for code, near in self._nearest[kind].find(said, limit, floor)]


def _inside(
    spelled: list[str], words: list[str], names: Mapping[str, tuple[str, ...]], covered: list[bool]
) -> Iterator[str]:
    """Codes of the names that stand in a sentence, longest first; marks their words, yields none that is denied.

    `spelled` is how `names` write each of `words`."""
    for size in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            name = " ".join(spelled[start : start + size])
            if name in names and len(name) > 2 and not any(covered[start : start + size]):
                covered[start : start + size] = [True] * size
                if not _NOT.intersection(words[max(0, start - 3) : start]):
                    yield from names[name]


def _folded(names: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Names of two words and more by their stems; a single folded word means too many things."""
    folded: dict[str, tuple[str, ...]] = {}
    for name, codes in names.items():
        words = name.split()
        if len(words) > 1:
            bare = " ".join(map(stem, words))
            folded[bare] = tuple(dict.fromkeys((*folded.get(bare, ()), *codes)))
    return folded


def _names(entries: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for entry in entries.values():
        for name in (entry.code, *entry.names):
            spelled = key(name)
            if entry.code not in names.get(spelled, ()):
                names[spelled] = (*names.get(spelled, ()), entry.code)
    return names
