"""`/calon/<id>/jawaban/<jawaban>`: an earlier answer exactly as it was shown, with what it was made from.

Of somebody who took their consent back it is opened by a supervisor alone, after a reason that is kept (decision 0160),
never on a shared screen. It is shown as the answer to the form: its address alone opens nothing.
"""

from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from services.console.frame import Page, matching, registry, shared_screen, together, visitor
from services.console.frame.kept import until_alone
from services.console.pages.calon import daftar_syarat, jalur
from services.console.pages.calon.buka import Opening
from services.console.pages.calon.words import band

page = Page(__name__, "/calon/<uuid:id>/jawaban/<jawaban>", needs=("recommendations:read",))

Body = dict[str, Any]
OPENS = "overrides:write"
MOST_MERGES = 5
"""Records of one person that went one into the other."""


@page.get
def show(id: str, jawaban: str) -> ResponseReturnValue:
    found = together(person=registry.get(f"/v1/candidates/{id}"), answer=matching.get(f"/v1/recommendations/{jawaban}"))
    person, answer = found["person"].must(), found["answer"]
    if answer.code == "consent_withdrawn" and _opens():
        return _asked_why(person, jawaban, None if shared_screen() else Opening())
    return _shown(person, answer.must())


def _is_of(answer: Body, id: str) -> bool:
    """Whether this was answered about the person of the page, or about a record that was merged into theirs."""
    whose = answer.get("candidate")
    for _ in range(MOST_MERGES):
        if not whose or whose == id:
            break
        gone = registry.get(f"/v1/candidates/{whose}").ask()
        whose = gone.body.get("merged_into") if gone.code == "candidate_merged" else None
    return whose == id


@page.post()
def open_it(id: str, jawaban: str) -> ResponseReturnValue:
    """The answer, once; whoever wants to see it again says again why."""
    if not _opens():
        abort(403)
    if shared_screen():
        return until_alone()
    person, form = registry.get(f"/v1/candidates/{id}").ask().must(), Opening()
    if form.validate_on_submit():
        opened = matching.post(f"/v1/recommendations/{jawaban}/openings", {"reason": form.reason.data}).ask()
        if opened.ok:
            return _shown(person, opened.body)
        form.refused(opened, {"/reason": "reason"})
    return _asked_why(person, jawaban, form, status=422)


def _opens() -> bool:
    someone = visitor()
    return bool(someone and someone.may([OPENS]))


def _asked_why(person: Body, jawaban: str, form: Opening | None, status: int = 200) -> ResponseReturnValue:
    """``form``: None on a shared screen, where the page says only how to open it."""
    return page.render(person=person, answer=None, jawaban=jawaban, form=form, status=status)


def _shown(person: Body, answer: Body) -> ResponseReturnValue:
    if not _is_of(answer, person["id"]):
        abort(404)
    return page.render(
        person=person,
        answer=answer,
        paths=jalur.named(answer, jalur.of(answer)),
        rules=daftar_syarat.of(answer),
        band=band,
    )
