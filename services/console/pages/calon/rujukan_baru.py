"""L7 `/calon/<id>/rujukan/baru`: refer somebody to a training; first the exact list of what leaves the office."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Form, Page, notice, registry, t, together, training
from services.console.pages.calon import jawaban
from services.console.pages.calon.persetujuan import open_purposes

page = Page(__name__, "/calon/<uuid:id>/rujukan/baru", needs=("referrals:write",))

Body = dict[str, Any]


@page.get
def show(id: str) -> ResponseReturnValue:
    batch = request.args.get("angkatan")
    return _chosen(id, batch, Form()) if batch else _to_choose(id)


@page.post()
def refer(id: str) -> ResponseReturnValue:
    """Hold the seat for 72 hours; pressing twice holds one."""
    form = Form()
    batch = request.form.get("batch", "")
    if not form.validate_on_submit():
        return _chosen(id, batch, form, status=422)
    answer = training.post("/v1/enrolments", {"candidate_id": str(id), "batch_id": batch}, once=form.once.data).ask()
    if not answer.ok:
        form.refused(answer)
        return _chosen(id, batch, form, status=409)
    notice(
        t(
            "Rujukan dibuat. Kursi ditahan 72 jam sampai lembaga menjawab.",
            "The referral was made. The seat is held for 72 hours until the provider answers.",
        )
    )
    from services.console.pages import rujukan

    return rujukan.page.go(id=answer.body["id"])


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
