"""What a page gets back from a house: the body, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]


class NotAnswered(Exception):
    """A page cannot go on without this answer; the frame shows the visitor why."""

    def __init__(self, answer: "Answer") -> None:
        super().__init__(f"{answer.house} {answer.status} {answer.code}")
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of one house.

    ``status`` 0 means that none came in time; ``body`` is the document, or the problem (RFC 9457) of a refusal, whose
    ``code``, ``title`` and ``detail`` are in the visitor's language already. ``content`` are the bytes of a file.
    """

    house: str
    status: int
    body: Body = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def silent(self) -> bool:
        """The house is down, too slow or broken: the page goes on without it and says so."""
        return self.status == 0 or self.status >= 500

    @property
    def code(self) -> str:
        """The stable code of a refusal; empty where there is none."""
        return str(self.body.get("code", "")) if not self.ok else ""

    @property
    def version(self) -> str | None:
        """The ETag, to be sent back with ``if_match=``."""
        return self.headers.get("etag")

    @property
    def faults(self) -> list[Body]:
        """Of a refused form: ``[{pointer, code, message, fix}]``."""
        found = self.body.get("errors", [])
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def must(self) -> Body:
        """The body.

        Raises:
            NotAnswered: it was refused, or nobody answered.
        """
        if not self.ok:
            raise NotAnswered(self)
        return self.body

    def or_empty(self) -> Body:
        """The body, or an empty one when nobody answered or it was refused: for parts that a page can do without."""
        return self.body if self.ok else {}

    def items(self) -> list[Body]:
        """The rows of a list, or none."""
        found = self.or_empty().get("items", [])
        return list(found)
