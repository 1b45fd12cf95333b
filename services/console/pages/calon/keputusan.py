"""`/calon/<id>/keputusan`: what the person decided on the answer that is in front of them."""

from typing import Any

from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import Length

from services.console.frame import Form, Page, country, day, matching, notice, registry, shared_screen, t
from services.console.pages.calon import halaman, jawaban

page = Page(__name__, "/calon/<uuid:id>/keputusan", needs=("recommendations:read",))

Body = dict[str, Any]


class Decision(Form):
    """``answer``: the one that was in front of the person. A decision about another is none of theirs."""

    answer = HiddenField()
    decision = RadioField()
    courses = SelectMultipleField()
    orders = SelectMultipleField()
    note = TextAreaField(validators=[Length(max=500)])

    def __init__(self, answer: Body, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.decision.label.text = t("Keputusan", "Decision")
        self.decision.choices = [
            ("ACCEPTED", t("Mau", "Yes")),
            ("POSTPONED", t("Nanti dulu", "Later")),
            ("DECLINED", t("Tidak mau", "No")),
        ]
        self.courses.label.text = t("Pelatihan yang dipilih", "Courses chosen")
        self.courses.choices = [
            (f"{row['course']}|{row['batch']}", f"{row['title']}, {row['provider']}, {day(row['starts'])}")
            for row in answer["courses"]
        ]
        self.orders.label.text = t("Lowongan yang dipilih", "Job orders chosen")
        self.orders.choices = [
            (row["job_order"], f"{row['title']}, {country(row['country'])}") for row in answer["placements"]
        ]
        self.note.label.text = t("Catatan", "Note")


@page.get
def show(id: str) -> ResponseReturnValue:
    person = registry.get(f"/v1/candidates/{id}").ask().must()
    told = jawaban.about(person)
    form = Decision(told.body) if told.body else None
    return page.render(person=person, told=told, form=form)


@page.post()
def decide(id: str) -> ResponseReturnValue:
    person = registry.get(f"/v1/candidates/{id}").ask().must()
    told = jawaban.about(person)
    if told.body is None:
        return page.render(person=person, told=told, form=None, status=503)
    form = Decision(told.body)
    if form.answer.data and form.answer.data != told.body["id"]:
        form.others.append(
            t(
                "Saran untuk orang ini sudah berubah sejak halaman ini dibuka. Bacakan yang baru, lalu catat lagi.",
                "The advice has changed since this page was opened. Read out the new one, then record it again.",
            )
        )
        return page.render(person=person, told=told, form=form, status=409)
    if not form.validate_on_submit():
        return page.render(person=person, told=told, form=form, status=422)
    pairs = [one.split("|") for one in form.courses.data or []]
    chosen = {
        "courses": sorted({course for course, _ in pairs}),
        "batches": [batch for _, batch in pairs],
        "job_orders": form.orders.data or [],
    }
    note = None if shared_screen() else (form.note.data or "").strip() or None
    answer = matching.post(
        f"/v1/recommendations/{told.body['id']}/decisions",
        {"decision": form.decision.data, "chosen": chosen, "note": note},
        once=form.once.data,
    ).ask()
    if not answer.ok:
        form.refused(answer)
        return page.render(person=person, told=told, form=form, status=422)
    notice(t("Keputusan dicatat.", "The decision was recorded."))
    return halaman.page.go(id=id)
