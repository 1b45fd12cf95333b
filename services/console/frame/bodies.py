"""How large a form may be: only one that brings a file along may be as large as a file.

Flask bounds the fields of ``multipart/form-data``, and nothing of ``application/x-www-form-urlencoded``: twenty
megabytes of ``a=&`` were seconds and a gigabyte for a visitor whom nobody knew.
"""

from typing import NoReturn

from flask import Flask, abort, request

from shared.http import large

MOST_BYTES = 256 * 1024
MOST_FIELDS = 5_000
"""Ten times the largest page: attendance of a batch has one for each person and day."""

FILES_AT_ONCE = 4
"""Half of the threads: each waits until a house has taken the file in."""

_WITH_FILES = "multipart/form-data"


def install(app: Flask) -> None:
    """Refuse before anybody looks into the form, also for its token: 413."""
    app.config.update(MAX_FORM_MEMORY_SIZE=MOST_BYTES, MAX_FORM_PARTS=500)
    large.few_at_once(app, FILES_AT_ONCE, _come_again)
    app.before_request(_bounded)
    app.before_request(_named)


def _come_again() -> NoReturn:
    abort(429)


def _bounded() -> None:
    if request.method in ("GET", "HEAD") or request.mimetype == _WITH_FILES:
        return
    request.max_content_length = MOST_BYTES
    if request.get_data().count(b"&") >= MOST_FIELDS:
        abort(413)


def _named() -> None:
    """A part of a form has a name (RFC 7578, section 4.2); what looks for the form's token relies on it."""
    if request.mimetype == _WITH_FILES and (None in request.form or None in request.files):
        abort(400)
