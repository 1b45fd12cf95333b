"""`/pengawas/aturan/<id>/usul`: propose a new text of a law, or its end; the law of today fills the form."""

from datetime import date, timedelta
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from services.console.frame import Answer, DayField, Form, Page, notice, placement, t
from services.console.pages.pengawas import aturan, words
from services.console.pages.pengawas.mengusulkan import FORMS, LOOK, effect_of, effect_without, only_looks, refused
from services.console.pages.pengawas.usulan import Proposal

page = Page(__name__, "/pengawas/aturan/<uuid:id>/usul", needs=("policies:propose",))

Body = dict[str, Any]
_DAY = timedelta(days=1)


class EndOfLaw(Form):
    """From which day on nothing of it is law, and why."""

    ends_on = DayField()
    instrument = StringField()
    article = StringField(validators=[Length(max=60)])
    source = StringField(validators=[Length(max=200)])

    def __init__(self, **more: Any) -> None:
        super().__init__(prefix="akhir-", **more)
        self.ends_on.label.text = t("Hari terakhir berlaku", "Last day in force")
        self.ends_on.validators = [InputRequired(t("Ketik tanggalnya, misalnya 8/12/2026.", "Type the day."))]
        self.instrument.label.text = t("Dasar hukum", "Legal basis")
        self.instrument.validators = [InputRequired(t("Isi bagian ini.", "Fill this in.")), Length(max=200)]
        self.article.label.text = t("Pasal", "Article")
        self.source.label.text = t("Sumber naskah", "Where the text stands")


@page.get
def show(id: str) -> ResponseReturnValue:
    policy = placement.get(f"/v1/policies/{id}").ask().must()
    return _render(policy)


@page.post()
def revise(id: str) -> ResponseReturnValue:
    policy = placement.get(f"/v1/policies/{id}").ask().must()
    form = _kind(policy)(new=False, known=_latest(policy).get("content") or {})
    if not form.validate_on_submit():
        return _render(policy, form, status=422)
    if form.overtaken(None, policy["version"], _from(policy)):
        return _render(policy, form, status=409)
    revision = form.revision()
    if only_looks():
        effect = effect_of(policy["code"], form.kind, revision)
        if not effect.ok and not effect.silent:
            refused(form, effect)
            return _render(policy, form, status=422)
        return _render(policy, form, effect=effect)
    return _sent(policy, form, placement.post(f"/v1/policies/{id}/revisions", revision, once=form.once.data).ask())


@page.post("/akhiri")
def end(id: str) -> ResponseReturnValue:
    policy = placement.get(f"/v1/policies/{id}").ask().must()
    ending = EndOfLaw()
    if not ending.validate_on_submit() or ending.ends_on.data is None:
        return _render(policy, ending=ending, status=422)
    if only_looks():
        first_free_day = (min(ending.ends_on.data, date.max - _DAY) + _DAY).isoformat()
        return _render(policy, ending=ending, effect=effect_without(policy["code"], first_free_day))
    basis = {"instrument": ending.instrument.data, "article": ending.article.data or None}
    basis["source"] = ending.source.data or None
    body = {"ends_on": ending.ends_on.data.isoformat(), "legal_basis": basis}
    done = placement.post(f"/v1/policies/{id}/end", body, once=ending.once.data).ask()
    if not done.ok:
        ending.refused(done, {f"/legal_basis/{part}": part for part in basis})
        return _render(policy, ending=ending, status=422)
    return _go(done.body)


def _sent(policy: Body, form: Proposal, done: Answer) -> ResponseReturnValue:
    if not done.ok:
        refused(form, done)
        return _render(policy, form, status=422)
    return _go(done.body)


def _go(policy: Body) -> ResponseReturnValue:
    """To the proposal: the newest that waits, also where the same words had been sent before."""
    waiting = [row["number"] for row in policy["revisions"] if row["status"] == "PROPOSED"]
    notice(t("Diusulkan; menunggu orang lain.", "Proposed; it waits for somebody else."))
    return aturan.page.go(id=policy["id"], nomor=max(waiting, default=policy["revisions"][-1]["number"]))


def _kind(policy: Body) -> type[Proposal]:
    return FORMS.get(policy["kind"]) or abort(404)


def _from(policy: Body) -> Proposal:
    kind, row = _kind(policy), _latest(policy)
    return kind(new=False, known=row.get("content") or {}, formdata=None, data=kind.from_row(row))


def _latest(policy: Body) -> Body:
    """The text that is law today, else the last one that was approved, else the last one that says something."""
    rows = [row for row in policy["revisions"] if row["action"] == "SET"]
    law = [row for row in rows if row["number"] == policy.get("in_force")]
    found: Body = (law or [row for row in rows if row["status"] == "APPROVED"] or rows)[-1]
    return found


def _render(
    policy: Body,
    form: Proposal | None = None,
    *,
    ending: EndOfLaw | None = None,
    effect: Answer | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    row = _latest(policy)
    shown = form or _from(policy)
    if form is None:
        shown.as_it_stands()
    basis = {name: row["legal_basis"].get(name) for name in ("instrument", "article")}
    return page.render(
        policy=policy,
        form=shown,
        beside=shown.beside(),
        effect=effect,
        ending=ending or EndOfLaw(formdata=None, data=basis),
        bad=ending or shown,
        ends=ending is not None,
        words=words,
        look=LOOK,
        status=status,
    )
