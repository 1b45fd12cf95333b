"""P3 `/unggah/<id>`: the report of one sheet, row by row; and, as an act of its own, publishing its good rows."""

from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField

from services.console.frame import Page, t, training
from services.console.pages.unggah.kirim import (
    ENDED,
    Sheet,
    fingerprint,
    kept,
    let_go,
    send,
    wait_for,
    workbook,
)

page = Page(__name__, "/unggah/<uuid:id>", needs=("courses:write",), roles=("provider",))

Body = dict[str, Any]
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

    def __init__(self, unread: list[Body]) -> None:
        super().__init__()
        self.file.label.text = t("Berkas yang sama sekali lagi", "The same file once more")
        self.ignore.label.text = t(
            "Kolom yang tidak dibaca: centang yang boleh diabaikan", "Columns nobody reads: tick those to be ignored"
        )
        self.ignore.choices = [(one["cell"], _column(one)) for one in unread]


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(id)


@page.post("/terbitkan")
def publish(id: str) -> ResponseReturnValue:
    """Save the good rows of exactly this file; what is not good stays out and nothing is lost."""
    report = training.get(f"/v1/imports/{id}").ask().must()
    form = Publish(report.get("unread") or [])
    content = None
    if form.validate_on_submit():
        content = (None if form.file.data else kept(str(id))) or form.content()
    if content is not None and fingerprint(content) != report["file"]["sha256"]:
        form.file.errors = [
            t(
                "Ini bukan berkas yang diperiksa di halaman ini. Pilih berkas itu, atau periksa yang baru lebih dulu.",
                "This is not the file that was checked on this page. Choose that file, or check the new one first.",
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
        return _render(id, form, status=422)
    answer = send(form, content, save=True, ignore=form.ignore.data or [])
    if not answer.ok:
        form.refused(answer)
        return _render(id, form, status=422)
    let_go(str(id))
    wait_for(answer.body["id"])
    return page.go(id=answer.body["id"])


@page.file("/perbaikan.xlsx")
def annotated(id: str) -> Response:
    """The file with every fault beside its cell."""
    return workbook(f"/v1/imports/{id}/annotated.xlsx", "perbaikan.xlsx")


def _render(id: str, form: Publish | None = None, status: int = 200) -> ResponseReturnValue:
    report = training.get(f"/v1/imports/{id}").ask().must()
    counts: Body = report.get("counts") or {}
    wanted = _wanted(counts)
    rows = training.get(f"/v1/imports/{id}/rows", limit=SHOWN, outcome=wanted, after=request.args.get("sesudah")).ask()
    ended = report["state"] in ENDED
    good = sum(counts.get(name, 0) for name in ("NEW", "CHANGED"))
    open_form = ended and report["dry_run"] and good and report["state"] != "FAILED"
    answer = page.render(
        id=id,
        report=report,
        ended=ended,
        counts=[(name, tone, t(*words), counts[name]) for name, (tone, *words) in OUTCOMES.items() if counts.get(name)],
        good=good,
        wanted=wanted,
        outcome=lambda name: (OUTCOMES[name][0], t(*OUTCOMES[name][1:])),
        why=lambda code: t(*_WHY[code]) if code in _WHY else "",
        column=_column,
        rows=rows,
        next=rows.or_empty().get("next"),
        every=EVERY,
        kept=open_form and kept(str(id)) is not None,
        form=(form or Publish(report.get("unread") or [])) if open_form else None,
        status=status,
    )
    if not ended:
        answer.headers["Refresh"] = str(RELOAD_SECONDS)
    return answer


def _wanted(counts: Body) -> str | None:
    """Which rows are shown: what was asked for, else those that must be mended, else all (None)."""
    asked = request.args.get("hasil")
    if asked in OUTCOMES:
        return asked
    return "BAD" if asked != EVERY and counts.get("BAD") else None


def _column(unread: Body) -> str:
    """A column that nobody reads, in words."""
    return t(
        "{heading} ({cell}), {n} baris terisi",
        "{heading} ({cell}), {n} rows filled",
        heading=unread["heading"] or t("tanpa judul", "no heading"),
        cell=unread["cell"],
        n=unread["filled"],
    )
