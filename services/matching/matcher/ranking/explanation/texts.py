"""Both explainers pick and word their reasons with these."""

from collections.abc import Collection, Iterable, Sequence

from services.matching.matcher.facts.reading import Money, Text
from services.matching.matcher.ranking.features.profile import Profile
from services.matching.matcher.ranking.values import Reason
from services.matching.matcher.requirements import names
from shared.codes import countries, texts
from shared.words import Words

MOST = 3
"""Reasons per item: what a person remembers from a talk at a counter."""


def strongest(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """At most three, the heaviest first; equal weights by code, so that the same answer reads the same."""
    return tuple(sorted(reasons, key=lambda reason: (-reason.weight, reason.code))[:MOST])


def past_reason(points: float) -> Reason:
    """Offers of the same family of occupations went well for others; the one reason that no card knows."""
    return Reason("OFTEN_SUCCEEDS", _OFTEN, points)


_OFTEN = Text(
    "Orang lain sering berhasil di pekerjaan seperti ini.", "Work of this kind has often gone well for others."
)


def suits(
    profile: Profile, unit: str | None, told: Collection[str | None], words: Words
) -> tuple[str, Text, tuple[str, ...]] | None:
    """What speaks for a kind of work beside the codes that are `told` already; None when nothing does."""
    if not unit or not unit.isdigit():
        return None
    found = [(code, pointer) for code, pointer in profile.suited.witnesses(unit) if code not in told]
    codes = list(dict.fromkeys(code for code, _ in found))[:MOST]
    if not codes:
        return None
    text = both(
        lambda lang: (
            f"{'Cocok dengan yang sudah pernah dilakukan' if lang == 'id' else 'Suits what was done before'}: "
            f"{named(words, codes, lang)}."
        )
    )
    return "SUITS", text, tuple(dict.fromkeys(pointer for code, pointer in found if code in codes and pointer))


both = Text.both


def listed(names: Sequence[str], lang: str) -> str:
    """`a, b dan c`"""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {'dan' if lang == 'id' else 'and'} {names[-1]}"


def named(words: Words, codes: Sequence[str], lang: str, most: int = 3) -> str:
    """The names of the first codes, as a list."""
    return listed([words.label(code, lang) for code in codes[:most]], lang)


def country(code: str | None, lang: str) -> str:
    """The name of a country, or "abroad"."""
    return countries.name(code, lang) if code else ("luar negeri" if lang == "id" else "abroad")


def money(value: Money, lang: str) -> str:
    """An amount as people write it."""
    return texts.money(value.amount, value.currency, lang)


def span(months: float, lang: str) -> str:
    """`14` → `1 tahun 2 bulan`"""
    years, rest = divmod(round(months), 12)
    year, month = ("tahun", "bulan") if lang == "id" else (_many("year", years), _many("month", rest))
    spoken = [f"{years} {year}"] if years else []
    return " ".join(spoken + ([f"{rest} {month}"] if rest or not spoken else []))


def certificate(kind: str, scheme: str | None, lang: str) -> str:
    """`sertifikat kompetensi perawat lansia`, as the sentences of the law call it."""
    return names.certificate(kind, scheme).said(lang)


def test_name(test: str | None, result: str | None, lang: str) -> str:
    """`JLPT N4`; the bare test when any result will do."""
    return names.result_of(test, result).said(lang)


def _many(noun: str, count: int) -> str:
    return noun if count == 1 else noun + "s"
