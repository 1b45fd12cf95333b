"""What a visitor sees when a page cannot be shown: what happened, and what to do. Never a stack trace or a blank."""

import logging

from flask import Flask, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from services.console.frame import kept
from services.console.frame.signin import to_sign_in
from services.console.frame.visitor import KEY, visitor
from services.console.frame.words import t
from services.console.houses import Answer, NotAnswered
from services.console.store import Unavailable
from shared import logs

log = logging.getLogger(__name__)

HOUSE_NAMES = {
    "registry": ("data calon", "people's records"),
    "training": ("pelatihan", "training"),
    "placement": ("lowongan dan aturan", "job orders and rules"),
    "matching": ("saran", "advice"),
    "partners": ("sistem mitra", "partner systems"),
}


def house_name(house: str) -> str:
    """How people call what a house does."""
    return t(*HOUSE_NAMES.get(house, (house, house)))


def install(app: Flask) -> None:
    app.register_error_handler(NotAnswered, not_answered)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(Exception, broken)


def not_answered(error: NotAnswered) -> ResponseReturnValue:
    """A house refused, or is silent."""
    answer = error.answer
    if answer.status == 401:
        session.pop(KEY, None)
        return to_sign_in()
    if way := _way_on(answer):
        return redirect(way)
    if answer.silent:
        title = t(
            "Layanan {name} sedang tidak menjawab", "The {name} service is not answering", name=house_name(answer.house)
        )
        if request.method == "POST":
            return _send_again(title)
        detail = t(
            "Halaman ini memerlukannya. Tidak ada yang hilang: coba lagi sebentar lagi.",
            "This page needs it. Nothing is lost: try again in a moment.",
        )
        return _page(503, title, detail, again=request.full_path.rstrip("?") if request.method == "GET" else None)
    return _page(
        answer.status, str(answer.body.get("title") or _titles(answer.status)), str(answer.body.get("detail") or "")
    )


def _send_again(title: str, *, stale: bool = False) -> ResponseReturnValue:
    """What was typed stands hidden in this very page, ready to be sent once more; it is kept nowhere else.

    ``stale``: the form was too old to be taken, and no house was asked.
    """
    g.has_form = True
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    files = any(one.filename for one in request.files.values())
    path = request.full_path.rstrip("?")
    page = render_template("frame/again.html", title=title, fields=fields, files=files, path=path, stale=stale)
    return page, 400 if stale else 503


def _way_on(answer: Answer) -> str | None:
    """Where a page goes on that a house refused: a record that was merged is open under the other id, a person of
    another office after a reason."""
    code, here = answer.body.get("code"), request.view_args or {}
    if request.method != "GET" or "id" not in here:
        return None
    if code == "candidate_merged" and answer.body.get("merged_into"):
        return url_for(str(request.endpoint), **{**here, "id": answer.body["merged_into"]})
    if code == "other_centre" and answer.body.get("openings") == f"/v1/candidates/{here['id']}/openings":
        return url_for("calon_buka.show", id=here["id"])
    return None


def stale_form(error: CSRFError) -> ResponseReturnValue:
    """Nobody is signed in any more: to the sign-in, and what was typed is kept for its writer. Whoever signed in again
    in another tab, or writes on a page for everybody, gets it back here: nothing is done before they press once more.
    """
    if visitor() is None and getattr(session, "lost", False) and request.form.get(kept.MARK):
        return to_sign_in()
    title = t("Formulir ini sudah terlalu lama terbuka", "This form was open for too long")
    for_everybody = visitor() is None and not request.form.get(kept.MARK) and _is_public(request.blueprint)
    if for_everybody or kept.written_here():
        return _send_again(title, stale=True)
    return _page(
        400,
        title,
        t("Buka lagi halamannya, lalu kirim sekali lagi.", "Open the page again and send it once more."),
    )


def _is_public(blueprint: str | None) -> bool:
    pages = current_app.extensions["console.pages"].values()
    return any(one.public and one.blueprint.name == blueprint for one in pages)


def refused(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error  # a redirect
    return _page(status, _titles(status), "")


def broken(error: Exception) -> ResponseReturnValue:
    logs.broke(log, "a page broke", error, route=request.url_rule.rule if request.url_rule else "-")
    return _page(
        500 if not isinstance(error, Unavailable) else 503,
        t("Halaman ini tidak dapat ditampilkan", "This page cannot be shown"),
        t(
            "Kesalahan ada pada kami dan sudah dicatat. Coba lagi, atau kembali ke beranda.",
            "The mistake is ours and has been noted. Try again, or go back to the start.",
        ),
    )


def _titles(status: int) -> str:
    known = {
        400: ("Permintaan ini tidak dapat dibaca", "This request cannot be read"),
        403: ("Halaman ini bukan untuk peran Anda", "This page is not for your role"),
        404: ("Halaman ini tidak ada", "There is no such page"),
        405: ("Halaman ini tidak dapat dibuka dengan cara itu", "This page cannot be opened that way"),
        410: ("Data ini sudah dihapus", "This record has been erased"),
        429: (
            "Beberapa berkas besar sedang dikirim. Tunggu sebentar, lalu kirim lagi",
            "Several large files are being sent. Wait a moment, then send it again",
        ),
        413: ("Formulir atau berkas ini terlalu besar", "This form or file is too large"),
    }
    return t(*known.get(status, ("Tindakan ini belum bisa dilakukan", "This cannot be done yet")))


def _page(status: int, title: str, detail: str, again: str | None = None) -> ResponseReturnValue:
    return render_template("frame/trouble.html", title=title, detail=detail, again=again), status
