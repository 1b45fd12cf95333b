"""`/kiriman`: the people whom villages sent to this office, the oldest on top; on a shared screen by initials."""

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Page, registry
from services.console.pdf import initials_of

page = Page(__name__, "/kiriman", needs=("candidates:write",))

SHOWN = 25


@page.get
def show() -> ResponseReturnValue:
    answer = registry.get("/v1/submissions", limit=SHOWN, after=request.args.get("sesudah")).ask()
    if not answer.silent:
        answer.must()
    rows = [{**one, "initials": initials_of(one["person"]["full_name"])} for one in answer.items() if one["person"]]
    return page.render(answer=answer, rows=rows, next=answer.or_empty().get("next"))
