"""For fields and texts that name a regency: Kemendagri codes such as ``53.06``, never the BPS codes that look alike.

**The trap.** Kemendagri 53.06 is Flores Timur, BPS 5306 is Belu: for 16 of the 22 regencies of NTT the same four
digits name another place in the other system. So a code is only taken with its dot, and four bare digits are refused
with both readings. The list is ``regencies.csv``: all 514 regencies and cities, and for NTT the BPS code beside it.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NTT = "53."

_BARE = re.compile(r"[0-9]{4}")
_SHORTENED = re.compile(r"([0-9]{2})[.,]([0-9])")
_LOOSE_KIND = re.compile(r"^(kabupaten|kab|kota)\b[. ]*", re.IGNORECASE)
_KIND = re.compile(r"^(kabupaten|kab\.?|kota)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RegencyEntry:
    """One regency (Kab.) or city (Kota). ``bps`` is known for NTT only, to recognise a mistake."""

    code: str
    name: str
    bps: str | None = None


def is_regency(code: object) -> bool:
    """True for a Kemendagri code with its dot that is in the list."""
    return isinstance(code, str) and code in table()


def name(code: str) -> str:
    """``53.06`` → ``Flores Timur``; cities keep their ``Kota``. The code itself when it is none."""
    known = table().get(code)
    return known.name.removeprefix("Kab. ") if known else code


def in_ntt(code: str | None) -> bool:
    """Is this a regency of Nusa Tenggara Timur?"""
    return code is not None and code.startswith(NTT)


def find(typed: str) -> str | None:
    """The code that a person meant by a name ("flores timur", "Kab. Flores Timur", "TTS").

    None when that is unclear, such as "Kupang", which is a regency and a city.
    """
    found = named(typed)
    return found[0].code if len(found) == 1 else None


def named(typed: str) -> list[RegencyEntry]:
    """Every regency that a person may have meant by a name, in the order of the codes."""
    plain = _CITY.sub("kota ", " ".join(typed.split()).casefold())
    bare = _KIND.sub("", _LOOSE_KIND.sub(r"\1 ", plain))
    found = _spellings().get(plain) or _spellings().get(bare) or _squeezed().get(_letters(bare), [])
    if _LOOSE_KIND.match(plain) and len(found) > 1:
        # "Kab.Kupang" says which of the two is meant.
        kind = "Kota" if plain.startswith("kota") else "Kab."
        found = [code for code in found if table()[code].name.startswith(kind)]
    return [table()[code] for code in found]


def begun(typed: str) -> list[RegencyEntry]:
    """Those of one province whose names only begin so, in the order of the codes: ``Timor Tengah`` is TTS or TTU."""
    plain = _KIND.sub("", _LOOSE_KIND.sub(r"\1 ", " ".join(typed.split()).casefold()))
    if len(plain) < 4 or plain in _WIDER:
        return []
    found = [one for one in table().values() if _KIND.sub("", one.name).casefold().startswith(f"{plain} ")]
    of_one = len({one.code[:2] for one in found}) == 1
    return found if of_one and 1 < len(found) <= _MOST_BEGUN else []


def shortened(typed: str) -> list[RegencyEntry]:
    """What a code with one digit behind its dot may be: a spreadsheet makes 53.1 of 53.10, a person of 53.01."""
    found = _SHORTENED.fullmatch(typed.strip())
    if found is None:
        return []
    codes = (f"{found[1]}.0{found[2]}", f"{found[1]}.{found[2]}0")
    return [table()[code] for code in codes if code in table()]


def readings(typed: str) -> list[RegencyEntry]:
    """What four digits without a dot could mean: first as Kemendagri, then as BPS; one entry when both agree."""
    digits = typed.strip()
    if not _BARE.fullmatch(digits):
        return []
    kemendagri = table().get(f"{digits[:2]}.{digits[2:]}")
    bps = next((one for one in table().values() if one.bps == digits), None)
    found = [one for one in (kemendagri, bps) if one is not None]
    return found[:1] if len(found) == 2 and found[0] == found[1] else found


@cache
def table() -> dict[str, RegencyEntry]:
    """Every code with its regency, in the order of the codes."""
    with (Path(__file__).parent / "regencies.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: RegencyEntry(row["code"], row["name"], row["bps"] or None) for row in csv.DictReader(lines)
        }


_CITY = re.compile(r"^(kotamadya|kota madya|kodya)\b[. ]*")
_BARE_LETTERS = re.compile(r"[^a-z0-9]+")


def _letters(text: str) -> str:
    return _BARE_LETTERS.sub("", text.casefold())


@cache
def _squeezed() -> dict[str, list[str]]:
    """The same spellings without blanks and marks: ``T.T.S``, ``Nage Keo``, ``Flores-Timur``."""
    found: dict[str, list[str]] = {}
    for spelling, codes in _spellings().items():
        known = found.setdefault(_letters(spelling), [])
        known.extend(code for code in codes if code not in known)
    return found


_SHORT = {"tts": "53.02", "ttu": "53.03", "sbd": "53.18", "flotim": "53.06", "mabar": "53.15", "matim": "53.19",
          "sumtim": "53.11", "sumteng": "53.17", "kupang kota": "53.71", "timteng selatan": "53.02",
          "timteng utara": "53.03", "south central timor": "53.02", "north central timor": "53.03",
          "east flores": "53.06", "east sumba": "53.11", "west sumba": "53.12", "central sumba": "53.17",
          "southwest sumba": "53.18", "south west sumba": "53.18", "west manggarai": "53.15",
          "east manggarai": "53.19", "kupang city": "53.71", "kupang regency": "53.01"}  # fmt: skip
_WIDER = frozenset({"timor", "flores", "papua", "maluku", "kepulauan", "pulau", "tanah", "teluk", "lampung", "bengkulu",
                    "aceh"})  # fmt: skip
"""Of lands with more regencies than those whose names begin so: to name these would mislead."""
_MOST_BEGUN = 6


@cache
def _spellings() -> dict[str, list[str]]:
    """Names as people write them, with and without their kind; a full name means one place, a bare one may mean two."""
    full: dict[str, list[str]] = {short: [code] for short, code in _SHORT.items()}
    bare: dict[str, list[str]] = {}
    for one in table().values():
        for kind in ("Kab. ", "Kabupaten ", "Kab "):
            full[one.name.replace("Kab. ", kind).casefold()] = [one.code]
        bare.setdefault(_KIND.sub("", one.name).casefold(), []).append(one.code)
    return bare | full
