"""L11 `/periksa`: is this offer real? Open to everybody; an officer reads what an officer should do."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Entry, Page, both, placement, visitor

page = Page(__name__, "/periksa", public=True, fresh=True, menu=Entry("Periksa tawaran", "Check an offer", 30))

TONES = {"REAL": "ok", "CAUTION": "warn", "NOT_REAL": "stop"}


@page.get
def show() -> ResponseReturnValue:
    """A company's name or licence number, an order's number, or both: no name of a person stands in the address."""
    company = " ".join(request.args.get("perusahaan", "").split())[:200]
    order = " ".join(request.args.get("lowongan", "").split())[:60]
    found: Answer | None = None
    if company or order:
        asked: dict[str, Any] = {"company": company or None, "job_order": order or None}
        found = placement.get("/v1/check", **asked).ask()
        if not found.silent and not found.ok and found.status != 422:
            found.must()
    someone = visitor()
    officer = someone is not None and someone.may(["candidates:read"])
    said = _said(found.or_empty()) if found else []
    return page.render(company=company, order=order, found=found, said=said, tones=TONES, officer=officer)


def _said(answer: dict[str, Any]) -> list[str]:
    """What was found, and what the law says of the order; two rules that say the same are one line."""
    rules = (answer.get("job_order") or {}).get("rules") or []
    return list(dict.fromkeys(both(one["text"]) for one in [*(answer.get("findings") or []), *rules]))
