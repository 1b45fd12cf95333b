"""Houses call this when somebody typed a skill, an occupation or a language and a code is needed.

Four steps, cheapest first: a name of the vocabulary word for word (similarity 1), a name inside a longer sentence
(0.95), the same name in another form (`merawat` for `rawat`, 0.9), else the nearest name by letters and stems (below
0.95, and nothing at all under the floor: no code is better than a wrong one). A word that fits several codes gives none
of them: `asks` says between which to ask. scikit-learn is imported only when the last step is first needed, so
importing this costs little.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from shared.words import vocabulary
from shared.words.generic import GENERIC, SEVERAL, Generic
from shared.words.nearest import Nearest
from shared.words.spelling import key, stem
from shared.words.vocabulary import Entry, Vocabulary

FLOOR = 0.5  # under it, half of what the letters suggest is a different thing (measured on reworded names)
INSIDE = 0.95  # a known name inside a longer sentence: certain of the name, less so of the sentence
INFLECTED = 0.9  # the same, after folding `menjaga` to `jaga`: two names may fold to one
LONGEST_NAME = 7  # words
LONGEST_SHORT = 5  # letters of what an occupation is called for short: ART, PLRT, ABK

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
        self._short = {
            key(name): entry.code
            for entry in known.occupations.values()
            for name in entry.names
            if name.isupper() and len(name) <= LONGEST_SHORT
        }
        self._generic = {kind: Generic(names) for kind, names in self._names.items()}
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

    def asks(self, text: str, kind: str = "skills", *, limit: int = 3) -> list[str]:
        """Codes between which to ask, the likeliest first, where a phrase says too little for one; usually none."""
        parts = _PARTS.split(text) if kind == "skills" else [text]
        return next((found for part in parts if (found := self._asks(kind, part, limit))), [])

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
        if not said:
            return []
        found, covered = self._named(part)
        if found or covered or _NOT.intersection(said.split()) or _WHO.issuperset(said.split()):
            return found
        return [Match(code, near, part.strip()) for code, near in self._like("skills", said, 2, floor)]

    def _named(self, part: str) -> tuple[list[Match], bool]:
        """The skills whose names stand in a phrase, and whether any name does (it may be denied)."""
        said, names = key(part), self._names["skills"]
        words = said.split()
        if said in SEVERAL or len(names.get(said, ())) > 1:
            return [], False
        if said in names:
            return [Match(code, 1.0, part.strip()) for code in names[said]], True
        called = self._names["occupations"].get(said) or self._called(part)
        if called:
            taught = [self.taught_by(isco08)[:1] for isco08 in called]
            return [Match(code, INFLECTED, part.strip()) for codes in taught for code in codes], True
        covered = [False] * len(words)
        found = [Match(code, INSIDE, part.strip()) for code in _inside(words, words, names, covered)]
        folded = [stem(word) for word in words]
        found += [Match(code, INFLECTED, part.strip()) for code in _inside(folded, words, self._folded, covered)]
        return found, any(covered)

    def _whole(self, kind: str, text: str, limit: int, floor: float) -> list[Match]:
        said = key(text)
        exact = self._names[kind].get(said, ())
        if len(exact) > 1 and kind != "languages":
            return []
        if exact:
            return [Match(code, 1.0, text.strip()) for code in exact][:limit]
        if kind == "occupations" and (called := self._called(text)):
            return [Match(code, INSIDE, text.strip()) for code in called]
        if not said:
            return []
        return [Match(code, near, text.strip()) for code, near in self._like(kind, said, limit, floor)]

    def _called(self, text: str) -> tuple[str, ...]:
        """The occupation that a phrase calls by its short name: `jadi ART di Malaysia`, `kerja sebagai art`."""
        words = key(text).split()
        told = [word for word in words if stem(word) not in GENERIC]
        capitals = {word.casefold() for word in re.findall(r"\b[A-Z]{2,5}\b", text)}
        found = [self._short[word] for word in told if word in self._short and (word in capitals or len(told) == 1)]
        return tuple(dict.fromkeys(found)) if not _NOT.intersection(words) else ()

    def _like(self, kind: str, said: str, limit: int, floor: float) -> list[tuple[str, float]]:
        """The nearest names, of those that a phrase which says so much may stand for."""
        if kind == "languages":
            return self._nearest[kind].find(said, limit, floor)
        words, generic, names = said.split(), self._generic[kind], self._names[kind]
        if (known := generic.respelt(words)) is not None:
            if known in names and known not in SEVERAL:
                return [(code, INFLECTED) for code in names[known]][:limit]
            words, said = [known], known
        meant = generic.meant(words)
        if meant is None:
            most = 1 if len(words) == 1 else LONGEST_NAME + len(words)
            return self._nearest[kind].find(
                said,
                limit,
                floor,
                lambda name: (
                    len(name.split()) <= most
                    and generic.allows(name, words)
                    and (kind != "skills" or generic.decides(name, words))
                ),
            )
        # It says less than a name, or the same in another form: then it stands for the only code that it fits.
        return [(code, INFLECTED) for code in meant] if len(meant) == 1 and generic.is_all(words) else []

    def _asks(self, kind: str, text: str, limit: int) -> list[str]:
        said = key(text)
        words = said.split()
        if kind == "languages" or not words or _NOT.intersection(words) or _WHO.issuperset(words):
            return []
        if said in SEVERAL and kind == "skills":
            return list(SEVERAL[said])
        if len(exact := self._names[kind].get(said, ())) > 0:
            return list(exact) if len(exact) > 1 else []
        if (kind == "skills" and self._named(text)[1]) or self._called(text):
            return []
        generic = self._generic[kind]
        meant = generic.meant((generic.respelt(words) or said).split()) or []
        if len(meant) == 1 and generic.is_all((generic.respelt(words) or said).split()):
            return []
        near = [code for code, _ in self._nearest[kind].find(said, 40, 0.0) if code in meant]
        return list(dict.fromkeys([*near, *meant]))[:limit]


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
