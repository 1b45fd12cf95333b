"""`/calon/<id>/persetujuan`: what the person allows: read aloud, recorded, and taken back whenever they like."""

from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Page, notice, registry, t
from services.console.pages.calon import halaman
from services.console.pages.calon.isian import Consents
from services.console.pages.calon.words import PURPOSES, purpose

page = Page(__name__, "/calon/<uuid:id>/persetujuan", needs=("candidates:write",))

Body = dict[str, Any]


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(registry.get(f"/v1/candidates/{id}").ask().must(), Consents())


@page.post()
def give(id: str) -> ResponseReturnValue:
    """Record each purpose that was ticked."""
    form = Consents()
    if not form.validate_on_submit():
        return _render(registry.get(f"/v1/candidates/{id}").ask().must(), form, status=422)
    for one in form.profile()["consents"]:
        answer = registry.post(f"/v1/candidates/{id}/consents", one, once=f"{form.once.data}/{one['purpose']}").ask()
        if not answer.ok:
            form.refused(answer, {"/purpose": "purposes"})
            return _render(registry.get(f"/v1/candidates/{id}").ask().must(), form, status=422)
    notice(t("Persetujuan dicatat.", "The consent was recorded."))
    return halaman.page.go(id=id)


@page.post("/<purpose_code>/tarik")
def withdraw(id: str, purpose_code: str) -> ResponseReturnValue:
    """Take one back; with the first, everything about the person stops being worked out at once."""
    version = registry.get(f"/v1/candidates/{id}").ask()
    version.must()
    registry.delete(f"/v1/candidates/{id}/consents/{purpose_code}", if_match=version.version).ask().must()
    notice(t("Persetujuan ditarik: {what}.", "The consent was taken back: {what}.", what=purpose(purpose_code)))
    return page.go(id=id)


def open_purposes(person: Body) -> list[str]:
    """What is allowed now."""
    return [row["purpose"] for row in person["consents"] if row["withdrawn_at"] is None]


def _render(person: Body, form: Consents, status: int = 200) -> ResponseReturnValue:
    given = open_purposes(person)
    form.purposes.choices = [(code, t(*words)) for code, words in PURPOSES.items() if code not in given]
    rows = [row for row in person["consents"] if row["withdrawn_at"] is None]
    return page.render(person=person, form=form, rows=rows, purpose=purpose, status=status)
