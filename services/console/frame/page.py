"""A page: its address, who may see it, and the template that stands beside it. See README.md, "How to add a page"."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, Flask, abort, g, make_response, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from services.console.frame.visitor import Visitor, visitor
from services.console.frame.words import t

PAGES = "services.console.pages"
PUBLIC_SECONDS = 300

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: its words, and where it stands (10, 20, …)."""

    indonesian: str
    english: str
    place: int

    @property
    def text(self) -> str:
        return t(self.indonesian, self.english)


class Page:
    """One page of the console, in the file of its name.

    Args:
        module: always ``__name__``; the template is the file beside it with the same name and ``.html``.
        path: the address, as Flask writes it: ``/calon/<uuid:id>/syarat/<kode>``.
        needs: rights of which the visitor must hold one. None where being signed in is enough.
        roles: roles that may come (``("provider",)``); None for every role that holds the right.
        public: also for nobody; kept by caches for ``PUBLIC_SECONDS`` unless ``fresh``.
        menu: its line in the menu of those who may come.
        home_of: roles that are sent here from ``/``.
    """

    def __init__(
        self,
        module: str,
        path: str,
        *,
        needs: Sequence[str] | None = None,
        roles: Sequence[str] | None = None,
        public: bool = False,
        fresh: bool = False,
        menu: Entry | None = None,
        home_of: Sequence[str] = (),
    ) -> None:
        self.name = module.removeprefix(f"{PAGES}.")
        self.path = path
        self.needs = tuple(needs) if needs is not None else None
        self.roles = tuple(roles) if roles is not None else None
        self.public = public
        self.fresh = fresh
        self.menu = menu
        self.home_of = tuple(home_of)
        self.blueprint = Blueprint(self.name.replace(".", "_"), module)
        self.blueprint.before_request(self._admit)
        self.blueprint.after_request(self._leave)

    def get(self, view: View) -> View:
        """The view that shows the page."""
        self.blueprint.add_url_rule(self.path, "show", view, methods=["GET"])
        return view

    def post(self, suffix: str = "") -> Callable[[View], View]:
        """A view that acts: ``@page.post()`` for the page's own form, ``@page.post("/hapus")`` for another button."""

        def add(view: View) -> View:
            endpoint = "act" + suffix.replace("/", "_").replace("-", "_")
            self.blueprint.add_url_rule(self.path.rstrip("/") + suffix or "/", endpoint, view, methods=["POST"])
            return view

        return add

    def file(self, suffix: str) -> Callable[[View], View]:
        """A view that gives a file or a part below the page's address: ``@page.file("/surat.pdf")``."""

        def add(view: View) -> View:
            endpoint = "file" + suffix.replace("/", "_").replace("-", "_").replace(".", "_")
            self.blueprint.add_url_rule(self.path.rstrip("/") + suffix, endpoint, view, methods=["GET"])
            return view

        return add

    def url(self, suffix: str = "", /, **values: Any) -> str:
        """The address of this page (or of a button or file below it, by its suffix) with its values filled in."""
        base: str = url_for(f"{self.blueprint.name}.show", **values)
        if not suffix:
            return base
        path, _, query = base.partition("?")
        return path.rstrip("/") + suffix + (f"?{query}" if query else "")

    def render(self, *, status: int = 200, **context: Any) -> Response:
        """The template of this page. What it finds there: `page`, `visitor`, `t`, and the context."""
        template = f"pages/{self.name.replace('.', '/')}.html"
        return make_response(render_template(template, page=self, **context), status)

    def go(self, suffix: str = "", /, anchor: str = "", **values: Any) -> Response:
        """Send the browser here after something was done (303), so that reloading does nothing twice."""
        return redirect(self.url(suffix, **values) + (f"#{anchor}" if anchor else ""), 303)

    def open_to(self, someone: Visitor | None) -> bool:
        """May they come here?"""
        if self.public:
            return True
        if someone is None or (self.roles is not None and someone.role not in self.roles):
            return False
        return self.needs is None or someone.may(self.needs)

    def _admit(self) -> Response | None:
        someone = visitor() if not self.public or request.cookies else None
        if self.open_to(someone):
            return None
        if someone is None:
            from services.console.frame.signin import to_sign_in

            return to_sign_in()
        return abort(403)

    def _leave(self, response: FlaskResponse) -> FlaskResponse:
        kept = self.public and not self.fresh and request.method == "GET" and response.status_code == 200
        if kept and not g.get("has_form"):
            response.headers["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
            response.vary.add("Cookie")  # the language is one
        return response


def discover() -> Iterator[Page]:
    """Every page below ``pages/``: each module there that has a ``page``."""
    package = importlib.import_module(PAGES)
    for found in sorted(pkgutil.walk_packages(package.__path__, f"{PAGES}."), key=lambda one: one.name):
        page = getattr(importlib.import_module(found.name), "page", None)
        if isinstance(page, Page):
            yield page


def install(app: Flask) -> None:
    """Register all pages."""
    pages = list(discover())
    app.extensions["console.pages"] = {page.name: page for page in pages}
    for page in pages:
        app.register_blueprint(page.blueprint)


def url_of(app: Flask, name: str, suffix: str = "", /, **values: Any) -> str:
    """The address of a page by its name: ``url_of("calon.syarat", id=..., kode=...)`` in templates."""
    page: Page = app.extensions["console.pages"][name]
    return page.url(suffix, **values)


def menu_of(pages: Sequence[Page], someone: Visitor | None) -> list[Page]:
    """The lines of a visitor's menu, in order."""
    open_ones = [page for page in pages if page.menu and page.open_to(someone)]
    return sorted(open_ones, key=lambda page: page.menu.place if page.menu else 0)
