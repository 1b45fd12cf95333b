"""`/calon/unggah/<id>`: the report of a sheet of people, row by row; saving its good rows is an act of its own."""

from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from services.console.frame import Page, registry, t
from services.console.pages.unggah.membaca import Reports

page = Page(__name__, "/calon/unggah/<uuid:id>", needs=("candidates:write",))

REPORTS = Reports(registry, of_people=True)


@page.get
def show(id: str) -> ResponseReturnValue:
    return REPORTS.show(page, id, _words)


@page.post("/simpan")
def save(id: str) -> ResponseReturnValue:
    saved = REPORTS.save(id)
    return page.go(id=saved) if isinstance(saved, str) else REPORTS.show(page, id, _words, saved, status=422)


@page.file("/perbaikan.xlsx")
def annotated(id: str) -> Response:
    return REPORTS.annotated(id)


def _words(n: int) -> dict[str, str]:
    """What is said of a sheet of people of which `n` rows are good."""
    return {
        "back": "calon.unggah",
        "opens": "calon.halaman",
        "act": "/simpan",
        "done": t("{n} baris tersimpan", "{n} rows saved", n=n),
        "failed": t(
            "Pekerjaan berhenti karena gangguan pada layanan. Unggah sekali lagi: yang sudah tersimpan tidak dobel.",
            "The work stopped because of a trouble in the service. Upload it once more: nothing is saved twice.",
        ),
        "trial": t("Ini percobaan: belum ada yang disimpan.", "This was a trial: nothing is saved yet."),
        "refused": t(
            "Tidak ada yang disimpan. Sebabnya tertulis di bawah.", "Nothing was saved. The reasons are below."
        ),
        "save": t("Simpan {n} baris yang baik", "Save the {n} good rows", n=n),
        "what": t(
            "Baris baru mendaftarkan orangnya, baris yang berubah memperbaiki datanya, dan tiap orang mendapat baris "
            "di jejaknya. Yang ditolak tidak ikut; perbaiki dan unggah lagi kapan saja.",
            "A new row registers its person, a changed one corrects their data, and everybody gets a row in their "
            "trail. What was refused stays out; mend it and upload it again at any time.",
        ),
    }
