"""`/calon/<id>/jalur-saya`: the page that the person takes home: big, dated, what to bring, whom to ask."""

from typing import Any

from flask import Response, abort, current_app
from flask.typing import ResponseReturnValue

from services.console.frame import Page, day, moment, registry
from services.console.pages.calon import daftar_syarat, jalur, jawaban, perubahan
from services.console.pages.calon.words import enrolment_state

Body = dict[str, Any]

page = Page(__name__, "/calon/<uuid:id>/jalur-saya", needs=("candidates:read",))


@page.get
def show(id: str) -> ResponseReturnValue:
    person = registry.get(f"/v1/candidates/{id}").ask().must()
    told = jawaban.about(person)
    answer = told.body
    agreed, listed = jalur.referred(str(id))
    return page.render(
        person=person,
        told=told,
        changed_by=perubahan.said(told.differs) if told.differs else "",
        worse=bool(told.differs and perubahan.worse(told.differs)),
        answer=answer,
        headline=jawaban.for_home(answer) if answer else "",
        other_work=jalur.other_work(answer) if answer else "",
        agreed=agreed,
        listed=listed,
        state=enrolment_state,
        paths=(paths := jalur.without(jalur.named(answer, jalur.of(answer))[:1], agreed) if answer else []),
        pay_nobody=jalur.pay_nobody(bool(agreed or paths)),
        papers=_papers(person, answer) if answer else [],
    )


@page.file("/jalur.pdf")
def paper(id: str) -> ResponseReturnValue:
    """The same on one sheet, as PDF/UA. There is none without an answer."""
    from services.console.pdf.path import my_path

    person = registry.get(f"/v1/candidates/{id}").ask().must()
    told = jawaban.about(person)
    answer = told.body
    if answer is None:
        told.asked.must()  # a silent house is told by its name
        abort(404)
    headline = jawaban.for_home(answer)
    if not headline:
        abort(404)
    agreed, _ = jalur.referred(str(id))
    paths = jalur.without(jalur.named(answer, jalur.of(answer))[:1], agreed)
    content = my_path(
        person=person,
        verdict=f"{headline} {jalur.other_work(answer)}".strip() if paths else headline,
        agreed=[{**step, "status": enrolment_state(step["state"])} for step in agreed],
        paths=paths,
        pay_nobody=jalur.pay_nobody(bool(agreed or paths)),
        papers=_papers(person, answer),
        since=moment(told.since) if told.since else day(answer["as_of"]["day"]),
        url=current_app.extensions["console.url"],
    )
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": "inline; filename=jalur.pdf"})


def _papers(person: Body, answer: Body) -> list[str]:
    """What to get ready meanwhile; nothing for whoever has no way to wait for."""
    waits = answer.get("pathways") or any(row["eligible"] or row.get("by") for row in answer.get("placements", ()))
    return daftar_syarat.to_prepare(daftar_syarat.of(answer, person)) if waits else []
