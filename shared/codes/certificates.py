"""The kinds of certificates that people bring, training gives and offers ask for. Schemes are in `schemes.py`."""

KINDS = (
    "COMPETENCE", "COMPLETION", "SKILL_TEST", "LICENCE", "SAFETY", "SEAMAN_BOOK", "LANGUAGE", "DRIVING_LICENCE",
)  # fmt: skip
"""COMPETENCE is an LSP/BNSP certificate, COMPLETION says only that somebody attended, LICENCE a professional one."""

DRIVING_CLASSES: dict[str, tuple[str, ...]] = {
    "A": ("A", "B1", "B2"),
    "B1": ("B1", "B2"),
    "B2": ("B2",),
    "C": ("C",),
    "D": ("D",),
}
"""Class of an Indonesian driving licence (SIM) → the classes that cover it. Their schemes are `SIM_A` ..."""
