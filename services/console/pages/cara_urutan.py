"""`/cara-urutan`: how the order of courses and job orders is made, and what is never used."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page

page = Page(__name__, "/cara-urutan", public=True)


@page.get
def show() -> ResponseReturnValue:
    return page.render()
