"""An examination and the figures of a plan ask here in which groups a person is: to see whether each is served as well.

Nothing here is ever a column of the ranking.
"""

from collections.abc import Mapping
from datetime import date

from services.matching.matcher.facts.people import Person
from shared.codes import education, regencies

_ISLANDS = {
    "Timor": ("53.01", "53.02", "53.03", "53.04", "53.21", "53.71"),
    "Flores": ("53.06", "53.07", "53.08", "53.09", "53.10", "53.15", "53.16", "53.19"),
    "Sumba": ("53.11", "53.12", "53.17", "53.18"),
    "Alor": ("53.05",),
    "Lembata": ("53.13",),
    "Rote": ("53.14",),
    "Sabu": ("53.20",),
}
ISLAND = {regency: island for island, codes in _ISLANDS.items() for regency in codes}
"""Of a regency's seat. Solor and Adonara belong to Flores Timur and are counted with Flores."""
ISLANDS = frozenset(_ISLANDS)
"""Those of NTT. Who comes from elsewhere, or from nobody knows where, is of no island."""
_UNKNOWN = "unknown"


def slices_of(person: Person, today: date) -> Mapping[str, str]:
    """`sex`, `island`, `education` and `age` of one person, in few classes."""
    return {
        "sex": person.sex or _UNKNOWN,
        "island": _island(person.home_regency),
        "education": _education(person),
        "age": _age(person.birth_date, today),
    }


def _island(regency: str | None) -> str:
    if regency is None:
        return _UNKNOWN
    return ISLAND.get(regency, "NTT" if regencies.in_ntt(regency) else "elsewhere")


def _education(person: Person) -> str:
    rung = education.LADDER.get(person.education.level or "") if person.education else None
    if rung is None:
        return _UNKNOWN
    return ("up to SD", "up to SD", "SMP", "SMA")[rung.rank] if rung.rank < 4 else "diploma and above"


def _age(birth_date: date | None, today: date) -> str:
    if birth_date is None:
        return _UNKNOWN
    years = (today - birth_date).days / 365.25
    return "under 25" if years < 25 else "25 to 34" if years < 35 else "35 and above"
