"""`/calon/<id>/jawaban/<jawaban>`: an earlier answer exactly as it was shown, with what it was made from."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page, matching, registry, together
from services.console.pages.calon import daftar_syarat, jalur
from services.console.pages.calon.words import band

page = Page(__name__, "/calon/<uuid:id>/jawaban/<jawaban>", needs=("recommendations:read",))


@page.get
def show(id: str, jawaban: str) -> ResponseReturnValue:
    found = together(person=registry.get(f"/v1/candidates/{id}"), answer=matching.get(f"/v1/recommendations/{jawaban}"))
    person, answer = found["person"].must(), found["answer"].must()
    return page.render(
        person=person,
        answer=answer,
        paths=jalur.named(answer, jalur.of(answer)),
        rules=daftar_syarat.of(answer),
        band=band,
    )
