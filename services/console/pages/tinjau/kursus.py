"""`/tinjau/kursus/<id>`: one course before the reviewer: approve it, or reject it with a reason."""

from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Page, t, training
from services.console.pages.kursus import REASONS, reviewed
from services.console.pages.tinjau.memutuskan import decide
from services.console.pages.tinjau.menolak import Decide, Reject

page = Page(__name__, "/tinjau/kursus/<uuid:id>", needs=("courses:review",))


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(training.get(f"/v1/courses/{id}").ask())


@page.post("/setujui")
def approve(id: str) -> ResponseReturnValue:
    """Published from now on."""
    return _decide(id, Decide(), t("Kursus disetujui.", "The course was approved."))


@page.post("/tolak")
def reject(id: str) -> ResponseReturnValue:
    """Its provider reads why."""
    said = t("Kursus ditolak; lembaganya membaca alasannya.", "The course was rejected; its provider reads why.")
    return _decide(id, Reject(REASONS), said)


def _decide(id: str, form: Decide, said: str) -> ResponseReturnValue:
    return decide(page, training, f"/v1/courses/{id}", "review", form, yes="APPROVED", said=said, show=_render)


def _render(asked: Answer, form: Decide | None = None, status: int = 200) -> ResponseReturnValue:
    course = asked.must()
    return page.render(
        course=course,
        state=reviewed(course),
        batches=training.get(f"/v1/courses/{course['id']}/batches", limit=25).ask(),
        form=form or Decide(),
        approving=Decide().of(course),
        rejecting=(form if isinstance(form, Reject) else Reject(REASONS)).of(course),
        status=status,
    )
