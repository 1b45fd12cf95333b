"""`/bantuan`: guidance and numbers to call, in neutral words: it may be opened beside somebody who must not notice."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page

page = Page(__name__, "/bantuan", public=True)


@page.get
def show() -> ResponseReturnValue:
    return page.render()
