"""L3 `/calon/baru`: register somebody in four short steps."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page

page = Page(__name__, "/calon/baru", needs=("candidates:write",))


@page.get
def show() -> ResponseReturnValue:
    return page.render()
