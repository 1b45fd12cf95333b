"""`/lembaga`: the organisations that the province keeps, one kind at a time, and how each stands today."""

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, t
from services.console.pages.lembaga.jenis import KINDS, RIGHTS, standing, until

page = Page(__name__, "/lembaga", needs=RIGHTS, menu=Entry("Lembaga", "Organisations", 25))

SHOWN = 100


@page.get
def show() -> ResponseReturnValue:
    asked = request.args.get("jenis", "")
    name = asked if asked in KINDS else next(iter(KINDS))
    kind = KINDS[name]
    answer = kind.house.get(kind.path, limit=SHOWN, after=request.args.get("sesudah")).ask()
    if not answer.silent:
        answer.must()
    rows = sorted(answer.items(), key=lambda one: str(one["name"]).casefold())
    return page.render(
        name=name,
        kind=kind,
        kinds=[(word, t(*one.plural)) for word, one in KINDS.items()],
        answer=answer,
        rows=[
            {**one, "named": one[kind.code], "stands": standing(name, one), "last": until(name, one)} for one in rows
        ],
        next=answer.or_empty().get("next"),
    )
