"""O3 `/ops/gagal`: records that were set aside, by cause: handle again, or give up with a reason; every act is kept."""

from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from services.console.frame import Entry, Form, Page, already, notice, number, t, together
from services.console.frame.ask import House
from services.console.frame.troubles import house_name
from services.console.pages.ops.keadaan import houses

page = Page(
    __name__,
    "/ops/gagal",
    needs=("operations:read",),
    menu=Entry("Disisihkan", "Set aside", 22),
)

Body = dict[str, Any]


_KINDS = {
    "Refused": (
        "Isinya melanggar kontrak: pengirimnya harus diperbaiki, lalu kirim lagi",
        "It breaks its contract: whoever sent it must be mended, then it is sent again",
    ),
    "UnreadableEvent": (
        "Ini bukan peristiwa yang dikenal: cari siapa yang menulisnya, lalu buang",
        "This is no event that is known: find out who wrote it, then give it up",
    ),
}
"""Class of a refusal, as every listener notes it (`shared/events`) → what it means and what to do."""


class Discard(Form):
    """Which record, and why nobody will need it."""

    letter = HiddenField(validators=[InputRequired(), Length(max=300)])
    reason = StringField(validators=[Length(max=300)])

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.reason.label.text = t("Mengapa tidak ada yang memerlukannya", "Why nobody needs it")
        self.reason.validators = [InputRequired(t("Tulis alasannya; alasan itu disimpan.", "Say why; it is kept."))]


class Retry(Form):
    """One record, or all of the house when none is named."""

    letter = HiddenField(validators=[Length(max=300)])


@page.get
def show() -> ResponseReturnValue:
    return _render()


@page.post("/<house>/lagi")
def again(house: str) -> ResponseReturnValue:
    """As the listener would; what is refused again stays with its new cause."""
    form = Retry()
    if house not in houses():
        abort(404)
    if not form.validate_on_submit():
        return _render(form=form, status=422)
    wanted = [form.letter.data] if form.letter.data else []
    done = House(house).post("/v1/operations/letters/retry", {"letters": wanted}, once=form.once.data).ask().must()
    said = t("{n} rekaman dikerjakan lagi; muat ulang sebentar lagi.", "{n} records are handled again; reload soon.",
             n=number(done["number"]))  # fmt: skip
    notice(said)
    return page.go()


@page.post("/<house>/buang")
def discard(house: str) -> ResponseReturnValue:
    """For good: where it lay, who and why stay, its content goes."""
    form = Discard()
    if house not in houses():
        abort(404)
    if not form.validate_on_submit():
        return _render(form=form, house=house, status=422)
    body = {"letter": form.letter.data, "reason": form.reason.data}
    done = House(house).post("/v1/operations/letters/discard", body, once=form.once.data).ask()
    if done.code == "letter_not_found":
        already()
        return page.go()
    if not done.ok:
        form.refused(done)
        return _render(form=form, house=house, status=409)
    notice(t("Rekaman dibuang; alasannya disimpan.", "The record was given up; the reason is kept."))
    return page.go()


def _render(*, form: Form | None = None, house: str = "", status: int = 200) -> ResponseReturnValue:
    asked = {f"{name}": House(name).get("/v1/operations/letters") for name in houses()}
    acts = {f"acts_{name}": House(name).get("/v1/operations/acts") for name in houses()}
    found = together(**asked, **acts)
    for answer in found.values():
        if not answer.silent and answer.status != 404:
            answer.must()
    rows = [
        {"house": name, "called": house_name(name), "answer": found[name], "causes": _by_cause(found[name].items())}
        for name in houses()
    ]
    done = [{**one, "called": house_name(name)} for name in houses() for one in found[f"acts_{name}"].items()]
    bad = form if isinstance(form, Discard) else None
    return page.render(
        rows=rows,
        acts=sorted(done, key=lambda one: str(one["at"]), reverse=True)[:50],
        form=form or Form(),
        retry=Retry(formdata=None),
        why=_why,
        discarding=lambda one, where: bad if bad and (where, one["id"]) == (house, bad.letter.data) else _of(one),
        status=status,
    )


def _why(cause: str) -> str:
    """What went wrong, for whoever must do something about it; the house's own words stand below."""
    kind = cause.partition(":")[0]
    return t(*_KINDS[kind]) if kind in _KINDS else t("Gagal dikerjakan", "It could not be handled")


def _of(letter: Body) -> Discard:
    return Discard(formdata=None, data={"letter": letter["id"]})


def _by_cause(letters: list[Body]) -> list[tuple[str, list[Body]]]:
    found: dict[str, list[Body]] = {}
    for one in letters:
        found.setdefault(one["reason"], []).append(one)
    return sorted(found.items(), key=lambda pair: -len(pair[1]))
