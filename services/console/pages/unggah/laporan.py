"""P3 `/unggah/<id>`: the report of one sheet, row by row; and, as an act of its own, publishing its good rows."""

from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from services.console.frame import Page, t, training
from services.console.pages.unggah.membaca import Reports

page = Page(__name__, "/unggah/<uuid:id>", needs=("courses:write",), roles=("provider",))

REPORTS = Reports(training)


@page.get
def show(id: str) -> ResponseReturnValue:
    return REPORTS.show(page, id, _words)


@page.post("/terbitkan")
def publish(id: str) -> ResponseReturnValue:
    saved = REPORTS.save(id)
    return page.go(id=saved) if isinstance(saved, str) else REPORTS.show(page, id, _words, saved, status=422)


@page.file("/perbaikan.xlsx")
def annotated(id: str) -> Response:
    return REPORTS.annotated(id)


def _words(n: int) -> dict[str, str]:
    """What is said of a sheet of courses of which `n` rows are good."""
    return {
        "back": "unggah.baru",
        "act": "/terbitkan",
        "done": t("{n} baris terbit", "{n} rows published", n=n),
        "failed": t(
            "Pemeriksaan berhenti karena gangguan pada layanan. Tidak ada yang terbit; unggah sekali lagi.",
            "The check stopped because of a trouble in the service. Nothing was published; upload it once more.",
        ),
        "trial": t("Ini percobaan: belum ada yang terbit.", "This was a trial: nothing is published yet."),
        "refused": t(
            "Tidak ada yang terbit. Sebabnya tertulis di bawah.", "Nothing was published. The reasons are below."
        ),
        "save": t("Terbitkan {n} baris yang baik", "Publish the {n} good rows", n=n),
        "what": t(
            "Yang ditolak tidak ikut; perbaiki dan unggah lagi kapan saja. Kursus baru ditinjau dulu oleh provinsi.",
            "What was refused stays out; mend it and upload it again at any time. New courses are first reviewed by "
            "the province.",
        ),
    }
