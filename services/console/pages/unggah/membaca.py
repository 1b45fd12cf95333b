"""The report of a sheet, row by row, and saving its good rows as an act of its own: for every page that shows one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, request
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField

from services.console.frame import Page, shared_screen, t
from services.console.frame.ask import House
from services.console.pages.unggah.kirim import (
    ENDED,
    Sheet,
    fingerprint,
    kept,
    let_go,
    refused,
    send,
    wait_for,
    workbook,
)

Body = dict[str, Any]
Words = Callable[[int], Mapping[str, str]]
SHOWN = 25
RELOAD_SECONDS = 4
EVERY = "semua"

OUTCOMES: dict[str, tuple[str, str, str]] = {
    "BAD": ("stop", "ditolak", "refused"),
    "NEW": ("ok", "baru", "new"),
    "CHANGED": ("info", "berubah", "changed"),
    "SAME": ("unknown", "sama, tidak ada perubahan", "the same, nothing changes"),
    "SKIPPED": ("unknown", "dilewati, bukan data", "passed over, no data"),
}
_WHY = {
    "no_header": ("tidak ada judul kolom yang dikenal", "no heading in it is known"),
    "hidden": ("lembar tersembunyi", "a hidden sheet"),
    "empty": ("kosong", "empty"),
}


class Publish(Sheet):
    """The same file once more, and the columns that its sender lets go."""

    ignore = SelectMultipleField(validate_choice=False)

    def __init__(self, unread: list[Body], *, hidden: bool = False) -> None:
        super().__init__()
        self.file.label.text = t("Berkas yang sama sekali lagi", "The same file once more")
        self.ignore.label.text = t(
            "Kolom yang tidak dibaca: centang yang boleh diabaikan", "Columns nobody reads: tick those to be ignored"
        )
        self.ignore.choices = [(one["cell"], column(one, hidden=hidden)) for one in unread]


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of one kind of sheet.

    Attributes:
        house: who reads the sheet.
        of_people: its rows are about people: on a shared screen only sums are shown, and no heading.
    """

    house: House
    of_people: bool = False

    def show(self, page: Page, id: str, words: Words, form: Publish | None = None, status: int = 200) -> Response:
        """The page of one report. ``words``: rows that are good → what is said of them, named as in `_laporan.html`."""
        report = self._report(id)
        counts: Body = report.get("counts") or {}
        wanted = _wanted(counts)
        hidden = self._hidden()
        rows = None
        if not hidden:
            after = request.args.get("sesudah")
            rows = self.house.get(f"/v1/imports/{id}/rows", limit=SHOWN, outcome=wanted, after=after).ask()
            if not rows.silent:
                rows.must()
        ended = report["state"] in ENDED
        good = good_rows(counts)
        open_form = ended and report["dry_run"] and good and report["state"] != "FAILED"
        answer = page.render(
            id=id,
            report=report,
            words=words(good),
            ended=ended,
            counts=[
                (name, tone, t(*said), counts[name]) for name, (tone, *said) in OUTCOMES.items() if counts.get(name)
            ],
            good=good,
            wanted=wanted,
            outcome=lambda name: (OUTCOMES[name][0], t(*OUTCOMES[name][1:])),
            why=lambda code: t(*_WHY[code]) if code in _WHY else "",
            column=lambda unread: column(unread, hidden=hidden),
            hidden=hidden,
            rows=rows,
            next=rows.or_empty().get("next") if rows else None,
            every=EVERY,
            kept=open_form and kept(str(id)) is not None,
            form=(form or self._form(report)) if open_form else None,
            status=status,
        )
        if not ended:
            answer.headers["Refresh"] = str(RELOAD_SECONDS)
        return answer

    def save(self, id: str) -> str | Publish:
        """Save the good rows of exactly this file; what is not good stays out and nothing is lost.

        Returns the id of the new report, or the form with what is wrong in it.
        """
        report = self._report(id)
        form = self._form(report)
        content = None
        if form.validate_on_submit():
            content = (None if form.file.data else kept(str(id))) or form.content()
        if content is not None and fingerprint(content) != report["file"]["sha256"]:
            form.file.errors = [
                t(
                    "Ini bukan berkas yang diperiksa di halaman ini. Pilih berkas itu, atau periksa dulu yang baru.",
                    "This is not the file that was checked on this page. Choose that file, or first check the new one.",
                )
            ]
            content = None
        left = [one for one in report.get("unread") or [] if one["cell"] not in (form.ignore.data or [])]
        if left and content is not None:
            form.ignore.errors = [
                t(
                    "Centang setiap kolom yang boleh diabaikan, atau ubah judulnya di berkas dan periksa lagi.",
                    "Tick each column that may be ignored, or rename it in the file and check it again.",
                )
            ]
            content = None
        if content is None:
            return form
        answer = send(self.house, form, content, save=True, ignore=form.ignore.data or [])
        if not answer.ok:
            refused(form, answer, hidden=self._hidden())
            return form
        let_go(str(id))
        new = str(answer.body["id"])
        wait_for(self.house, new)
        return new

    def annotated(self, id: str) -> Response:
        """The file with every fault beside its cell; of people, not beside one."""
        if self._hidden():
            abort(403)
        return workbook(self.house, f"/v1/imports/{id}/annotated.xlsx", "perbaikan.xlsx")

    def _report(self, id: str) -> Body:
        return self.house.get(f"/v1/imports/{id}").ask().must()

    def _form(self, report: Body) -> Publish:
        return Publish(report.get("unread") or [], hidden=self._hidden())

    def _hidden(self) -> bool:
        return self.of_people and shared_screen()


def good_rows(counts: Body) -> int:
    """How many rows change something, and are good."""
    return sum(counts.get(name, 0) for name in ("NEW", "CHANGED"))


def _wanted(counts: Body) -> str | None:
    """Which rows are shown: what was asked for, else those that must be mended, else all (None)."""
    asked = request.args.get("hasil")
    if asked in OUTCOMES:
        return asked
    return "BAD" if asked != EVERY and counts.get("BAD") else None


def column(unread: Body, *, hidden: bool) -> str:
    """A column that nobody reads, in words. ``hidden``: without its heading, which may be a row of people."""
    if hidden:
        return t(
            "kolom {cell}, {n} baris terisi", "column {cell}, {n} rows filled", cell=unread["cell"], n=unread["filled"]
        )
    return t(
        "{heading} ({cell}), {n} baris terisi",
        "{heading} ({cell}), {n} rows filled",
        heading=unread["heading"] or t("tanpa judul", "no heading"),
        cell=unread["cell"],
        n=unread["filled"],
    )
