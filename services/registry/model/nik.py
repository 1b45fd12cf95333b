"""For whoever types or imports a national id number: which numbers cannot be real, and which deserve a second look.

The number (nomor induk kependudukan, 16 digits ``PPKKCC DDMMYY SSSS``) has no check digit and its place part names the
place of *first registration*: people of Malaka still carry numbers of Belu, so a district is never checked, and a name,
a home or a birthday is never taken from it. A contradiction with what the person declares is usually a clerical error
of years ago; it is shown to an officer and refuses nothing.
"""

from dataclasses import dataclass

_SPANS = (
    range(11, 20),
    range(21, 22),
    range(31, 37),
    range(51, 55),
    range(61, 66),
    range(71, 77),
    range(81, 83),
    range(91, 97),
)
PROVINCES = frozenset(str(code) for span in _SPANS for code in span)
"""Province codes past and present. 54 was Timor Timur until 1999: its people kept their numbers. 92 to 96 are the
provinces that Papua was divided into; a list of before 2022 turns honest people away."""

SYNTHETIC_PROVINCE = "99"
"""Never issued. Invented people carry it so that nobody can mistake them for somebody."""

LENGTH = 16
_WOMAN = 40
"""Added to the day of birth of a woman."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the digits say, for comparing only. ``day`` is already without the 40 of a woman."""

    sex: str
    day: int
    month: int
    year_of_century: int


def unreal(nik: str, *, synthetic_allowed: bool) -> str | None:
    """Why this number cannot have been issued, as a problem code, or None when it can.

    ``synthetic_allowed`` lets invented people (prefix 99) in; production says no.
    """
    if len(nik) != LENGTH or not (nik.isascii() and nik.isdigit()):
        return "nik_not_16_digits"
    if nik[:2] == SYNTHETIC_PROVINCE:
        if not synthetic_allowed:
            return "nik_synthetic"
    elif nik[:2] not in PROVINCES:
        return "nik_unknown_province"
    if nik[12:] == "0000":
        return "nik_serial_zero"
    return None


def read(nik: str) -> Reading:
    """The birthday and sex digits of a number that is not :func:`unreal`."""
    day = int(nik[6:8])
    return Reading("F" if day > _WOMAN else "M", day % _WOMAN, int(nik[8:10]), int(nik[10:12]))


def reviews(nik: str, *, birth_date: str | None, sex: str | None) -> list[str]:
    """Contradictions between the digits and what the person declares, for an officer to look at.

    ``birth_date`` is an ISO date. The century always comes from it: the number holds two digits of the year, and a
    reader that guesses puts everybody born after 1999 into the 1900s.
    """
    says = read(nik)
    found = []
    if birth_date is not None:
        year, month, day = (int(part) for part in birth_date.split("-"))
        if (says.day, says.month, says.year_of_century) != (day, month, year % 100):
            found.append("nik_birth_date_differs")
    if sex is not None and says.sex != sex:
        found.append("nik_sex_differs")
    return found


def is_synthetic(nik: str) -> bool:
    return nik.startswith(SYNTHETIC_PROVINCE)
