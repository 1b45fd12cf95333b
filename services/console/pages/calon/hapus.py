"""`/calon/<id>/hapus`: erase a person: what goes, what stays and why is said first; the number is typed."""

from typing import Any

from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import InputRequired

from services.console.frame import Answer, Form, Page, already, notice, placement, registry, t, together, training
from services.console.pages.calon import cari
from services.console.pages.calon.words import application_state, enrolment_state

page = Page(__name__, "/calon/<uuid:id>/hapus", needs=("candidates:write",))

Body = dict[str, Any]
REASONS: dict[str, tuple[str, str]] = {
    "PERSON_ASKED": ("Orangnya meminta datanya dihapus", "The person asked for it"),
    "CONSENT_WITHDRAWN": ("Persetujuannya ditarik", "The consent was taken back"),
    "RETENTION_ENDED": ("Masa simpan sudah berakhir", "The time of keeping is over"),
    "MISTAKE": ("Salah daftar: orang ini tidak ada", "Registered by mistake: there is no such person"),
}
"""Codes of the registry: a sentence would outlive the person."""
OVER = ("COMPLETED", "DROPPED", "REJECTED", "WITHDRAWN", "STOPPED")
SHOWN = 20


class Erase(Form):
    """``seen``: the version of the record that was read; ``number``: the candidate's, typed as it stands above."""

    seen = HiddenField()
    reason = RadioField()
    number = StringField()

    def __init__(self) -> None:
        super().__init__()
        self.reason.label.text = t("Mengapa dihapus", "Why it is erased")
        self.reason.choices = [(code, t(*words)) for code, words in REASONS.items()]
        self.reason.validators = [InputRequired(t("Pilih satu alasan.", "Choose a reason."))]
        self.number.label.text = t("Ketik nomor calon untuk memastikan", "Type the candidate number to be sure")

    def confirms(self, person: Body) -> bool:
        """Whether the number that was typed is this person's; if not, the field says what to type."""
        if "".join((self.number.data or "").split()).upper() == person["number"]:
            return True
        self.number.errors = [
            t(
                "Ketik nomor {n} persis seperti tertulis di atas.",
                "Type the number {n} just as it stands above.",
                n=person["number"],
            )
        ]
        return False


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(registry.get(f"/v1/candidates/{id}").ask())


@page.post()
def erase(id: str) -> ResponseReturnValue:
    """Gone here at once, and from every house that heard of the person within seconds."""
    asked = registry.get(f"/v1/candidates/{id}").ask()
    if asked.code == "erased":
        already()
        return cari.page.go()
    person = asked.must()
    form = Erase()
    fine = form.validate_on_submit()
    if not (form.confirms(person) and fine):
        return _render(asked, form, status=422)
    if form.seen.data != str(person["version"]):
        form.others.append(
            t(
                "Data orang ini berubah sejak halaman ini dibuka. Lihat lagi, lalu hapus.",
                "This person's data has changed since this page was opened. Look again, then erase.",
            )
        )
        return _render(asked, form, status=409)
    done = registry.delete(f"/v1/candidates/{id}", params={"reason": form.reason.data}, if_match=asked.version).ask()
    if not done.ok:
        form.refused(done)
        return _render(registry.get(f"/v1/candidates/{id}").ask(), form, status=409)
    notice(
        t("Data calon {n} sudah dihapus.", "The data of {n} was erased.", n=person["number"]),
        detail=t(
            "Bagian lain Lumbung menghapusnya dalam beberapa detik. Hancurkan juga salinan kertasnya.",
            "The other parts of Lumbung erase it within seconds. Destroy copies on paper, too.",
        ),
    )
    return cari.page.go()


def _render(asked: Answer, form: Erase | None = None, status: int = 200) -> ResponseReturnValue:
    person = asked.must()
    form = form or Erase()
    form.seen.data = str(person["version"])
    found = together(
        enrolments=training.get("/v1/enrolments", candidate=person["id"], limit=SHOWN),
        applications=placement.get("/v1/applications", candidate=person["id"], limit=SHOWN),
    )
    return page.render(
        person=person,
        form=form,
        found=found,
        open=[
            *_open("rujukan", t("Rujukan pelatihan", "Training referral"), found["enrolments"], enrolment_state),
            *_open("lamaran", t("Lamaran", "Application"), found["applications"], application_state),
        ],
        status=status,
    )


def _open(name: str, called: str, answer: Answer, said: Any) -> list[Body]:
    """What is under way and ends with the erasure."""
    rows = [one for one in answer.items() if one["state"] not in OVER]
    return [{"page": name, "id": one["id"], "called": called, "state": said(one["state"])} for one in rows]
