"""Flask's session, kept on the server: the browser holds a random number, and nothing about anybody."""

from datetime import timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from services.console.store.sessions import Sessions, Unavailable
from shared import clock

RENEWED_AFTER = timedelta(seconds=60)
"""Looking at pages keeps a session alive; writing that down once a minute is enough."""

SEEN = "seen"


class Kept(CallbackDict[str, Any], SessionMixin):
    """One session. ``lost``: the browser came with a number that is not known (any more): it ended while idle."""

    def __init__(self, id: str | None, content: dict[str, Any] | None, *, lost: bool = False) -> None:
        def changed(self: "Kept") -> None:
            self.modified = True

        super().__init__(content or {}, changed)
        self.modified = False
        self.id = id
        self.lost = lost
        self.renew = False


class ServerSide(SessionInterface):
    """Loads and saves :class:`Kept`. A visitor who never signs in or fills a form gets no cookie at all."""

    def __init__(self, sessions: Sessions, *, secure: bool) -> None:
        self._sessions = sessions
        # A __Host- cookie is taken from this very host over HTTPS only, and by no neighbour on the same domain.
        self.cookie = "__Host-lumbung" if secure else "lumbung-console"
        self._secure = secure

    def open_session(self, app: Flask, request: Request) -> Kept:
        id = request.cookies.get(self.cookie)
        if not id or len(id) > 100:
            return Kept(None, None)
        try:
            content = self._sessions.load(id)
        except Unavailable:
            return Kept(None, None)  # public pages still answer; signing in says that it is not possible now
        return Kept(id if content is not None else None, content, lost=content is None)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, Kept)
        if session.accessed or session.id:
            response.vary.add("Cookie")
        if not session and not session.modified:
            return
        if not session:
            self._end(session, response)
            return
        seen = float(session.get(SEEN, 0))
        now = clock.wall().timestamp()
        if not session.modified and not session.renew and now - seen < RENEWED_AFTER.total_seconds():
            return
        session[SEEN] = now
        if session.renew and session.id:
            self._sessions.end(session.id)
            session.id = None
        new = session.id is None
        session.id = session.id or self._sessions.new_id()
        self._sessions.save(session.id, dict(session))
        if new:
            response.set_cookie(
                self.cookie, session.id, httponly=True, samesite="Lax", secure=self._secure, path="/", max_age=None
            )

    def _end(self, session: Kept, response: Response) -> None:
        if session.id:
            self._sessions.end(session.id)
        response.delete_cookie(self.cookie, path="/", secure=self._secure, httponly=True, samesite="Lax")
