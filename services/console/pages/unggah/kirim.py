"""How a sheet goes to the house that reads it, for every page that takes one in.

While its report is read the sheet is kept beside the visitor's session, sealed and ended as that is, so that publishing
its good rows is one press. A larger one, or one whose session has slept, is chosen once more.
"""

import base64
import hashlib
import time
from collections.abc import Sequence

from flask import Response, current_app, make_response, session
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField

from services.console.frame import Answer, Form, NotAnswered, Page, t
from services.console.frame.ask import House
from services.console.store.sessions import Sessions
from shared import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SECONDS = 20.0
"""The house reads the whole file before it answers."""

PATIENCE_SECONDS = 2.0
"""Most sheets are judged by then, so most people never see a page that waits."""

KEPT_BYTES = 2 * 1024 * 1024
"""Of a sheet that stays beside a session; a season of a large provider has a tenth of it."""

_ABOUT_THE_SHEET = (400, 409, 413, 415, 422)
"""What a house answers of the sheet itself, and not of who sends it."""

ENDED = ("DONE", "REFUSED", "FAILED")


class Sheet(Form):
    """One file, XLSX or CSV."""

    file = FileField()

    def __init__(self) -> None:
        super().__init__()
        self.file.label.text = t("Lembar kerja (XLSX atau CSV, sampai 32 MB)", "Sheet (XLSX or CSV, 32 MB at most)")

    def content(self) -> bytes | None:
        """The bytes, or None after the field was told what is wrong."""
        found = self.file.data.read() if self.file.data else b""
        if not found:
            self.file.errors = [t("Pilih berkas yang ada isinya.", "Choose a file that is not empty.")]
            return None
        return bytes(found)


def send(house: House, form: Sheet, content: bytes, *, save: bool, ignore: Sequence[str] = ()) -> Answer:
    """Try a sheet, or save what is good in it."""
    return house.post(
        "/v1/imports",
        once=form.once.data,
        params={"dry_run": "false" if save else "true", "only_good": "true" if save else "false"},
        # The name of somebody's file may be a name; the house knows the kind by what it holds.
        files={"file": ("lembar", content, "application/octet-stream")},
        data={"ignore": list(ignore)} if ignore else None,
        seconds=SECONDS,
    ).ask()


def judged(page: Page, house: House, report: Page, *, hidden: bool = False) -> ResponseReturnValue:
    """Try the sheet that was sent to `page` and go to its report; what cannot be read is said beside the form.

    ``hidden``: as `refused` has it.
    """
    form = Sheet()
    content = form.content() if form.validate_on_submit() else None
    if content is None:
        return page.render(form=form, status=422)
    answer = send(house, form, content, save=False)
    if not answer.ok:
        refused(form, answer, hidden=hidden)
        return page.render(form=form, status=422)
    keep(answer.body["id"], content)
    wait_for(house, answer.body["id"])
    return report.go(id=answer.body["id"])


def refused(form: Sheet, answer: Answer, *, hidden: bool) -> None:
    """Say why the house does not take the sheet.

    ``hidden``: it is about people, and somebody sits beside: only what kind of refusal it is, as a detail may quote a
    row of it.
    """
    kind = answer.body.get("title") if hidden and answer.status in _ABOUT_THE_SHEET else None
    if not kind:
        form.refused(answer)
        return
    said = t(
        "Matikan layar bersama, lalu kirim lagi untuk membaca sebabnya.",
        "Switch the shared screen off and send it again to read why.",
    )
    form.others.append(f"{str(kind).rstrip('.')}. {said}")


def wait_for(house: House, id: str) -> None:
    """Give the house a moment to judge it."""
    until = clock.monotonic() + PATIENCE_SECONDS
    while clock.monotonic() < until:
        answer = house.get(f"/v1/imports/{id}").ask()
        if not answer.ok or answer.body.get("state") in ENDED:
            return
        time.sleep(0.2)


def keep(id: str, content: bytes) -> None:
    """Until its report (by this id) was read, so that nobody has to choose the same file twice."""
    if len(content) <= KEPT_BYTES:
        _sessions().save(_place(id), {"sheet": base64.b64encode(content).decode("ascii")})


def kept(id: str) -> bytes | None:
    """The sheet of this report, where this session still has it."""
    found = _sessions().load(_place(id))
    return base64.b64decode(found["sheet"]) if found else None


def let_go(id: str) -> None:
    """It was published."""
    _sessions().end(_place(id))


def _place(id: str) -> str:
    return f"{session.id}/sheet/{id}"  # type: ignore[attr-defined]


def _sessions() -> Sessions:
    found: Sessions = current_app.extensions["console.sessions"]
    return found


def fingerprint(content: bytes) -> str:
    """By which a file is known again."""
    return hashlib.sha256(content).hexdigest()


def workbook(house: House, path: str, name: str) -> Response:
    """A workbook of a house, handed on as it is.

    Raises:
        NotAnswered: it was refused, or nobody answered.
    """
    found = house.get(path, seconds=10.0).ask()
    if not found.ok:
        raise NotAnswered(found)
    answer = make_response(found.content)
    answer.headers["Content-Type"] = XLSX
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
