"""For rules and forms that speak of languages: the tests people take, their results in order, and one comparison.

A rule never turns one test into another, nor into CEFR (an order lists its alternatives). :func:`rough_cefr` exists for
ranking only, where a near guess helps and decides nothing.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

CEFR = ("A1", "A2", "B1", "B2", "C1", "C2")


@dataclass(frozen=True, slots=True)
class Test:
    """A language test. ``results`` run from lowest to highest; a numeric test has ``low``, ``high`` and ``step``
    instead. ``passes_at``: the points from which a numeric test is also told as ``PASS``.
    """

    code: str
    languages: tuple[str, ...]
    results: tuple[str, ...] = ()
    low: float = 0
    high: float = 0
    step: float = 0
    passes_at: float | None = None

    @property
    def is_numeric(self) -> bool:
        return not self.results


LANGUAGES: dict[str, tuple[str, str]] = {
    "id": ("Indonesia", "Indonesian"),
    "en": ("Inggris", "English"),
    "ja": ("Jepang", "Japanese"),
    "ko": ("Korea", "Korean"),
    "zh": ("Mandarin", "Mandarin"),
    "yue": ("Kanton", "Cantonese"),
    "de": ("Jerman", "German"),
    "ar": ("Arab", "Arabic"),
    "ms": ("Melayu", "Malay"),
    "pt": ("Portugis", "Portuguese"),
    "tet": ("Tetun", "Tetum"),
    "pl": ("Polandia", "Polish"),
    "tr": ("Turki", "Turkish"),
    "it": ("Italia", "Italian"),
    "fr": ("Prancis", "French"),
    "nl": ("Belanda", "Dutch"),
    "es": ("Spanyol", "Spanish"),
    "th": ("Thai", "Thai"),
    "vi": ("Vietnam", "Vietnamese"),
    "km": ("Khmer", "Khmer"),
    "my": ("Burma", "Burmese"),
    "fil": ("Filipina", "Filipino"),
    "hi": ("Hindi", "Hindi"),
    "ru": ("Rusia", "Russian"),
}
"""ISO 639 codes (two letters where there are two) with their Indonesian and English names."""

TESTS: dict[str, Test] = {
    test.code: test
    for test in (
        Test("JLPT", ("ja",), ("N5", "N4", "N3", "N2", "N1")),
        Test("JFT_BASIC", ("ja",), low=10, high=250, step=1, passes_at=200),
        Test("NURSING_JAPANESE", ("ja",), ("PASS",)),
        Test("EPS_TOPIK", ("ko",), low=0, high=200, step=1),
        Test("TOPIK", ("ko",), low=1, high=6, step=1),
        Test("TOCFL", ("zh",), CEFR),
        Test("GOETHE", ("de",), CEFR),
        Test("OESD", ("de",), CEFR),
        Test("TELC", ("de", "en"), CEFR),
        Test("IELTS", ("en",), low=0, high=9, step=0.5),
        Test("CEFR", tuple(LANGUAGES), CEFR),
    )
}
"""``CEFR`` as a test is a certificate that states the level itself."""

PASS = "PASS"
"""How a test is told of whose points nobody wrote down."""

_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")

_ROUGH: dict[str, dict[str, str]] = {
    "JLPT": {"N5": "A1", "N4": "A2", "N3": "B1", "N2": "B1", "N1": "C1"},
    "TOPIK": {"1": "A1", "2": "A2", "3": "B1", "4": "B2", "5": "C1", "6": "C2"},
}


def lowest(test: str) -> str:
    """The lowest result that the test can end with."""
    known = TESTS[test]
    return f"{known.low:g}" if known.is_numeric else known.results[0]


def points(test: str) -> dict[str, str]:
    """What may be typed as the result of a numeric test, for whoever typed something else."""
    known = TESTS[test]
    passed = (f", atau {PASS}", f", or {PASS}") if known.passes_at is not None else ("", "")
    span = f"{known.low:g}", f"{known.high:g}"
    return {
        "id": f"Isi {span[0]} sampai {span[1]}{passed[0]}.",
        "en": f"Give {span[0]} to {span[1]}{passed[1]}.",
    }


def is_result(test: str, result: object) -> bool:
    """Can this test end with this result?

    False for unknown tests, and for numbers outside the test or between its steps.
    """
    return _rank(test, result) is not None


def height(test: str | None, result: str | None) -> float:
    """Where the result stands among those of its test, for putting them in order; 0 for what is none of them."""
    return (_rank(test, result) if test is not None else None) or 0


@lru_cache(maxsize=4096)
def meets(test: str, result: str | None, minimum: str | None) -> bool | None:
    """Is ``result`` of a test at least ``minimum`` of the same test?

    None where it cannot be said: no result is known, the test is unknown, or a result is none of its results. No
    minimum means that any result of the test will do.
    """
    have = _rank(test, result)
    if have is None:
        return None
    if minimum is None:
        return True
    need = _rank(test, minimum)
    if need is None:
        return None
    if result == PASS and have < need:
        return None  # passed with how many points is not known
    return have >= need


def rough_cefr(test: str, result: str | None) -> str | None:
    """A CEFR level near the result, for ranking only; None where no honest guess exists (EPS-TOPIK has no mapping)."""
    rank = _rank(test, result)
    if rank is None or result is None:
        return None
    if TESTS[test].results == CEFR:
        return result
    if test == "IELTS":
        return "C1" if rank >= 7 else "B2" if rank >= 5.5 else "B1" if rank >= 4 else None
    if test == "JFT_BASIC":
        return "A2" if rank >= TESTS[test].passes_at else "A1"  # type: ignore[operator]
    return _ROUGH.get(test, {}).get(result.split(".")[0] if test == "TOPIK" else result)


def _rank(test: str, result: object) -> float | None:
    known = TESTS.get(test)
    if known is None or not isinstance(result, str):
        return None
    if not known.is_numeric:
        return known.results.index(result) if result in known.results else None
    if result == PASS and known.passes_at is not None:
        return known.passes_at
    if not _NUMBER.fullmatch(result):
        return None
    number = float(result)
    steps = (number - known.low) / known.step
    return number if known.low <= number <= known.high and steps == int(steps) else None
