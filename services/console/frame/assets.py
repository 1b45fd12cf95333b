"""Styles and images: under an address that holds their own hash, so that a browser keeps them for a year."""

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from flask import Response, abort, request

FOLDER = Path(__file__).resolve().parents[1] / "static"
A_YEAR = "public, max-age=31536000, immutable"


@cache
def _read(name: str) -> tuple[bytes, bytes, str]:
    content = (FOLDER / name).read_bytes()
    return content, gzip.compress(content, compresslevel=9, mtime=0), hashlib.sha256(content).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a file of ``static/``."""
    return f"/aset/{_read(name)[2]}/{name}"


def serve(digest: str, name: str) -> Response:
    """The view of that address; an old hash still gets the file, but no year."""
    if name not in {path.name for path in FOLDER.iterdir() if path.suffix in (".css", ".svg", ".png", ".js")}:
        abort(404)
    content, packed, current = _read(name)
    accepts = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(packed if accepts else content, mimetype=mimetypes.guess_type(name)[0])
    if accepts:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = A_YEAR if digest == current else "public, max-age=60"
    return response
