"""L3 `/calon/baru`: register somebody in four short steps; each is kept in the registry, so that nothing is lost."""

import re
from typing import Any

from flask import request, session
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from services.console.frame import Answer, Form, Page, already, notice, registry, t
from services.console.pages.calon import isian

page = Page(__name__, "/calon/baru", needs=("candidates:write",))

Body = dict[str, Any]
LAST = len(isian.STEPS)
REGISTERED = "registered"
"""Whom this session registered last, by the draft that is gone since: a button pressed once more leads there."""


@page.get
def show() -> ResponseReturnValue:
    draft = _draft()
    step = _step(draft)
    return _render(step, isian.STEPS[step - 1](_typed(draft, step)), draft)


@page.post()
def save() -> ResponseReturnValue:
    """Keep this step and go on; the last step registers."""
    if registered := session.get(REGISTERED, {}).get(request.args.get("draft")):
        return _registered_already(registered)
    draft = _draft()
    step = _step(draft)
    form = isian.STEPS[step - 1]()
    if not form.validate_on_submit():
        return _render(step, form, draft, status=422)
    kept = _keep(draft, step, form)
    if kept.status == 412 and draft["id"]:  # pressed twice: the first press has just kept the same
        draft = _draft()
        kept = _keep(draft, step, form)
    if not kept.ok:
        form.refused(kept)
        return _render(step, form, draft, status=kept.status)
    draft = kept.body
    if step < LAST:
        return page.go(draft=draft["id"], langkah=step + 1)
    return _register(draft, form, confirm_new=False)


@page.post("/orang-lain")
def somebody_else() -> ResponseReturnValue:
    """It is not one of those who look alike."""
    if registered := session.get(REGISTERED, {}).get(request.args.get("draft")):
        return _registered_already(registered)
    draft = _draft()
    form = isian.STEPS[LAST - 1](_typed(draft, LAST))
    form.once.data = request.form.get("once", "")
    return _register(draft, form, confirm_new=True)


@page.post("/hapus")
def throw_away() -> ResponseReturnValue:
    draft = _draft()
    registry.delete(f"/v1/drafts/{draft['id']}").ask().must()
    notice(t("Pendaftaran yang belum selesai itu dihapus.", "That unfinished registration was thrown away."))
    from services.console.pages import beranda

    return beranda.page.go()


def _register(draft: Body, form: Form, *, confirm_new: bool) -> ResponseReturnValue:
    answer = registry.post(
        "/v1/candidates",
        {**_profile(draft), "confirm_new": confirm_new},
        # The number of the form that was pressed, and not the draft's version: a second press is the same request.
        once=f"{draft['id']}/{form.once.data}/{confirm_new}",
    ).ask()
    if answer.ok:
        _close_submission(draft, answer.body["id"])
        registry.delete(f"/v1/drafts/{draft['id']}").ask()
        session[REGISTERED] = {draft["id"]: answer.body["id"]}
        notice(
            t(
                "{name} terdaftar dengan nomor {number}.",
                "{name} is registered as {number}.",
                name=answer.body["full_name"],
                number=answer.body["number"],
            )
        )
        from services.console.pages.calon import halaman

        return halaman.page.go(id=answer.body["id"])
    if answer.code == "possible_duplicate":
        return page.render(step=None, form=form, draft=draft, alike=answer.body.get("candidates", []), last=LAST)
    return _refused(draft, answer)


def _registered_already(id: str) -> ResponseReturnValue:
    from services.console.pages.calon import halaman

    already()
    return halaman.page.go(id=id)


def _close_submission(draft: Body, candidate_id: str) -> None:
    """Whoever was sent in by a village is registered now; should this fail, it waits on and names its like."""
    sent = draft["content"].get("kiriman")
    if not sent:
        return
    waiting = registry.get(f"/v1/submissions/{sent}").ask()
    if waiting.ok:
        done = {"outcome": "REGISTERED", "candidate_id": candidate_id}
        registry.post(f"/v1/submissions/{sent}/close", done, if_match=waiting.version).ask()


def _refused(draft: Body, answer: Answer) -> ResponseReturnValue:
    """Show the first step that something is wrong with, with every refusal at its field."""
    fields = {str(fault.get("pointer", "")): isian.field_of(str(fault.get("pointer", ""))) for fault in answer.faults}
    for step, kind in enumerate(isian.STEPS, 1):
        form = kind(_typed(draft, step))
        if any(name in form for name in fields.values()) or step == LAST:
            form.refused(answer, fields)
            return _render(step, form, draft, status=422)
    raise AssertionError("the last step takes whatever no other takes")


def _render(step: int, form: Form, draft: Body, *, status: int = 200) -> ResponseReturnValue:
    return page.render(step=step, form=form, draft=draft, alike=None, last=LAST, status=status)


def _draft() -> Body:
    id = request.args.get("draft")
    return (
        registry.get(f"/v1/drafts/{id}").ask().must()
        if id
        else {"id": None, "version": 0, "content": {"step": 1, "steps": {}}}
    )


def _step(draft: Body) -> int:
    asked = request.args.get("langkah") or str(draft["content"].get("step", 1))
    return min(max(int(asked), 1), LAST) if re.fullmatch("[0-9]{1,9}", asked) else 1


def _typed(draft: Body, step: int) -> MultiDict[str, str] | None:
    """What was typed at a step before, as a form sends it; None where nothing was."""
    kept = _steps(draft).get(str(step))
    if not isinstance(kept, dict):
        return None
    return MultiDict((name, str(one)) for name, values in kept.items() if isinstance(values, list) for one in values)


def _steps(draft: Body) -> Body:
    """What was typed, by step. A draft may have been written by another program: what is no form of ours is nothing."""
    found = draft["content"].get("steps")
    return found if isinstance(found, dict) else {}


def _keep(draft: Body, step: int, form: Form) -> Answer:
    typed = {name: request.form.getlist(name) for name in form._fields if name not in ("csrf_token", "once", "stood")}
    steps = {**_steps(draft), str(step): typed}
    name = (request.form if step == 1 else _typed(draft, 1) or MultiDict()).get("full_name", "")
    content = {**draft["content"], "step": min(step + 1, LAST), "steps": steps, "label": name}
    if draft["id"] is None:
        return registry.post("/v1/drafts", {"content": content}, once=form.once.data).ask()
    return registry.put(f"/v1/drafts/{draft['id']}", {"content": content}, if_match=f'"{draft["version"]}"').ask()


def _profile(draft: Body) -> Body:
    """The registration out of all steps; what nobody typed is left out."""
    found: Body = {}
    for step, kind in enumerate(isian.STEPS, 1):
        found.update(kind(_typed(draft, step) or MultiDict()).profile())
    return {name: value for name, value in found.items() if value is not None}
