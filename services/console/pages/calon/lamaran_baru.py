"""`/calon/<id>/lamaran/baru`: apply to an order that is open to the person; first what leaves the office."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Form, Page, matching, notice, placement, registry, t, together
from services.console.pages import lamaran
from services.console.pages.calon.persetujuan import open_purposes

page = Page(__name__, "/calon/<uuid:id>/lamaran/baru", needs=("applications:write",))

Body = dict[str, Any]


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(id, request.args.get("lowongan", ""), Form())


@page.post()
def apply(id: str) -> ResponseReturnValue:
    form = Form()
    order = request.form.get("order", "")
    if not form.validate_on_submit():
        return _render(id, order, form, status=422)
    answer = placement.post(
        "/v1/applications", {"candidate_id": str(id), "job_order_id": order}, once=form.once.data
    ).ask()
    if not answer.ok:
        form.refused(answer)
        return _render(id, order, form, status=409)
    notice(
        t(
            "Lamaran dicatat. Aturan diperiksa sekali lagi sebelum diteruskan.",
            "The application was recorded. The law is checked once more before it goes on.",
        )
    )
    return lamaran.page.go(id=answer.body["id"])


def _render(id: str, order_id: str, form: Form, status: int = 200) -> ResponseReturnValue:
    found = together(
        person=registry.get(f"/v1/candidates/{id}"),
        order=placement.get(f"/v1/job-orders/{order_id}"),
        judged=matching.post("/v1/eligibility", {"candidate": str(id), "job_order": order_id}, seconds=3),
    )
    person, order = found["person"].must(), found["order"].must()
    rules = found["judged"].or_empty().get("rules", [])
    against = [one for one in rules if one["stage"] == "APPLY" and one["status"] != "MET"]
    return page.render(
        person=person,
        order=order,
        judged=found["judged"],
        against=against,
        sharing="SHARING_COMPANY" in open_purposes(person),
        form=form,
        status=status,
    )
