"""`/calon/<id>/luar-negeri`: ask about deportation, overstay and bans, and write the answer down. It is not shown again
here: what stands on record only a desk reads that may read specific data."""

from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from services.console.frame import Page, notice, registry, t, together
from services.console.pages.calon import halaman
from services.console.pages.calon.abroad import POINTERS, Abroad

page = Page(__name__, "/calon/<uuid:id>/luar-negeri", needs=("candidates:write",))


class Answered(Abroad):
    """``version`` is that of the person as the officer saw them."""

    version = HiddenField()


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(id)


@page.post()
def save(id: str) -> ResponseReturnValue:
    form = Answered()
    if not form.validate_on_submit():
        return _render(id, form, status=422)
    records = form.records()
    if records is None:
        notice(t("Belum ditanyakan. Tidak ada yang berubah.", "Not asked yet. Nothing was changed."))
        return halaman.page.go(id=id)
    path = f"/v1/candidates/{id}/records"
    done = registry.put(path, {"records": records}, if_match=f'"{form.version.data}"').ask()
    if done.status == 412:
        form.version.data = None
        form.others.append(
            t(
                "Data orang ini baru saja diubah di tempat lain. Isian Anda masih ada: simpan sekali lagi.",
                "This person was changed elsewhere a moment ago. What you typed is still here: save once more.",
            )
        )
        return _render(id, form, status=409)
    if not done.ok:
        form.refused(done, POINTERS)
        return _render(id, form, status=409 if done.status == 409 else 422)
    notice(t("Jawabannya dicatat.", "The answer was recorded."))
    return halaman.page.go(id=id, anchor="syarat")


def _render(id: str, form: Answered | None = None, status: int = 200) -> ResponseReturnValue:
    found = together(person=registry.get(f"/v1/candidates/{id}"), asked=registry.get(f"/v1/candidates/{id}/records"))
    person, asked = found["person"].must(), found["asked"].must()
    form = form or Answered()
    form.version.data = form.version.data or str(asked["version"])
    return page.render(person=person, asked=asked["asked"], form=form, status=status)
