"""L4 `/calon/<id>`: the page of one person: verdict, path, checklist, courses, job orders, actions, trail."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page, registry

page = Page(__name__, "/calon/<uuid:id>", needs=("candidates:read",))


@page.get
def show(id: str) -> ResponseReturnValue:
    return page.render(person=registry.get(f"/v1/candidates/{id}").ask().must())
