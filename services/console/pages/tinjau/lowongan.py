"""`/tinjau/lowongan/<id>`: one job order before the reviewer: what the law found in it, and verify or reject.

One that is unlawful by itself, or not judged yet, is not verified by the house; this page does not offer it either.
"""

from collections.abc import Mapping
from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Page, placement, t
from services.console.pages.lowongan_kami.isi import facts
from services.console.pages.lowongan_kami.words import findings
from services.console.pages.tinjau.memutuskan import decide, stands
from services.console.pages.tinjau.menolak import Decide, Reject

page = Page(__name__, "/tinjau/lowongan/<uuid:id>", needs=("job_orders:verify",))

REASONS = {
    "NO_PERMIT": ("tidak ada izin", "there is no permit"),
    "PERMIT_DIFFERS": ("izinnya berbeda dari lowongan ini", "the permit differs from this order"),
    "PARTNER_UNKNOWN": ("mitra di luar negeri tidak dikenal", "the partner abroad is not known"),
    "EMPLOYER_UNKNOWN": ("pemberi kerja tidak dikenal", "the employer is not known"),
    "TERMS_UNLAWFUL": ("syarat kerjanya melanggar aturan", "its terms are against the law"),
    "OTHER": ("sebab lain", "another reason"),
}
_STATES = {
    "UNVERIFIED": ("unknown", "belum diverifikasi", "not verified yet"),
    "VERIFIED": ("ok", "terverifikasi", "verified"),
    "REJECTED": ("stop", "ditolak", "rejected"),
}


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(placement.get(f"/v1/job-orders/{id}").ask())


@page.post("/verifikasi")
def verify(id: str) -> ResponseReturnValue:
    """The order is what it claims to be."""
    return _decide(id, Decide(), t("Lowongan terverifikasi.", "The job order was verified."))


@page.post("/tolak")
def reject(id: str) -> ResponseReturnValue:
    """Its company reads why."""
    said = t("Lowongan ditolak; perusahaannya membaca alasannya.", "The order was rejected; its company reads why.")
    return _decide(id, Reject(REASONS), said)


def _decide(id: str, form: Decide, said: str) -> ResponseReturnValue:
    return decide(
        page,
        placement,
        f"/v1/job-orders/{id}",
        "verify",
        form,
        yes="VERIFIED",
        said=said,
        show=_render,
        borne=lambda order: stands(order["verification"], order.get("verification_reason")),
    )


def _company(order: Mapping[str, Any]) -> str:
    """What the company is called; the reviewer verifies without it where its house does not say."""
    id = (order.get("company") or {}).get("id")
    found = placement.get(f"/v1/companies/{id}").ask().or_empty() if id else {}
    return str(found.get("name") or "")


def _render(asked: Answer, form: Decide | None = None, status: int = 200) -> ResponseReturnValue:
    order = asked.must()
    judgement = order.get("judgement") or {}
    tone, *words = _STATES.get(order.get("verification", ""), _STATES["UNVERIFIED"])
    why = REASONS.get(order.get("verification_reason") or "")
    current = bool(judgement.get("current"))
    return page.render(
        order=order,
        facts=facts(order, company=_company(order)),
        findings=findings(order),
        tone=tone,
        state=t(*words),
        why=t(*why) if why else "",
        judgement=judgement,
        current=current,
        may=current and judgement["outcome"] != "UNLAWFUL" and order.get("verification") != "VERIFIED",
        form=form or Decide(),
        verifying=Decide().of(order),
        rejecting=(form if isinstance(form, Reject) else Reject(REASONS)).of(order),
        status=status,
    )
