"""The shared screen: on by default; switching it off or on is an act of somebody who works here, and it is logged."""

import logging

from flask import Blueprint, abort, redirect, request, session
from flask.typing import ResponseReturnValue

from services.console.frame.signin import _ours
from services.console.frame.visitor import SHARED, shared_screen, visitor

log = logging.getLogger("lumbung.screen")

blueprint = Blueprint("screen", __name__)


@blueprint.post("/layar-bersama")
def toggle() -> ResponseReturnValue:
    """From shared to alone, or back."""
    someone = visitor()
    if someone is None:
        abort(403)
    session[SHARED] = not shared_screen()
    log.info("shared screen", extra={"by": someone.subject, "on": session[SHARED], "centre": someone.centre})
    return redirect(_ours(request.form.get("next", "/")), 303)
