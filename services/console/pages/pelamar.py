"""`/pelamar/<id>`: one applicant before a company: name and phone with consent, the law's word, choose or decline.

The agreement is signed before an officer, who records it; whether a step is lawful is decided by the house.
"""

from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Form, Page, placement, registry, t, together
from services.console.pages import keberangkatan
from services.console.pages.calon.melangkah import WAY, step
from services.console.pages.calon.words import application_state
from services.console.pages.lowongan_kami import words
from services.console.pages.standing import standing

page = Page(__name__, "/pelamar/<uuid:id>", needs=("job_orders:write",), roles=("company",))

Body = dict[str, Any]
_ACTS = {
    "SELECTED": ("Pilih pelamar ini", "Choose this applicant"),
    "REJECTED": ("Tidak menerima pelamar ini", "Do not take this applicant"),
}


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(placement.get(f"/v1/applications/{id}").ask().must(), Form())


@page.post("/<state>")
def move(id: str, state: str) -> ResponseReturnValue:
    """The next step; the house does nothing that the law does not allow."""
    return step(page, id, state, _ACTS, _render)


@page.post("/keberangkatan")
def depart(id: str) -> ResponseReturnValue:
    return keberangkatan.announce(page, id, _render)


def _render(application: Body, form: Form, status: int = 200) -> ResponseReturnValue:
    found = together(
        order=placement.get(f"/v1/job-orders/{application['job_order_id']}"),
        contact=registry.get(f"/v1/contacts/{application['candidate_id']}"),
    )
    stands = standing(application)
    stood = application.get("stopped_at") or application["state"]
    return page.render(
        application=application,
        order=found["order"],
        contact=found["contact"],
        person=found["contact"].or_empty(),
        stands=stands,
        leaving=keberangkatan.offered(application, form, may=stands.current and stands.may_go_on and not stands.signed),
        announced=keberangkatan.announced(application),
        stands_at=keberangkatan.stands_at(application),
        form=form,
        way=WAY,
        reached=WAY.index(stood) if stood in WAY else -1,
        state=application_state,
        words=words,
        acts={code: t(*text) for code, text in _ACTS.items()},
        status=status,
    )
