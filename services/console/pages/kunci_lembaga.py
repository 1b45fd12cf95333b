"""The API keys of one organisation, for its own page and for the province's: list, make (shown once), end one."""

from dataclasses import dataclass
from typing import Any

from flask import abort, session
from flask.typing import ResponseReturnValue
from wtforms import BooleanField
from wtforms.validators import DataRequired

from services.console.frame import Form, Page, notice, t
from services.console.frame.ask import House

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


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one organisation, on one page.

    Attributes:
        at: what the page's address needs (``{"jenis": …, "id": …}``).
        path: of the organisation in its house.
        makes: whether this visitor may make one; ending one that leaked always may.
        more: what the template gets beside the keys.
    """

    page: Page
    at: dict[str, Any]
    house: House
    path: str
    makes: bool = True
    more: dict[str, Any] | None = None

    def show(
        self, *, form: Form | None = None, ending: End | None = None, key: str = "", made: str = "", status: int = 200
    ) -> ResponseReturnValue:
        answer = self.house.get(f"{self.path}/keys").ask()
        if not answer.silent:
            answer.must()
        return self.page.render(
            answer=answer,
            where=self.at,
            keys=answer.items(),
            makes=self.makes,
            most=MOST,
            form=form or Form(),
            ending=ending or End(),
            ended=key,
            made=made,
            status=status,
            **(self.more or {}),
        )

    def make(self) -> ResponseReturnValue:
        """The answer is the only page that ever shows it; reloading would make another one, so the house allows two."""
        if not self.makes:
            abort(403)
        form = Form()
        if not form.validate_on_submit():
            return self.show(form=form, status=422)
        if session.get(MADE) == form.once.data:
            said = t(
                "Kunci itu sudah dibuat dan hanya ditampilkan sekali. Bila belum disalin, akhiri, lalu buat yang baru.",
                "That key was made, and is shown only once. If you have not copied it, end it and make a new one.",
            )
            notice(said, tone="look")
            return self.page.go(**self.at)
        made = self.house.post(f"{self.path}/keys").ask()
        if not made.ok:
            form.refused(made)
            return self.show(form=form, status=409)
        session[MADE] = form.once.data
        return self.show(made=made.body["key"])

    def end(self, key: str) -> ResponseReturnValue:
        if not (key.isascii() and key.isalnum()):
            abort(404)
        form = End()
        if not form.validate_on_submit():
            return self.show(ending=form, key=key, status=422)
        self.house.delete(f"{self.path}/keys/{key}").ask().must()
        notice(t("Kunci {id} sudah tidak berlaku.", "The key {id} is not valid any more.", id=key))
        return self.page.go(**self.at)
