"""`/pengawas/laporan/<id>`: one report of an offer, and what is known of it beside it. Who reported is never known.

On a shared screen its words stay hidden: they may be about whoever sits beside the person. Confirming and
dismissing are the reviewer's; a supervisor reads and asks for it.
"""

from typing import Any

from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from services.console.frame import Answer, Page, already, notice, placement, shared_screen, t, together, visitor
from services.console.pages.pengawas.words import concern_kind
from services.console.pages.tinjau.menolak import Decide

page = Page(__name__, "/pengawas/laporan/<uuid:id>", needs=("risk:read", "job_orders:verify"))

Body = dict[str, Any]
_ACTS = {
    "confirm": ("Laporan dibenarkan; lowongannya ditahan.", "The report was confirmed; its orders are held back."),
    "dismiss": ("Laporan ditutup.", "The report was closed."),
    "resolve": ("Perkara selesai; lowongannya kembali.", "It is settled; its orders come back."),
}
_BECOMES = {"confirm": "CONFIRMED", "dismiss": "DISMISSED", "resolve": "RESOLVED"}
STATES = {
    "RECEIVED": ("warn", "belum diputuskan", "not decided yet"),
    "CONFIRMED": ("stop", "dibenarkan, lowongan ditahan", "confirmed, orders held back"),
    "DISMISSED": ("unknown", "ditutup", "closed"),
    "RESOLVED": ("ok", "selesai", "settled"),
}


class Deciding(Decide):
    decision = StringField(validators=[DataRequired(), Length(max=300)])

    def __init__(self) -> None:
        super().__init__()
        self.decision.label.text = t("Keputusan dan alasannya", "Decision and reason")


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(placement.get(f"/v1/concerns/{id}").ask())


@page.post("/benarkan")
def confirm(id: str) -> ResponseReturnValue:
    return _decide(id, "confirm")


@page.post("/tutup")
def dismiss(id: str) -> ResponseReturnValue:
    return _decide(id, "dismiss")


@page.post("/selesai")
def resolve(id: str) -> ResponseReturnValue:
    return _decide(id, "resolve")


def _decide(id: str, act: str) -> ResponseReturnValue:
    asked = placement.get(f"/v1/concerns/{id}").ask()
    if asked.must().get("state") == _BECOMES[act]:
        _decided_already(asked.body)
        return page.go(id=id)
    form = Deciding()
    if not form.validate_on_submit():
        return _render(asked, form, status=422)
    path = f"/v1/concerns/{id}/{act}"
    done = placement.post(path, {"decision": form.decision.data}, if_match=form.seen).ask()
    if not done.ok:
        form.refused(done)
        asked = placement.get(f"/v1/concerns/{id}").ask()
        if asked.must().get("state") == _BECOMES[act]:
            _decided_already(asked.body)
            return page.go(id=id)
        return _render(asked, form, status=409)
    notice(t(*_ACTS[act]))
    return page.go(id=id)


def _decided_already(concern: Body) -> None:
    """What was decided; by whom only where nobody looks over a shoulder, as on the page."""
    by = None if shared_screen() else concern["decided_by"]
    already(t(*STATES[concern["state"]][1:]), by=by, at=concern["decided_on"])


def _render(asked: Answer, form: Deciding | None = None, status: int = 200) -> ResponseReturnValue:
    concern = asked.must()
    known = {name: concern[name] for name in ("company", "job_order") if concern.get(name)}
    shared = shared_screen()
    found = together(check=placement.get("/v1/check", **known) if known and not shared else None)
    someone = visitor()
    tone, *said = STATES.get(concern["state"], STATES["RECEIVED"])
    return page.render(
        concern=concern,
        kind=concern_kind(concern["kind"]),
        tone=tone,
        state=t(*said),
        check=found.get("check"),
        decides=someone is not None and someone.may(["job_orders:verify"]),
        form=(form or Deciding()).of(concern),
        status=status,
    )
