"""K6 `/data`: every public table as a file, what each number means, the licence, and what was corrected."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page, everybody, matching, t
from services.console.pages.capaian import words

page = Page(__name__, "/data", public=True)

TABLES: dict[str, tuple[str, str]] = {
    "capaian.ikhtisar": ("Capaian provinsi", "Figures of the province"),
    "capaian.wilayah": ("Capaian menurut kabupaten", "Figures by regency"),
    "capaian.rencana": ("Rencana dan kursi menurut kabupaten dan bulan", "Plan and seats by regency and month"),
    "capaian.kebutuhan": ("Kursi dan kebutuhan menurut program", "Seats and demand by programme"),
    "capaian.forum": ("Janji forum", "Promises of the forum"),
    "kursus_terbuka": ("Kursus dengan kursi kosong", "Courses with open seats"),
}


@page.get
def show() -> ResponseReturnValue:
    editions = everybody(editions=matching.get("/v1/editions"))["editions"]
    asked = {one["day"]: matching.get(f"/v1/editions/{one['day']}") for one in editions.items()[:12]}
    frozen = everybody(**asked)
    tables = [(name, t(*title)) for name, title in TABLES.items()]
    return page.render(tables=tables, editions=editions, frozen=frozen, words=words)
