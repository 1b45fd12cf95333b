"""`/lembaga/<jenis>/<id>`: one provider, company or partner abroad: how it stands, and change what is on record."""

from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Page, notice, t
from services.console.pages.lembaga.isian import Organisation
from services.console.pages.lembaga.jenis import ADDRESS, KINDS, RIGHTS, standing

page = Page(__name__, f"/lembaga/<{ADDRESS}>/<uuid:id>", needs=RIGHTS)

Body = dict[str, Any]


@page.get
def show(jenis: str, id: str) -> ResponseReturnValue:
    one = _load(jenis, id)
    form = KINDS[jenis].form.of(one)
    form.as_it_stands()
    return _render(jenis, one, form)


@page.post()
def change(jenis: str, id: str) -> ResponseReturnValue:
    """Only what differs is sent; courses and orders say the new state within seconds."""
    kind = KINDS[jenis]
    one = _load(jenis, id)
    form = kind.form(new=False)
    if not form.validate_on_submit():
        return _render(jenis, one, form, status=422)
    if form.overtaken(form.version.data, one["version"], kind.form.of(one)):
        return _render(jenis, one, form, status=409)
    changes = form.changes(one)
    if not changes:
        notice(t("Tidak ada yang berubah.", "Nothing has changed."), tone="look")
        return page.go(jenis=jenis, id=id)
    done = kind.house.patch(f"{kind.path}/{id}", changes, if_match=f'"{one["version"]}"').ask()
    if not done.ok:
        form.refused(done, form.POINTERS)
        return _render(jenis, _load(jenis, id), form, status=409 if done.status == 412 else 422)
    notice(
        t("Tersimpan.", "Saved."),
        detail=t("Kursus atau lowongannya diperiksa lagi.", "Its courses or orders are looked at again."),
    )
    return page.go(jenis=jenis, id=id)


def _load(jenis: str, id: str) -> Body:
    kind = KINDS[jenis]
    return kind.house.get(f"{kind.path}/{id}").ask().must()


def _render(jenis: str, one: Body, form: Organisation, status: int = 200) -> ResponseReturnValue:
    kind = KINDS[jenis]
    form.version.data = form.version.data if status == 422 and form.version.data else str(one["version"])
    return page.render(
        jenis=jenis,
        kind=kind,
        one=one,
        code=one[kind.code],
        stands=standing(jenis, one),
        form=form,
        status=status,
    )
