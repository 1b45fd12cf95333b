"""L1 `/`: where everybody starts. An officer gets one search box and what waits; others are sent to their own start."""

from flask import redirect
from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, registry, together, visitor

page = Page(__name__, "/", public=True, fresh=True, menu=Entry("Beranda", "Start", 10))

SHOWN = 8


@page.get
def show() -> ResponseReturnValue:
    someone = visitor()
    if someone is None:
        return page.render(search=None)
    if not someone.may(["candidates:read"]):
        return redirect(start_of(someone.role), 303)
    found = together(drafts=registry.get("/v1/drafts"), people=registry.get("/v1/candidates", limit=SHOWN))
    return page.render(drafts=found["drafts"], people=found["people"])


def start_of(role: str) -> str:
    """The page at which people of this role start."""
    from flask import current_app

    for one in current_app.extensions["console.pages"].values():
        if role in one.home_of:
            return str(one.url())
    return "/bantuan"
