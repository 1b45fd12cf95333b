"""L5 `/calon/<id>/syarat/<kode>`: record the state of one paper; the person's page then says what that changed."""

from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import Length

from services.console.frame import DayField, Page, Recorded, notice, registry, shared_screen, t
from services.console.pages.calon import halaman
from services.console.pages.calon.words import PAPERS, paper

page = Page(__name__, "/calon/<uuid:id>/syarat/<kode>", needs=("candidates:write",))

Body = dict[str, Any]


class Paper(Recorded):
    """``version`` is that of the person as the officer saw them."""

    version = HiddenField()
    status = RadioField()
    number = StringField(validators=[Length(max=80)])
    valid_until = DayField()
    village_head_ack = BooleanField()
    note = TextAreaField(validators=[Length(max=500)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.status.label.text = t("Keadaannya", "Its state")
        self.status.choices = [
            ("MET", t("Terpenuhi", "Met")),
            ("MISSING", t("Kurang", "Missing")),
            ("EXPIRED", t("Habis masa berlakunya", "Run out")),
            ("UNCHECKED", t("Belum dicek", "Not checked")),
        ]
        self.number.label.text = t("Nomor dokumen", "Number of the document")
        self.valid_until.label.text = t("Berlaku sampai", "Valid until")
        self.village_head_ack.label.text = t(
            "Kepala desa atau lurah ikut menandatangani", "The village head signed too"
        )
        self.note.label.text = t("Catatan", "Note")


@page.get
def show(id: str, kode: str) -> ResponseReturnValue:
    person = _person(id, kode)
    form = _from(person, kode)
    form.as_it_stands()
    form.version.data = str(person["version"])
    return _render(person, kode, form)


@page.post()
def save(id: str, kode: str) -> ResponseReturnValue:
    form = Paper()
    if not form.validate_on_submit():
        return _render(_person(id, kode), kode, form, status=422)
    if form.stood.data:
        person = _person(id, kode)
        overtaken = form.overtaken(form.version.data, person["version"], _from(person, kode))
        form.version.data = str(person["version"])
        if overtaken:
            return _render(person, kode, form, status=409)
    answer = registry.put(
        f"/v1/candidates/{id}/requirements/{kode}", _record(id, kode, form), if_match=f'"{form.version.data}"'
    ).ask()
    if answer.status == 412:
        person = _person(id, kode)
        form.version.data = str(person["version"])
        form.others.append(
            t(
                "Data orang ini baru saja diubah di tempat lain. Isian Anda masih ada: simpan sekali lagi.",
                "This person was changed elsewhere a moment ago. What you typed is still here: save once more.",
            )
        )
        return _render(person, kode, form, status=409)
    if not answer.ok:
        form.refused(answer)
        return _render(_person(id, kode), kode, form, status=422)
    notice(t("{paper} dicatat.", "{paper} was recorded.", paper=paper(kode)))
    return halaman.page.go(id=id, anchor=f"syarat-{kode}")


def _record(id: str, code: str, form: Paper) -> Body:
    """As the registry takes it. On a shared screen the note is neither shown nor changed."""
    note = (form.note.data or "").strip() or None
    if shared_screen():
        known = registry.get(f"/v1/candidates/{id}").ask().must()["requirements"].get(code) or {}
        note = known.get("note")
    until = form.valid_until.data
    return {
        "status": form.status.data,
        "number": (form.number.data or "").strip() or None,
        "valid_until": until.isoformat() if until else None,
        "village_head_ack": bool(form.village_head_ack.data) if code == "FAMILY_CONSENT" else None,
        "note": note,
    }


def _from(person: Body, code: str) -> Paper:
    """The form as the record fills it in; on a shared screen without the note, which is not shown there."""
    known = {**(person["requirements"].get(code) or {}), **({"note": None} if shared_screen() else {})}
    return Paper(formdata=None, data={**known, "status": known.get("status") or "UNCHECKED"})


def _person(id: str, code: str) -> Body:
    if code not in PAPERS:
        abort(404)
    return registry.get(f"/v1/candidates/{id}").ask().must()


def _render(person: Body, code: str, form: Paper, status: int = 200) -> ResponseReturnValue:
    return page.render(person=person, code=code, paper=paper(code), form=form, status=status)
