"""P6 `/kunci`: the API keys of one's own organisation. A provider makes them; a company has them from the province."""

from flask import abort
from flask.typing import ResponseReturnValue

from services.console.frame import Page, placement, training, visitor
from services.console.pages.kunci_lembaga import Keys

page = Page(__name__, "/kunci", needs=("courses:write", "job_orders:write"), roles=("provider", "company"))


@page.get
def show() -> ResponseReturnValue:
    return _own().show()


@page.post()
def make() -> ResponseReturnValue:
    return _own().make()


@page.post("/<key>/akhiri")
def end(key: str) -> ResponseReturnValue:
    return _own().end(key)


def _own() -> Keys:
    someone = visitor()
    if someone is None or not someone.organisation:
        abort(403)
    if someone.role == "company":
        of_company = f"/v1/companies/{someone.organisation}"
        return Keys(page, {}, placement, of_company, makes=False, more={"home": "lowongan_kami.daftar"})
    return Keys(page, {}, training, f"/v1/providers/{someone.organisation}", more={"home": "kursus"})
