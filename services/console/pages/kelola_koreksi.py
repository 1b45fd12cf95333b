"""`/kelola-capaian/koreksi/<tanggal>`: what is wrong in a frozen edition, said beside it; its numbers stay."""

from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from services.console.frame import Form, Page, already, matching, notice, t

page = Page(__name__, "/kelola-capaian/koreksi/<tanggal>", needs=("figures:write",))

Body = dict[str, Any]
MOST = 300


class Correction(Form):
    """Which number is wrong and what is right, for everybody to read."""

    text_id = StringField()
    text_en = StringField(validators=[Length(max=MOST)])

    def __init__(self) -> None:
        super().__init__()
        self.text_id.label.text = t("Koreksi", "Correction (Indonesian)")
        self.text_id.validators = [DataRequired(t("Tulis koreksinya.", "Write the correction.")), Length(max=MOST)]
        self.text_en.label.text = t("Dalam bahasa Inggris, jika ada", "In English, if there is a text")

    def document(self) -> Body:
        """Each text in one line: the box has several, and the house takes none."""
        said, english = (" ".join((field.data or "").split()) for field in (self.text_id, self.text_en))
        return {"text": {"id": said, "en": english or said}}


@page.get
def show(tanggal: str) -> ResponseReturnValue:
    return _render(_edition(tanggal))


@page.post()
def correct(tanggal: str) -> ResponseReturnValue:
    edition, form = _edition(tanggal), Correction()
    if not form.validate_on_submit():
        return _render(edition, form, status=422)
    body = form.document()
    if any(one["text"] == body["text"] for one in edition["corrections"]):
        already()
        return page.go(tanggal=tanggal)
    done = matching.post(f"/v1/editions/{tanggal}/corrections", body).ask()
    if not done.ok:
        form.refused(done, {"/text/id": "text_id", "/text/en": "text_en"})
        return _render(edition, form, status=422)
    notice(
        t(
            "Koreksi tercatat; dalam satu menit tampak di halaman umum edisi ini.",
            "The correction is on record; within a minute it stands on the edition's public page.",
        )
    )
    return page.go(tanggal=tanggal)


def _edition(day: str) -> Body:
    if len(day) != 10 or not day.replace("-", "").isdigit():
        abort(404)
    found: Body = matching.get(f"/v1/editions/{day}").ask().must()
    return found


def _render(edition: Body, form: Correction | None = None, status: int = 200) -> ResponseReturnValue:
    return page.render(edition=edition, form=form or Correction(), status=status)
