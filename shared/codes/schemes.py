"""For fields that name a certification scheme: the codes that are in use, and a guard against slips of the keyboard.

The list is open. Certification bodies make new schemes every month, and a house must not refuse a real one; but a code
that differs from a known one by a letter would close a door for good without anybody noticing, so that is refused.
"""

import re

from rapidfuzz.distance import Levenshtein

KNOWN: dict[str, tuple[str, str]] = {
    "HOUSEKEEPER": ("Penata laksana rumah tangga", "Housekeeper"),
    "FAMILY_COOK": ("Juru masak keluarga", "Family cook"),
    "CHILD_CARETAKER": ("Pengasuh anak", "Child caretaker"),
    "ELDERLY_CARETAKER": ("Perawat lansia", "Elderly caretaker"),
    "HOTEL_HOUSEKEEPING_II": ("Tata graha hotel tingkat II", "Hotel housekeeping, level II"),
    "WELDING_PLATE_PIPE_2": ("Las pelat dan pipa tingkat 2", "Plate and pipe welding, level 2"),
    "SSW_CARE": ("Uji keahlian perawatan (Jepang)", "Care skill test (Japan)"),
    "SSW_AGRICULTURE": ("Uji keahlian pertanian (Jepang)", "Agriculture skill test (Japan)"),
    "SSW_FOOD": ("Uji keahlian industri makanan (Jepang)", "Food industry skill test (Japan)"),
    "SSW_CONSTRUCTION": ("Uji keahlian bangunan (Jepang)", "Construction skill test (Japan)"),
    "SSW_FISHERY": ("Uji keahlian perikanan (Jepang)", "Fishery skill test (Japan)"),
    "SSW_FORESTRY": ("Uji keahlian kehutanan (Jepang)", "Forestry skill test (Japan)"),
    "SSW_WOOD": ("Uji keahlian industri kayu (Jepang)", "Wood industry skill test (Japan)"),
    "SSW_RESTAURANT": ("Uji keahlian restoran (Jepang)", "Restaurant skill test (Japan)"),
    "SSW_ACCOMMODATION": ("Uji keahlian perhotelan (Jepang)", "Accommodation skill test (Japan)"),
    "SSW_CLEANING": ("Uji keahlian kebersihan gedung (Jepang)", "Building cleaning skill test (Japan)"),
    "SSW_SHIPBUILDING": ("Uji keahlian galangan kapal (Jepang)", "Shipbuilding skill test (Japan)"),
    "SSW_MANUFACTURING": ("Uji keahlian pabrik (Jepang)", "Manufacturing skill test (Japan)"),
    "EPS_STAGE_2": ("Hasil ujian tahap 2 EPS Korea", "EPS stage 2 result (Korea)"),
    "STR_NURSE": ("Surat tanda registrasi perawat", "Nurse's registration"),
    "BST": ("Sertifikat dasar keselamatan pelaut", "Basic safety certificate"),
    "SEAMAN_BOOK": ("Buku pelaut", "Seaman's book"),
    **{f"SIM_{kind}": (f"SIM {kind}", f"Driving licence {kind}") for kind in ("A", "B1", "B2", "C", "D")},
}
"""Code → name in Indonesian and English."""

_LEVEL = re.compile(r"_([IVX]+|[0-9]+)$")


def name(code: str, lang: str = "id") -> str:
    """What people call the scheme; the code itself when it is not in the list."""
    pair = KNOWN.get(code)
    return code if pair is None else pair[0 if lang == "id" else 1]


def listed(code: str | None) -> str | None:
    """The code when it is on the list, None for everything else."""
    return code if code in KNOWN else None


def slip_of(code: str) -> str | None:
    """The known code that this one is a misspelling of, or None. Another level of a known scheme is no misspelling."""
    if code in KNOWN:
        return None
    stem = _LEVEL.sub("", code)
    for known in KNOWN:
        other = _LEVEL.sub("", known)
        # One letter in a short word, two in a long one: further away it is another word. Of three letters (BST) any is.
        most = 1 if len(other) < 12 else 2
        if len(other) >= 6 and stem != other and Levenshtein.distance(stem, other, score_cutoff=most) <= most:
            return known
    return None
