"""The one place that knows every part of the console and puts them together."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from services.console.frame import (
    assets,
    bodies,
    called,
    headers,
    kept,
    notices,
    page,
    public_answers,
    screen,
    signin,
    troubles,
)
from services.console.frame.session import ServerSide
from services.console.frame.visitor import shared_screen, visitor
from services.console.frame.words import HELPERS, babel, language
from services.console.houses import Houses
from services.console.settings import Settings
from services.console.store.sessions import Sessions
from services.console.store.staff import Staff
from shared.documents.mongo import FOR_REQUESTS_SECONDS, Database
from shared.http import health
from shared.http.hosts import AnyHost
from shared.http.sizes import MOST_BYTES

VERSION = "1.0.0"
ROOMS = Path(__file__).resolve().parent

OPEN_ENDPOINTS = frozenset({"livez", "readyz", "metrics", "asset", "robots"})
"""They need no session and look into none."""


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    transport: httpx.BaseTransport | None = None,
) -> Flask:
    """The web application. ``database`` and ``transport`` (to the houses) are doubles for tests."""
    app = AnyHost("services.console", static_folder=None, template_folder=None)
    app.config.update(
        SECRET_KEY=settings.session_key,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        PROPAGATE_EXCEPTIONS=False,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        WTF_CSRF_SSL_STRICT=False,  # Referrer-Policy is no-referrer; the token and SameSite do this work
        IN_DEVELOPMENT=settings.in_development,
        OPEN_ENDPOINTS=OPEN_ENDPOINTS,
        BABEL_DEFAULT_TIMEZONE="Asia/Makassar",
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(ROOMS),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    database = database or Database(settings.mongodb_uri, settings.mongodb_database, seconds=FOR_REQUESTS_SECONDS)
    idle = timedelta(minutes=settings.session_idle_minutes)
    sessions = Sessions(database, key=settings.session_key, idle=idle)
    secure = not settings.in_development
    app.session_interface = ServerSide(sessions, secure=secure)
    app.extensions["console.sessions"] = sessions
    app.extensions[called.KEY] = Staff(database, key=settings.session_key)
    app.extensions["console.houses"] = Houses(settings.houses, transport=transport)
    app.extensions[public_answers.KEY] = public_answers.Remembered()

    headers.install(app, sign_in=settings.oidc_discovery, idle_seconds=int(idle.total_seconds()) + 5, secure=secure)
    signin.install(app, settings)
    babel.init_app(app, locale_selector=language)
    bodies.install(app)
    CSRFProtect(app)
    troubles.install(app)
    app.register_blueprint(screen.blueprint)
    kept.install(app)
    page.install(app)
    app.add_url_rule("/aset/<digest>/<name>", "asset", assets.serve)
    app.add_url_rule(
        "/robots.txt", "robots", lambda: ("User-agent: *\nDisallow: /calon/\n", {"Content-Type": "text/plain"})
    )
    health.serve(app, house="console", version=VERSION, pings={"mongodb": sessions.ping})
    app.jinja_env.globals.update(HELPERS)
    # Globals, because macros that are imported do not see what the context processor gives.
    app.jinja_env.globals.update(
        form_mark=kept.mark,
        asset=assets.asset,
        notices=notices.take,
        called=called.called,
        house_name=troubles.house_name,
        url_of=partial(page.url_of, app),
    )
    app.context_processor(_surroundings)
    if settings.http_trusted_proxies:
        trusted = settings.http_trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted)  # type: ignore[method-assign]
    return app


def _surroundings() -> dict[str, Any]:
    """What every template finds without being handed it."""
    from flask import current_app, request

    someone = visitor()
    pages = current_app.extensions["console.pages"]
    return {
        "visitor": someone,
        "shared": shared_screen(),
        "in_development": current_app.config["IN_DEVELOPMENT"],
        "menu": page.menu_of(list(pages.values()), someone),
        "here": request.full_path.rstrip("?") if request.method == "GET" else request.path,
    }
