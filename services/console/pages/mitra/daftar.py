"""D1 `/mitra`: partner systems and how each of their endpoints goes, what fails on top."""

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, together
from services.console.pages.mitra.words import HOUSE, KINDS, agreed, of, standing

page = Page(__name__, "/mitra", needs=("partners:write",), menu=Entry("Sistem mitra", "Partner systems", 25))

SHOWN = 100
_WORST = ("stop", "warn", "unknown", "ok", "plain")


@page.get
def show() -> ResponseReturnValue:
    found = together(
        partners=HOUSE.get("/v1/organisations", limit=SHOWN, after=request.args.get("sesudah")),
        endpoints=HOUSE.get("/v1/subscriptions", limit=SHOWN),
    )
    for answer in found.values():
        if not answer.silent:
            answer.must()
    names = {one["id"]: one["name"] for one in found["partners"].items()}
    endpoints = [
        {**one, "stands": standing(one), "whose": names.get(one["organisation_id"], "")}
        for one in found["endpoints"].items()
    ]
    endpoints.sort(key=lambda one: (_WORST.index(one["stands"][0]), one["whose"].casefold()))
    rows = sorted(found["partners"].items(), key=lambda one: str(one["name"]).casefold())
    return page.render(
        found=found["partners"],
        listening=found["endpoints"],
        rows=[{**one, "stands": agreed(one), "called": of(KINDS, one["kind"])} for one in rows],
        endpoints=endpoints,
        more=bool(found["endpoints"].or_empty().get("next")),
        next=found["partners"].or_empty().get("next"),
    )
