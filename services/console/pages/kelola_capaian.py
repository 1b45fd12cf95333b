"""`/kelola-capaian`: the province's manager: the sheet of targets, promises of the forum, freezing an edition."""

from typing import Any

from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from services.console.frame import DayField, Entry, Form, Page, matching, notice, number, t, together, training
from services.console.pages.capaian import words
from shared import clock

page = Page(
    __name__,
    "/kelola-capaian",
    needs=("figures:write",),
    menu=Entry("Kelola capaian", "Manage figures", 20),
    home_of=("manager",),
)

MOST_BYTES = 5 * 1024 * 1024


class Targets(Form):
    """The sheet."""

    file = FileField()

    def __init__(self) -> None:
        super().__init__()
        self.file.label.text = t("Lembar target (CSV atau XLSX)", "Sheet of targets (CSV or XLSX)")


class Promise(Form):
    """What an office promised."""

    text_id = StringField(validators=[InputRequired(), Length(max=300)])
    text_en = StringField(validators=[Length(max=300)])
    who = StringField(validators=[InputRequired(), Length(max=120)])
    due = DayField()

    def __init__(self) -> None:
        super().__init__()
        self.text_id.label.text = t("Janji", "Promise (Indonesian)")
        self.text_en.label.text = t("Dalam bahasa Inggris, jika ada", "In English, if there is a text")
        self.who.label.text = t("Kantor yang berjanji", "Office that promised")
        self.due.label.text = t("Sampai tanggal", "Until")
        for field in (self.text_id, self.who):
            field.validators = [InputRequired(t("Isi bagian ini.", "Fill this in.")), *field.validators[1:]]


class Edition(Form):
    """A day and a title."""

    day = DayField()
    title_id = StringField(validators=[Length(max=300)])
    title_en = StringField(validators=[Length(max=300)])

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.day.label.text = t("Tanggal forum", "Day of the forum")
        self.title_id.label.text = t("Judul", "Title (Indonesian)")
        self.title_en.label.text = t("Judul Inggris, jika ada", "English title, if there is one")


@page.get
def show() -> ResponseReturnValue:
    return _render()


@page.post("/target")
def targets() -> ResponseReturnValue:
    """All of the sheet, or none of it, with the cell that is wrong."""
    form = Targets()
    content = form.file.data.read(MOST_BYTES + 1) if form.file.data else b""
    if not form.validate_on_submit():
        return _render(targets=form, status=422)
    if not 0 < len(content) <= MOST_BYTES:
        form.file.errors = [t("Pilih satu berkas sampai 5 MB.", "Choose one file of up to 5 MB.")]
        return _render(targets=form, status=422)
    files = {"file": ("target", content, "application/octet-stream")}
    done = training.post("/v1/targets", files=files).ask()
    if not done.ok:
        form.refused(done)
        form.others = _with_cells(done.faults) or form.others
        return _render(targets=form, status=422)
    said = t(
        "{rows} baris dibaca, {n} target berubah.",
        "{rows} rows read, {n} targets changed.",
        rows=number(done.body["rows"]),
        n=number(done.body["changed"]),
    )
    notice(said)
    return page.go()


@page.file("/target.xlsx")
def template() -> ResponseReturnValue:
    answer = training.get("/v1/targets/template.xlsx").ask()
    answer.must()
    return answer.content, 200, {
        "Content-Type": answer.headers["content-type"],
        "Content-Disposition": 'attachment; filename="target.xlsx"',
    }  # fmt: skip


@page.post("/janji")
def promise() -> ResponseReturnValue:
    form = Promise()
    if form.validate_on_submit() and form.due.data:
        body = {
            "text": {"id": form.text_id.data, "en": form.text_en.data or form.text_id.data},
            "who": form.who.data,
            "due": form.due.data.isoformat(),
        }
        done = matching.post("/v1/promises", body, once=form.once.data).ask()
        if done.ok:
            notice(t("Janji dicatat.", "The promise is on record."))
            return page.go(anchor="janji")
        form.refused(done, {"/text/id": "text_id", "/text/en": "text_en"})
    elif not form.due.errors and not form.due.data:
        form.due.errors = [t("Ketik tanggalnya.", "Type the day.")]
    return _render(promise=form, status=422)


@page.post("/ditepati/<uuid:id>")
def kept(id: str) -> ResponseReturnValue:
    """Today it was kept."""
    if not Form().validate_on_submit():
        return _render(status=422)
    matching.post(f"/v1/promises/{id}/kept", {"kept_on": clock.today().isoformat()}).ask().must()
    notice(t("Dicatat: ditepati hari ini.", "Recorded: kept today."))
    return page.go(anchor="janji")


@page.post("/bekukan")
def freeze() -> ResponseReturnValue:
    form = Edition()
    if form.validate_on_submit() and form.day.data:
        title = form.title_id.data or t("Forum akuntabilitas", "Forum akuntabilitas")
        body = {
            "day": form.day.data.isoformat(),
            "title": {"id": title, "en": form.title_en.data or form.title_id.data or "Accountability forum"},
        }
        done = matching.post("/v1/editions", body, once=form.once.data).ask()
        if done.ok:
            notice(t("Edisi dibekukan; angkanya tidak berubah lagi.", "The edition is frozen; its numbers stay."))
            return page.go(anchor="edisi")
        if done.code == "nothing_counted":
            form.others.append(t("Angka belum dihitung; coba lagi nanti.", "Nothing was counted yet; try later."))
        else:
            form.refused(done, {"/title/id": "title_id", "/title/en": "title_en"})
    elif not form.day.errors and not form.day.data:
        form.day.errors = [t("Ketik tanggal forum.", "Type the day of the forum.")]
    return _render(edition=form, status=422)


def _with_cells(faults: list[dict[str, Any]]) -> list[str]:
    return [
        " ".join(str(one[part]) for part in ("cell", "message", "fix") if one.get(part))
        for one in faults[:20]
        if one.get("cell")
    ]


def _render(
    *,
    targets: Targets | None = None,
    promise: Promise | None = None,
    edition: Edition | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    found = together(
        promises=matching.get("/v1/promises"),
        editions=matching.get("/v1/editions"),
        figures=matching.get("/v1/figures"),
    )
    bad = next((form for form in (targets, promise, edition) if form is not None), Form())
    return page.render(
        form=bad,
        targets=targets or Targets(),
        promise=promise or Promise(),
        edition=edition or Edition(),
        plain=Form(),
        words=words,
        **found,
        status=status,
    )
