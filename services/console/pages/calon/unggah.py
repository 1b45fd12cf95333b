"""`/calon/unggah`: register many people from a sheet, or bring them up to date. Trying it out saves nothing."""

from flask import Response
from flask.typing import ResponseReturnValue

from services.console.frame import Page, registry, shared_screen
from services.console.pages.calon.unggah_laporan import page as report
from services.console.pages.unggah.kirim import Sheet, judged, workbook

page = Page(__name__, "/calon/unggah", needs=("candidates:write",))


@page.get
def show() -> ResponseReturnValue:
    return page.render(form=Sheet())


@page.post()
def try_out() -> ResponseReturnValue:
    """Judge the sheet row by row; the report is a page of its own."""
    return judged(page, registry, report, hidden=shared_screen())


@page.file("/calon.xlsx")
def template() -> Response:
    """An empty sheet with all columns and instructions."""
    return workbook(registry, "/v1/imports/template.xlsx", "calon.xlsx")
