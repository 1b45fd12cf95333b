"""`/pengawas/aturan`: every law on record, what is in force today, and the way to propose a change."""

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Page, placement
from services.console.pages.pengawas import words

page = Page(__name__, "/pengawas/aturan", needs=("policies:approve", "policies:propose"))

SHOWN = 25


@page.get
def show() -> ResponseReturnValue:
    found = placement.get("/v1/policies", limit=SHOWN, after=request.args.get("sesudah")).ask()
    if not found.silent:
        found.must()
    rows = [
        (one, next((row for row in one["revisions"] if row["number"] == one["in_force"]), None))
        for one in found.items()
    ]
    return page.render(found=found, rows=rows, kind=words.policy_kind, next=found.or_empty().get("next"))
