"""L8 `/rujukan/<id>`: one referral: how far it is, and what the office can still do about it."""

from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Form, Page, notice, registry, t, together, training
from services.console.pages.calon.words import enrolment_state

page = Page(__name__, "/rujukan/<uuid:id>", needs=("referrals:write",))

Body = dict[str, Any]
STEPS = ("APPLIED", "SELECTED", "ENROLLED", "COMPLETED")
_REASONS = {
    "LAPSED": ("lembaga tidak menjawab dalam 72 jam", "the provider did not answer within 72 hours"),
    "DECLINED_BY_PROVIDER": ("tidak diterima lembaga", "declined by the provider"),
    "WITHDRAWN_BY_PERSON": ("ditarik oleh calon", "taken back by the person"),
    "NO_SHOW": ("tidak datang", "did not come"),
    "BATCH_CANCELLED": ("angkatan dibatalkan", "the batch was cancelled"),
    "NOT_ADMITTED": (
        "syarat masuk tidak terpenuhi sampai hari pertama",
        "the entry requirements are not met by the first day",
    ),
    "OTHER": ("sebab lain", "another reason"),
}
_RESULTS = {"COMPETENT": ("kompeten", "competent"), "NOT_YET_COMPETENT": ("belum kompeten", "not yet competent")}


@page.get
def show(id: str) -> ResponseReturnValue:
    enrolment = training.get(f"/v1/enrolments/{id}").ask().must()
    return _render(enrolment, Form())


@page.post("/tarik")
def revoke(id: str) -> ResponseReturnValue:
    """Take the referral back; the seat is free again."""
    form = Form()
    answer = training.get(f"/v1/enrolments/{id}").ask()
    enrolment = answer.must()
    if not form.validate_on_submit():
        return _render(enrolment, form, status=422)
    done = training.patch(
        f"/v1/enrolments/{id}",
        {"state": "DROPPED", "drop_reason": "WITHDRAWN_BY_PERSON"},
        if_match=answer.version,
    ).ask()
    if not done.ok:
        form.refused(done)
        return _render(enrolment, form, status=409)
    notice(t("Rujukan ditarik; kursinya bebas lagi.", "The referral was taken back; the seat is free again."))
    return page.go(id=id)


def _render(enrolment: Body, form: Form, status: int = 200) -> ResponseReturnValue:
    found = together(
        person=registry.get(f"/v1/candidates/{enrolment['candidate_id']}"),
        course=training.get(f"/v1/courses/{enrolment['course_id']}"),
        batch=training.get(f"/v1/batches/{enrolment['batch_id']}"),
    )
    state = enrolment["state"]
    return page.render(
        enrolment=enrolment,
        form=form,
        steps=STEPS,
        reached=STEPS.index(state) if state in STEPS else -1,
        state_words=enrolment_state,
        reason=t(*_REASONS[enrolment["drop_reason"]]) if enrolment.get("drop_reason") in _REASONS else "",
        result=t(*_RESULTS[enrolment["result"]]) if enrolment.get("result") in _RESULTS else "",
        person=found["person"],
        course=found["course"],
        batch=found["batch"],
        status=status,
    )
