"""`/lamaran/<id>`: one application: how far it is, what the law says of it today, and the next step.

Whether a step is lawful is decided by the house; this page shows what it says.
"""

import hashlib
import json
from typing import Any

from flask.typing import ResponseReturnValue
from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from services.console.frame import Form, Page, Step, already, both, notice, placement, registry, t, together, visitor
from services.console.pages import keberangkatan
from services.console.pages.calon.melangkah import WAY, step
from services.console.pages.calon.words import PAPERS, application_state, application_states
from services.console.pages.standing import NEXT, Standing, standing

page = Page(__name__, "/lamaran/<uuid:id>", needs=("applications:write",))

Body = dict[str, Any]
HELD_DAYS = 14
"""How long a place is held before it is free for others again."""
_NEEDS_PLACE = "AGREED"
_HELD_AT = ("APPLIED", "SELECTED")
_ACTS = {
    "SELECTED": ("Perusahaan memilih calon ini", "The company has chosen this person"),
    "AGREED": ("Perjanjian ditandatangani di depan petugas", "The agreement was signed before the officer"),
    "DEPARTED": ("Sudah berangkat", "Has departed"),
    "WITHDRAWN": ("Calon menarik lamaran", "The person takes the application back"),
}


class Override(Form):
    """A supervisor answers for rules that nobody could decide.

    ``about``: which judgement was read. Whoever answers answers for that, and not for what the law asks since.
    """

    about = HiddenField()
    rules = SelectMultipleField(validators=[DataRequired()])
    reason = StringField(validators=[DataRequired(), Length(max=300)])

    def __init__(self, rules: list[Body], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rules.label.text = t("Syarat yang dijawab pengawas", "Rules the supervisor answers for")
        self.rules.choices = [(one["rule"], both(one["text"])) for one in rules]
        self.reason.label.text = t("Alasan, tersimpan di jejak", "Reason, kept in the trail")


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(placement.get(f"/v1/applications/{id}").ask().must(), Form())


@page.post("/<state>")
def move(id: str, state: str) -> ResponseReturnValue:
    """The next step; the house does nothing that the law does not allow."""
    return step(page, id, state, _ACTS, _render)


@page.post("/tempat")
def hold(id: str) -> ResponseReturnValue:
    """Hold a place of the order for the person; without one no agreement is signed."""
    application = placement.get(f"/v1/applications/{id}").ask().must()
    form, state = Step(), application["state"]
    if not form.validate_on_submit():
        return _render(application, form, status=422)
    if form.moved_on(state, application_state(state)):
        return _render(application, form, status=409)
    if state not in _HELD_AT:
        said = t("Pada keadaan ini tidak ada tempat yang dipesan.", "No place is held in this state.")
        form.others.append(said)
        return _render(application, form, status=409)
    path = f"/v1/job-orders/{application['job_order_id']}/reservations"
    wanted = {"candidate_id": application["candidate_id"], "days": HELD_DAYS}
    done = placement.post(path, wanted, once=form.once.data).ask()
    if done.code == "already_reserved":
        already()
    elif not done.ok:
        form.refused(done)
        return _render(application, form, status=409)
    else:
        notice(t("Tempat dipesan selama {n} hari.", "A place is held for {n} days.", n=HELD_DAYS))
    return page.go(id=id)


class Release(Step):
    """Giving a place back is sure: somebody else may get it at once."""

    sure = BooleanField()

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.sure.label.text = t("Ya, lepas tempat ini sekarang", "Yes, give this place back now")
        self.sure.validators = [
            InputRequired(t("Centang bila tempatnya benar-benar dilepas.", "Tick it when the place is given back."))
        ]


@page.post("/tempat/lepas")
def release(id: str) -> ResponseReturnValue:
    """Give the held place back; the application goes on. One that was signed for is given back by withdrawing."""
    application = placement.get(f"/v1/applications/{id}").ask().must()
    form, state = Release(), application["state"]
    if not form.validate_on_submit():
        return _render(application, form, status=422)
    if form.moved_on(state, application_state(state)):
        return _render(application, form, status=409)
    if not application.get("reserved"):
        already()
        return page.go(id=id)
    path = f"/v1/job-orders/{application['job_order_id']}/reservations"
    known = placement.get(path, candidate=application["candidate_id"], limit=100).ask()
    known.must()
    held = next((one["id"] for one in known.items() if one["state"] in ("HELD", "TAKEN")), None)
    done = placement.delete(f"{path}/{held}").ask() if held else None
    if done is not None and not done.ok:
        form.refused_step(done, application_states())
        return _render(application, form, status=409)
    notice(t("Tempat dilepas; orang lain bisa mendapatnya.", "The place was given back; others may have it."))
    return page.go(id=id)


@page.post("/keberangkatan")
def depart(id: str) -> ResponseReturnValue:
    return keberangkatan.announce(page, id, _render)


@page.post("/jawab")
def override(id: str) -> ResponseReturnValue:
    """For supervisors: rules that are not known, with a reason; never one that is not met."""
    application = placement.get(f"/v1/applications/{id}").ask().must()
    form = Override(_answerable(standing(application)))
    if form.about.data and form.about.data != about(application):
        form.others.append(
            t(
                "Kata aturan sudah berubah sejak halaman ini dibuka. Baca lagi di bawah, lalu jawab sekali lagi.",
                "The law's word has changed since this page was opened. Read it again below, then answer once more.",
            )
        )
        form.rules.data = [one for one in form.rules.data or [] if one in dict(form.rules.choices)]
        return _render(application, form, status=409)
    if not form.validate_on_submit():
        return _render(application, form, status=422)
    done = placement.post(
        f"/v1/applications/{id}/overrides",
        {"rules": form.rules.data, "reason": form.reason.data},
        once=form.once.data,
    ).ask()
    if not done.ok:
        form.refused(done)
        return _render(application, form, status=409)
    notice(t("Jawaban pengawas dicatat.", "The supervisor's answer was recorded."))
    return page.go(id=id)


def about(application: Body) -> str:
    """Tells one judgement from another that says something else, or says it of another person, order or law."""
    judgement = application.get("judgement") or {}
    rows = [[one.get(name) for name in ("rule", "status", "version")] for one in judgement.get("rules", [])]
    read = json.dumps([rows, judgement.get("versions")], sort_keys=True)
    return hashlib.blake2b(read.encode(), digest_size=8).hexdigest()


def _answerable(stands: Standing) -> list[Body]:
    """What a supervisor may answer for: what holds it up now, then the papers of the next step."""
    return [one for one in (*stands.waits, *stands.signed, *stands.papers) if one["status"] == "UNKNOWN"]


def _render(application: Body, form: Form, status: int = 200) -> ResponseReturnValue:
    found = together(
        person=registry.get(f"/v1/candidates/{application['candidate_id']}"),
        order=placement.get(f"/v1/job-orders/{application['job_order_id']}"),
    )
    state = application["state"]
    stands = standing(application)
    open_rules = _answerable(stands)
    someone = visitor()
    answers = bool(someone and someone.may(["overrides:write"]) and open_rules and not stands.stops)
    return page.render(
        application=application,
        person=found["person"],
        order=found["order"],
        form=form,
        way=WAY,
        reached=WAY.index(application.get("stopped_at") or state)
        if (application.get("stopped_at") or state) in WAY
        else -1,
        words=application_state,
        next=NEXT.get(state),
        held=bool(application.get("reserved")),
        releasing=form if isinstance(form, Release) else Release(),
        held_at=_HELD_AT,
        needs_place=NEXT.get(state) == _NEEDS_PLACE and not application.get("reserved"),
        acts={code: t(*text) for code, text in _ACTS.items()},
        stands=stands,
        papers=PAPERS,
        about=about(application),
        leaving=keberangkatan.offered(application, form, may=stands.current and stands.may_go_on and not stands.signed),
        announced=keberangkatan.announced(application),
        stands_at=keberangkatan.stands_at(application),
        answering=(form if isinstance(form, Override) else Override(open_rules)) if answers else None,
        status=status,
    )
