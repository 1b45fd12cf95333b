"""For the lookup: words that say too little. A single word that stands in the names of two skills is asked about, never
decided; and no word alone lifts anybody to a rank that it does not name (`restoran` makes no manager).
"""

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from shared.words.spelling import stem

GENERIC = frozenset(
    stem(word)
    for word in (
        "kerja", "bekerja", "pekerja", "pekerjaan", "bisa", "pandai", "pintar", "pernah", "suka", "biasa", "tau",
        "tahu", "ahli", "tukang", "petugas", "operator", "staf", "karyawan", "pegawai", "tenaga", "jadi",
        "menjadi", "sebagai", "bagian", "bidang", "usaha", "perusahaan", "karja", "sedikit", "lama", "tahun",
        "bulan", "dulu", "work", "worked", "working", "worker", "job", "jobs", "can", "able", "good", "skilled",
        "experience", "years", "year", "staff", "employee", "as", "was",
    )
)  # fmt: skip
"""Words beside which another one must say what it is about."""

RANKS = frozenset(
    stem(word)
    for word in (
        "manajer", "kepala", "direktur", "pimpinan", "penyelia", "supervisor", "pengawas", "ketua", "pengelola",
        "pemilik", "insinyur", "dokter", "dosen", "guru", "instruktur", "pelatih", "perwira", "nakhoda",
        "masinis", "mualim", "pilot", "hakim", "notaris", "akuntan", "analis", "konsultan", "arsitek",
        "spesialis", "ahli", "bidan", "apoteker", "penasihat", "perencana", "perancang", "kontraktor",
        "inspektur", "auditor", "pejabat", "profesional", "asisten", "manager", "head", "director", "chief",
        "principal", "supervisor", "engineer", "doctor", "lecturer", "teacher", "instructor", "trainer",
        "officer", "captain", "master", "judge", "accountant", "analyst", "consultant", "architect", "specialist",
        "scientist", "adviser", "planner", "designer", "inspector", "executive", "professional", "technician",
        "owner", "leader",
    )
)  # fmt: skip
"""Words of a name that say what somebody has become. They must have been said."""

SEVERAL: Mapping[str, tuple[str, ...]] = {
    "ganti popok": ("CARE_INFANT", "CARE_TOILETING"),
    "mengganti popok": ("CARE_INFANT", "CARE_TOILETING"),
    "ganti pampers": ("CARE_INFANT", "CARE_TOILETING"),
    "mengganti pampers": ("CARE_INFANT", "CARE_TOILETING"),
    "change nappies": ("CARE_INFANT", "CARE_TOILETING"),
    "change diapers": ("CARE_INFANT", "CARE_TOILETING"),
}
"""Names that are known for one skill and said for another as often."""

LIKE_A_WORD = 82.0
"""Likeness (0 to 100) from which an unknown word is a known one that was misspelt."""


class Generic:
    """Which codes the words of the vocabulary's names may stand for. `names`: spelling -> codes."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        self._names = names
        self._stems = {name: frozenset(stem(word) for word in name.split()) for name in names}
        self._words = {word: None for name in names for word in name.split()}
        self._having: dict[str, list[str]] = {}
        for name, stems in self._stems.items():
            for one in stems:
                self._having.setdefault(one, []).append(name)

    def meant(self, words: Iterable[str]) -> list[str] | None:
        """Codes of the names that say all that a phrase says, and more: it may stand for each of them. None where no
        name does; an empty list where the phrase says nothing."""
        told = {stem(word) for word in words} - GENERIC
        if not told:
            return []
        rarest = min(told, key=lambda one: len(self._having.get(one, ())))
        wider = [name for name in self._having.get(rarest, ()) if told <= self._stems[name]]
        if not wider:
            return None
        return list(dict.fromkeys(code for name in wider if self.allows(name, words) for code in self._names[name]))

    def is_all(self, words: Iterable[str]) -> bool:
        """Does a name say just this in another form, and no word more?"""
        told = {stem(word) for word in words} - GENERIC
        return any(told == self._stems[name] for one in told for name in self._having.get(one, ()))

    def respelt(self, words: Sequence[str]) -> str | None:
        """The one word that a phrase says, as the vocabulary spells it; None when it is known, or like none."""
        told = [word for word in words if stem(word) not in GENERIC]
        if len(told) != 1 or len(told[0]) < 5 or told[0] in self._words or stem(told[0]) in self._having:
            return None
        near = process.extractOne(told[0], self._words.keys(), scorer=fuzz.ratio, score_cutoff=LIKE_A_WORD)
        return near[0] if near else None

    def decides(self, name: str, words: Iterable[str]) -> bool:
        """Does what a phrase shares with this name tell its code from others? `memandikan jenazah` shares a word with
        the care of babies, of patients and of dogs, and what it is about with none of them; `panggang ikan` shares one
        with the care of mothers, and what it is about stands in names of other codes alone."""
        told = {stem(word) for word in words} - GENERIC
        shared = {one for one in told if one in self._stems[name] or self._misspelt(one, name)}
        if len(told) < 2 or len(shared) in (0, len(told)):
            return True
        if len(self._codes_of(shared)) > 1:
            return False
        about = [self._codes_of({one}) for one in told - shared if one in self._having]
        return len(shared) > 1 or not about or any(codes.intersection(self._names[name]) for codes in about)

    def _misspelt(self, word: str, name: str) -> bool:
        known = word in self._having
        return not known and any(fuzz.ratio(word, one) >= LIKE_A_WORD for one in self._stems[name])

    def _codes_of(self, stems: Iterable[str]) -> set[str]:
        """The codes that have a name with all of these stems."""
        known = {one for one in stems if one in self._having}
        rarest = min(known, key=lambda one: len(self._having[one]), default="")
        return {
            code for name in self._having.get(rarest, ()) if known <= self._stems[name] for code in self._names[name]
        }

    def allows(self, name: str, words: Iterable[str]) -> bool:
        """May a phrase that is only like this name stand for it? Not where the name says more than was said of rank."""
        return self._stems[name] & RANKS <= {stem(word) for word in words}
