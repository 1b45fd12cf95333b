"""`/lembaga/<jenis>/baru`: enter a provider, a company or a partner abroad, after its licence was looked at."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page, notice, t
from services.console.pages.lembaga import satu
from services.console.pages.lembaga.isian import Organisation
from services.console.pages.lembaga.jenis import ADDRESS, KINDS, RIGHTS

page = Page(__name__, f"/lembaga/<{ADDRESS}>/baru", needs=RIGHTS)


@page.get
def show(jenis: str) -> ResponseReturnValue:
    return _render(jenis, KINDS[jenis].form(new=True))


@page.post()
def enter(jenis: str) -> ResponseReturnValue:
    kind = KINDS[jenis]
    form = kind.form(new=True)
    if not form.validate_on_submit():
        return _render(jenis, form, status=422)
    made = kind.house.post(kind.path, form.document(), once=form.once.data).ask()
    if not made.ok:
        form.refused(made, form.POINTERS)
        return _render(jenis, form, status=409 if made.status == 409 else 422)
    notice(t("{name} sudah dicatat.", "{name} is on record.", name=made.body["name"]))
    return satu.page.go(jenis=jenis, id=made.body["id"])


def _render(jenis: str, form: Organisation, status: int = 200) -> ResponseReturnValue:
    return page.render(jenis=jenis, kind=KINDS[jenis], form=form, status=status)
