"""P3 `/unggah`: get the sheet with one's own courses, and try it out. Trying publishes nothing."""

from flask import Response
from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, training
from services.console.pages.unggah.kirim import Sheet, judged, workbook
from services.console.pages.unggah.laporan import page as report

page = Page(
    __name__,
    "/unggah",
    needs=("courses:write",),
    roles=("provider",),
    menu=Entry("Unggah lembar kerja", "Upload a sheet", 25),
)


@page.get
def show() -> ResponseReturnValue:
    return page.render(form=Sheet())


@page.post()
def try_out() -> ResponseReturnValue:
    """Judge the sheet row by row; the report is a page of its own."""
    return judged(page, training, report)


@page.file("/kursus.xlsx")
def template() -> Response:
    """The sheet with all columns, instructions, and the provider's own courses in it."""
    return workbook(training, "/v1/imports/template.xlsx", "kursus.xlsx")
