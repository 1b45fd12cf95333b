"""Coming and going: sign-in by the OIDC code flow (PKCE), renewing the token, signing out, a screen that was left.

The provider is named by settings: in production the province's (Keycloak, for example), in development the small one
of ``deploy/local``, which asks for no password and says so.
"""

import logging
from typing import Any
from urllib.parse import quote, urlencode

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, abort, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from requests import RequestException
from werkzeug.wrappers import Response

from services.console.frame import called, kept
from services.console.frame.visitor import KEY, Visitor, visitor
from services.console.frame.words import COOKIE, LANGUAGES, LONG
from services.console.settings import Settings
from services.console.store.staff import Known
from shared import clock

log = logging.getLogger(__name__)

blueprint = Blueprint("signin", __name__)

NEXT = "next"
AS_ROLE = "sebagai"
LONGEST_WANTED = 2_000
"""Letters of an address to come back to, as they are quoted: it must fit into a header beside that of the sign-in."""
RENEW_SECONDS = 30
"""A token that ends within this time is renewed before it is used."""


def install(app: Flask, settings: Settings) -> None:
    """Name the provider; nothing is fetched before somebody signs in."""
    oauth = OAuth(app)
    oauth.register(
        "provider",
        server_metadata_url=settings.oidc_discovery,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        client_kwargs={
            "scope": settings.oidc_scope,
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": "client_secret_basic" if settings.oidc_client_secret else "none",
            "timeout": 5,
        },
    )
    app.extensions["console.provider"] = oauth.provider
    app.extensions["console.url"] = settings.console_url.rstrip("/")
    app.register_blueprint(blueprint)
    app.before_request(renew)


def to_sign_in() -> Response:
    """Send somebody who is nobody to the sign-in, and back to this page afterwards."""
    if request.method == "POST" and kept.keep():
        return redirect(url_for("signin.enter"), 303)
    wanted = _ours(request.full_path.rstrip("?")) if request.method == "GET" else "/"
    where = url_for("signin.locked" if getattr(session, "lost", False) else "signin.enter")
    return redirect(f"{where}?{urlencode({NEXT: wanted})}" if wanted != "/" else where, 303)


@blueprint.get("/masuk")
def enter() -> ResponseReturnValue:
    """To the provider."""
    session[NEXT] = _ours(request.args.get(NEXT, "/"))
    back = current_app.extensions["console.url"] + url_for("signin.back")
    # Only the development provider lets a link say as whom: of this role, without asking.
    role = request.args.get(AS_ROLE) if current_app.config["IN_DEVELOPMENT"] else None
    try:
        answer: Response = _provider().authorize_redirect(back, **({"login_hint": role} if role else {}))
    except (AuthlibBaseError, RequestException) as error:
        log.error("the sign-in provider does not answer", extra={"error_type": type(error).__name__})
        return render_template("frame/no_signin.html"), 503
    return answer


@blueprint.get("/masuk/kembali")
def back() -> ResponseReturnValue:
    """From the provider, with a code. The session gets a new number: one that was planted before is worth nothing."""
    try:
        grant = _provider().authorize_access_token()
        someone = Visitor.of(grant)
    except (AuthlibBaseError, RequestException, ValueError, KeyError) as error:
        log.warning("a sign-in was not completed", extra={"error_type": type(error).__name__})
        session.clear()
        return render_template("frame/no_signin.html"), 400
    wanted = _ours(session.get(NEXT, "/"))
    unsent = session.get(kept.KEY)
    session.clear()
    session.renew = True  # type: ignore[attr-defined]
    someone.remember()
    if someone.organisation is None:
        current_app.extensions[called.KEY].remember(someone.subject, Known(someone.name, someone.role))
    if kept.taken_along(unsent, someone.subject):
        wanted = "/lanjutkan"
    log.info("signed in", extra={"role": someone.role, "organisation": someone.organisation})
    return redirect(wanted, 303)


@blueprint.post("/keluar")
def leave() -> ResponseReturnValue:
    """Forget the session here and at the provider, and have the browser forget its copies."""
    someone = visitor()
    session.clear()
    g.visitor = None
    where = url_for("signin.left")
    try:
        end = _provider().load_server_metadata().get("end_session_endpoint")
    except (AuthlibBaseError, RequestException):
        end = None
    if end and someone and someone.id_token:
        home = current_app.extensions["console.url"] + where
        where = f"{end}?{urlencode({'id_token_hint': someone.id_token, 'post_logout_redirect_uri': home})}"
    answer = redirect(where, 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.get("/sudah-keluar")
def left() -> ResponseReturnValue:
    return render_template("frame/left.html", locked=False, next="/")


@blueprint.get("/terkunci")
def locked() -> ResponseReturnValue:
    """A screen that was left alone: nothing of anybody is on it any more."""
    session.clear()
    g.visitor = None
    answer = current_app.make_response(
        render_template("frame/left.html", locked=True, next=_ours(request.args.get(NEXT, "/")))
    )
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.get("/bahasa/<code>")
def speak(code: str) -> ResponseReturnValue:
    """Choose the language; the cookie holds two letters."""
    if code not in LANGUAGES and not (code == LONG and current_app.config["IN_DEVELOPMENT"]):
        abort(404)
    answer = redirect(_ours(request.args.get(NEXT, "/")), 303)
    answer.set_cookie(COOKIE, code, max_age=365 * 86400, samesite="Lax", httponly=True, secure=request.is_secure)
    return answer


def renew() -> Response | None:
    """Before a page: a token that is about to end is renewed, or whoever holds it signs in again."""
    if not request.cookies or request.blueprint == "signin" or request.endpoint in current_app.config["OPEN_ENDPOINTS"]:
        return None
    someone = visitor()
    if someone is None or someone.expires - clock.wall().timestamp() > RENEW_SECONDS:
        return None
    if someone.refresh_token:
        try:
            provider = _provider()
            grant: dict[str, Any] = provider.fetch_access_token(
                grant_type="refresh_token", refresh_token=someone.refresh_token
            )
            Visitor.of({"refresh_token": someone.refresh_token, "id_token": someone.id_token, **grant}).remember()
            return None
        except (AuthlibBaseError, RequestException, ValueError, KeyError) as error:
            log.info("a token was not renewed", extra={"error_type": type(error).__name__})
    session.pop(KEY, None)
    g.visitor = None
    return None


def _provider() -> Any:
    return current_app.extensions["console.provider"]


def _ours(address: str) -> str:
    """A path of ours, whatever came in: nobody is sent to another site from here. A very long one loses its query."""
    fine = address.startswith("/") and not address.startswith(("//", "/\\")) and "\\" not in address
    if not fine or not address.isprintable():
        return "/"
    ways = (address, address.partition("?")[0])
    return next((way for way in ways if len(quote(way)) <= LONGEST_WANTED), "/")
