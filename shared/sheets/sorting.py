"""For ``reading``: which rows of a sheet are data. Totals, signatures, section titles and row numbers are not.

A row is only passed over when it cannot be data: whoever fills every needed column wrote data, whatever the words are.
A row that might be either is kept, with its doubt.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shared.codes.texts import MONTHS
from shared.sheets.cells import Broken, Column, Value, folded
from shared.sheets.headings import UNITS, is_numbering

TOTAL, SIGNATURE, NUMBERING, TITLE, NOTE, HEADER, NUMBER_ONLY, UNREAD_ONLY = (
    "row_total", "row_signature", "row_numbering", "row_title", "row_note", "row_header_again", "row_number_only",
    "row_unread_only",
)  # fmt: skip
DOUBTFUL = "row_doubtful"
SHIFTED = "row_shifted"
"""Its cells have moved: nothing in it can be believed."""
STRUCK = "row_struck"
"""Struck through from end to end, as offices cancel a row."""

ENOUGH = 3
"""Cells of known columns that make a row data, even where what every row needs is missing."""

_TOTAL = re.compile(
    r"(sub ?total|grand total|total|jumlah|rata rata|average|sum)"
    r"( (semua|seluruh|seluruhnya|keseluruhan|akhir|umum|peserta|kursi|biaya|orang|data|[0-9]+))*"
)
_SIGNED = re.compile(
    r"(mengetahui|menyetujui|disetujui oleh|dibuat oleh|diperiksa oleh|diketahui oleh|hormat kami|tertanda"
    r"|yang (membuat|menyatakan|mengajukan|bersangkutan|melaporkan)|pembuat( daftar)?|petugas( pendata)?|pendata"
    r"|ttd|nip|nip .*"
    r"|(plt |plh |an |a n )?(sekretaris|camat|lurah) .*"
    r"|kepala (dinas|blk|blkk|upt|uptd|balai|lembaga|lpk|bidang|seksi|desa|kantor).*"
    r"|direktur|pimpinan|ketua|sekretaris|penanggung jawab|[a-z ]{3,30} [0-9]{1,2} [a-z]{3,9} [0-9]{4})"
)
_NOTED = re.compile(r"(catatan|keterangan|ket|note|notes|nb|n b|sumber|source)( .*)?")
_OF_MONTHS = "|".join(
    [*(word for name in MONTHS["id"] for word in dict.fromkeys((folded(name), folded(name)[:3]))), "agt", "agu", "nop"]
)
_SECTION = re.compile(
    r"(([ivx]{1,4}|[a-z]|[0-9]{1,2}) )?(kelas|program|kejuruan|jurusan|bidang|angkatan|gelombang|tahap|kelompok|bagian"
    r"|kabupaten|kab|kota|kecamatan|kec|desa|kelurahan|sumber dana|daftar|rekap|rekapitulasi|lampiran|apbd|apbn"
    r"|wilayah|unit|periode|tahun)\b.*"
    r"|(([ivx]{1,4}|[a-z]|[0-9]{1,2}) )?bulan( (ke|s|d|sd|dan|sampai|hingga|[ivx]{1,4}|[0-9]{1,4}|" + _OF_MONTHS + "))*"
)
"""``Bulan`` is a name that people have; of a section it says which."""
_ORDERS = (
    [chr(97 + step) for step in range(26)],
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi"],
)
"""How columns are numbered besides 1, 2, 3."""
_LETTERED = re.compile("[a-z]|[ivx]{1,5}")
_COUNT = re.compile(r"(?:rp |idr )?[0-9 ]+(?:\b([a-z]+(?: [a-z]+)?))?")
_LONG_NUMBER = re.compile(r"[0-9]{6,}")
_COUNTED = re.compile(r"\(?([0-9]{1,3})\)?\.?")


@dataclass(slots=True)
class Sorter:
    """Looks at the rows of one sheet from the top, and remembers when its signatures have begun."""

    places: Mapping[str, int]
    columns: Mapping[str, Column]
    labels: Mapping[int, str]
    parts: Mapping[int, str]
    """What stands in the lower row of a header of two."""
    wide: frozenset[tuple[int, int]]
    """Where merges begin that span several columns."""
    _signed: bool = field(default=False)
    _seen_data: bool = field(default=False)
    _titles: dict[int, str] = field(init=False)
    _begin: dict[int, str] = field(init=False)
    _needed: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._titles = {place: folded(label) for place, label in self.labels.items()}
        self._begin = {place: title[:1] + title[:1].upper() for place, title in self._titles.items()}
        self._needed = {key: place for key, place in self.places.items() if self.columns[key].required}

    def verdict(self, index: int, line: Sequence[Value]) -> str | None:
        """``""`` for an empty row, None for data, DOUBTFUL, or why it is no data."""
        # Whoever reads the file makes None of blanks.
        filled = {place: value for place, value in enumerate(line) if value is not None}
        if not filled:
            return ""
        found = self._why(index, filled)
        if found is None:
            self._seen_data = True
        return found

    def _why(self, index: int, filled: Mapping[int, Value]) -> str | None:
        if self._is_noted(filled):
            return NOTE
        if self._is_lettered_title(filled):
            return TITLE
        needed = list(self._needed)
        if needed and filled.keys() >= set(self._needed.values()) and len(filled) > len(needed):
            # Everything that identifies a row is there, unless it is the header once more or a row of numbers.
            first = filled[self._needed[needed[0]]]
            return self._repeats(filled) or (None if self._has_identity(filled, first) else self._talk(filled))
        known = {key: filled[place] for key, place in self.places.items() if place in filled}
        return (
            self._repeats(filled)
            or self._only_counts(filled, known)
            or self._talk(filled)
            or self._alone(index, filled, known, needed)
        )

    def _has_identity(self, filled: Mapping[int, Value], needed: Value) -> bool:
        first = folded(str(needed))
        if _is_count(first) and any(_TOTAL.fullmatch(folded(str(value))) for value in filled.values()):
            # "Jumlah | 48": the sum stands where codes stand.
            return False
        return not any(kind.fullmatch(first) for kind in (_TOTAL, _SIGNED, _NOTED)) and not self._signed

    def _repeats(self, filled: Mapping[int, Value]) -> str | None:
        if len(filled) >= 2 and self._are_titles(filled):
            return HEADER
        # All of it: in a list of papers one may write "KTP" below "KTP", beside the name of somebody.
        if len(filled) >= 2 and all(folded(str(one)) == folded(self.parts.get(at, " ")) for at, one in filled.items()):
            return HEADER
        if self._seen_data or len(filled) < 3:
            return None
        said = [folded(_plain(value)) for value in filled.values()]
        if any(said == order[: len(said)] for order in _ORDERS):
            return NUMBERING
        counted = [int(found[1]) for value in filled.values() if (found := _COUNTED.fullmatch(_plain(value)))]
        in_order = counted == list(range(counted[0], counted[0] + len(filled))) if counted else False
        return NUMBERING if in_order else None

    def _are_titles(self, filled: Mapping[int, Value]) -> bool:
        """Do two cells and more than half of them say what their headings say? Every row is asked, so half is enough to
        know that they do not."""
        hits = misses = 0
        for place, value in filled.items():
            # Most begin otherwise, which is seen at once where nothing is to be folded away.
            begins = isinstance(value, str) and (
                value[0] in self._begin.get(place, "") or not (value[0].isascii() and value[0].isalnum())
            )
            if begins and folded(str(value)) == self._titles.get(place, ""):
                hits += 1
            else:
                misses += 1
                if misses * 2 >= len(filled):
                    return False
        return hits >= 2

    def _only_counts(self, filled: Mapping[int, Value], known: Mapping[str, Value]) -> str | None:
        if known:
            return None
        numbering = all(place in self.labels and is_numbering(self.labels[place]) for place in filled)
        if numbering and all(_COUNTED.fullmatch(_plain(value)) for value in filled.values()):
            return NUMBER_ONLY
        return None

    def _talk(self, filled: Mapping[int, Value]) -> str | None:
        """Totals, notes and signatures: a word for what it is, and beside it nothing but numbers or blanks."""
        words = [folded(value) for value in filled.values() if isinstance(value, str) and folded(value)]
        numbers = [value for value in filled.values() if not isinstance(value, str)]
        texts = [word for word in words if not _is_count(word)]
        if texts and _TOTAL.fullmatch(texts[0]) and len(texts) == 1 and not any(isinstance(v, bool) for v in numbers):
            return TOTAL
        if len(filled) == 1 and str(next(iter(filled.values()))).lstrip().startswith("*"):
            return NOTE
        if len(filled) <= 3 and texts and not numbers and all(_SIGNED.fullmatch(text) for text in texts):
            self._signed = self._seen_data or self._signed
            return SIGNATURE if self._seen_data else None
        if self._signed and len(filled) <= 3 and not numbers and not any(_LONG_NUMBER.search(text) for text in texts):
            return SIGNATURE
        return None

    def _is_noted(self, filled: Mapping[int, Value]) -> bool:
        """Is this a note: one text alone, or the word for it where the row numbers stand, in front of the text?"""
        [(place, first), *rest] = filled.items()
        alone = not rest or (len(rest) == 1 and place not in self.places.values() and isinstance(rest[0][1], str))
        return alone and isinstance(first, str) and bool(_NOTED.fullmatch(folded(first)))

    def _alone(
        self, index: int, filled: Mapping[int, Value], known: Mapping[str, Value], needed: Sequence[str]
    ) -> str | None:
        """One cell alone: a section title when it spans others or says so, otherwise nobody can know."""
        if not known:
            return UNREAD_ONLY if not self._is_title(index, filled) else TITLE
        if len(filled) == 1:
            if self._is_title(index, filled):
                return TITLE
            if len(needed) > 1 and any(key in known for key in needed):
                return None
            return DOUBTFUL if len(self.places) > 1 else None
        # With several cells of known columns it is data, and what is missing is said at its cell.
        return DOUBTFUL if needed and not any(key in known for key in needed) and len(known) < ENOUGH else None

    def _is_lettered_title(self, filled: Mapping[int, Value]) -> bool:
        """``A | KECAMATAN NDONA`` over the people of that district: a letter where the rows are counted by numbers."""
        if len(filled) != 2:
            return False
        [(place, mark), (_, title)] = filled.items()
        counting = place in self.labels and is_numbering(self.labels[place]) and isinstance(mark, str)
        return (
            counting
            and bool(_LETTERED.fullmatch(folded(str(mark))))
            and isinstance(title, str)
            and bool(_SECTION.fullmatch(folded(title)))
        )

    def _is_title(self, index: int, filled: Mapping[int, Value]) -> bool:
        [(place, value), *rest] = filled.items()
        if rest or not isinstance(value, str):
            return False
        return (index, place) in self.wide or bool(_SECTION.fullmatch(folded(value)))


def _is_count(word: str) -> bool:
    """``rp 1 500 000``, ``48`` or ``48 orang``: of the words of a total, none."""
    number = _COUNT.fullmatch(word)
    return number is not None and (number[1] is None or number[1] in UNITS)


def _plain(value: Value) -> str:
    if isinstance(value, Broken):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
