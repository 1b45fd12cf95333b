"""D7 `/mitra/<id>/kunci`: a key for a partner's system, shown once, and ending one that leaked."""

from flask import abort
from flask.typing import ResponseReturnValue

from services.console.frame import Page
from services.console.pages.kunci_lembaga import Keys
from services.console.pages.mitra.words import HOUSE

page = Page(__name__, "/mitra/<uuid:id>/kunci", needs=("partners:write",))


@page.get
def show(id: str) -> ResponseReturnValue:
    return _of(id).show()


@page.post()
def make(id: str) -> ResponseReturnValue:
    return _of(id).make()


@page.post("/<key>/akhiri")
def end(id: str, key: str) -> ResponseReturnValue:
    return _of(id).end(key)


def _of(id: str) -> Keys:
    path = f"/v1/organisations/{id}"
    found = HOUSE.get(path).ask()
    if found.status == 404:
        abort(404)
    return Keys(page, {"id": id}, HOUSE, path, more={"name": found.or_empty().get("name", "")})
