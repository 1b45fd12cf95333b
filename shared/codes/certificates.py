"""The kinds of certificates that people bring, training gives and offers ask for. Schemes are in `schemes.py`."""

KINDS: dict[str, tuple[str, str]] = {
    "COMPETENCE": ("sertifikat kompetensi", "competence certificate"),
    "COMPLETION": ("surat tamat pelatihan", "course certificate"),
    "SKILL_TEST": ("bukti lulus uji keahlian", "skill test pass"),
    "LICENCE": ("surat izin profesi", "professional licence"),
    "SAFETY": ("sertifikat keselamatan", "safety certificate"),
    "SEAMAN_BOOK": ("buku pelaut", "seaman's book"),
    "LANGUAGE": ("sertifikat bahasa", "language certificate"),
    "DRIVING_LICENCE": ("SIM", "driving licence"),
}
"""Code → name inside a sentence, Indonesian and English.

COMPETENCE is an LSP/BNSP certificate, COMPLETION says only that somebody attended, LICENCE a professional one.
"""

DRIVING_CLASSES: dict[str, tuple[str, ...]] = {
    "A": ("A", "B1", "B2"),
    "B1": ("B1", "B2"),
    "B2": ("B2",),
    "C": ("C",),
    "D": ("D",),
}
"""Class of an Indonesian driving licence (SIM) → the classes that cover it. Their schemes are `SIM_A` ..."""
