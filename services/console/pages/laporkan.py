"""`/laporkan`: report an offer. No field for whoever reports, on purpose; words are neutral."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from services.console.frame import Form, Page, placement, t
from shared.codes import regencies

page = Page(__name__, "/laporkan", public=True, fresh=True)

KINDS: dict[str, tuple[str, str]] = {
    "MONEY_DEMANDED": ("Diminta membayar", "Money was asked for"),
    "DOCUMENTS_KEPT": ("KTP, ijazah, atau paspor ditahan", "Id card, certificates or passport were kept"),
    "NO_PERMIT": ("Tidak ada izin atau surat resmi", "No licence or official papers"),
    "VISIT_VISA": ("Berangkat dengan visa kunjungan", "To leave on a visit visa"),
    "FALSE_PROMISE": ("Janji yang tidak benar", "Promises that are not true"),
    "THREATS": ("Ditekan atau diancam", "Pressure or threats"),
    "UNDER_AGE": ("Orangnya di bawah 18 tahun", "The person is under 18"),
    "OTHER": ("Lainnya", "Something else"),
}


class Report(Form):
    kind = RadioField()
    company = StringField(validators=[Length(max=200)])
    job_order = StringField(validators=[Length(max=60)])
    regency = SelectField(validators=[Optional()])
    text = TextAreaField(validators=[Length(max=1000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.label.text = t("Apa yang terjadi", "What happened")
        self.kind.choices = [(code, t(*words)) for code, words in KINDS.items()]
        self.company.label.text = t("Perusahaan atau orang yang menawarkan", "Company or person who offers")
        self.job_order.label.text = t("Nomor lowongan, jika ada", "Number of the job order, if there is one")
        self.regency.label.text = t("Di kabupaten mana", "In which regency")
        here = sorted((one.code, one.name) for one in regencies.table().values() if one.code.startswith(regencies.NTT))
        self.regency.choices = [("", t("Tidak tahu", "Not known")), *here]
        self.text.label.text = t("Ceritakan singkat", "Tell it shortly")


@page.get
def show() -> ResponseReturnValue:
    form = Report(data={"company": request.args.get("perusahaan"), "job_order": request.args.get("lowongan")})
    return page.render(form=form, receipt=None)


@page.post()
def report() -> ResponseReturnValue:
    form = Report()
    if not form.validate_on_submit():
        return page.render(form=form, receipt=None, status=422)
    sent = {name: (form[name].data or "").strip() or None for name in ("company", "job_order", "regency", "text")}
    answer = placement.post("/v1/concerns", {"kind": form.kind.data, **sent}, once=form.once.data).ask()
    if not answer.ok:
        form.refused(answer, {"": "company"})
        return page.render(form=form, receipt=None, status=422)
    return page.render(form=None, receipt=answer.body["id"])
