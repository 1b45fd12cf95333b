"""The lookup and the ranking need one spelling of a word, whoever typed it, before they compare anything.

Indonesian builds words with prefixes and suffixes (masak, memasak, masakan), Kupang Malay with `ba-`, English with
endings. `stem` folds those forms together. It is a conflater, not a linguist: a stem need not be a word, it must only
be the same for forms that mean the same.
"""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_DOUBLED = re.compile(r"\b([^\W\d_]{3,})2\b")
_VOWELS = "aeiou"
_TAILS = ("nya", "kan", "ations", "ation", "ings", "ing", "ers", "ies", "an", "er", "or", "ed", "es", "s", "y", "e")
_SMALL = {"di", "ke", "yang", "untuk", "pada", "sendiri", "saya", "beta"} | {
    "the", "a", "an", "of", "to", "in", "at", "for", "on", "my", "our", "own", "i",
}  # fmt: skip

# Forms that the rules below would cut into something else.
_FIXED = {
    "bersih": "bersih", "bersihkan": "bersih", "membersihkan": "bersih", "pembersih": "bersih", "barsi": "bersih",
    "beras": "beras", "berat": "berat", "barat": "barat", "berita": "berita", "besi": "besi", "beton": "beton",
    "memasak": "masak", "masakan": "masak", "pemasak": "masak", "masa": "masak", "bamasa": "masak",
    "mandi": "mandi", "memandikan": "mandi", "memuat": "muat", "menari": "tari", "makanan": "makan",
    "pengemudi": "kemudi", "mengemudi": "kemudi", "mengemudikan": "kemudi", "mesin": "mesin", "meja": "meja",
    "mebel": "mebel", "medis": "medis", "media": "media", "melayu": "melayu", "mental": "mental", "menu": "menu",
    "merah": "merah", "petugas": "tugas", "pelaut": "laut", "nelayan": "nelayan", "melaut": "laut", "laut": "laut",
    "pabrik": "pabrik", "pasar": "pasar", "perahu": "perahu", "parau": "perahu", "perusahaan": "usaha",
    "pendidikan": "didik", "pelajaran": "ajar", "belajar": "ajar", "mengajar": "ajar", "pengajar": "ajar",
    "ikan": "ikan", "perikanan": "ikan", "kebun": "kebun", "kabon": "kebun", "perkebunan": "kebun", "bakabon": "kebun",
    "oma": "nenek", "opa": "kakek", "ana": "anak", "anak": "anak", "ruma": "rumah", "karja": "kerja", "aer": "air",
    "saki": "sakit", "pakean": "pakai", "pakaian": "pakai", "ade": "adik", "jagong": "jagung", "oto": "mobil",
    "bekin": "bikin", "iko": "ikut", "buru": "buruh", "basar": "besar", "kici": "kecil", "doi": "uang",
    "supir": "sopir", "nene": "nenek", "bai": "kakek", "kaen": "kain", "sayor": "sayur", "lante": "lantai",
    "cared": "care", "caring": "care", "taking": "take", "took": "take", "looked": "look", "looking": "look",
    "raised": "rais", "raising": "rais", "raise": "rais", "mother": "mother",
    "father": "father", "sister": "sister", "brother": "brother",
    "children": "child", "kids": "child", "kid": "child", "babies": "baby", "nursing": "nurs",
    "nurse": "nurs", "nurses": "nurs", "fisherman": "fish", "fishermen": "fish", "cleaner": "clean",
}  # fmt: skip


def plain(text: str) -> str:
    """Lower-case words of `text` with single blanks, no accents, no signs; `bersih2` becomes `bersih bersih`."""
    text = unicodedata.normalize("NFKD", text.lower())
    text = "".join(sign for sign in text if not unicodedata.combining(sign) and sign not in "'’`")
    return " ".join(_WORD.findall(_DOUBLED.sub(r"\1 \1", text)))


def key(text: str) -> str:
    """`plain` without small words: `kerja di kebun` and `kerja kebun` are one name. Empty only if `text` is."""
    words = plain(text).split()
    return " ".join([word for word in words if word not in _SMALL] or words)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """One lower-case word folded to the form that its relatives share."""
    if word in _FIXED:
        return _FIXED[word]
    if len(word) < 5 or not word.isalpha():
        return word
    return _endings(_prefixes(word))


def stems(text: str) -> list[str]:
    """The stems of all words of `text`, in order; the analyser of every word vectoriser."""
    return [stem(word) for word in plain(text).split()]


def _prefixes(word: str) -> str:
    for head in ("me", "pe"):
        if not word.startswith(head):
            continue
        rest = word[2:]
        if rest.startswith("ny") and len(rest) > 5:
            return "s" + rest[2:]
        if rest.startswith("nge") and len(rest) > 6:
            return rest[3:]
        if rest.startswith("ng") and len(rest) > 5:
            return rest[2:]
        if rest.startswith("n") and len(rest) > 4:
            return ("t" if rest[1] in _VOWELS else "") + rest[1:]
        if rest.startswith("m") and len(rest) > 4:
            return ("p" if rest[1] in _VOWELS else "") + rest[1:]
        if head == "me" and rest[0] in "lrwy" and len(rest) > 4 and not word.endswith(("er", "al", "ic")):
            return rest
        if head == "pe" and rest[0] in "lrwtks" and rest[1] in _VOWELS and len(rest) > 4:
            return rest
    if word.startswith("ber") and len(word) > 6:
        return word[3:]
    if word.startswith("beker"):
        return word[2:]
    if word.startswith("ba") and len(word) > 6 and word[2] not in _VOWELS and word[3] in _VOWELS:
        return word[2:]
    if word.startswith("di") and word.endswith(("kan", "i")) and len(word) > 7:
        return word[2:]
    return word


def _endings(word: str) -> str:
    for tail in _TAILS:
        if word.endswith(tail) and len(word) - len(tail) >= 4:
            return word[: -len(tail)]
    return word
