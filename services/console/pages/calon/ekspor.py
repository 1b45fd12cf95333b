"""`/calon/ekspor`: the register of one's own office as a sheet, for a reason that everybody in it may read."""

from flask import make_response
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField
from wtforms.validators import Length

from services.console.frame import Form, Page, registry, t
from services.console.pages.unggah.kirim import XLSX
from shared.codes import regencies

page = Page(__name__, "/calon/ekspor", needs=("candidates:write",))

SECONDS = 30.0
"""A register of thousands is written before the first byte is sent."""


class Asked(Form):
    reason = StringField(validators=[Length(max=300)])
    regency = SelectField()

    def __init__(self) -> None:
        super().__init__()
        self.reason.label.text = t("Untuk apa daftarnya diperlukan", "What the register is needed for")
        short = t("Tulis alasannya, paling sedikit 10 huruf.", "Say why, in 10 letters at least.")
        self.reason.validators = [Length(min=10, max=300, message=short)]
        self.regency.label.text = t("Hanya dari kabupaten", "Only from the regency")
        here = sorted((one.name, one.code) for one in regencies.table().values() if one.code.startswith(regencies.NTT))
        self.regency.choices = [("", t("Semua", "All")), *((code, name) for name, code in here)]


@page.get
def show() -> ResponseReturnValue:
    return page.render(form=Asked())


@page.post()
def export() -> ResponseReturnValue:
    """The workbook as a file, kept by nothing on its way."""
    form = Asked()
    if not form.validate_on_submit():
        return page.render(form=form, status=422)
    wanted = {"reason": form.reason.data, **({"regency": form.regency.data} if form.regency.data else {})}
    found = registry.post("/v1/candidates:export", wanted, seconds=SECONDS).ask()
    if not found.ok:
        form.refused(found)
        return page.render(form=form, status=422)
    answer = make_response(found.content)
    answer.headers["Content-Type"] = XLSX
    answer.headers["Content-Disposition"] = 'attachment; filename="daftar-calon.xlsx"'
    return answer
