"""For the search box and the duplicate check: when two written names may be one person.

Names of NTT are written as they are heard: Yuliana and Juliana, Tefa and Teffa, Cornelis and Kornelis, Djami and Jami.
A name becomes tokens without accents and old spelling, and those become keys that an index can compare: the whole name,
each two tokens, the consonants of each token, its first letters. Whoever types the beginning of a name finds it too.
Names in other letters than ours are compared as they are written, without accents and capitals.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz, utils

ALIKE = 88.0
"""Similarity (0 to 100) from which two names of one birthday and regency are worth asking about. About one letter in
ten may differ after respelling. Twins called Maria and Marta are asked about too: a question costs less than a
double."""

BEGUN = 96.0
"""Likeness of a name of which every word was begun as typed: less than the same name, more than one like it."""

FIRST_LETTERS = 4
"""Of a token in the longest key of its beginnings."""

MOST_PAIRED = 5
"""Names of one person that are paired: five give ten keys. Hardly anybody writes more."""

EDITION = 2
"""Of what :func:`keys` makes of a name. Whoever changes that counts on, and the keys of everybody are made anew."""

LEAST_LETTERS = 2
"""Of the beginning of a name that is looked up; one letter begins too many."""

_SPELLINGS = tuple(
    (re.compile(old), new)
    for old, new in (
        ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "s"), ("ph", "f"), ("v", "f"), ("th", "t"), ("dh", "d"),
        ("ch", "k"), ("ck", "k"), ("c(?=[eiy])", "s"), ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"),
        ("y(?=[aeiou])", "j"), ("y", "i"),
        ("h(?![aeiou])", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_LAST_LETTERS = {
    "c": ("k", "s"), "d": ("d", "j"), "o": ("o", "u"), "p": ("p", "f"), "s": ("s",), "t": ("t", "k", "s"),
    "y": ("i", "j"), "h": ("", "h"), "k": ("k",),
}  # fmt: skip
"""What the last letter of the beginning of a name may be heard as: it depends on the letter that is not typed yet."""

_NOT_A_NAME = frozenset({"synthetic"})
"""The stamp of invented people: everybody has it, so it would find everybody."""

_APOSTROPHES = re.compile(
    "['\"`\u00b4\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u2018\u2019\u201a\u201b\u201c\u201d\u2032\u2033\u2035"
    "\u055a\ua78b\ua78c\uff07\uff40]"
)
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "t", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "ng"}
)


def mixes_scripts(name: str) -> bool:
    """Letters of two alphabets in one name: a slip of a keyboard, or a name made to look like another one."""
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in name if letter.isalpha()}
    # Chinese characters, Japanese syllables and Korean blocks stand together in real names; an apostrophe is no script.
    scripts.discard("MODIFIER")
    return len({"CJK" if script in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL") else script for script in scripts}) > 1


def tokens(name: str) -> list[str]:
    """Lower-case words without accents, punctuation and old spelling, in the order written; Nur'aini is one word."""
    return list(_heard(name))


# A name that is being registered is asked for half a dozen times: each kind of key, and the key of the person.
@lru_cache(maxsize=1024)
def _heard(name: str) -> tuple[str, ...]:
    # Of "H." (Haji) nothing is left to hear.
    return tuple(heard for word in _words(name) if word not in _NOT_A_NAME and (heard := _respelt(word)))


def keys(name: str) -> list[str]:
    """All that is kept of a name to be looked up, no doubles: the whole of it, each two words, each word's sound and
    its beginnings (``^j``, ``^ju``, ``^jul``, ``^juli``)."""
    begun = [f"^{token[:letters]}" for token in tokens(name) for letters in range(1, FIRST_LETTERS + 1)]
    return list(dict.fromkeys([*whole(name), *pairs(name), *sounds(name), *begun]))


def whole(name: str) -> list[str]:
    """The key of all words together, in no order: finds somebody of a single name among all who have it beside
    another one."""
    heard = folded(name)
    return [f"#{heard}"] if heard else []


def pairs(name: str) -> list[str]:
    """A key for each two words of a name, in a fixed order: rare where each word alone is common."""
    heard = sorted(sounds(name))
    return [f"{one}{other}" for one, other in combinations(heard[:MOST_PAIRED], 2)]


def sounds(name: str) -> list[str]:
    """A key for the consonants of each word: ``Yuliana`` and ``Juliana`` are ``=jln``."""
    return list(dict.fromkeys(_sound(token) for token in tokens(name)))


def firsts(name: str) -> list[str]:
    """The longest key of the beginning of each word."""
    return list(dict.fromkeys(f"^{token[:FIRST_LETTERS]}" for token in tokens(name)))


def joined(name: str) -> list[str]:
    """Sounds of each two words that follow each other, written as one: ``Nur Aini`` may be kept as ``Nur'aini``."""
    heard = tokens(name)
    return list(dict.fromkeys(_sound(one + other) for one, other in zip(heard, heard[1:], strict=False)))


def split(name: str) -> list[tuple[str, str]]:
    """Keys of the two words that one long word may be kept as: ``Nuraini`` as ``Nur Aini``."""
    long = [token for token in tokens(name) if len(token) >= 5 and token.isascii()]
    pairs = [(_sound(token[:at]), _sound(token[at:])) for token in long for at in range(2, len(token) - 1)]
    return list(dict.fromkeys((min(pair), max(pair)) for pair in pairs))


def beginnings(name: str) -> list[str]:
    """What the first letters of the last word may begin a key with: ``yul`` → ``^jul``. Empty for fewer than two."""
    words = _words(name)
    if not words or len(words[-1]) < (LEAST_LETTERS if words[-1].isascii() else 1):
        return []
    return [f"^{begun[:FIRST_LETTERS]}" for begun in _begun(words[-1]) if begun]


def folded(name: str) -> str:
    """One spelling for comparing: the tokens in alphabetical order, because families put the clan first or last."""
    return " ".join(sorted(tokens(name)))


def likeness(asked: str, written: str) -> float:
    """0 to 100: how well a search text fits a name. A part of a long name fits nearly as well as all of it, and so do
    the first letters of its words."""
    one, other = tokens(asked), tokens(written)
    if not one or not other:
        return 0.0
    if _begins(_words(asked), other):
        return 100.0 if sorted(one) == sorted(other) else BEGUN
    if not (says_enough(asked) and says_enough(written)):
        return 100.0 if one == other else 0.0  # one letter is a part of nearly every name
    whole = float(fuzz.WRatio(" ".join(one), " ".join(other), processor=utils.default_process))
    together, apart = "".join(one), "".join(other)
    if len(together) >= 5 and (len(one) > 1 or len(other) > 1) and together in apart:
        return max(whole, BEGUN - 1)
    return whole


def says_enough(name: str) -> bool:
    """Is there a word of more than one letter, as it is heard? ``Zzzz`` is one letter, with which many names begin."""
    return any(len(token) >= LEAST_LETTERS or not token.isascii() for token in tokens(name))


def alike(one: str, other: str) -> bool:
    """May these two full names, of the same birthday and regency, be one person?"""
    if not tokens(one):
        return False
    spaceless = fuzz.ratio("".join(tokens(one)), "".join(tokens(other)))
    return max(fuzz.ratio(folded(one), folded(other)), spaceless) >= ALIKE


def _words(name: str) -> list[str]:
    """Words of letters in lower case without accents, as written."""
    bare = _APOSTROPHES.sub("", name)
    decomposed = unicodedata.normalize("NFKD", bare.casefold()).translate(_UNDECOMPOSED)
    plain = "".join(sign for sign in decomposed if unicodedata.category(sign) not in ("Mn", "Me", "Cf", "Lm"))
    return re.findall(r"[^\W\d_]+", plain)


def _sound(token: str) -> str:
    return f"={token[0]}{re.sub('[aeiou]', '', token[1:])}"


@lru_cache(maxsize=8192)
def _respelt(word: str) -> str:
    if not word.isascii():
        return word
    for old, new in _SPELLINGS:
        word = old.sub(new, word)
    return word


def _begun(word: str) -> list[str]:
    """How a word of which only the beginning was typed may be heard."""
    if not word.isascii():
        return [word]
    ends = _LAST_LETTERS.get(word[-1], ())
    begun = dict.fromkeys([_respelt(word), *(_respelt(word[:-1]) + end for end in ends)])
    # "Th" is heard as one letter, and means one; "Zzzz" is too, and means none.
    says_little = len(word) > LEAST_LETTERS or len(word) == LEAST_LETTERS and word[0] == word[1]
    return [one for one in begun if not (says_little and len(one) < LEAST_LETTERS)]


def _begins(asked: Sequence[str], heard: Sequence[str]) -> bool:
    """Is each word that was typed the beginning of a word of the name, each of another one?"""
    left = list(heard)
    # The longest first: what it can be is the least.
    for word in sorted(asked, key=len, reverse=True):
        if word in _NOT_A_NAME:
            continue
        fits = next((token for token in left if any(begun and token.startswith(begun) for begun in _begun(word))), None)
        if fits is None:
            return False
        left.remove(fits)
    return True
