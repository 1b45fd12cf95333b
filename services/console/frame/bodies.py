"""How large a form may be: only one that brings a file along may be as large as a file.

Flask bounds the fields of ``multipart/form-data``, and nothing of ``application/x-www-form-urlencoded``: twenty
megabytes of ``a=&`` were seconds and a gigabyte for a visitor whom nobody knew.
"""

from flask import Flask, abort, request

MOST_BYTES = 256 * 1024
MOST_FIELDS = 5_000
"""Ten times the largest page: attendance of a batch has one for each person and day."""

_WITH_FILES = "multipart/form-data"


def install(app: Flask) -> None:
    """Refuse before anybody looks into the form, also for its token: 413."""
    app.config.update(MAX_FORM_MEMORY_SIZE=MOST_BYTES, MAX_FORM_PARTS=500)
    app.before_request(_bounded)
    app.before_request(_named)


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
