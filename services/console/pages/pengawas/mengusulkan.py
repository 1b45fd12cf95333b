"""What proposing a new law and revising one have in common: the kinds, looking at the effect first, and sending."""

from typing import Any

from flask import request

from services.console.frame import Answer, matching
from services.console.pages.pengawas.usulan import AgeFloor, Ban, Body, Cost, Gate, Hours, Proposal, Rate
from services.console.pages.pengawas.usulan_negara import Corridor
from services.console.pages.pengawas.usulan_sebutan import POINTERS
from shared import clock

FORMS: dict[str, type[Proposal]] = {form.kind: form for form in (Ban, Gate, Corridor, Cost, AgeFloor, Hours, Rate)}
"""Kind of law → its form, in the order in which they are offered."""
LOOK = "lihat"
"""Name of the button that only looks."""
SECONDS = 10.0
_WITHOUT = ("text", "verified_on")
"""What the matching house does not read of a draft."""


def only_looks() -> bool:
    """Whether the button was pressed that shows what a law would change, and proposes nothing."""
    return LOOK in request.form


def effect_of(code: str, kind: str, revision: Body) -> Answer:
    """Whom it would change on its first day, or today where that is past: sums only, never fewer than ten people."""
    row = {name: value for name, value in revision.items() if name not in _WITHOUT and value is not None}
    day = max(revision["valid_from"], clock.today().isoformat())
    asked = {"as_of_date": day, "policy": {"code": code, "kind": kind, "revisions": [row]}}
    return matching.post("/v1/what-if", asked, seconds=SECONDS).ask()


def refused(form: Proposal, answer: Answer) -> None:
    """Put a refusal of either house to the fields of the form."""
    pointers: dict[str, Any] = dict(POINTERS)
    for fault in answer.faults:
        pointer = str(fault.get("pointer", ""))
        plain = pointer.removeprefix("/policy/revisions/0")
        fitting = [one for one in POINTERS if one.startswith("/") and (plain == one or plain.startswith(f"{one}/"))]
        asked = form.asked_at("/content/person") if isinstance(form, Corridor) else {}
        name = asked.get(plain) or (POINTERS[max(fitting, key=len)] if fitting else plain.strip("/").split("/")[0])
        pointers[pointer] = name if name in form else "text_id"
    form.refused(answer, pointers)
