"""O6 `/ops/model`: which weights rank, since when and why, and how they did in their examination, by group."""

from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, matching, t

page = Page(__name__, "/ops/model", needs=("operations:read",), menu=Entry("Pengurutan", "Ranking", 24))

_SLICES = {
    "sex": ("jenis kelamin", "sex"),
    "island": ("pulau", "island"),
    "education": ("pendidikan", "schooling"),
    "age": ("umur", "age"),
}


@page.get
def show() -> ResponseReturnValue:
    answer = matching.get("/v1/model").ask()
    if not answer.silent:
        answer.must()
    return page.render(
        answer=answer, model=answer.or_empty(), slices={code: t(*words) for code, words in _SLICES.items()}
    )
