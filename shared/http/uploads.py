"""For import doors: take one spreadsheet from a request, however a browser, curl or a phone on a weak link sends it.

Either a form (``multipart/form-data`` with one file in ``file``) or the bare bytes with the file's own content type.
Either may be gzipped. A file's name is not looked at: what it holds says what it is, and the name may be a person's.
The answer to an import repeats the file's SHA-256, so that a broken upload is recognised.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from flask import Request, g

from shared.http.bodies import gunzip, read_bytes, too_large
from shared.http.problems import Fault, Invalid, Malformed, UnsupportedMedia

MOST = 32 * 1024 * 1024
"""Bytes of a file, unpacked: a hundred thousand rows of forty filled columns are about twenty-five megabytes."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
_BARE_TYPES = (XLSX, CSV, "application/gzip", "application/octet-stream")
_GZIP, _ZIP = b"\x1f\x8b", b"PK"

_BYTES = {"type": "string", "format": "binary", "minLength": 1}
_NAMES = {"type": "array", "items": {"type": "string"}, "description": "Headings that are to be ignored."}
REQUEST_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {"type": "object", "properties": {"file": _BYTES, "ignore": _NAMES}, "required": ["file"]},
        },
        XLSX: {"schema": _BYTES},
        CSV: {"schema": _BYTES},
    },
}
"""For ``@blp.doc(requestBody=...)`` of a view that takes a file."""

_FORM = {"type": "object", "properties": {"file": _BYTES}, "required": ["file"]}
JSON_REQUEST_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
        "multipart/form-data": {"schema": _FORM},
    },
}
"""For a view that takes a list, as the body or as a file of a form."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: its bytes unpacked, and the SHA-256 of these bytes."""

    content: bytes
    sha256: str
    ignored: tuple[str, ...] = ()
    """Headings that the form says are to be ignored (parts named ``ignore``)."""

    def remembered(self, kind: str | None = None) -> dict[str, Any]:
        """What a report keeps, by which its sender knows the file again. ``kind`` None: one of the two sheets."""
        sheet = "XLSX" if self.content.startswith(_ZIP) else "CSV"
        return {"kind": kind or sheet, "sha256": self.sha256, "bytes": len(self.content)}


def take(request: Request) -> Upload:
    """The one file of the request, read once however often it is asked for.

    Raises:
        UnsupportedMedia: neither a form nor a spreadsheet.
        TooLarge: more than :data:`MOST` bytes, before or after unpacking.
        Malformed: damaged gzip or form. Invalid: no file, several files, or an empty one.
    """
    if "upload" in g:
        known: Upload = g.upload
        return known
    if request.mimetype == "multipart/form-data":
        content = _from_form(request)
    elif request.mimetype in _BARE_TYPES:
        content = read_bytes(request, most=MOST)
    else:
        raise UnsupportedMedia(
            {
                "id": f"Kirim formulir dengan berkas di bagian file, atau isi CSV ({CSV}) atau XLSX ({XLSX}).",
                "en": f"Send a form with the file in the part file, or the bytes of a CSV ({CSV}) or XLSX ({XLSX}).",
            }
        )
    if content[:2] == _GZIP:
        content = gunzip(content, most=MOST)
    if not content:
        raise _no_file("empty_file", "Berkas ini kosong.", "The file is empty.")
    ignored = tuple(request.form.getlist("ignore")) if request.mimetype == "multipart/form-data" else ()
    g.upload = upload = Upload(content, hashlib.sha256(content).hexdigest(), ignored)
    return upload


def _from_form(request: Request) -> bytes:
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ("", "identity"):
        raise UnsupportedMedia(
            {
                "id": "Kompres berkasnya (daftar.csv.gz), bukan formulirnya.",
                "en": "Compress the file (list.csv.gz), not the form around it.",
            },
            code="unsupported_encoding",
        )
    if request.mimetype_params.get("boundary", "") == "":
        raise Malformed(
            {"id": "Formulir ini tidak punya boundary.", "en": "The form has no boundary."}, code="form_unreadable"
        )
    files = request.files.getlist("file")
    if len(files) != 1 or len(list(request.files.keys())) > 1:
        raise _no_file(
            "one_file_wanted",
            f"Kirim tepat satu berkas di bagian file (terbaca {len(files)}).",
            f"Send exactly one file in the part file ({len(files)} found).",
        )
    content = files[0].stream.read(MOST + 1)
    if len(content) > MOST:
        raise too_large(MOST)
    return content


def _no_file(code: str, indonesian: str, english: str) -> Invalid:
    text = {"id": indonesian, "en": english}
    return Invalid(text, code=code, errors=[Fault("/file", code, text, where="file")])
