"""P2 `/kursus/<id>/ubah`: change a course; what a reviewer looked at is reviewed again, and the page says so before."""

from typing import Any

from flask.typing import ResponseReturnValue
from wtforms import BooleanField
from wtforms.validators import InputRequired

from services.console.frame import Page, Recorded, already, notice, t, training
from services.console.pages import kursus
from services.console.pages.kursus_isian import Course, filled
from services.console.pages.tinjau.menolak import Decide

page = Page(__name__, "/kursus/<uuid:id>/ubah", needs=("courses:write",), roles=("provider",))


@page.get
def show(id: str) -> ResponseReturnValue:
    course = training.get(f"/v1/courses/{id}").ask().must()
    return _render(course, _from(course).as_it_stands())


@page.post()
def change(id: str) -> ResponseReturnValue:
    """About the version that was read; only what differs is sent."""
    course = training.get(f"/v1/courses/{id}").ask().must()
    form, seen = Course(new=False, known=course), Decide()
    fine = seen.validate_on_submit()
    if not form.complete() or not fine:
        return _render(course, form, status=422)
    if form.overtaken(seen.version.data, course["version"], _from(course)):
        return _render(course, form, status=409)
    changes = form.changes()
    if not changes:
        notice(t("Tidak ada yang berubah.", "Nothing has changed."), tone="look")
        return kursus.page.go(anchor=f"k-{id}")
    done = training.patch(f"/v1/courses/{id}", changes, if_match=f'"{course["version"]}"').ask()
    if not done.ok:
        form.refused(done, form.fields_at())
        return _render(course, form, status=409 if done.status == 412 else 422)
    if done.body["review"]["state"] == "PENDING":
        notice(t("Tersimpan; kursus menunggu ditinjau lagi.", "Saved; the course waits for review again."))
    else:
        notice(t("Tersimpan.", "Saved."))
    return kursus.page.go(anchor=f"k-{id}")


class Withdrawal(Decide):
    """Taking a course off the market is sure: nobody is referred to it any more."""

    sure = BooleanField()

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.sure.label.text = t("Ya, tarik kursus ini dari pasar", "Yes, take this course off the market")
        self.sure.validators = [
            InputRequired(t("Centang bila kursusnya benar-benar ditarik.", "Tick it when the course is taken off."))
        ]


@page.post("/tarik")
def withdraw(id: str) -> ResponseReturnValue:
    """Withdrawal the course; its record and its trainees stay."""
    course = training.get(f"/v1/courses/{id}").ask().must()
    if course.get("status") == "WITHDRAWN":
        already()
        return kursus.page.go(anchor=f"k-{id}")
    ending = Withdrawal()
    if not ending.validate_on_submit():
        return _render(course, _from(course).as_it_stands(), ending, status=422)
    done = training.delete(f"/v1/courses/{id}", if_match=ending.seen).ask()
    if not done.ok:
        ending.refused(done)
        course = training.get(f"/v1/courses/{id}").ask().must()
        return _render(course, _from(course).as_it_stands(), ending, status=409)
    notice(t("Kursus ditarik; orang tidak dirujuk ke sana lagi.", "The course is withdrawn; nobody is referred to it."))
    return kursus.page.go(anchor=f"k-{id}")


def _from(course: kursus.Body) -> Course:
    return Course(new=False, known=course, formdata=None, data=filled(course))


def _render(
    course: kursus.Body, form: Recorded, ending: Withdrawal | None = None, *, status: int = 200
) -> ResponseReturnValue:
    return page.render(
        course=course,
        state=kursus.reviewed(course),
        form=form,
        seen=Decide().of(course),
        ending=(ending or Withdrawal()).of(course),
        status=status,
    )
