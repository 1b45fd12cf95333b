"""`/lembaga/<jenis>/<id>/kunci`: the province makes a key for a provider or a company, and ends one that leaked."""

from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from services.console.frame import Page
from services.console.pages.kunci_lembaga import Keys
from services.console.pages.lembaga.jenis import KINDS, RIGHTS

page = Page(__name__, "/lembaga/<any(perusahaan,pelatihan):jenis>/<uuid:id>/kunci", needs=RIGHTS)


@page.get
def show(jenis: str, id: str) -> ResponseReturnValue:
    return _of(jenis, id).show()


@page.post()
def make(jenis: str, id: str) -> ResponseReturnValue:
    return _of(jenis, id).make()


@page.post("/<key>/akhiri")
def end(jenis: str, id: str, key: str) -> ResponseReturnValue:
    return _of(jenis, id).end(key)


def _of(jenis: str, id: str) -> Keys:
    kind = KINDS[jenis]
    path = f"{kind.path}/{id}"
    found = kind.house.get(path).ask()
    if found.status == 404:
        abort(404)
    more: dict[str, Any] = {"jenis": jenis, "name": found.or_empty().get("name", "")}
    return Keys(page, {"jenis": jenis, "id": id}, kind.house, path, more=more)
