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
"""Everybody is asked twice; a supervisor waits for that, and a page does without it when it takes longer."""
_READ = ("valid_from", "valid_until", "confidence", "legal_basis", "content")
"""What the matching house reads of a draft."""


def only_looks() -> bool:
    """Whether the button was pressed that shows what a law would change, and proposes nothing."""
    return LOOK in request.form


def effect_of(code: str, kind: str, revision: Body) -> Answer:
    """Whom it would change on its first day, or today where that is past: sums only, never fewer than ten people."""
    row = {name: revision[name] for name in _READ if revision.get(name) is not None}
    return _asked(revision["valid_from"], {"policy": {"code": code, "kind": kind, "revisions": [row]}})


def effect_without(code: str, first_day: str) -> Answer:
    """Whom it would change that this law is none from `first_day` on, as `effect_of` tells it."""
    return _asked(first_day, {"without_policy": code})


def _asked(first_day: str, question: Body) -> Answer:
    day = max(first_day, clock.today().isoformat())
    return matching.post("/v1/what-if", {"as_of_date": day, **question}, seconds=SECONDS).ask()


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
