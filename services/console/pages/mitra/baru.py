"""`/mitra/baru`: enter a partner, after its agreement was signed."""

from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Page, notice, t
from services.console.pages.mitra import satu
from services.console.pages.mitra.isian import Agreement
from services.console.pages.mitra.words import HOUSE, asked_for_a_form, kinds_of_events, training_providers

page = Page(__name__, "/mitra/baru", needs=("partners:write",))


@page.get
def show() -> ResponseReturnValue:
    return _render()


@page.post()
def enter() -> ResponseReturnValue:
    offered = asked_for_a_form()
    form = _empty(offered)
    if not form.validate_on_submit():
        return _render(offered, form, 422)
    made = HOUSE.post("/v1/organisations", form.document(), once=form.once.data).ask()
    if not made.ok:
        form.refused(made, form.POINTERS)
        return _render(offered, form, 409 if made.status == 409 else 422)
    notice(t("{name} sudah dicatat.", "{name} is on record.", name=made.body["name"]))
    return satu.page.go(id=made.body["id"])


def _empty(offered: dict[str, Answer]) -> Agreement:
    return Agreement(kinds_of_events(offered["catalogue"]), training_providers(offered["providers"]), new=True)


def _render(
    offered: dict[str, Answer] | None = None, form: Agreement | None = None, status: int = 200
) -> ResponseReturnValue:
    offered = offered or asked_for_a_form()
    return page.render(form=form or _empty(offered), offered=offered.values(), status=status)
