"""`/calon/<id>/khusus`: health, records of other countries and loans: kept apart, with a right and a trail of its own.

Never on a shared screen. No diagnosis is asked: whether somebody is fit, and conditions as met or not met.
"""

from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Page, Recorded, notice, registry, shared_screen, t, together
from services.console.frame.kept import until_alone
from services.console.pages.calon.khusus_isian import POINTERS, Health, Loans, Records

page = Page(__name__, "/calon/<uuid:id>/khusus", needs=("specific:read",))

Body = dict[str, Any]
Part = Health | Records | Loans


@page.get
def show(id: str) -> ResponseReturnValue:
    if shared_screen():
        return page.render(id=id, person=None, kept=None)
    return _render(id)


@page.post("/kesehatan")
def health(id: str) -> ResponseReturnValue:
    return _save(id, Health)


@page.post("/catatan")
def records(id: str) -> ResponseReturnValue:
    return _save(id, Records)


@page.post("/pinjaman")
def loans(id: str) -> ResponseReturnValue:
    return _save(id, Loans)


def _save(id: str, kind: type[Part]) -> ResponseReturnValue:
    """Replace one part, about what was read; the others stay as they are."""
    if shared_screen():
        return until_alone()
    asked = registry.get(f"/v1/candidates/{id}/specific").ask()
    kept = asked.must()
    form = kind(kept)
    if not form.validate_on_submit():
        return _render(id, form, asked, status=422)
    if form.overtaken(form.version.data, kept["version"], kind.of(kept)):
        return _render(id, form, asked, status=409)
    said = form.part(kept)
    if said is None:
        notice(
            t("Belum ada yang diisi; tidak ada yang berubah.", "Nothing was filled in; nothing changed."), tone="look"
        )
        return page.go(id=id)
    done = registry.put(f"/v1/candidates/{id}/specific", said, if_match=f'"{kept["version"]}"').ask()
    if not done.ok:
        form.refused(done, POINTERS)
        return _render(id, form, status=409 if done.status == 412 else 422)
    notice(
        t("Tersimpan; ada di jejak.", "Saved; it is in the trail."),
        detail=t("Jawaban orang ini dihitung lagi.", "This person's answer is worked out again."),
    )
    return page.go(id=id)


def _render(id: str, form: Part | None = None, asked: Answer | None = None, status: int = 200) -> ResponseReturnValue:
    found = together(
        person=registry.get(f"/v1/candidates/{id}"),
        kept=registry.get(f"/v1/candidates/{id}/specific") if asked is None else None,
    )
    kept = (asked or found["kept"]).must()
    forms: dict[str, Recorded] = {kind.__name__.lower(): _form(kind, form, kept) for kind in (Health, Records, Loans)}
    return page.render(
        id=id,
        person=found["person"].or_empty(),
        kept=kept,
        bad=form,
        **forms,
        status=status,
    )


def _form(kind: type[Part], sent: Part | None, kept: Body) -> Part:
    """The one that was sent, with what was typed; the others as they stand on record."""
    if isinstance(sent, kind):
        sent.version.data = str(kept["version"])
        return sent
    fresh = kind.of(kept)
    fresh.as_it_stands()
    fresh.version.data = str(kept["version"])
    return fresh
