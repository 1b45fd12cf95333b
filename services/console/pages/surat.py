"""`/surat` and `/surat/<kode>`: is this letter good? For an officer at a port, and for whoever holds the paper.

Initials, destination, days, and whether it was taken back: nothing that is not on the paper, and less than is on it.
Never kept by a cache: a letter that is taken back is void at once.
"""

from typing import Any

from flask import redirect, request
from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Page, training

page = Page(__name__, "/surat", public=True, fresh=True)

TONES = {"VALID": "ok", "EXPIRED": "warn", "REVOKED": "stop"}
LONGEST = 40


@page.get
def show() -> ResponseReturnValue:
    """The form; with `?kode=` it goes to the address that also stands in the square code."""
    typed = "".join(sign for sign in request.args.get("kode", "") if sign.isalnum())[:LONGEST]
    return redirect(page.url(f"/{typed.upper()}"), 303) if typed else page.render(typed="", letter=None, unknown=None)


@page.file("/<kode>")
def check(kode: str) -> ResponseReturnValue:
    """What became of one letter."""
    found = training.get(f"/v1/letters/{_safe(kode)}").ask()
    seen: dict[str, Any] = {"typed": kode[:LONGEST], "letter": found, "tones": TONES}
    if found.ok and "initials" not in found.body:
        # Another address of the house below the same path: whatever it says, it is no letter.
        return page.render(**{**seen, "letter": Answer("training", 404)}, unknown={"title": ""}, status=404)
    if found.status == 404:
        return page.render(**seen, unknown=found.body, status=404)
    if not found.ok and not found.silent:
        found.must()
    return page.render(**seen, unknown=None, status=200 if found.ok else 503)


def _safe(typed: str) -> str:
    """Only what a code may be made of goes into an address of another house; nothing at all becomes a dash."""
    return "".join(sign for sign in typed[:LONGEST] if (sign.isascii() and sign.isalnum()) or sign == "-") or "-"
