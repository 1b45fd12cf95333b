"""`/calon/<id>/buka`: somebody of another office is opened with a reason, which the person can read in their trail."""

from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from services.console.frame import Form, Page, registry, t
from services.console.pages.calon import halaman

page = Page(__name__, "/calon/<uuid:id>/buka", needs=("candidates:read",))


class Opening(Form):
    """Why this office works on this person today."""

    reason = StringField()

    def __init__(self) -> None:
        super().__init__()
        self.reason.label.text = t("Alasan, tersimpan di jejak orang ini", "Reason, kept in this person's trail")
        at_least = t("Tulis alasan, paling sedikit 10 huruf.", "Write a reason of at least 10 letters.")
        self.reason.validators = [DataRequired(at_least), Length(min=10, max=300, message=at_least)]


@page.get
def show(id: str) -> ResponseReturnValue:
    return page.render(id=id, form=Opening())


@page.post()
def open_it(id: str) -> ResponseReturnValue:
    """The page of the person is open to this officer for the rest of the day."""
    form = Opening()
    if form.validate_on_submit():
        answer = registry.post(f"/v1/candidates/{id}/openings", {"reason": form.reason.data}).ask()
        if answer.ok:
            return halaman.page.go(id=id)
        form.refused(answer, {"/reason": "reason"})
    return page.render(id=id, form=form, status=422)
