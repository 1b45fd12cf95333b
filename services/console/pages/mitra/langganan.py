"""D2-D4, D6 `/mitra/langganan/<id>`: one endpoint: how it goes, a sample sent now, its secret rotated, its log."""

import re
from typing import Any

from flask import abort, request, session
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired

from services.console.frame import Form, Page, Step, already, moment, notice, number, t, together
from services.console.pages.mitra.isian import Endpoint, of_endpoint
from services.console.pages.mitra.words import HOUSE, STATES, TROUBLES, kinds_of_events, of, standing

page = Page(__name__, "/mitra/langganan/<uuid:id>", needs=("partners:write",))

Body = dict[str, Any]
SHOWN = 20
TRIAL_SECONDS = 20.0
"""The house waits fifteen for the endpoint."""
ROTATED = "secret_rotated"
"""The number of the form that rotated a secret last: pressed again it makes no second one."""
_DELIVERY = re.compile(r"[0-9a-f-]{36}\.[0-9]{1,16}")


class Trial(Form):
    type = SelectField(validate_choice=False)

    def __init__(self, events: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(**more)
        self.type.label.text = t("Contoh peristiwa yang dikirim", "Sample of an event that is sent")
        self.type.choices = events or [("course.published", "course.published")]
        self.type.validators = [InputRequired(t("Pilih satu.", "Choose one."))]


class Rotate(Form):
    keep_hours = RadioField(default="24")

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.keep_hours.label.text = t("Rahasia lama masih berlaku", "The old secret stays good for")
        self.keep_hours.choices = [
            ("24", t("24 jam", "24 hours")),
            ("168", t("7 hari", "7 days")),
            ("0", t("tidak lagi: ia bocor", "no longer: it leaked")),
        ]
        self.keep_hours.validators = [InputRequired(t("Pilih satu.", "Choose one."))]


class Again(Form):
    """``delivery``: one of the log, or nothing for all that failed."""

    delivery = HiddenField()


class Close(Form):
    version = HiddenField()
    close = BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.close.label.text = t("Ya, tutup untuk selamanya", "Yes, close it for good")
        self.close.validators = [
            DataRequired(t("Centang dulu: sesudah ini tidak bisa dibuka lagi.", "Tick it: it cannot be opened again."))
        ]


@page.get
def show(id: str) -> ResponseReturnValue:
    return render(id)


@page.post()
def change(id: str) -> ResponseReturnValue:
    """Only what differs is sent; it goes on where it stood."""
    one = _load(id)
    form = Endpoint(_events())
    if not form.validate_on_submit():
        return render(id, form, status=422)
    if form.overtaken(form.version.data, one["version"], of_endpoint(one, ())):
        return render(id, form, status=409)
    changes = form.changes(one)
    if not changes:
        notice(t("Tidak ada yang berubah.", "Nothing has changed."), tone="look")
        return page.go(id=id)
    done = HOUSE.patch(f"/v1/subscriptions/{id}", changes, if_match=f'"{one["version"]}"').ask()
    if not done.ok:
        form.refused(done)
        return render(id, form, status=409 if done.status in (409, 412) else 422)
    notice(t("Tersimpan.", "Saved."))
    return page.go(id=id)


@page.post("/jeda")
def pause(id: str) -> ResponseReturnValue:
    return _to(id, "PAUSED", t("Dijeda; yang terjadi menunggu.", "Paused; what happens waits."))


@page.post("/lanjut")
def resume(id: str) -> ResponseReturnValue:
    return _to(id, "ACTIVE", t("Berjalan lagi dari tempatnya berhenti.", "It goes on from where it stood."))


@page.post("/uji")
def try_out(id: str) -> ResponseReturnValue:
    """Send a sample now: invented people only, nothing is kept."""
    form = Trial(_events())
    if not form.validate_on_submit():
        return render(id, trial=form, status=422)
    done = HOUSE.post(f"/v1/subscriptions/{id}/test", {"type": form.type.data}, seconds=TRIAL_SECONDS).ask()
    if not done.ok:
        form.refused(done, {"/type": "type"})
        return render(id, trial=form, status=409)
    return render(id, trial=form, tried=done.body)


@page.post("/putar")
def rotate(id: str) -> ResponseReturnValue:
    """The answer is the only page that ever shows the new secret."""
    form = Rotate()
    if not form.validate_on_submit():
        return render(id, rotating=form, status=422)
    if session.get(ROTATED) == form.once.data:
        said = t(
            "Rahasia itu sudah diputar dan hanya tampil sekali. Bila belum disalin, putar sekali lagi.",
            "That secret was rotated, and is shown only once. If you have not copied it, rotate it once more.",
        )
        notice(said, tone="look")
        return page.go(id=id)
    done = HOUSE.post(f"/v1/subscriptions/{id}/secret:rotate", {"keep_hours": int(form.keep_hours.data)}).ask()
    if not done.ok:
        form.refused(done)
        return render(id, rotating=form, status=409)
    session[ROTATED] = form.once.data
    return render(id, secret=done.body["secret"], old_until=done.body.get("old_until"))


@page.post("/kirim-ulang")
def again(id: str) -> ResponseReturnValue:
    """One event of the log, or everything that failed for good."""
    form = Again()
    if not form.validate_on_submit():
        return render(id, status=422)
    one = form.delivery.data
    if one and not (_DELIVERY.fullmatch(one) and one.startswith(f"{id}.")):
        abort(404)
    if one:
        done = HOUSE.post(f"/v1/deliveries/{one}:redeliver").ask()
        said = t("Dikirim ulang sekarang.", "It is sent again now.")
    else:
        done = HOUSE.post("/v1/deliveries:redeliver", {"subscription_id": str(id)}).ask()
        queued = number(done.or_empty().get("queued", 0))
        said = t("{n} kiriman dicoba lagi sekarang.", "{n} deliveries are tried again now.", n=queued)
    if not done.ok:
        form.refused(done)
        return render(id, bad=form, status=409)
    notice(said)
    return page.go(id=id, anchor="log")


@page.post("/tutup")
def close(id: str) -> ResponseReturnValue:
    one = _load(id)
    if one["status"] == "CLOSED":
        already()
        return page.go(id=id)
    form = Close()
    if not form.validate_on_submit():
        return render(id, closing=form, status=422)
    done = HOUSE.delete(f"/v1/subscriptions/{id}", if_match=f'"{form.version.data}"').ask()
    if not done.ok:
        form.refused(done)
        return render(id, closing=form, status=409)
    notice(t("Ditutup; lognya tetap.", "It is closed; its log stays."))
    return page.go(id=id)


def _to(id: str, status: str, said: str) -> ResponseReturnValue:
    form = Step()
    one = _load(id)
    if not form.validate_on_submit():
        return render(id, status=422)
    if one["status"] == status:
        already()
        return page.go(id=id)
    if form.moved_on(one["status"], standing(one)[1]):
        return render(id, bad=form, status=409)
    done = HOUSE.patch(f"/v1/subscriptions/{id}", {"status": status}, if_match=f'"{one["version"]}"').ask()
    if not done.ok:
        form.refused(done)
        return render(id, bad=form, status=409)
    notice(said)
    return page.go(id=id)


def _events() -> list[tuple[str, str]]:
    return kinds_of_events(HOUSE.get("/v1/catalogue").ask())


def _load(id: str) -> Body:
    return HOUSE.get(f"/v1/subscriptions/{id}").ask().must()


def render(
    id: str,
    form: Endpoint | None = None,
    *,
    trial: Trial | None = None,
    rotating: Rotate | None = None,
    closing: Close | None = None,
    bad: Form | None = None,
    secret: str = "",
    old_until: str | None = None,
    tried: Body | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page of one endpoint, with what was just done: a new secret, or what came of a sample."""
    wanted = request.args.get("keadaan")
    wanted = wanted if wanted in STATES else None
    found = together(
        one=HOUSE.get(f"/v1/subscriptions/{id}"),
        log=HOUSE.get("/v1/deliveries", subscription=id, state=wanted, limit=SHOWN, after=request.args.get("sesudah")),
    )
    one, events = found["one"].must(), _events()
    wrong = next(
        (each for each in (form, trial if not tried else None, rotating, closing, bad) if each is not None), None
    )
    if form is None:
        form = of_endpoint(one, events)
        form.as_it_stands()
    form.version.data = form.version.data if status == 422 and form.version.data else str(one["version"])
    closing = closing or Close(formdata=None)
    closing.version.data = str(one["version"])
    return page.render(
        id=id,
        one=one,
        whose=HOUSE.get(f"/v1/organisations/{one['organisation_id']}").ask().or_empty().get("name", ""),
        stands=standing(one),
        trouble=lambda code: of(TROUBLES, code),
        form=form,
        wrong=wrong,
        trial=trial or Trial(events, formdata=None),
        rotating=rotating or Rotate(formdata=None),
        closing=closing,
        step=Step(formdata=None),
        again=Again(formdata=None),
        secret=secret,
        old_until=moment(old_until) if old_until else "",
        tried=tried,
        log=found["log"],
        rows=[_row(row) for row in found["log"].items()],
        states=[(code, t(*words)) for code, (_, *words) in STATES.items()],
        wanted=wanted,
        next=found["log"].or_empty().get("next"),
        status=status,
    )


def _row(row: Body) -> Body:
    tone, *words = STATES[row["state"]]
    return {**row, "stands": (tone, t(*words))}
