"""The console for a test: on fake houses, with sessions in memory, and visitors of any role without a sign-in."""

import base64
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from services.console.app import create_app
from services.console.frame.visitor import KEY, SHARED, Visitor
from services.console.settings import Settings
from shared import clock
from shared.documents.mongo import Database
from shared.http.tokens import roles
from tests.support.console.fake_houses import FakeHouses

COOKIE = "lumbung-console"
COMPILED = Path(__file__).resolve().parents[3] / ".pytest_cache" / "templates"
"""Compiled templates, by the hash of their text: each worker of each run would compile all of them again."""

OF_ORGANISATIONS = ("provider", "company")


class Memory:
    """As much of a database as the sessions need."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}

    def collection(self, name: str) -> "Memory":
        return self

    def find_one(self, where: Mapping[str, Any]) -> dict[str, Any] | None:
        return self.rows.get(where["_id"])

    def update_one(self, where: Mapping[str, Any], change: Mapping[str, Any], *, upsert: bool) -> None:
        self.rows[where["_id"]] = {"_id": where["_id"], **change["$set"]}

    def delete_one(self, where: Mapping[str, Any]) -> None:
        self.rows.pop(where["_id"], None)

    def ping(self) -> None: ...


@dataclass(frozen=True)
class Visits:
    """The application, its fake houses, and ways to come in."""

    app: Flask
    houses: FakeHouses
    memory: Memory

    def as_(self, role: str = "officer", *, name: str = "Ana Petugas", shared: bool = True, **more: Any) -> FlaskClient:
        """A test client that is signed in."""
        client = self.app.test_client()
        client.set_cookie(COOKIE, self.session(role, name=name, shared=shared, **more))
        return client

    def nobody(self) -> FlaskClient:
        return self.app.test_client()

    def session(self, role: str, *, name: str = "Ana Petugas", shared: bool = True, **more: Any) -> str:
        """The id of a new session of somebody of this role: the value of the cookie."""
        someone = a_visitor(role, name=name, **more)
        sessions = cast(Any, self.app.session_interface)._sessions
        id: str = sessions.new_id()
        sessions.save(id, {KEY: asdict(someone), SHARED: shared, "seen": time.time()})
        return id


def a_visitor(role: str, *, name: str = "Ana Petugas", centre: str | None = "KUPANG", **more: Any) -> Visitor:
    """Somebody with the rights that the role has in deploy/roles.yaml."""
    scopes = tuple(roles()[role])
    subject = "dev:" + name.lower().replace(" ", "-")
    claims = {"sub": subject, "role": role, "scope": " ".join(scopes), "exp": int(time.time()) + 3600}
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    if role in OF_ORGANISATIONS:
        centre = None
        more = {"organisation": "0f0f0f0f-0000-4000-8000-000000000001", "organisation_name": "BLK Contoh", **more}
    return Visitor(
        subject=subject,
        name=name,
        role=role,
        scopes=scopes,
        token=f"x.{payload}.x",
        expires=claims["exp"],  # type: ignore[arg-type]
        centre=centre,
        **more,
    )


def the_console(houses: FakeHouses, *, console_url: str = "http://console.test") -> Visits:
    """The console on these houses."""
    settings = Settings(
        lumbung_env="development",
        mongodb_uri="mongodb://unused",
        mongodb_database="unused",
        http_port=0,
        console_url=console_url,
        session_key=b"0" * 32,
        oidc_discovery="http://signin.test/.well-known/openid-configuration",
        **cast(dict[str, Any], houses.addresses),
    )
    memory = Memory()
    app = create_app(settings, database=cast(Database, memory), transport=houses.transport)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = True
    COMPILED.mkdir(parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(COMPILED))
    return Visits(app, houses, memory)


@contextmanager
def on_a_port(visits: Visits) -> Iterator[str]:
    """Serve it over a real socket until the end of the block: for a browser. No page reloads while it is looked at."""

    def still(environ: Any, answer: Any) -> Any:
        def without_refresh(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return answer(status, [one for one in headers if one[0] != "Refresh"], *more)

        return visits.app(environ, without_refresh)

    server = make_server("127.0.0.1", 0, still, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()


def csrf(client: FlaskClient, path: str = "/bantuan") -> str:
    """The token of a form on this page, for a post by hand."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).get_data(as_text=True))
    assert found, f"{path} has no form"
    return found[1]


def post(client: FlaskClient, path: str, **fields: Any) -> TestResponse:
    """What a form that is sent with these fields is answered."""
    return client.post(path, data={"csrf_token": csrf(client), **fields})


def words_on(client: FlaskClient, path: str) -> str:
    """What somebody reads on a page: its text, one space between words."""
    text = client.get(path).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def today() -> str:
    return clock.today().isoformat()
