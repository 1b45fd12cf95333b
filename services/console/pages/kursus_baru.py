"""P2 `/kursus-baru`: describe a course by a form; it waits for the province's review, and the form says so."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page, notice, t, training
from services.console.pages import angkatan_baru
from services.console.pages.kursus_isian import Course

page = Page(__name__, "/kursus-baru", needs=("courses:write",), roles=("provider",))


@page.get
def show() -> ResponseReturnValue:
    return page.render(form=Course(new=True))


@page.post()
def submit() -> ResponseReturnValue:
    """Sent once; the first batch is asked for next."""
    form = Course(new=True)
    if not form.complete():
        return page.render(form=form, status=422)
    done = training.post("/v1/courses", form.document(), once=form.once.data).ask()
    if not done.ok:
        form.refused(done, form.fields_at())
        return page.render(form=form, status=422)
    notice(
        t(
            "Kursus tersimpan dan menunggu ditinjau provinsi.",
            "The course is saved and waits for the review.",
        ),
        detail=t("Tambahkan angkatannya sekarang.", "Add its first batch now."),
    )
    return angkatan_baru.page.go(id=done.body["id"])
