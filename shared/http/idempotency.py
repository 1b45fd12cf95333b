"""For every POST that creates: a request that is sent again gets the first one's answer instead of a second effect.

The receipt is written in the transaction of the effect itself (``shared/documents/receipts.py``), so there is no moment
at which one of the two exists alone. It keeps status, id and version for seven days and never a body: the repeated
answer shows the document as it is now, to a caller who is asked for the same rights again. Put ``@idempotent`` nearest
to the view, below ``@blp.response``.

    @blp.route("/v1/loaves", methods=["POST"])
    @blp.arguments(LoafSchema)
    @blp.response(201, LoafSchema)
    @idempotent(show=lambda id: actions.show(current_caller(), house(), id), location="/v1/loaves/{id}")
    def bake(body): ...

The header is no standard yet: https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ (2025).
"""

import functools
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Response, current_app, request
from werkzeug.datastructures import Headers

from shared.documents import receipts
from shared.documents.mongo import Database, Document
from shared.http import uploads
from shared.http.blueprints import body
from shared.http.bodies import is_json
from shared.http.callers import current_caller, noting_needs
from shared.http.conditional import etag
from shared.http.problems import Fault, Forbidden, Invalid, Malformed

View = TypeVar("View", bound=Callable[..., Any])
Show = Callable[[str], Any]

_KEY = re.compile(r"[\x21-\x7e]{1,200}")


def idempotent(show: Show, *, status: int = 201, location: str | None = None) -> Callable[[View], View]:
    """Make a creating view safe to repeat.

        Args: show: id of what was created → the body of the answer, with all rights checked again. status: what the
        view answers when it succeeds. location: template of the ``Location`` header with ``{id}``; also set on the
        first answer if the view's body is a mapping with an ``id``.

    Raises (in the view):
        Malformed: the key is not 1 to 200 visible ASCII characters.
        Invalid: ``idempotency_key_reused``, the key came before with another request.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def answer(*args: Any, **kwargs: Any) -> Any:
            key = request.headers.get("Idempotency-Key")
            if key is None:
                return _with_location(view(*args, **kwargs), location, status)
            database: Database = current_app.extensions["lumbung.database"]
            receipt = _receipt(key, status)
            earlier = receipts.find(database, receipt.id)
            if earlier is None:
                try:
                    with receipts.opened(receipt), noting_needs(receipt.needs):
                        return _with_location(view(*args, **kwargs), location, status)
                except Exception:
                    # A twin of this request may have been faster; then whatever stopped this one is its doing.
                    earlier = receipts.find(database, receipt.id)
                    if earlier is None:
                        raise
            return _again(earlier, receipt, show, location)

        answer.idempotent = True  # type: ignore[attr-defined]
        return answer  # type: ignore[return-value]

    return wrap


def _receipt(key: str, status: int) -> receipts.Receipt:
    if not _KEY.fullmatch(key):
        text = {
            "id": "Idempotency-Key harus 1 sampai 200 huruf atau angka tanpa spasi, misalnya sebuah UUID.",
            "en": "Idempotency-Key must be 1 to 200 letters or digits without spaces, for example a UUID.",
        }
        fault = Fault("/Idempotency-Key", "idempotency_key_unreadable", text, where="header")
        raise Malformed(text, code="idempotency_key_unreadable", errors=[fault])
    route = request.url_rule.rule if request.url_rule else ""
    scope = "\n".join([current_caller().id, request.method, route, key])
    # Keyed with what only the sender knows: nobody can try out bodies against a stored receipt.
    body_hash = hmac.new(key.encode(), _what_was_asked(), hashlib.sha256).hexdigest()
    return receipts.Receipt(hashlib.sha256(scope.encode()).hexdigest(), body_hash, status, by=_by())


def _by() -> dict[str, str | None]:
    caller = current_caller()
    return {"kind": caller.kind, "organisation": caller.organisation}


def _ask_again(earlier: Document) -> None:
    """A repeated request needs what the first one needed, from a caller who is still the same."""
    if earlier.get("by", _by()) != _by():
        text = {
            "id": "Kiriman ini dibuat dengan peran lain. Masuk dengan peran itu untuk melihat hasilnya.",
            "en": "This request was made in another role. Sign in with that role to see what became of it.",
        }
        raise Forbidden(text, code="made_in_another_role")
    for scopes in earlier.get("needs", ()):
        current_caller().need(*scopes)


def _what_was_asked() -> bytes:
    """Address, query and body:

    JSON by its meaning (spaces and the order of members do not count), a file by its hash.
    """
    query = sorted((name, value) for name in request.args for value in request.args.getlist(name))
    if is_json(request) or not request.mimetype:
        sent = body(request)
    else:
        upload = uploads.take(request)
        sent = [upload.sha256, *upload.ignored] if upload.ignored else upload.sha256
    return json.dumps([request.path, query, sent], sort_keys=True).encode()


def _again(earlier: Document, receipt: receipts.Receipt, show: Show, location: str | None) -> Any:
    _ask_again(earlier)
    if not hmac.compare_digest(earlier["body_hash"], receipt.body_hash):
        text = {
            "id": "Kunci ini sudah dipakai untuk kiriman lain. Pakai kunci baru untuk kiriman baru.",
            "en": "This key was used for another request. Use a new key for a new request.",
        }
        fault = Fault("/Idempotency-Key", "idempotency_key_reused", text, where="header")
        raise Invalid(text, code="idempotency_key_reused", errors=[fault])
    shown = show(earlier["target"])
    headers = {"Idempotent-Replayed": "true"}
    if location:
        headers["Location"] = headers["Content-Location"] = location.format(id=earlier["target"])
    if isinstance(shown, Mapping) and isinstance(shown.get("version"), int):
        headers["ETag"] = etag(shown["version"])
    return shown, earlier["status"], headers


def _with_location(answered: Any, location: str | None, status: int) -> Any:
    """The view's answer with its ``Location``; answers that are responses already are left alone."""
    if location is None or isinstance(answered, Response):
        return answered
    parts = answered if isinstance(answered, tuple) else (answered,)
    made = parts[0]
    if not isinstance(made, Mapping) or "id" not in made:
        return answered
    headers = Headers(parts[-1]) if len(parts) > 1 and not isinstance(parts[-1], int) else Headers()
    headers.setdefault("Location", location.format(id=made["id"]))
    # What is enclosed can be read there again, as it stands here.
    headers.setdefault("Content-Location", headers["Location"])
    code = parts[1] if len(parts) > 1 and isinstance(parts[1], int) else status
    if code == 202:
        headers.setdefault("Retry-After", "1")
    return made, code, headers
