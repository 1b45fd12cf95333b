"""`/calon/<id>/catatan`: what worries an officer about a case, for supervisors and the task force.

Never on a shared screen: neither the notes, nor the form, nor a word of what they are about. Whoever serves the person
may write one; only those with the right to read them see them again.
"""

from typing import Any

from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

from services.console.frame import Form, Page, notice, registry, shared_screen, t, together, visitor
from services.console.frame.kept import until_alone
from services.console.pages.calon import halaman

page = Page(__name__, "/calon/<uuid:id>/catatan", needs=("candidates:write",))

Body = dict[str, Any]
READS = "risk:read"
SEVERITIES = {
    "INFO": ("unknown", "Untuk diketahui", "To be known"),
    "WARN": ("warn", "Perlu perhatian pengawas", "A supervisor should look at it"),
    "REFER": ("stop", "Perlu ditangani gugus tugas", "For the task force to act on"),
}
INDICATORS = {
    "ABUSE_OF_VULNERABILITY": ("kerentanannya dimanfaatkan", "abuse of vulnerability"),
    "DECEPTION": ("ditipu tentang pekerjaan atau upah", "deceived about work or wage"),
    "RESTRICTION_OF_MOVEMENT": ("tidak bebas pergi", "not free to leave"),
    "ISOLATION": ("diasingkan dari keluarga", "isolated from the family"),
    "PHYSICAL_SEXUAL_VIOLENCE": ("kekerasan fisik atau seksual", "physical or sexual violence"),
    "INTIMIDATION_THREATS": ("diancam", "threatened"),
    "RETENTION_OF_ID_DOCUMENTS": ("dokumennya ditahan", "papers kept from the person"),
    "WITHHOLDING_OF_WAGES": ("upahnya ditahan", "wages withheld"),
    "DEBT_BONDAGE": ("terjerat utang", "bound by debt"),
    "ABUSIVE_CONDITIONS": ("tempat kerja atau tinggal buruk", "abusive conditions of work or living"),
    "EXCESSIVE_OVERTIME": ("lembur berlebihan", "excessive overtime"),
}
"""The eleven indicators of forced labour of the ILO."""


class Note(Form):
    severity = RadioField()
    indicators = SelectMultipleField()
    text = TextAreaField()

    def __init__(self) -> None:
        super().__init__()
        self.severity.label.text = t("Seberapa penting", "How urgent")
        self.severity.choices = [(code, t(*words)) for code, (_, *words) in SEVERITIES.items()]
        self.severity.validators = [InputRequired(t("Pilih satu.", "Choose one."))]
        self.indicators.label.text = t("Tanda yang terlihat, jika ada", "Signs that were seen, if any")
        self.indicators.choices = [(code, t(*words)) for code, words in INDICATORS.items()]
        self.text.label.text = t("Apa yang dilihat atau didengar", "What was seen or heard")
        empty = t("Tulis apa yang dilihat atau didengar.", "Write what was seen or heard.")
        too_long = t("Paling banyak 2.000 huruf.", "2,000 letters at most.")
        self.text.validators = [InputRequired(empty), Length(max=2000, message=too_long)]


@page.get
def show(id: str) -> ResponseReturnValue:
    if shared_screen():
        return page.render(id=id, person=None, form=None)
    return _render(id, Note())


@page.post()
def write(id: str) -> ResponseReturnValue:
    if shared_screen():
        return until_alone()
    form = Note()
    if not form.validate_on_submit():
        return _render(id, form, status=422)
    said = {"severity": form.severity.data, "indicators": form.indicators.data or [], "text": form.text.data}
    done = registry.post(f"/v1/candidates/{id}/risk-notes", said, once=form.once.data).ask()
    if not done.ok:
        form.refused(done)
        return _render(id, form, status=422)
    notice(
        t("Catatan disimpan; hanya pengawas yang membacanya lagi.", "The note is kept; only supervisors read it again.")
    )
    return page.go(id=id) if _reads() else halaman.page.go(id=id)


def _reads() -> bool:
    someone = visitor()
    return bool(someone and someone.may([READS]))


def _render(id: str, form: Note, status: int = 200) -> ResponseReturnValue:
    found = together(
        person=registry.get(f"/v1/candidates/{id}"),
        notes=registry.get(f"/v1/candidates/{id}/risk-notes") if _reads() else None,
    )
    notes = found.get("notes")
    if notes is not None and not notes.silent:
        notes.must()
    return page.render(
        id=id,
        person=found["person"].must(),
        form=form,
        notes=notes,
        severity=lambda code: (SEVERITIES[code][0], t(*SEVERITIES[code][1:])),
        indicator=lambda code: t(*INDICATORS[code]) if code in INDICATORS else code,
        status=status,
    )
