"""P2 `/angkatan/<id>/ubah`: change days, place, seats or state of a batch."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page, notice, t, training
from services.console.pages import angkatan
from services.console.pages.angkatan_isian import Batch, Body, filled
from services.console.pages.tinjau.menolak import Decide

page = Page(__name__, "/angkatan/<uuid:id>/ubah", needs=("batches:write",), roles=("provider",))


@page.get
def show(id: str) -> ResponseReturnValue:
    batch = training.get(f"/v1/batches/{id}").ask().must()
    return page.render(batch=batch, form=_from(batch).as_it_stands(), seen=Decide().of(batch))


@page.post()
def change(id: str) -> ResponseReturnValue:
    """About the version that was read; only what differs is sent."""
    batch = training.get(f"/v1/batches/{id}").ask().must()
    form, seen = Batch(new=False), Decide()
    fine = seen.validate_on_submit()
    if not form.complete() or not fine:
        return page.render(batch=batch, form=form, seen=seen.of(batch), status=422)
    if form.overtaken(seen.version.data, batch["version"], _from(batch)):
        return page.render(batch=batch, form=form, seen=seen.of(batch), status=409)
    done = training.patch(f"/v1/batches/{id}", form.changes(batch), if_match=f'"{batch["version"]}"').ask()
    if not done.ok:
        form.refused(done, {"seats_below_taken": "seats", "batch_has_people": "starts"})
        return page.render(batch=batch, form=form, seen=seen.of(batch), status=409 if done.status == 412 else 422)
    notice(t("Perubahan angkatan tersimpan.", "The changes of the batch are saved."))
    return angkatan.page.go(id=id)


def _from(batch: Body) -> Batch:
    return Batch(new=False, formdata=None, data=filled(batch))
