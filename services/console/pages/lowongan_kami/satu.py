"""`/lowongan-kami/<id>`: one job order of a company: findings with the field that each is about, slots, applicants.

Names are asked of the registry, which gives them with the person's consent to this company alone, and notes each look.
"""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Page, already, notice, placement, registry, t, together
from services.console.pages.calon.words import application_state
from services.console.pages.lowongan_kami import words
from services.console.pages.lowongan_kami.isi import facts
from services.console.pages.tinjau.lowongan import REASONS
from services.console.pages.tinjau.menolak import Reject

page = Page(__name__, "/lowongan-kami/<uuid:id>", needs=("job_orders:write",), roles=("company",))

Body = dict[str, Any]
SHOWN = 50
MOST_PAGES = 10
"""Of a hundred names each, looked through for those who applied to this order."""
_CLOSING = {
    "FILLED": ("semua tempat sudah terisi", "all slots are filled"),
    "EMPLOYER_WITHDREW": ("pemberi kerja menarik diri", "the employer withdrew"),
    "PERMIT_ENDED": ("izinnya berakhir", "the permit ended"),
    "OTHER": ("sebab lain", "another reason"),
}


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(placement.get(f"/v1/job-orders/{id}").ask())


@page.post("/tutup")
def close(id: str) -> ResponseReturnValue:
    """Ended for good; who applied is told so."""
    asked = placement.get(f"/v1/job-orders/{id}").ask()
    if asked.must().get("status") == "CLOSED":
        already()
        return page.go(id=id)
    form = Reject(_CLOSING)
    if not form.validate_on_submit():
        return _render(asked, form, status=422)
    done = placement.post(f"/v1/job-orders/{id}/close", {"reason": form.reason.data}, if_match=form.seen).ask()
    if not done.ok:
        form.refused(done)
        asked = placement.get(f"/v1/job-orders/{id}").ask()
        if asked.must().get("status") == "CLOSED":
            already()
            return page.go(id=id)
        return _render(asked, form, status=409)
    notice(t("Lowongan ditutup.", "The job order was closed."))
    return page.go(id=id)


def _render(asked: Answer, form: Reject | None = None, status: int = 200) -> ResponseReturnValue:
    order = asked.must()
    found = together(
        applications=placement.get(
            "/v1/applications", job_order=order["id"], limit=SHOWN, after=request.args.get("sesudah")
        ),
        contacts=registry.get("/v1/contacts", limit=100),
    )
    why = REASONS.get(order.get("verification_reason") or "")
    closing = form or Reject(_CLOSING)
    closing.reason.label.text = t("Mengapa ditutup", "Why it is closed")
    closing.of(order)
    return page.render(
        order=order,
        facts=facts(order),
        judgement=order.get("judgement") or {},
        words=words,
        state=application_state,
        why=t(*why) if why else "",
        applications=found["applications"],
        contacts=found["contacts"],
        names=_names({one["candidate_id"] for one in found["applications"].items()}, found["contacts"]),
        closing=closing,
        next=found["applications"].or_empty().get("next"),
        status=status,
    )


def _names(wanted: set[str], first: Answer) -> dict[str, str]:
    """Name by person of those who let this company see it, read on until everybody who is shown was found."""
    names: dict[str, str] = {}
    answer = first
    for _ in range(MOST_PAGES):
        names |= {one["id"]: one["full_name"] for one in answer.items()}
        after = answer.or_empty().get("next")
        if not after or wanted <= names.keys():
            break
        answer = registry.get("/v1/contacts", limit=100, after=after).ask()
    return names
