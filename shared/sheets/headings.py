"""For ``reading``: which row names the columns, and which column each heading means.

Offices write headings in many ways: under a title block, over two rows, with the unit in brackets. A heading is read
when it is one of the names of a column, whatever its case and marks; a name that is only like one is never read, it is
said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from shared.files.limits import HEADER_WITHIN
from shared.sheets.cells import Column, Grid, Value, folded
from shared.sheets.spellings import folded_choices

UNITS: dict[str, str] = {
    "rp": "rupiah", "idr": "rupiah", "rupiah": "rupiah",
    "orang": "people", "org": "people", "peserta": "people", "kursi": "people", "siswa": "people",
    "pax": "people", "trainees": "people", "participants": "people", "seats": "people", "persons": "people",
    "jp": "lessons", "jpl": "lessons", "jam pelajaran": "lessons", "45 menit": "lessons",
    "bulan": "months", "bln": "months", "hari": "days", "hr": "days",
    "tahun": "years", "thn": "years", "th": "years", "km": "km", "kilometer": "km",
    "usd": "dollars", "dollar": "dollars", "jam": "hours", "minggu": "weeks", "mgg": "weeks",
    "rb": "thousands", "ribu": "thousands",
    "juta": "millions", "jt": "millions", "persen": "percent",
    "people": "people", "lessons": "lessons", "lesson hours": "lessons", "hours": "hours", "hour": "hours",
    "days": "days", "day": "days", "weeks": "weeks", "week": "weeks", "months": "months", "month": "months",
    "years": "years", "year": "years", "yrs": "years", "yr": "years",
    "thousand": "thousands", "thousands": "thousands", "million": "millions",
    "millions": "millions", "percent": "percent",
}  # fmt: skip
"""Words for what is counted, in headings and in cells."""

_REMARKS = {
    "l p", "p l", "lk pr", "dd mm yyyy", "tgl bln thn", "hari bulan tahun", "tanggal bulan tahun", "sesuai ktp",
    "diisi", "wajib diisi", "pilih", "lihat daftar", "jika ada", "bila ada", "kode", "nama", "ya tidak", "kab",
    "kabupaten",
    "per orang", "per peserta", "angka", "teks", "16 digit", "sesuai ijazah", "sesuai kk", "aktif", "terakhir",
}  # fmt: skip
"""What stands in brackets behind a heading without changing what it means."""

_FORMS_OF_DAYS = frozenset({"dd mm yyyy", "tgl bln thn", "hari bulan tahun", "tanggal bulan tahun", "16 digit"})

_SHORT = {
    "tgl": "tanggal", "tggl": "tanggal", "tanggal": "tanggal", "kab": "kabupaten", "kec": "kecamatan",
    "kel": "kelurahan", "ds": "desa",
    "nomor": "no", "nomer": "no", "nmr": "no", "jml": "jumlah", "jmlh": "jumlah", "pddk": "pendidikan",
    "pend": "pendidikan", "pendd": "pendidikan",
    "tlp": "telepon", "telp": "telepon", "telpon": "telepon", "tel": "telepon", "handphone": "hp", "whatsapp": "wa",
    "tmpt": "tempat",
    "tpt": "tempat", "jns": "jenis", "klmn": "kelamin", "pengalman": "pengalaman", "sertf": "sertifikat",
    "ket": "keterangan",
    "nm": "nama", "lngkp": "lengkap", "ang": "angkatan", "gel": "gelombang", "min": "minimal", "maks": "maksimal",
    "max": "maksimal",
}  # fmt: skip
"""Words of headings as offices shorten them."""

_FILLING = frozenset({"yg", "yang", "dan", "per", "utk", "untuk", "ke", "calon"})
"""Words of headings without which they mean the same."""

_EITHER = re.compile(r"\s*(?:/|\batau\b|&|\bdan\b)\s*", re.IGNORECASE)
_MOST_PARTS = 6
"""Of a heading that says its column several ways; what has more is a list, and each part is looked up."""
_MOST_FOUND = 20_000
"""Headings whose column is remembered."""
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_SCALE = re.compile(
    r"[x*]\s*1(?:[.,]?000){1,2}\b|\b(?:(?:dalam|dlm\.?|in)\s+)?(?:(?:rp\.?|idr)\s*)?"
    r"(?:(?:ribu|juta)(?:an)?|thousands?|millions?)(?:\s+(?:rp|idr|rupiah))?\b",
    re.IGNORECASE,
)
_SIGN_OF_A_UNIT = re.compile(r"[$€£¥₩₱฿₫₹%‰°]")
"""Units that folding would drop: ``Biaya ($)`` is no ``Biaya``."""
_NUMBERING = frozenset({"no", "nomor", "no urut", "nomor urut", "nr", "nourut", ""})
MENDING = ("Perbaikan", "To mend")
"""Headings of the column of messages in a file that went back to its sender."""

LONGEST_TITLE = 120
"""Characters of a heading; what is longer is a sentence, and costs more to compare than it can tell."""

LIKE = 80
"""Likeness (0 to 100) from which the nearest column is named: below it the hint would mislead (``Agama`` is no
``Pengalaman``, ``Sisa kuota`` is no ``Kuota``)."""


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of one header, from 0: ``labels`` by column index, the best reading of each. ``has_units``: its last row
    says only what is counted."""

    first: int
    last: int
    labels: Mapping[int, tuple[str, ...]]
    has_units: bool = False


class Headings:
    """The names of a house's columns."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self._by_name: dict[str, Column] = {}
        for column in columns:
            for name in column.names():
                self._by_name.setdefault(name, column)
        self._begin = {name[:2] for name in self._by_name}
        self._found: dict[str, Column | None] = {}
        self._uncounted = {folded(_BRACKETS.sub(" ", title)): one for one in columns for title in one.title.values()}
        self._by_plain: dict[str, Column | None] = {}
        for name, column in self._by_name.items():
            # Two columns whose names differ only in words that say nothing cannot be told apart by the others.
            plain = _plain(name)
            # What is left may say nothing any more: "no calon" is a column, "no" counts the rows.
            if plain not in _NUMBERING and self._by_plain.setdefault(plain, column) is not column:
                self._by_plain[plain] = None

    def meant(self, labels: Sequence[str]) -> Column | None:
        """The column that a heading names; None when it names none. ``labels`` are readings of it, the best first."""
        for label in labels:
            found = self._named(label)
            if found is not None:
                return None if self._is_part_of_a_sum(labels[0], label, found) else found
        # "Pelatihan" over "Nama" is Nama Pelatihan: what belongs to something stands behind it in Indonesian.
        whole, part = (labels[0], labels[-1]) if labels else ("", "")
        return self._named(f"{part} {whole.removesuffix(part).strip()}") if whole != part else None

    def _is_part_of_a_sum(self, whole: str, part: str, found: Column) -> bool:
        """``Asrama`` below ``Biaya`` is what boarding costs, and not whether there is any."""
        if whole == part or not whole.endswith(part):
            return False
        above = self.bare(whole.removesuffix(part))
        return above is not None and above.unit != "" and above is not found

    def is_name(self, text: str) -> bool:
        """Is this one of the names word for word? Cheap enough to be asked of every row."""
        # The first two letters tell of most that they are none, where nothing is to be folded away.
        plain = text[:2].isalnum() and text.isascii()
        return not (plain and text[:2].lower() not in self._begin) and folded(text) in self._by_name

    def nearest(self, labels: Sequence[str]) -> Column | None:
        """A column whose name is much like the heading, to be named to its writer and never to be read."""
        for label in labels:
            plain = folded(label)
            likenesses = {name: likeness(plain, name) for name in self._by_name}
            known = max(likenesses, key=likenesses.__getitem__)
            if likenesses[known] >= LIKE:
                return self._by_name[known]
        return None

    def bare(self, label: str) -> Column | None:
        """The column that a heading would name if nothing were said of what is counted."""
        plain = folded(_BRACKETS.sub(" ", _SCALE.sub(" ", label)))
        return self._known(plain) or self._known(_without_unit(plain)[0]) or self._uncounted.get(plain)

    def _named(self, label: str) -> Column | None:
        # Asked for several times each, and of every cell that may be a heading.
        if label not in self._found:
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
            self._found[label] = self._looked_up(label)
        return self._found[label]

    def _looked_up(self, label: str) -> Column | None:
        whole = folded(label)
        column = self._by_name.get(whole)
        if _SIGN_OF_A_UNIT.search(label):
            return None
        if column is not None or not whole:
            return column
        remarks = [inside for inside in _BRACKETS.findall(label) if folded(inside)]
        bare = _BRACKETS.sub(" ", label)
        column, unit = self._known(folded(bare)), ""
        if column is None:
            short, unit = _without_unit(folded(bare))
            column = self._known(short) or self._either(bare)
        units = {UNITS[folded(one)] for one in remarks if folded(one) in UNITS} | ({unit} if unit else set())
        if column is None or not units <= {column.unit}:
            return None
        strange = [one for one in remarks if folded(one) not in UNITS and not self._says_nothing_new(one, column)]
        return None if strange else column

    def _known(self, name: str) -> Column | None:
        """The column of a folded name, whatever number stands in front of it and however its words are shortened."""
        bare = re.sub(r"^[0-9]+ ", "", name)
        return self._by_name.get(name) or self._by_name.get(bare) or self._by_plain.get(_plain(bare))

    def _either(self, label: str) -> Column | None:
        """The column of a heading that names it twice (``No. KTP / NIK``), or that is the list of its choices
        (``Luring/Daring``)."""
        parts = [folded(part) for part in _EITHER.split(label) if folded(part)]
        if not 2 <= len(parts) <= _MOST_PARTS:
            return None
        named = {column.key: column for column in map(self._known, parts) if column is not None}
        if len(named) == 1 and all(self._known(part) for part in parts):
            return next(iter(named.values()))
        chosen = [column for column in self.columns if _are_choices(parts, column)]
        return chosen[0] if len(chosen) == 1 else None

    def _says_nothing_new(self, remark: str, column: Column) -> bool:
        parts = [folded(part) for part in _EITHER.split(remark) if folded(part)]
        return (
            folded(remark) in _REMARKS
            or all(self._known(part) is column for part in parts)
            or _are_choices(parts, column)
        )


def _plain(name: str) -> str:
    """A folded heading with its words in full, without those that say nothing."""
    words = [_SHORT.get(word, word) for word in name.split(" ")]
    return " ".join([word for word in words if word not in _FILLING] or words)


def _are_choices(parts: Sequence[str], column: Column) -> bool:
    return column.kind == "code" and bool(parts) and {*parts} <= folded_choices(column.choices).keys()


def _without_unit(name: str) -> tuple[str, str]:
    """A heading without the unit at its end, and the unit: ``biaya rp`` → ``biaya``, ``rupiah``."""
    words = name.split(" ")
    if len(words) > 1 and words[-1] in UNITS and UNITS[words[-1]] != "people":
        return " ".join(words[:-1]), UNITS[words[-1]]
    return name, ""


def is_numbering(label: str) -> bool:
    """Is this the heading of a column that only counts the rows?"""
    return folded(label) in _NUMBERING


def header_of(grid: Grid, headings: Headings) -> tuple[int, Header | None]:
    """How many columns the best header row names, and that header; the first of equals."""
    best: tuple[int, Header | None] = (0, None)
    rows = grid.values[:HEADER_WITHIN]
    for index, row in enumerate(rows):
        one = {place: (text,) for place, text in _texts(row).items()}
        hits = _hits(one, headings)
        if hits > best[0]:
            best = hits, Header(index, index, one)
        two = _double(row, rows[index + 1]) if index + 1 < len(rows) else None
        if two is not None:
            hits, ticked = _hits(two, headings), _ticked(two, headings)
            lower = {place: (text,) for place, text in _texts(rows[index + 1]).items()}
            # The numbers of rows may be headed in the upper row only; without it nobody would know that column.
            counting = sum(len(one) == 1 and is_numbering(one[0]) for place, one in two.items() if place not in lower)
            # Against an earlier header it counts for nothing: this is that one, repeated above a note at the end.
            alone = best[1] is None or best[1].first == index
            if hits + ticked + bool(counting and alone) > max(best[0] - bool(ticked), _hits(lower, headings)):
                best = hits + ticked, Header(index, index + 1, two)
            elif best[1] is not None and best[1].first == best[1].last == index and _are_parts(row, rows[index + 1]):
                # "Kuota" over "L", "P" and "Jml" is none of a column alone, though no part of it is known.
                best = best[0], Header(index, index + 1, two)
    hits, header = best
    return (hits, _with_units(header, rows)) if header is not None else best


def _with_units(header: Header, rows: Sequence[Sequence[Value]]) -> Header:
    """The header with what its columns count, where a row below says it: ``(orang)``, ``ribu rupiah``."""
    below = rows[header.last + 1] if header.last + 1 < len(rows) else ()
    said = {place: value for place, value in enumerate(below) if value is not None and str(value).strip()}
    if not said or not all(isinstance(value, str) and _is_unit(value) for value in said.values()):
        return header
    labels = {
        place: tuple(f"{text} ({str(said[place]).strip(' ()[]')})" for text in texts) if place in said else texts
        for place, texts in header.labels.items()
    }
    return Header(header.first, header.last + 1, labels, has_units=True)


def _is_unit(text: str) -> bool:
    """Is this a unit or a form to be filled in, and nothing else? ``L/P`` and ``kode`` may be data, too."""
    word = folded(text)
    plain = folded(_SCALE.sub(" ", text))
    return (
        word in UNITS
        or word in _FORMS_OF_DAYS
        or (plain != word and plain in ("", *UNITS))
        or bool(_SIGN_OF_A_UNIT.fullmatch(text.strip(" ()[]")))
    )


def _hits(labels: Mapping[int, tuple[str, ...]], headings: Headings) -> int:
    found = (headings.meant(one) for one in labels.values())
    return len({column.key for column in found if column is not None})


def _ticked(labels: Mapping[int, tuple[str, ...]], headings: Headings) -> int:
    """Columns whose choices stand below their heading (``Jenis kelamin`` over ``L`` and ``P``)."""
    below: dict[str, set[str]] = {}
    for whole, *parts in labels.values():
        column = headings.meant((whole.removesuffix(parts[-1]),)) if parts else None
        if column is not None and _are_choices([folded(parts[-1])], column):
            below.setdefault(column.key, set()).add(folded(parts[-1]))
    return sum(len(choices) > 1 for choices in below.values())


def _texts(row: Sequence[Value]) -> dict[int, str]:
    found = {place: value.strip() for place, value in enumerate(row) if isinstance(value, str) and value.strip()}
    return {place: text for place, text in found.items() if len(text) <= LONGEST_TITLE}


def _double(above: Sequence[Value], below: Sequence[Value]) -> dict[int, tuple[str, ...]] | None:
    """The labels of a header over two rows: groups above (``Tanggal``), parts below (``Mulai``, ``Selesai``)."""
    upper, lower = _texts(above), _texts(below)
    if not upper or not lower or any(value is not None and not isinstance(value, str) for value in below):
        return None
    labels: dict[int, tuple[str, ...]] = {}
    group = ""
    for place in range(max([*upper, *lower]) + 1):
        own, part = upper.get(place), lower.get(place)
        if own is not None:
            group = own
        if part is None:
            if own is not None:
                labels[place] = (own,)
            continue
        labels[place] = tuple(dict.fromkeys((f"{own or group} {part}".strip(), part)))
    return labels


def _are_parts(above: Sequence[Value], below: Sequence[Value]) -> bool:
    """Does the lower row stand under groups only, as parts of them? A group has blank cells to its right."""
    upper, lower = _texts(above), _texts(below)
    filled = {place for place, value in enumerate(below) if value is not None and str(value).strip()}
    return (
        len(lower) > 1
        and filled == lower.keys()
        and not any(_OF_DATA.search(text) or len(text) > _LONGEST_PART for text in lower.values())
        and all(
            place + 1 in lower and place + 1 not in upper if place in upper else place - 1 in lower for place in lower
        )
    )


_OF_DATA = re.compile(r"[0-9]{4}|[0-9][/.-][0-9]")
_LONGEST_PART = 30
"""Characters of a part of a heading."""


def likeness(label: str, name: str) -> float:
    """How much a heading is like a name (0 to 100): a slip in some words, and no word more or less."""
    if 200 * min(len(label), len(name)) < _FAR_OFF * (len(label) + len(name)):
        return 0.0
    squeezed = fuzz.ratio(label.replace(" ", ""), name.replace(" ", ""))
    words, others = label.split(), name.split()
    if len(words) == len(others) and all(any(_is_slip(one, other) for other in others) for one in words):
        return max(squeezed, fuzz.token_sort_ratio(label, name))
    return squeezed if squeezed >= _SAME_LETTERS else 0.0


_SAME_LETTERS = 95
_FAR_OFF = LIKE - 20
"""Two of such different lengths are not alike, whatever their letters are."""


def _is_slip(one: str, other: str) -> bool:
    """Are two words one but for a slip? ``lama`` and ``alamat`` are two."""
    short, long = sorted((one, other), key=len)
    return one[:1] == other[:1] and (fuzz.ratio(one, other) >= LIKE or (len(short) > 3 and long.startswith(short)))
