"""For import doors: what a sheet says, put together with what is on record.

A sheet changes what it says and nothing else: an empty cell changes nothing, ``kosongkan`` erases, a list is added to,
and only ``ganti: …`` takes the place of a list.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from shared.sheets.outcomes import Erase, Replacing

Key = Callable[[Any], Any]


def itself(entry: Any) -> Any:
    """An entry of plain values is the same as an equal one; of texts, whatever their case."""
    return entry.casefold() if isinstance(entry, str) else entry


def merged_list(before: Sequence[Any] | None, said: Any, key: Key = itself) -> list[Any]:
    """The entries on record with those that a cell adds.

    An entry with the ``key`` of one on record takes its place, its empty parts filled from it.
    """
    if isinstance(said, Erase):
        return []
    if isinstance(said, Replacing):
        return _without_doubles(said, key)
    found = list(before or ())
    places = {key(entry): at for at, entry in enumerate(found)}
    for entry in said:
        at = places.get(key(entry))
        if at is None:
            places[key(entry)] = len(found)
            found.append(entry)
        elif isinstance(entry, Mapping):
            found[at] = {**found[at], **{name: value for name, value in entry.items() if value is not None}}
    return found


def _without_doubles(entries: Iterable[Any], key: Key) -> list[Any]:
    return list({key(entry): entry for entry in entries}.values())


def parts_key(*names: str) -> Key:
    """Entries are the same when these of their parts are."""

    def key(entry: Any) -> Any:
        return tuple(itself(entry.get(name)) for name in names)

    return key


def contradicting(said: Sequence[tuple[int, Mapping[str, Any]]]) -> list[str]:
    """Fields in which several rows about one thing say different values; lists add to each other and never do."""
    first: dict[str, Any] = {}
    found: dict[str, None] = {}
    for _, values in said:
        for field, value in values.items():
            if isinstance(value, list) and not isinstance(value, Replacing):
                continue
            if first.setdefault(field, value) != value:
                found[field] = None
    return list(found)
