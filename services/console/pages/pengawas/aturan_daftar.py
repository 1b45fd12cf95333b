"""`/pengawas/aturan`: every law on record, what is in force today, and the way to propose a change."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Page, day, placement, t
from services.console.pages.pengawas import words
from shared import clock

page = Page(__name__, "/pengawas/aturan", needs=("policies:approve", "policies:propose"))

Body = dict[str, Any]
SHOWN = 100


@page.get
def show() -> ResponseReturnValue:
    found = placement.get("/v1/policies", limit=SHOWN, after=request.args.get("sesudah")).ask()
    if not found.silent:
        found.must()
    rows = [(one, *_stands(one)) for one in sorted(found.items(), key=lambda one: str(one["code"]))]
    return page.render(found=found, rows=rows, kind=words.policy_kind, next=found.or_empty().get("next"))


def _stands(policy: Body) -> tuple[Body, str, str]:
    """The text that is read, with how it stands: the law of today, else the next, else the last that was law or is
    proposed."""
    rows, today = policy["revisions"], clock.today().isoformat()
    law = next((row for row in rows if row["number"] == policy["in_force"]), None)
    if law is not None:
        return law, "ok", t("berlaku", "in force")
    approved = [row for row in rows if row["status"] == "APPROVED" and row["action"] == "SET"]
    ends = [row for row in rows if row["status"] == "APPROVED" and row["action"] == "END"]
    coming = [row for row in approved if row["valid_from"] > today and not any(_ended(row, end) for end in ends)]
    if coming:
        first = min(coming, key=lambda row: (row["valid_from"], -row["number"]))
        return first, "info", t("berlaku mulai {d}", "in force from {d}", d=day(first["valid_from"]))
    if approved:
        return approved[-1], "plain", t("tidak berlaku lagi", "no longer in force")
    waiting = [row for row in rows if row["status"] == "PROPOSED"]
    if waiting:
        return waiting[-1], "warn", t("usulan, menunggu orang kedua", "proposed, waits for a second person")
    return rows[-1], "stop", t("usulan ditolak", "proposal turned down")


def _ended(row: Body, end: Body) -> bool:
    """Whether an end that was approved later begins before the text does."""
    return bool(end["number"] > row["number"] and end["valid_from"] <= row["valid_from"])
