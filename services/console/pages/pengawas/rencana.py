"""`/pengawas/rencana`: ask for a plan for everybody: which seat and which slot for whom, with floors for the worst-off.

A plan for a few takes as long as one answer for each person, one for many is made meanwhile. The number of the form
goes along: whoever closes the page, or presses again after a silence, gets the plan that was made and not another.
"""

from typing import Any

from flask import session
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from services.console.frame import Form, Page, matching, t
from shared.codes import regencies

page = Page(__name__, "/pengawas/rencana", needs=("policies:propose",))

Body = dict[str, Any]
SECONDS = 55.0
KEY, KEPT = "plans", 10


class Ask(Form):
    regency = SelectField()

    def __init__(self) -> None:
        super().__init__()
        self.regency.label.text = t("Untuk siapa", "For whom")
        here = sorted((one.name, one.code) for one in regencies.table().values() if one.code.startswith(regencies.NTT))
        self.regency.choices = [
            ("", t("Semua yang sudah setuju", "Everybody who agreed")),
            *((code, t("Asal {name}", "Home: {name}", name=name)) for name, code in here),
        ]


@page.get
def show() -> ResponseReturnValue:
    return page.render(form=Ask(), earlier=session.get(KEY, []), silent_answer=None)


@page.post()
def make() -> ResponseReturnValue:
    """Make it, and go to it."""
    from services.console.pages.pengawas import rencana_satu

    form = Ask()
    if not form.validate_on_submit():
        return page.render(form=form, earlier=session.get(KEY, []), silent_answer=None, status=422)
    asked = {"regency": form.regency.data} if form.regency.data else {}
    answer = matching.post("/v1/allocations", asked, once=form.once.data, seconds=SECONDS).ask()
    if answer.silent:
        return page.render(form=form, earlier=session.get(KEY, []), silent_answer=answer, status=503)
    if not answer.ok:
        form.refused(answer)
        return page.render(form=form, earlier=session.get(KEY, []), silent_answer=None, status=answer.status)
    made = {"id": answer.body["id"], "at": answer.body["made_at"], "regency": form.regency.data or None}
    session[KEY] = [made, *(one for one in session.get(KEY, []) if one["id"] != made["id"])][:KEPT]
    return rencana_satu.page.go(id=answer.body["id"])
