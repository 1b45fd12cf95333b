"""L10 `/calon/<id>/riwayat`: what was answered, decided and arranged before; each answer opens as it was shown."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Page, matching, placement, registry, t, together, training
from services.console.pages.calon.words import application_state, enrolment_state

page = Page(__name__, "/calon/<uuid:id>/riwayat", needs=("recommendations:read",))

Body = dict[str, Any]
SHOWN = 20
_DECISIONS = {"ACCEPTED": ("mau", "yes"), "POSTPONED": ("nanti dulu", "later"), "DECLINED": ("tidak mau", "no")}


@page.get
def show(id: str) -> ResponseReturnValue:
    id = str(id)
    found = together(
        person=registry.get(f"/v1/candidates/{id}"),
        answers=matching.get("/v1/recommendations", candidate=id, limit=SHOWN, after=request.args.get("jawaban")),
        decisions=matching.get("/v1/decisions", candidate=id, limit=SHOWN, after=request.args.get("keputusan")),
        enrolments=training.get("/v1/enrolments", candidate=id),
        applications=placement.get("/v1/applications", candidate=id),
    )
    return page.render(
        person=found["person"].must(),
        answers=found["answers"],
        decisions=found["decisions"],
        enrolments=found["enrolments"],
        applications=found["applications"],
        decided={code: t(*said) for code, said in _DECISIONS.items()},
        enrolment_state=enrolment_state,
        application_state=application_state,
    )
