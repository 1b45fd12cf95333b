"""`/calon/<id>/jalur-saya`: the page that the person takes home: big, dated, what to bring, whom to ask."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page, registry
from services.console.pages.calon import daftar_syarat, jalur, jawaban

page = Page(__name__, "/calon/<uuid:id>/jalur-saya", needs=("candidates:read",))


@page.get
def show(id: str) -> ResponseReturnValue:
    person = registry.get(f"/v1/candidates/{id}").ask().must()
    told = jawaban.about(person)
    answer = told.body
    return page.render(
        person=person,
        told=told,
        answer=answer,
        paths=jalur.named(answer, jalur.of(answer))[:1] if answer else [],
        rules=daftar_syarat.of(answer, person) if answer else None,
    )
