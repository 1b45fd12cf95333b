"""`/desa`: the task force of a village adds a person who should meet an officer, and gets a number. It reads nobody.

Whether the person is known already, and what becomes of it, is never shown here: not even what was sent comes back.
"""

from typing import Any

from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from services.console.frame import DayField, Entry, Form, Page, notice, registry, t
from shared.codes import regencies

page = Page(
    __name__,
    "/desa",
    needs=("candidates:add",),
    menu=Entry("Tambah orang", "Add a person", 20),
    home_of=("village_task_force",),
)

Body = dict[str, Any]


class Addition(Form):
    """Enough to find the person; an officer asks the rest with the person there."""

    full_name = StringField(validators=[Length(max=120)])
    birth_date = DayField()
    sex = RadioField(validators=[Optional()])
    regency = SelectField()
    district = StringField(validators=[Length(max=80)])
    village = StringField(validators=[Length(max=80)])
    phone = StringField(validators=[Length(max=40)])
    note = TextAreaField(validators=[Length(max=500)])
    agrees = BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.full_name.label.text = t("Nama lengkap", "Full name")
        self.birth_date.label.text = t("Tanggal lahir, jika tahu", "Date of birth, if known")
        self.sex.label.text = t("Jenis kelamin", "Sex")
        self.sex.choices = [("F", t("Perempuan", "Woman")), ("M", t("Laki-laki", "Man"))]
        self.regency.label.text = t("Kabupaten atau kota", "Regency or city")
        here = sorted((one.code, one.name) for one in regencies.table().values() if one.code.startswith(regencies.NTT))
        self.regency.choices = [("", t("Pilih", "Choose")), *here]
        self.district.label.text = t("Kecamatan", "District")
        self.village.label.text = t("Desa atau kelurahan", "Village")
        self.phone.label.text = t("Nomor telepon, jika ada", "Phone number, if there is one")
        self.note.label.text = t("Yang perlu diketahui petugas", "What the officer should know")
        self.agrees.label.text = t(
            "Orangnya tahu dan setuju dihubungi petugas LTSA",
            "The person knows of this and agrees to be called by an officer",
        )
        filled = t("Isi bagian ini.", "Fill this in.")
        for name in ("full_name", "village"):
            self[name].validators = [InputRequired(filled), *self[name].validators]
        self.regency.validators = [InputRequired(t("Pilih kabupatennya.", "Choose the regency."))]
        self.agrees.validators = [
            DataRequired(
                t(
                    "Tanyakan dulu kepada orangnya. Tanpa persetujuannya jangan kirim.",
                    "Ask the person first. Do not send it without their consent.",
                )
            )
        ]

    def document(self) -> Body:
        """As the registry takes it; what was left empty is not said."""
        named = ("full_name", "sex", "regency", "district", "village", "phone", "note")
        said = {name: (self[name].data or "").strip() or None for name in named}
        return {
            **said,
            "birth_date": self.birth_date.data.isoformat() if self.birth_date.data else None,
            "agrees": bool(self.agrees.data),
        }


@page.get
def show() -> ResponseReturnValue:
    return page.render(form=Addition())


@page.post()
def add() -> ResponseReturnValue:
    """Sent once, however often it is pressed; the form is empty again afterwards."""
    form = Addition()
    if not form.validate_on_submit():
        return page.render(form=form, status=422)
    answer = registry.post("/v1/submissions", form.document(), once=form.once.data).ask()
    if not answer.ok:
        form.refused(answer)
        return page.render(form=form, status=422)
    notice(
        t("Diterima. Nomor kiriman: {n}.", "Received. Its number: {n}.", n=answer.body["receipt"]),
        detail=t(
            "Catat nomor ini. Petugas LTSA yang melayani desa Anda akan menghubungi orangnya.",
            "Write this number down. The officer who serves your village will call the person.",
        ),
    )
    return page.go()
