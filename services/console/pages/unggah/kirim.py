"""How a sheet goes to the training house, for both pages of this folder; nothing of it stays in the console."""

import hashlib
import time
from collections.abc import Sequence

from flask import Response, make_response
from flask_wtf.file import FileField

from services.console.frame import Answer, Form, NotAnswered, t, training
from shared import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SECONDS = 20.0
"""The house reads the whole file before it answers."""

PATIENCE_SECONDS = 2.0
"""Most sheets are judged by then, so most people never see a page that waits."""

ENDED = ("DONE", "REFUSED", "FAILED")


class Sheet(Form):
    """One file, XLSX or CSV."""

    file = FileField()

    def __init__(self) -> None:
        super().__init__()
        self.file.label.text = t("Lembar kerja (XLSX atau CSV, sampai 20 MB)", "Sheet (XLSX or CSV, 20 MB at most)")

    def content(self) -> bytes | None:
        """The bytes, or None after the field was told what is wrong."""
        found = self.file.data.read() if self.file.data else b""
        if not found:
            self.file.errors = [t("Pilih berkas yang ada isinya.", "Choose a file that is not empty.")]
            return None
        return bytes(found)


def send(form: Sheet, content: bytes, *, save: bool, ignore: Sequence[str] = ()) -> Answer:
    """Try a sheet, or save what is good in it."""
    return training.post(
        "/v1/imports",
        once=form.once.data,
        params={"dry_run": "false" if save else "true", "only_good": "true" if save else "false"},
        # The name of somebody's file may be a name; the house knows the kind by what it holds.
        files={"file": ("lembar", content, "application/octet-stream")},
        data={"ignore": list(ignore)} if ignore else None,
        seconds=SECONDS,
    ).ask()


def wait_for(id: str) -> None:
    """Give the house a moment to judge it."""
    until = clock.monotonic() + PATIENCE_SECONDS
    while clock.monotonic() < until:
        answer = training.get(f"/v1/imports/{id}").ask()
        if not answer.ok or answer.body.get("state") in ENDED:
            return
        time.sleep(0.2)


def fingerprint(content: bytes) -> str:
    """By which a file is known again."""
    return hashlib.sha256(content).hexdigest()


def workbook(path: str, name: str) -> Response:
    """A workbook of the training house, handed on as it is.

    Raises:
        NotAnswered: it was refused, or nobody answered.
    """
    found = training.get(path, seconds=10.0).ask()
    if not found.ok:
        raise NotAnswered(found)
    answer = make_response(found.content)
    answer.headers["Content-Type"] = XLSX
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
