"""For registration and search: one way to write a telephone number, so that it can be found again.

Families, village offices and training centres share phones, and people abroad give foreign numbers: a shared number
is never a sign of anything, and a number from elsewhere is as good as one from here.
"""

import re
import unicodedata

_LABEL = re.compile(r"(?:(?:no(?:mor)?|hp|handphone|wa|whatsapp|tel(?:p|epon)?|phone|mobile)[\s.:/]*)+", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s()\[\].,_/~'\"`\u2019\u2018-]+")
_ANOTHER = re.compile(r"[0-9]\s*[/,;&]\s*(?:0[1-9]|\+|62)")
"""A second number behind the first; ``0812/3456`` is one with marks in it."""
_MARK = re.compile(r"[/,;&]")
_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{7,14}")  # E.164: at most 15 digits


_CUT_OFF = re.compile(r"\+628[0-9]{0,7}")
"""A mobile number of Indonesia has ten digits at least (0811-391-091): a shorter one has lost some."""


def normal(written: str) -> str | None:
    """``0811-3910-910``, ``62 811 3910910``, ``+62 (0)811…`` → ``+628113910910``; None for none or two."""
    if _ANOTHER.search(_plain(written)) and not _in_groups(_plain(written)):
        return None
    digits = _SEPARATORS.sub("", _LABEL.sub("", _plain(written), count=1))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("0"):
        digits = "+62" + digits[1:]
    elif digits.startswith("62"):
        digits = "+" + digits
    elif digits.startswith("8"):
        digits = "+62" + digits
    # The zero of calls at home, written behind the code of the country.
    digits = re.sub(r"^\+620+", "+62", digits)
    return digits if _INTERNATIONAL.fullmatch(digits) and not _CUT_OFF.fullmatch(digits) else None


def _in_groups(written: str) -> bool:
    """Is this one number in three groups or more (``0812/0345/6789``)? Two numbers would have a longer one."""
    groups = [re.sub("[^0-9]", "", group) for group in _MARK.split(written)]
    return len(groups) > 2 and all(len(group) <= 5 for group in groups) and len("".join(groups)) >= 9


def _plain(written: str) -> str:
    """Digits of any script as ours, every dash as a hyphen, no marks that nobody sees."""
    letters = []
    for letter in unicodedata.normalize("NFKC", written.strip()):
        kind = unicodedata.category(letter)
        if kind == "Nd":
            letters.append(str(unicodedata.digit(letter)))
        elif kind == "Pd" or letter == "\u2212":
            letters.append("-")
        elif kind not in ("Cf", "Mn", "Me"):
            letters.append(letter)
    return "".join(letters)
