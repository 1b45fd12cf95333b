"""P4 and P5 `/rujukan-masuk/<id>`: answer one referral, say who came, record the result; the law's word stands beside.

Whether a step is lawful is decided by the house; this page shows what it says. Name and phone stand here where the
person agreed to it, and the look stands in their trail.
"""

from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from services.console.frame import DayField, Form, Page, Step, already, notice, registry, t, together, training
from services.console.pages.calon.words import enrolment_state, enrolment_states
from services.console.pages.rujukan_masuk.words import TONES, short

page = Page(__name__, "/rujukan-masuk/<uuid:id>", needs=("enrolments:write",), roles=("provider",))

Body = dict[str, Any]
STEPS = ("APPLIED", "SELECTED", "ENROLLED", "COMPLETED")
_ACTS = {
    "SELECTED": ("Terima rujukan ini", "Accept this referral"),
    "ENROLLED": ("Peserta datang dan terdaftar", "The trainee came and is enrolled"),
}
NEXT = {"APPLIED": "SELECTED", "SELECTED": "ENROLLED"}
_REASONS = {
    "DECLINED_BY_PROVIDER": ("kami tidak dapat menerima", "we cannot accept"),
    "WITHDRAWN_BY_PERSON": ("calon mengundurkan diri", "the person took it back"),
    "NO_SHOW": ("tidak datang", "did not come"),
    "BATCH_CANCELLED": ("angkatan dibatalkan", "the batch was cancelled"),
    "OTHER": ("sebab lain", "another reason"),
}
_BY_THE_HOUSE = {
    "LAPSED": ("tidak dijawab dalam 72 jam", "not answered within 72 hours"),
    "DUPLICATE": ("orang yang sama sudah terdaftar di angkatan ini", "the same person was in this batch already"),
    "NOT_POSSIBLE": ("kursinya tidak dapat diberikan", "the seat could not be given"),
    "NOT_ADMITTED": ("syarat masuk tidak terpenuhi sampai hari pertama", "the entry requirements are not met in time"),
}
_RESULTS = {"COMPETENT": ("Kompeten", "Competent"), "NOT_YET_COMPETENT": ("Belum kompeten", "Not yet competent")}
_BEFORE = {
    "APPLIED": ("DECLINED_BY_PROVIDER", "WITHDRAWN_BY_PERSON", "BATCH_CANCELLED", "OTHER"),
    "SELECTED": ("NO_SHOW", "WITHDRAWN_BY_PERSON", "BATCH_CANCELLED", "OTHER"),
    "ENROLLED": ("WITHDRAWN_BY_PERSON", "BATCH_CANCELLED", "OTHER"),
    "COMPLETED": ("NO_SHOW", "WITHDRAWN_BY_PERSON", "OTHER"),  # it was entered by mistake
}


class Decline(Step):
    """Why somebody does not take part."""

    drop_reason = RadioField(validators=[InputRequired()])
    sure = BooleanField()

    def __init__(self, state: str) -> None:
        super().__init__()
        if state == "COMPLETED":  # hours and certificates go, for good
            self.sure.label.text = t("Ya, peserta ini tidak menyelesaikannya", "Yes, this trainee did not complete it")
            self.sure.validators = [
                InputRequired(t("Centang bila catatannya keliru.", "Tick it when that record is a mistake."))
            ]
        else:
            del self.sure
        self.drop_reason.label.text = t("Alasan", "Reason")
        self.drop_reason.choices = [(code, t(*_REASONS[code])) for code in _BEFORE.get(state, ())]
        self.drop_reason.validators = [InputRequired(t("Pilih satu alasan.", "Choose a reason."))]


class Result(Step):
    """How the course, and the test if there was one, ended."""

    result = RadioField(validators=[Optional()])
    finished_on = DayField()
    certificate_number = StringField(validators=[Length(max=40)])
    certificate_until = DayField()

    def __init__(self, state: str) -> None:
        super().__init__()
        self.result.label.text = t("Hasil uji kompetensi", "Result of the competence test")
        self.result.choices = [(code, t(*words)) for code, words in _RESULTS.items()]
        if state == "COMPLETED":
            self.result.validators = [DataRequired(t("Pilih hasilnya.", "Choose the result."))]
        else:
            self.result.choices.append(("", t("Belum ada hasil", "No result yet")))
        self.finished_on.label.text = t("Selesai pada", "Finished on")
        self.certificate_number.label.text = t("Nomor sertifikat", "Number of the certificate")
        self.certificate_until.label.text = t("Sertifikat berlaku sampai", "The certificate is valid until")

    def says(self, enrolment: Body) -> bool:
        """Is this what stands already: a button that was pressed twice?"""
        sent = self.changes(enrolment["state"])
        return bool(sent) and all(enrolment.get(name) == value for name, value in sent.items())

    def changes(self, state: str) -> Body:
        """What the house is sent; what nobody typed is left out."""
        found: Body = {"state": "COMPLETED"} if state == "ENROLLED" else {}
        for name in ("result", "certificate_number"):
            if self[name].data:
                found[name] = self[name].data
        for name in ("finished_on", "certificate_until"):
            if self[name].data:
                found[name] = self[name].data.isoformat()
        return found


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(training.get(f"/v1/enrolments/{id}").ask().must())


@page.post("/langkah/<state>")
def move(id: str, state: str) -> ResponseReturnValue:
    """Accept, or enrol; the house does nothing that the law does not allow."""
    if state not in _ACTS:
        abort(404)
    return _send(id, Step(), lambda _: {"state": state})


@page.post("/tolak")
def decline(id: str) -> ResponseReturnValue:
    """Not accepted, or did not come; the seat is free again."""
    return _send(id, Decline, lambda form: {"state": "DROPPED", "drop_reason": form.drop_reason.data})


@page.post("/hasil")
def result(id: str) -> ResponseReturnValue:
    """The course is over, and what the test said."""
    return _send(id, Result, None)


def _send(id: str, kind: Any, changes: Any) -> ResponseReturnValue:
    asked = training.get(f"/v1/enrolments/{id}").ask()
    enrolment = asked.must()
    state = enrolment["state"]
    form = kind(state) if isinstance(kind, type) else kind
    if isinstance(form, Decline) and state == "DROPPED":
        already(_stands(enrolment))
        return page.go(id=id)
    if isinstance(form, Result) and state == "COMPLETED" and form.says(enrolment):
        already(_stands(enrolment))
        return page.go(id=id)
    if form.moved_on(_where(enrolment), _stands(enrolment)):
        return _render(enrolment, form, status=409)
    if not form.validate_on_submit():
        return _render(enrolment, form, status=422)
    sent = changes(form) if changes else form.changes(state)
    if sent.get("state") == state:
        already(_stands(enrolment))
        return page.go(id=id)
    done = training.patch(f"/v1/enrolments/{id}", sent, if_match=asked.version).ask()
    if not done.ok:
        form.refused_step(done, enrolment_states())
        enrolment = training.get(f"/v1/enrolments/{id}").ask().must()
        if enrolment["state"] == sent.get("state", "") != state:  # pressed twice at once: the other press was faster
            already(_stands(enrolment))
            return page.go(id=id)
        return _render(enrolment, form, status=409)
    notice(t("Dicatat: {what}.", "Recorded: {what}.", what=enrolment_state(done.body["state"])))
    return page.go(id=id)


def _reason(enrolment: Body) -> str:
    """Why it ended, in words."""
    reasons = {**_REASONS, **_BY_THE_HOUSE}
    return t(*reasons[enrolment["drop_reason"]]) if enrolment.get("drop_reason") in reasons else ""


def _where(enrolment: Body) -> str:
    """What a page was opened on: a result that was corrected since is looked at before it is corrected again."""
    return " ".join(filter(None, (enrolment["state"], enrolment.get("result"))))


def _stands(enrolment: Body) -> str:
    said = (enrolment_state(enrolment["state"]), _result(enrolment), _reason(enrolment))
    return ": ".join(filter(None, said))


def _result(enrolment: Body) -> str:
    """What the test said, in words."""
    return t(*_RESULTS[enrolment["result"]]) if enrolment.get("result") in _RESULTS else ""


def _render(enrolment: Body, form: Form | None = None, status: int = 200) -> ResponseReturnValue:
    found = together(
        course=training.get(f"/v1/courses/{enrolment['course_id']}"),
        batch=training.get(f"/v1/batches/{enrolment['batch_id']}"),
        contact=registry.get(f"/v1/contacts/{enrolment['candidate_id']}"),
    )
    state = enrolment["state"]
    open_result = state in ("ENROLLED", "COMPLETED")  # what was recorded by mistake is recorded anew
    judgement = enrolment.get("judgement") or {}
    return page.render(
        enrolment=enrolment,
        judgement=judgement,
        lawful=judgement.get("outcome") == "LAWFUL" and judgement.get("current"),
        name=short(enrolment),
        form=form or Form(),
        declining=(form if isinstance(form, Decline) else Decline(state)) if state in _BEFORE else None,
        result=(form if isinstance(form, Result) else Result(state)) if open_result else None,
        result_words=_result(enrolment),
        where=_where(enrolment),
        reason=_reason(enrolment),
        steps=STEPS,
        reached=STEPS.index(state) if state in STEPS else -1,
        next=NEXT.get(state),
        acts={code: t(*text) for code, text in _ACTS.items()},
        words=enrolment_state,
        tones=TONES,
        course=found["course"],
        batch=found["batch"],
        contact=found["contact"],
        person=found["contact"].or_empty(),
        status=status,
    )
