"""Codes that are on no list stay in the registry (``says``): whoever writes one is told, at counter and sheet."""

from collections.abc import Iterator, Mapping
from typing import Any

from shared.codes import schemes, study
from shared.http.problems import Fault, say


def unlisted(profile: Mapping[str, Any]) -> list[Fault]:
    """One ``not_listed`` for each code of a loaded profile that no other house will hear of."""
    return [_scheme(place) if place.endswith("/scheme") else _field(place) for place in _places(profile)]


def _places(profile: Mapping[str, Any]) -> Iterator[str]:
    field = (profile.get("education") or {}).get("field")
    if field and study.listed(field) is None:
        yield "/education/field"
    for name, part, listed in (
        ("certificates", "scheme", schemes.listed),
        ("prior_programmes", "field", study.listed),
    ):
        for place, entry in enumerate(profile.get(name) or ()):
            if entry.get(part) and listed(entry[part]) is None:
                yield f"/{name}/{place}/{part}"


def _scheme(place: str) -> Fault:
    return Fault(
        place,
        "not_listed",
        say(
            "Skema ini tidak ada di daftar: disimpan, tetapi tidak ikut dicocokkan dengan lowongan.",
            "This scheme is on no list: it is kept, and matched with no order.",
        ),
        say("Periksa ejaannya, atau minta skema ini ditambahkan.", "Check its spelling, or ask for it to be added."),
    )


def _field(place: str) -> Fault:
    return Fault(
        place,
        "not_listed",
        say(
            "Bidang ini tidak ada di daftar: disimpan, tetapi tidak ikut dicocokkan.",
            "This field is on no list: it is kept, and not matched.",
        ),
        say("Periksa ejaannya, atau minta bidang ini ditambahkan.", "Check its spelling, or ask for it to be added."),
    )
