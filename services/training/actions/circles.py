"""Whoever takes a course in asks: can only those enter who already hold what it leads to?

A circle of one course is a slip, and so is one of several that can only be entered through each other. What no course
of the catalogue leads to is brought from elsewhere, and whatever one open course leads to is in reach for all.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from services.training.model.course import certificates
from shared.codes import languages
from shared.conditions.shape import Path, musts

Document = Mapping[str, Any]

CIRCLE = "prerequisite_in_a_circle"
CIRCLE_SAID = (
    {
        "id": "Prasyarat ini baru didapat dari pelatihan ini sendiri, atau dari pelatihan yang mensyaratkannya.",
        "en": "This prerequisite is only gained in this very course, or in courses that ask for it.",
    },
    {"id": "Hapus prasyarat ini, atau jadikan pilihan (any).", "en": "Remove it, or make it a choice (any)."},
)


def circle(course: Document) -> Path | None:
    """Where the prerequisites demand, without an alternative, what the course itself leads to; None when they do not.

    A lower result of the test that the course prepares for is a step on the ladder and no circle.
    """
    for path, leaf in _demands(course):
        if leaf["kind"] == "certificate" and _gives(course, leaf):
            return path
        if leaf["kind"] == "language" and any(_beyond(leaf, taught) for taught in course.get("languages") or ()):
            return path
    return None


def circle_among(course: Document, others: Sequence[Document]) -> Path | None:
    """Where the course demands what only it, or courses behind it, lead to; None when it can be entered."""
    closed, open_ = [course, *others], list[Document]()
    while opened := [each for each in closed if _shut(each, closed, open_) is None]:
        if course in opened:
            return circle(course)
        open_ += opened
        closed = [each for each in closed if each not in opened]
    return _shut(course, closed, open_)


def _shut(course: Document, closed: Sequence[Document], open_: Sequence[Document]) -> Path | None:
    """The first demand that other closed courses lead to and no open one.

    A closed course for more than is demanded stands higher on the ladder and closes nothing.
    """
    for path, leaf in _demands(course):
        behind = any(_leads_to(each, leaf, just=True) for each in closed if each is not course)
        if behind and not any(_leads_to(each, leaf) for each in open_):
            return path
    return None


def _demands(course: Document) -> list[tuple[Path, Document]]:
    """What must be held at the door whatever else is chosen, as far as a course can lead to it."""
    found = musts(course.get("prerequisites") or {"all": []})
    return [(path, leaf) for path, leaf in found if leaf["kind"] in ("certificate", "language")]


def _leads_to(course: Document, leaf: Document, *, just: bool = False) -> bool:
    """`just`: to what is demanded and no more."""
    if leaf["kind"] == "certificate":
        return _gives(course, leaf)
    alike = [taught.get("result") for taught in course.get("languages") or () if _same_test(taught, leaf)]
    if just:
        return leaf["result"] in alike
    return any(languages.meets(leaf["test"], result, leaf["result"]) is True for result in alike)


def _gives(course: Document, leaf: Document) -> bool:
    asked = (leaf["certificate"], leaf["scheme"])
    return leaf["scheme"] is not None and asked in [(one["kind"], one.get("scheme")) for one in certificates(course)]


def _beyond(leaf: Document, taught: Document) -> bool:
    """Is as much demanded as is taught, or more? Less is a step on the ladder."""
    return _same_test(taught, leaf) and languages.meets(leaf["test"], leaf["result"], taught.get("result")) is True


def _same_test(taught: Document, leaf: Document) -> bool:
    return (taught["language"], taught.get("test")) == (leaf["language"], leaf["test"])
