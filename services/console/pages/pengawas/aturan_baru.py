"""`/pengawas/aturan/baru`: propose a law: its kind, its form, what it would change; another person decides."""

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Page, notice, placement, t
from services.console.pages.pengawas import aturan, words
from services.console.pages.pengawas.mengusulkan import FORMS, LOOK, effect_of, only_looks, refused
from services.console.pages.pengawas.usulan import Proposal
from shared import clock

page = Page(__name__, "/pengawas/aturan/baru", needs=("policies:propose",))


@page.get
def show() -> ResponseReturnValue:
    kind = FORMS.get(request.args.get("jenis", ""))
    today = clock.today()
    data = {"verified_on": today, "confidence": "H", **(kind.from_content({}) if kind else {})}
    return _render(kind(new=True, data=data) if kind else None)


@page.post()
def propose() -> ResponseReturnValue:
    kind = FORMS.get(request.args.get("jenis", ""))
    if kind is None:
        return page.go()
    form = kind(new=True)
    if not form.validate_on_submit():
        return _render(form, status=422)
    code, revision = (form.code.data or "").strip(), form.revision()
    if only_looks():
        effect = effect_of(code, form.kind, revision)
        if not effect.ok and not effect.silent:
            refused(form, effect)
            return _render(form, status=422)
        return _render(form, effect)
    done = placement.post("/v1/policies", {"code": code, "kind": form.kind, **revision}, once=form.once.data).ask()
    if not done.ok:
        refused(form, done)
        return _render(form, status=422)
    notice(t("Diusulkan; menunggu orang lain.", "Proposed; it waits for somebody else."))
    return aturan.page.go(id=done.body["id"], nomor=done.body["revisions"][-1]["number"])


def _render(form: Proposal | None, effect: Answer | None = None, status: int = 200) -> ResponseReturnValue:
    kinds = [(code, words.policy_kind(code)) for code in FORMS]
    return page.render(form=form, effect=effect, kinds=kinds, words=words, look=LOOK, beside=[], status=status)
