"""L11 `/periksa`: is this offer real? Open to everybody; an officer reads what an officer should do."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Entry, Page, both, placement, t, visitor

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
    body = found.or_empty() if found else {}
    return page.render(
        company=company,
        order=order,
        found=found,
        said=_said(body),
        tones=TONES,
        next_step=_next_step(body) if officer and body else "",
    )


def _said(answer: dict[str, Any]) -> list[str]:
    """What was found, and what the law says of the order; two rules that say the same are one line."""
    rules = (answer.get("job_order") or {}).get("rules") or []
    return list(dict.fromkeys(both(one["text"]) for one in [*(answer.get("findings") or []), *rules]))


HONEST = frozenset({"ORDER_FULL", "ORDER_NOT_OPEN_YET", "ORDER_CLOSED"})
"""Findings that speak against nobody: there is only no place today."""
UNCLEAR = frozenset({"COMPANY_UNCLEAR", "ORDER_UNCLEAR", "COMPANY_NOT_NAMED", "ORDER_NOT_NAMED"})


def _next_step(answer: dict[str, Any]) -> str:
    """What an officer does with the answer; nothing where the offer is real. A report is for offers that deceive."""
    found = {one["code"] for one in answer.get("findings") or []}
    if answer["verdict"] == "REAL":
        return ""
    if found and found <= HONEST:
        return t("Untuk petugas: tawarkan lowongan lain.", "For the officer: offer another job order.")
    if answer["verdict"] == "NOT_REAL":
        return t(
            "Untuk petugas: jangan lanjutkan. Catat laporan dan beri tahu pengawas.",
            "For the officer: do not go on. Record a report and tell the supervisor.",
        )
    if found & UNCLEAR:
        return t(
            "Untuk petugas: pilih yang dimaksud di bawah, atau minta nama dan nomor selengkapnya.",
            "For the officer: choose what is meant below, or ask for the whole name and number.",
        )
    if found == {"COMPANY_ALONE"}:
        return t(
            "Untuk petugas: minta nomor lowongannya. Izin perusahaan saja belum cukup.",
            "For the officer: ask for the number of the job order. The licence alone is not enough.",
        )
    return t(
        "Untuk petugas: jangan lanjutkan dulu. Periksa lagi nanti, atau tanyakan pengawas.",
        "For the officer: do not go on yet. Check again later, or ask the supervisor.",
    )
