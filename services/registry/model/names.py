"""For the search box and the duplicate check: when two written names may be one person.

Names of NTT are written as they are heard: Yuliana and Juliana, Tefa and Teffa, Cornelis and Kornelis, Djami and Jami.
A name becomes tokens without accents and old spelling, and each token two keys that an index can compare for equality:
its consonants, and its first four letters.
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz, utils

ALIKE = 88.0
"""Similarity (0 to 100) from which two names of one birthday and regency are worth asking about. About one letter in
ten may differ after respelling. Twins called Maria and Marta are asked about too: a question costs less than a
double."""

_SPELLINGS = tuple(
    (re.compile(old), new)
    for old, new in (
        ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "s"), ("ph", "f"), ("v", "f"), ("th", "t"), ("dh", "d"),
        ("ch", "k"), ("ck", "k"), ("c(?=[eiy])", "s"), ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"),
        ("y(?=[aeiou])", "j"), ("y", "i"),
        ("h(?![aeiou])", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_NOT_A_NAME = frozenset({"synthetic"})
"""The stamp of invented people: everybody has it, so it would find everybody."""


def mixes_scripts(name: str) -> bool:
    """Letters of two alphabets in one name: a slip of a keyboard, or a name made to look like another one."""
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in name if letter.isalpha()}
    # Chinese characters, Japanese syllables and Korean blocks stand together in real names.
    return len({"CJK" if script in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL") else script for script in scripts}) > 1


def tokens(name: str) -> list[str]:
    """Lower-case words without accents, punctuation and old spelling, in the order written."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z]+", plain.replace("'", "").replace("`", ""))
    # Of "H." (Haji) nothing is left to hear.
    return [heard for word in words if word not in _NOT_A_NAME and (heard := _respelt(word))]


def keys(name: str) -> list[str]:
    """What an index compares: for each token its consonants (``=jln``) and its first letters (``^juli``), no
    doubles."""
    found: dict[str, None] = {}
    for token in tokens(name):
        found[f"={token[0]}{re.sub('[aeiou]', '', token[1:])}"] = None
        if len(token) >= 3:
            found[f"^{token[:4]}"] = None
    return list(found)


def folded(name: str) -> str:
    """One spelling for comparing: the tokens in alphabetical order, because families put the clan first or last."""
    return " ".join(sorted(tokens(name)))


def likeness(asked: str, written: str) -> float:
    """0 to 100: how well a search text fits a name. A part of a long name fits nearly as well as all of it."""
    one, other = " ".join(tokens(asked)), " ".join(tokens(written))
    return float(fuzz.WRatio(one, other, processor=utils.default_process))


def alike(one: str, other: str) -> bool:
    """May these two full names, of the same birthday and regency, be one person?"""
    return bool(tokens(one)) and fuzz.ratio(folded(one), folded(other)) >= ALIKE


@lru_cache(maxsize=8192)
def _respelt(word: str) -> str:
    for old, new in _SPELLINGS:
        word = old.sub(new, word)
    return word
