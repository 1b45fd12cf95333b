"""D2 `/mitra/<id>/langganan-baru`: a new endpoint of a partner. The answer is the only page that shows its secret."""

from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Page, notice, t
from services.console.pages.mitra import langganan
from services.console.pages.mitra.isian import Endpoint
from services.console.pages.mitra.words import HOUSE, kinds_of_events

page = Page(__name__, "/mitra/<uuid:id>/langganan-baru", needs=("partners:write",))

Body = dict[str, Any]


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(_load(id))


@page.post()
def subscribe(id: str) -> ResponseReturnValue:
    """It hears what comes from now on. Pressed twice it is one endpoint, and its secret is not shown again."""
    one = _load(id)
    form = Endpoint(kinds_of_events(HOUSE.get("/v1/catalogue").ask()))
    if not form.validate_on_submit():
        return _render(one, form, 422)
    asked = {**form.document(), "organisation_id": str(id)}
    made = HOUSE.post("/v1/subscriptions", asked, once=form.once.data).ask()
    if not made.ok:
        form.refused(made)
        return _render(one, form, 409 if made.status == 409 else 422)
    if "secret" not in made.body:
        said = t(
            "Alamat itu sudah dibuat dan rahasianya hanya tampil sekali. Bila belum disalin, putar rahasianya.",
            "That endpoint was made, and its secret is shown only once. If you have not copied it, rotate it.",
        )
        notice(said, tone="look")
        return langganan.page.go(id=made.body["id"])
    return langganan.render(made.body["id"], secret=made.body["secret"])


def _render(one: Body, form: Endpoint | None = None, status: int = 200) -> ResponseReturnValue:
    if form is None:
        form = Endpoint(kinds_of_events(HOUSE.get("/v1/catalogue").ask()))
    return page.render(one=one, form=form, status=status)


def _load(id: str) -> Body:
    return HOUSE.get(f"/v1/organisations/{id}").ask().must()
