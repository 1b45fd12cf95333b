"""L7 `/calon/<id>/rujukan/baru`: refer somebody to a training; first the exact list of what leaves the office.

One press makes the referral and its letter. The letter may fail alone: the referral stands then, and its page makes it.
"""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField
from wtforms.validators import Length

from services.console.frame import Form, Page, notice, registry, t, together, training
from services.console.pages.calon import jawaban
from services.console.pages.calon.persetujuan import open_purposes

page = Page(__name__, "/calon/<uuid:id>/rujukan/baru", needs=("referrals:write",))

Body = dict[str, Any]


class Referral(Form):
    """``note`` stands on the letter: the provider and whoever holds the paper read it."""

    note = TextAreaField(validators=[Length(max=300)])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.note.label.text = t("Catatan untuk lembaga (boleh kosong)", "Note for the provider (may be empty)")


@page.get
def show(id: str) -> ResponseReturnValue:
    batch = request.args.get("angkatan")
    return _chosen(id, batch, Referral()) if batch else _to_choose(id)


@page.post()
def refer(id: str) -> ResponseReturnValue:
    """Hold the seat for 72 hours; pressing twice holds one."""
    form = Referral()
    batch = request.form.get("batch", "")
    if not form.validate_on_submit():
        return _chosen(id, batch, form, status=422)
    answer = training.post("/v1/enrolments", {"candidate_id": str(id), "batch_id": batch}, once=form.once.data).ask()
    if not answer.ok:
        form.refused(answer)
        return _chosen(id, batch, form, status=409)
    from services.console.pages import rujukan

    made = t(
        "Rujukan dibuat. Kursi ditahan 72 jam sampai lembaga menjawab.",
        "The referral was made. The seat is held for 72 hours until the provider answers.",
    )
    if _letter(str(id), answer.body["id"], form):
        notice(made, detail=t("Suratnya siap dicetak.", "Its letter is ready to be printed."))
    else:
        notice(made, detail=t("Suratnya belum jadi: buat di bawah.", "Its letter was not made yet: make it below."))
    return rujukan.page.go(id=answer.body["id"])


def _letter(id: str, enrolment: str, form: Form) -> bool:
    """Make the letter with the path of the answer that the officer has just seen."""
    from services.console.pages import rujukan

    person = registry.get(f"/v1/candidates/{id}").ask()
    if not person.ok:
        return False
    note = (form["note"].data or "").strip() or None
    seen = jawaban.last_seen(id)
    return (
        rujukan.asked_for_letter(enrolment, person.body, once=form.once.data, note=note, recommendation=seen).ask().ok
    )


def _to_choose(id: str) -> ResponseReturnValue:
    person = registry.get(f"/v1/candidates/{id}").ask().must()
    told = jawaban.about(person)
    return page.render(person=person, courses=(told.body or {}).get("courses", []), told=told, batch=None, form=None)


def _chosen(id: str, batch_id: str, form: Form, status: int = 200) -> ResponseReturnValue:
    found = together(person=registry.get(f"/v1/candidates/{id}"), batch=training.get(f"/v1/batches/{batch_id}"))
    person, batch = found["person"].must(), found["batch"].must()
    course = training.get(f"/v1/courses/{batch['course_id']}").ask().must()
    return page.render(
        person=person,
        batch=batch,
        course=course,
        sharing="SHARING_PROVIDER" in open_purposes(person),
        form=form,
        status=status,
    )
