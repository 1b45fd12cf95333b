"""For whoever must refuse a request: every refusal is one of these exceptions, and each becomes RFC 9457 problem+json.

A house subclasses the nearest kind below in its own ``problems.py`` and gives it a ``code`` and a ``title``; routes
never catch anything. Texts are pairs ``{"id": ..., "en": ...}``: Indonesian is shown unless the request prefers
English.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

Text = Mapping[str, str]
"""A text in both languages: ``{"id": ..., "en": ...}``."""


def say(indonesian: str, english: str) -> Text:
    """The pair of both."""
    return {"id": indonesian, "en": english}


class Later(Mapping[str, str]):
    """A text that is made only when somebody reads it: looking for what was meant costs more than refusing does, and
    of ten thousand faults a hundred are shown.
    """

    def __init__(self, make: Callable[[], Text]) -> None:
        self._make: Callable[[], Text] | None = make
        self._text: Text = {}

    def _made(self) -> Text:
        if self._make is not None:
            self._text, self._make = self._make(), None
        return self._text

    def __getitem__(self, lang: str) -> str:
        return self._made()[lang]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made())

    def __len__(self) -> int:
        return len(self._made())

    def __bool__(self) -> bool:
        """A text that is still to be made is one; asking whether there is one must not make it."""
        return True


MOST_FAULTS = 100
"""Faults shown in one answer. A longer list helps nobody mend a request; the first hundred do."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one value of a request.

    ``pointer`` is an RFC 6901 JSON pointer inside the part of the request named by ``where``
    (``body``, ``query``, ``path``, ``header`` or ``file``); ``fix`` says what to type instead;
    ``cell`` is a spreadsheet address such as ``B7``.
    """

    pointer: str
    code: str
    message: Text
    fix: Text | None = None
    where: str = "body"
    cell: str | None = None

    def render(self, lang: str) -> dict[str, Any]:
        shown: dict[str, Any] = {"in": self.where, "pointer": self.pointer}
        if self.cell:
            shown["cell"] = self.cell
        shown |= {"code": self.code, "message": in_language(self.message, lang)}
        if self.fix:
            shown["fix"] = in_language(self.fix, lang)
        return shown


class Problem(Exception):
    """A refusal. ``detail`` is about this request, ``title`` about the kind; ``extra`` holds further members.

    ``more_errors`` counts faults that nobody wrote down, beyond those of ``errors``.
    """

    status: ClassVar[int] = 400
    code: str = "bad_request"
    title: Text = {"id": "Permintaan tidak dapat dibaca", "en": "The request cannot be read"}

    def __init__(
        self,
        detail: Text | None = None,
        *,
        errors: Sequence[Fault] = (),
        code: str | None = None,
        title: Text | None = None,
        more_errors: int = 0,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__((detail or title or self.title)["en"])
        self.detail = detail
        self.errors = tuple(errors)
        self.more_errors = more_errors
        self.code = code or self.code
        self.title = title or self.title
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})


class Malformed(Problem):
    """400: the bytes could not be read as what they claim to be."""

    code = "malformed"


class Unauthenticated(Problem):
    """401: nobody could be recognised from the request."""

    status = 401
    code = "unauthenticated"
    title: Text = {"id": "Anda belum dikenali", "en": "You are not signed in"}

    def __init__(self, detail: Text | None = None, **more: Any) -> None:
        more.setdefault("headers", {"WWW-Authenticate": 'Bearer realm="lumbung"'})
        super().__init__(detail, **more)


class Forbidden(Problem):
    """403: the caller is known and may not do this."""

    status = 403
    code = "forbidden"
    title: Text = {"id": "Anda tidak berhak melakukan ini", "en": "You are not allowed to do this"}


class NotFound(Problem):
    """404: nothing here, or nothing that this caller may know of."""

    status = 404
    code = "not_found"
    title: Text = {"id": "Tidak ditemukan", "en": "Not found"}


class Conflict(Problem):
    """409: the request is fine and the present state of the world does not allow it."""

    status = 409
    code = "conflict"
    title: Text = {"id": "Bertentangan dengan keadaan sekarang", "en": "In conflict with the present state"}


class NotYetVisible(Conflict):
    """409: what was asked for exists and has not arrived here yet; asking again shortly will do."""

    code = "not_yet_visible"
    title: Text = {
        "id": "Data terbaru belum sampai, coba lagi sebentar",
        "en": "The newest data is not here yet, try again",
    }

    def __init__(self, detail: Text | None = None, *, retry_after: int = 1, **more: Any) -> None:
        more["headers"] = {"Retry-After": str(retry_after), **more.get("headers", {})}
        super().__init__(detail, **more)


class Gone(Problem):
    """410: it was here and was erased on purpose."""

    status = 410
    code = "erased"
    title: Text = {"id": "Data ini sudah dihapus", "en": "This has been erased"}


class Merged(Gone):
    """410: it lives on in another document, whose id (``survivor``) the answer names as ``merged_into``."""

    def __init__(self, survivor: str) -> None:
        super().__init__(
            {
                "id": "Pakai nomor data gabungannya, yang ada di jawaban ini.",
                "en": "Use the number of the record it was merged into, which this answer names.",
            },
            extra={"merged_into": survivor},
        )


class Stale(Problem):
    """412: somebody changed the document after the caller read it. ``current`` is the version that stands."""

    status = 412
    code = "stale"
    title: Text = {"id": "Data sudah diubah orang lain", "en": "Somebody else has changed this"}

    def __init__(self, current: int | None = None, **more: Any) -> None:
        if current is not None:
            more.setdefault(
                "detail",
                {
                    "id": f"Versi sekarang {current}. Baca ulang, lalu kirim perubahan Anda dengan If-Match yang baru.",
                    "en": f"The version is now {current}. Read it again, then send your change with the new If-Match.",
                },
            )
            more["extra"] = {"current_version": current, **more.get("extra", {})}
            more["headers"] = {"ETag": f'"{current}"', **more.get("headers", {})}
        super().__init__(**more)
        self.current = current


class TooLarge(Problem):
    """413: more bytes than this door takes."""

    status = 413
    code = "too_large"
    title: Text = {"id": "Kiriman terlalu besar", "en": "The request is too large"}


class UnsupportedMedia(Problem):
    """415: a kind of content that this door does not read."""

    status = 415
    code = "unsupported_media_type"
    title: Text = {"id": "Jenis isi ini tidak dibaca di sini", "en": "This kind of content is not read here"}


class Invalid(Problem):
    """422: readable, and wrong. ``errors`` says where and what to type instead."""

    status = 422
    code = "invalid"
    title: Text = {"id": "Ada isian yang perlu diperbaiki", "en": "Some values need correcting"}


class PreconditionMissing(Problem):
    """428: a change without If-Match could overwrite somebody else's work."""

    status = 428
    code = "precondition_missing"
    title: Text = {"id": "Header If-Match belum ada", "en": "The If-Match header is missing"}


class TooMany(Problem):
    """429: slower, please."""

    status = 429
    code = "too_many_requests"
    title: Text = {"id": "Terlalu banyak permintaan, tunggu sebentar", "en": "Too many requests, wait a moment"}


@dataclass(frozen=True, slots=True)
class ProblemType:
    """How an exception that is no :class:`Problem` is answered: one row of a house's table."""

    status: int
    code: str
    title: Text
    detail: Text | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def in_language(text: Text, lang: str) -> str:
    """The wanted language of a pair, or the other one when a side was never written."""
    return text.get(lang) or text.get("id") or text.get("en") or ""


def body_of(problem: Problem, *, status: int, lang: str, trace: str | None) -> dict[str, Any]:
    """The members of the problem+json document, RFC 9457 names first, ours after."""
    shown: dict[str, Any] = {
        "type": f"/docs#{problem.code}",
        "title": in_language(problem.title, lang),
        "status": status,
        "code": problem.code,
    }
    if problem.detail:
        shown["detail"] = in_language(problem.detail, lang)
    if problem.errors:
        shown["errors"] = [fault.render(lang) for fault in problem.errors[:MOST_FAULTS]]
        more = len(problem.errors) - MOST_FAULTS if len(problem.errors) > MOST_FAULTS else 0
        if more + problem.more_errors:
            shown["more_errors"] = more + problem.more_errors
    if trace:
        shown["trace"] = trace
    return {**problem.extra, **shown}
