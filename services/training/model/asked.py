"""What open job orders ask of people that a course can teach: occupations, certificate schemes, languages.

Heard from the placement house for one purpose: to tell a provider today that nobody asks for what a course teaches.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the orders of one day ask for together; ``orders`` is how many there are."""

    orders: int
    isco08: frozenset[str]
    schemes: frozenset[str]
    languages: frozenset[str]

    def for_any_of(self, course: Document) -> bool:
        """Does some order ask for something that the course leads to?"""
        schemes = {one.get("scheme") for one in [course["certificate"] or {}, *(course.get("certificates") or ())]}
        languages = {one["language"] for one in course["languages"] or ()}
        hours = {one["isco08"] for one in course.get("hours_for") or ()}
        return bool(self.isco08 & {*course["isco08"], *hours} or self.schemes & schemes or self.languages & languages)


def of_order(data: Document) -> dict[str, Any]:
    """The little that is kept of an order, from its event."""
    leaves = list(_leaves(data.get("requirements")))
    schemes = {data.get("title_scheme"), *(leaf.get("scheme") for leaf in leaves)}
    occupations = {data.get("isco08"), *(leaf.get("isco08") for leaf in leaves)}
    languages = {leaf.get("language") for leaf in leaves}
    return {
        "status": data.get("status"),
        "closes_on": data.get("closes_on"),
        **{
            name: sorted(one for one in found if isinstance(one, str))
            for name, found in (("isco08", occupations), ("schemes", schemes), ("languages", languages))
        },
    }


def together(orders: Iterable[Document]) -> Asked:
    """What these kept orders ask for."""
    kept = list(orders)
    said = {
        name: frozenset(one for order in kept for one in order[name]) for name in ("isco08", "schemes", "languages")
    }
    return Asked(len(kept), **said)


def _leaves(tree: Any) -> Iterator[Document]:
    """Every mapping with a ``kind``, however deep it stands."""
    if isinstance(tree, Mapping):
        if "kind" in tree:
            yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for one in tree:
            yield from _leaves(one)
