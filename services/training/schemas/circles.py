"""Whoever takes a course at the door asks: can only those enter who already hold what it gives?

Circles through several courses are no fault of any of them: each may be entered by people who hold the certificate
from before, and the search for paths takes at most four courses. A circle of one is a slip, and is refused.
"""

from collections.abc import Mapping
from typing import Any

from shared.codes import languages
from shared.conditions.shape import Path, musts

Document = Mapping[str, Any]


def circle(course: Document) -> Path | None:
    """Where the prerequisites demand, without an alternative, what the course itself leads to; None when they do not.

    A lower result of the test that the course prepares for is a step on the ladder and no circle.
    """
    for path, leaf in musts(course.get("prerequisites") or {"all": []}):
        if leaf["kind"] == "certificate" and _same_certificate(course.get("certificate"), leaf):
            return path
        if leaf["kind"] == "language" and any(_as_high(taught, leaf) for taught in course.get("languages") or ()):
            return path
    return None


def _same_certificate(given: Document | None, leaf: Document) -> bool:
    if given is None or leaf["scheme"] is None:
        return False
    return (given["kind"], given.get("scheme")) == (leaf["certificate"], leaf["scheme"])


def _as_high(taught: Document, leaf: Document) -> bool:
    if (taught["language"], taught.get("test")) != (leaf["language"], leaf["test"]):
        return False
    return languages.meets(leaf["test"], leaf["result"], taught.get("result")) is True
