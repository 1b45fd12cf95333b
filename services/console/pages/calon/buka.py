"""`/calon/<id>/buka`: somebody of another office is opened with a reason, which the person can read in their trail."""

from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from services.console.frame import Form, Page, registry, t
from services.console.pages.calon import halaman

page = Page(__name__, "/calon/<uuid:id>/buka", needs=("candidates:read",))


class Opening(Form):
    """Why somebody opens what is closed to them; the reason stands in the person's trail."""

    reason = StringField()

    def __init__(self) -> None:
        super().__init__()
        self.reason.label.text = t("Alasan, tersimpan di jejak orang ini", "Reason, kept in this person's trail")
        how_long = t("Tulis alasan, 10 sampai 300 huruf.", "Write a reason of 10 to 300 letters.")
        self.reason.validators = [DataRequired(how_long), Length(min=10, max=300, message=how_long)]


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
