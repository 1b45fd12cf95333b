"""A form that was sent after its session had ended: kept sealed while its writer signs in again, and then offered back.

Every form carries a mark of whoever it was written for. What was typed is shown again to that person alone: at a shared
computer the next one to sign in never sees it. Nothing is sent by itself; the person presses once more.
"""

import hmac
from typing import Any

from flask import Blueprint, Flask, abort, current_app, g, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from services.console.frame.visitor import shared_screen, visitor

KEY, MARK = "kept_form", "whose"
MOST_CHARACTERS = 60_000
_NEVER = {"csrf_token", MARK}

blueprint = Blueprint("kept", __name__)


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.before_request(_sent)


def mark() -> str:
    """For the hidden field of every form: tells this person from every other, and tells nothing of them."""
    someone = visitor()
    return _mark_of(someone.subject) if someone else ""


def written_here() -> bool:
    """Whether what was just sent is a form of whoever is signed in now: nobody else knows their mark."""
    someone = visitor()
    return someone is not None and hmac.compare_digest(
        request.form.get(MARK, "").encode(), _mark_of(someone.subject).encode()
    )


def keep(*, alone: bool = False) -> bool:
    """Keep what was just sent, if it was written by somebody who was signed in and holds no file.

    ``alone``: it is not shown again, nor taken, while the screen is shared.
    """
    whose = request.form.get(MARK, "")
    fields = [[name, value] for name, value in request.form.items(multi=True) if name not in _NEVER]
    if not whose or request.files or sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS:
        return False
    session[KEY] = {"path": request.full_path.rstrip("?"), "fields": fields, MARK: whose, "alone": alone}
    return True


def until_alone() -> ResponseReturnValue:
    """The answer to a form that is not taken on a shared screen: it is kept, and the page says how to go on.

    A session that ends while somebody types begins again with a shared screen: what was typed is not lost by that.
    """
    if not keep(alone=True):
        abort(403)
    return _page(session[KEY]), 409


def taken_along(before: Any, subject: str) -> bool:
    """After signing in: what was kept before goes into the new session if it is this person's; else it is gone."""
    if not before or not hmac.compare_digest(str(before[MARK]), _mark_of(subject)):
        return False
    session[KEY] = before
    return True


@blueprint.get("/lanjutkan")
def go_on() -> ResponseReturnValue:
    """The form that was not sent, to be sent or thrown away."""
    kept = session.get(KEY)
    if kept is None or visitor() is None:
        return redirect("/", 303)
    return _page(kept)


@blueprint.post("/lanjutkan/buang")
def throw_away() -> ResponseReturnValue:
    session.pop(KEY, None)
    return redirect("/", 303)


def _page(kept: Any) -> str:
    g.has_form = True
    shown = [value for name, value in kept["fields"] if name != "once"]
    alone = bool(kept.get("alone"))
    filled = sum(1 for value in shown if value.strip())
    return render_template("frame/kept.html", kept=kept, filled=filled, alone=alone, waits=alone and shared_screen())


def _sent() -> Response | None:
    """Once it was sent again it need not be kept."""
    if request.method == "POST" and request.cookies:
        kept = session.get(KEY)
        if kept and visitor() is not None and kept["path"].partition("?")[0] == request.path:
            session.pop(KEY)
    return None


def _mark_of(subject: str) -> str:
    key = current_app.config["SECRET_KEY"]
    secret = key if isinstance(key, bytes) else str(key).encode()
    return hmac.digest(secret, b"form of " + subject.encode(), "sha256").hex()[:32]
