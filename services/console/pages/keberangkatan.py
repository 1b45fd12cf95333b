"""Announcing a departure, the same for an office and a company: the day, and the ports on the way in their order.

The provinces that the way leads through hear of a lawful traveller, and of no name. Whether it may be announced is
decided by the house, which asks for the papers of the agreement once more.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.validators import Optional

from services.console.frame import DayField, Form, Page, Step, already, day, notice, placement, regency, t
from services.console.pages.calon.words import application_state
from shared.codes import regencies

Body = dict[str, Any]
Show = Callable[[Body, Form, int], ResponseReturnValue]

PORTS = (
    "53.71", "73.71", "73.72", "35.78", "35.15", "51.03", "65.03", "65.71", "21.71", "21.72", "31.72", "36.71",
    "12.07", "14.72", "61.71", "61.03",
)  # fmt: skip
"""Where people of NTT change ships and planes, first the harbours of the east."""
STOPS = ("via_1", "via_2", "via_3")


class Departure(Step):
    """One day, and up to three places on the way."""

    planned_on = DayField()
    via_1 = SelectField(validators=[Optional()])
    via_2 = SelectField(validators=[Optional()])
    via_3 = SelectField(validators=[Optional()])

    def __init__(self, known: Mapping[str, Any] | None = None, **more: Any) -> None:
        said = known or {}
        stops = dict(zip(STOPS, said.get("via") or (), strict=False))
        super().__init__(data={"planned_on": said.get("planned_on"), **stops}, **more)
        self.beyond = list((said.get("via") or ())[len(STOPS) :])
        """Places of a longer way, told by another program: they stay."""
        self.planned_on.label.text = t("Hari berangkat", "Day of departure")
        others = [code for code in stops.values() if code not in PORTS]
        ports = [(code, regencies.name(code)) for code in (*PORTS, *others)]
        for place, name in enumerate(STOPS, 1):
            self[name].label.text = t("Pelabuhan atau bandara ke-{n}", "Port or airport {n}", n=place)
            self[name].choices = [("", t("Tidak ada", "None")), *ports]

    def complete(self) -> bool:
        fine: bool = self.validate_on_submit()
        if not self.planned_on.data and not self.planned_on.errors:
            self.planned_on.errors, fine = [t("Ketik hari berangkatnya.", "Type the day of departure.")], False
        return fine

    def document(self) -> Body:
        via = [self[name].data for name in STOPS if self[name].data]
        leaves = cast(date, self.planned_on.data)  # `complete` said so
        return {"planned_on": leaves.isoformat(), "via": [*dict.fromkeys(via), *self.beyond]}


def announce(page: Page, id: str, show: Show) -> ResponseReturnValue:
    """Tell the provinces on the way. ``show``: the page again, with the form and a status, where it could not be."""
    asked = placement.get(f"/v1/applications/{id}").ask()
    application = asked.must()
    form = Departure(application.get("departure"))
    fine = form.complete()
    if fine and application.get("departure") == form.document():
        already()
        return page.go(id=id)
    if form.moved_on(stands_at(application), announced(application) or application_state(application["state"])):
        return show(application, form, 409)
    if not fine:
        return show(application, form, 422)
    done = placement.put(f"/v1/applications/{id}/departure", form.document(), if_match=asked.version).ask()
    if not done.ok:
        form.refused(done, {f"/via/{at}": name for at, name in enumerate(STOPS)})
        return show(application, form, 409)
    notice(t("Keberangkatan diumumkan.", "The departure was announced."))
    return page.go(id=id)


def offered(application: Body, form: Form, *, may: bool) -> Departure | None:
    """The form, as it was sent or filled in from what was announced; None where there is nothing to announce."""
    if application["state"] != "AGREED":
        return None
    if isinstance(form, Departure):
        return form
    return Departure(application.get("departure"), formdata=None) if may else None


def stands_at(application: Body) -> str:
    """For `Step`: the state, and what was announced: an office and a company may both change it."""
    told = application.get("departure") or {}
    return " ".join((application["state"], *filter(None, (told.get("planned_on"), *(told.get("via") or ())))))


def announced(application: Body) -> str:
    """`5 Feb 2027, lewat Kupang, Nunukan`; empty where nothing was."""
    told = application.get("departure") or {}
    if not told:
        return ""
    via = ", ".join(regency(code) for code in told.get("via") or ())
    return (
        f"{day(told['planned_on'])}, {t('lewat {places}', 'by way of {places}', places=via)}"
        if via
        else day(told["planned_on"])
    )
