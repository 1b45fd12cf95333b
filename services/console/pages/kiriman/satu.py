"""`/kiriman/<id>`: one person whom a village sent in: begin the registration with what is known, or say why not."""

from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Form, Page, already, notice, registry, t
from services.console.pages.calon import baru
from services.console.pages.kiriman import daftar
from services.console.pages.kiriman.words import OUTCOMES
from services.console.pages.tinjau.menolak import Reject

page = Page(__name__, "/kiriman/<uuid:id>", needs=("candidates:write",))

Body = dict[str, Any]


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(registry.get(f"/v1/submissions/{id}").ask())


@page.post("/daftarkan")
def register(id: str) -> ResponseReturnValue:
    """A draft of a registration with what the village said; it is closed when the person is registered."""
    sent = registry.get(f"/v1/submissions/{id}").ask().must()
    form = Form()
    if not sent["person"] or not form.validate_on_submit():
        return page.go(id=id)
    content = {
        "step": 1,
        "steps": {"1": _typed(sent["person"])},
        "label": sent["person"]["full_name"],
        "kiriman": str(id),
    }
    draft = registry.post("/v1/drafts", {"content": content}, once=form.once.data).ask().must()
    return baru.page.go(draft=draft["id"], langkah=1)


@page.post("/tutup")
def close(id: str) -> ResponseReturnValue:
    """What was said of the person is erased with it."""
    asked = registry.get(f"/v1/submissions/{id}").ask()
    if asked.must().get("outcome"):
        already(_ended(asked.body))
        return page.go(id=id)
    form = Reject(OUTCOMES)
    if not form.validate_on_submit():
        return _render(asked, form, status=422)
    done = registry.post(f"/v1/submissions/{id}/close", {"outcome": form.reason.data}, if_match=form.seen).ask()
    if not done.ok:
        form.refused(done)
        asked = registry.get(f"/v1/submissions/{id}").ask()
        if asked.must().get("outcome"):
            already(_ended(asked.body))
            return page.go(id=id)
        return _render(asked, form, status=409)
    notice(t("Kiriman ditutup; isinya dihapus.", "It is closed; what was said is erased."))
    return daftar.page.go()


def _ended(sent: Body) -> str:
    """How it was closed, in words."""
    return t(*OUTCOMES[sent["outcome"]]) if sent.get("outcome") in OUTCOMES else ""


def _render(asked: Answer, form: Reject | None = None, status: int = 200) -> ResponseReturnValue:
    sent = asked.must()
    closing = form or Reject(OUTCOMES)
    closing.reason.label.text = t("Mengapa tidak didaftarkan", "Why the person is not registered")
    closing.of(sent)
    return page.render(
        sent=sent,
        person=sent["person"],
        closing=closing,
        beginning=Form(),
        ended=_ended(sent),
        status=status,
    )


def _typed(person: Body) -> dict[str, list[str]]:
    """Step 1 of a registration as its form would have sent it."""
    born = person.get("birth_date")
    said = {name: person.get(name) for name in ("full_name", "sex", "regency", "village", "phone")}
    said["birth_date"] = "/".join(str(int(part)) for part in reversed(born.split("-"))) if born else None
    return {name: [value] for name, value in said.items() if value}
