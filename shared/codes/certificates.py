"""The kinds of certificates that people bring, training gives and offers ask for. Schemes are in `schemes.py`."""

KINDS = ("COMPETENCE", "COMPLETION", "SKILL_TEST", "LICENCE", "SAFETY", "SEAMAN_BOOK", "LANGUAGE")
"""COMPETENCE is an LSP/BNSP certificate, COMPLETION a course alone, LICENCE a professional one."""
