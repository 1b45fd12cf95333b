"""`/mitra/<id>`: one partner: what was agreed, its endpoints, and what its contact was told."""

from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Page, notice, t, together
from services.console.pages.mitra.isian import Agreement, of_partner
from services.console.pages.mitra.words import (
    HOUSE,
    KINDS,
    agreed,
    asked_for_a_form,
    kinds_of_events,
    of,
    standing,
    training_providers,
)

page = Page(__name__, "/mitra/<uuid:id>", needs=("partners:write",))

Body = dict[str, Any]
SHOWN = 25
NOTICES = 10


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(id)


@page.post()
def change(id: str) -> ResponseReturnValue:
    """Only what differs is sent."""
    one, offered = _load(id), asked_for_a_form()
    form = _form(None, offered)
    if not form.validate_on_submit():
        return _render(id, form, status=422)
    if form.overtaken(form.version.data, one["version"], of_partner(one, (), ())):
        return _render(id, form, status=409)
    changes = form.changes(one)
    if not changes:
        notice(t("Tidak ada yang berubah.", "Nothing has changed."), tone="look")
        return page.go(id=id)
    done = HOUSE.patch(f"/v1/organisations/{id}", changes, if_match=f'"{one["version"]}"').ask()
    if not done.ok:
        form.refused(done, form.POINTERS)
        return _render(id, form, status=409 if done.status == 412 else 422)
    notice(t("Tersimpan.", "Saved."))
    return page.go(id=id)


def _form(one: Body | None, offered: dict[str, Answer]) -> Agreement:
    """The form as it was sent, or as this record fills it in."""
    events, named = kinds_of_events(offered["catalogue"]), training_providers(offered["providers"])
    return of_partner(one, events, named) if one else Agreement(events, named, new=False)


def _load(id: str) -> Body:
    return HOUSE.get(f"/v1/organisations/{id}").ask().must()


def _render(id: str, form: Agreement | None = None, status: int = 200) -> ResponseReturnValue:
    found = together(
        one=HOUSE.get(f"/v1/organisations/{id}"),
        endpoints=HOUSE.get("/v1/subscriptions", organisation_id=id, limit=SHOWN),
        notices=HOUSE.get(f"/v1/organisations/{id}/notices", limit=NOTICES),
    )
    one, offered = found["one"].must(), asked_for_a_form()
    if form is None:
        form = _form(one, offered)
        form.as_it_stands()
    form.version.data = form.version.data if status == 422 and form.version.data else str(one["version"])
    return page.render(
        id=id,
        one=one,
        kind=of(KINDS, one["kind"]),
        stands=agreed(one),
        endpoints=[{**row, "stands": standing(row)} for row in found["endpoints"].items()],
        listening=found["endpoints"],
        told=found["notices"].items(),
        form=form,
        offered=offered.values(),
        status=status,
    )
