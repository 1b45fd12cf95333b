"""P2 `/kursus/<id>/angkatan-baru`: a batch more, copied from the last one: type the first day and look at the seats."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page, day, notice, t, training
from services.console.pages import angkatan, kursus
from services.console.pages.angkatan_isian import Batch, copied, last_of

page = Page(__name__, "/kursus/<uuid:id>/angkatan-baru", needs=("batches:write",), roles=("provider",))


@page.get
def show(id: str) -> ResponseReturnValue:
    course = training.get(f"/v1/courses/{id}").ask().must()
    last = last_of(id)
    return _render(course, Batch(new=True, like=last, data=copied(last) if last else None))


@page.post()
def add(id: str) -> ResponseReturnValue:
    course = training.get(f"/v1/courses/{id}").ask().must()
    form = Batch(new=True, like=last_of(id))
    if not form.complete():
        return _render(course, form, status=422)
    done = training.post(f"/v1/courses/{id}/batches", form.document(), once=form.once.data).ask()
    if not done.ok:
        form.refused(done, {"code_taken": "number"})
        return _render(course, form, status=422)
    days = {"a": day(done.body["starts"], short=False), "b": day(done.body["ends"], short=False)}
    notice(t("Angkatan tersimpan: {a} sampai {b}.", "The batch is saved: {a} to {b}.", **days))
    return angkatan.page.go(id=done.body["id"])


def _render(course: kursus.Body, form: Batch, status: int = 200) -> ResponseReturnValue:
    return page.render(course=course, state=kursus.reviewed(course), form=form, status=status)
