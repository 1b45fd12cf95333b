"""`/calon/unggah`: register many people from a sheet, or bring them up to date. Trying it out saves nothing."""

from flask import Response
from flask.typing import ResponseReturnValue

from services.console.frame import Page, registry, shared_screen
from services.console.pages.calon.unggah_laporan import page as report
from services.console.pages.unggah.kirim import Sheet, keep, refused, send, wait_for, workbook

page = Page(__name__, "/calon/unggah", needs=("candidates:write",))


@page.get
def show() -> ResponseReturnValue:
    return page.render(form=Sheet())


@page.post()
def try_out() -> ResponseReturnValue:
    """Judge the sheet row by row; the report is a page of its own."""
    form = Sheet()
    content = form.content() if form.validate_on_submit() else None
    if content is None:
        return page.render(form=form, status=422)
    answer = send(registry, form, content, save=False)
    if not answer.ok:
        refused(form, answer, hidden=shared_screen())
        return page.render(form=form, status=422)
    keep(answer.body["id"], content)
    wait_for(registry, answer.body["id"])
    return report.go(id=answer.body["id"])


@page.file("/calon.xlsx")
def template() -> Response:
    """An empty sheet with all columns and instructions."""
    return workbook(registry, "/v1/imports/template.xlsx", "calon.xlsx")
