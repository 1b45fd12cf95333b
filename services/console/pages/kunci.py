"""P6 `/kunci`: the API keys of one's own organisation: list them, make one (shown once), end one that leaked."""

from flask import abort, session
from flask.typing import ResponseReturnValue
from wtforms import BooleanField
from wtforms.validators import DataRequired

from services.console.frame import Form, Page, notice, t, training, visitor

page = Page(__name__, "/kunci", needs=("courses:write",), roles=("provider",))

MADE = "key_made"
"""The number of the form that made a key last: pressed again it makes no second one."""
MOST = 2
"""Live at a time, so that one can be changed without an outage."""


class End(Form):
    """Ending a key is sure: whatever uses it stops at once."""

    sure = BooleanField()

    def __init__(self) -> None:
        super().__init__()
        self.sure.label.text = t("Ya, akhiri kunci ini sekarang", "Yes, end this key now")
        self.sure.validators = [
            DataRequired(t("Centang dulu: sistem yang memakainya langsung berhenti.", "Tick it: what uses it stops."))
        ]


@page.get
def show() -> ResponseReturnValue:
    return _render()


@page.post()
def make() -> ResponseReturnValue:
    """The answer is the only page that ever shows it; reloading would make another one, so the house allows two."""
    form = Form()
    if not form.validate_on_submit():
        return _render(form=form, status=422)
    if session.get(MADE) == form.once.data:
        said = t(
            "Kunci itu sudah dibuat dan hanya ditampilkan sekali. Bila belum disalin, akhiri, lalu buat yang baru.",
            "That key was made, and is shown only once. If you have not copied it, end it and make a new one.",
        )
        notice(said, tone="look")
        return page.go()
    made = training.post(f"/v1/providers/{_own()}/keys").ask()
    if not made.ok:
        form.refused(made)
        return _render(form=form, status=409)
    session[MADE] = form.once.data
    return _render(made=made.body["key"])


@page.post("/<key>/akhiri")
def end(key: str) -> ResponseReturnValue:
    if not (key.isascii() and key.isalnum()):
        abort(404)
    form = End()
    if not form.validate_on_submit():
        return _render(ending=form, key=key, status=422)
    training.delete(f"/v1/providers/{_own()}/keys/{key}").ask().must()
    notice(t("Kunci {id} sudah tidak berlaku.", "The key {id} is not valid any more.", id=key))
    return page.go()


def _own() -> str:
    someone = visitor()
    if someone is None or not someone.organisation:
        abort(403)
    return someone.organisation


def _render(
    *, form: Form | None = None, ending: End | None = None, key: str = "", made: str = "", status: int = 200
) -> ResponseReturnValue:
    answer = training.get(f"/v1/providers/{_own()}/keys").ask()
    if not answer.silent:
        answer.must()
    return page.render(
        answer=answer,
        keys=answer.items(),
        most=MOST,
        form=form or Form(),
        ending=ending or End(),
        ended=key,
        made=made,
        status=status,
    )
