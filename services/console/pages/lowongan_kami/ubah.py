"""`/lowongan-kami/<id>/ubah`: change a job order; what is changed is verified again."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page, notice, placement, t
from services.console.pages.lowongan_kami import biaya, satu
from services.console.pages.lowongan_kami.diminta import others
from services.console.pages.lowongan_kami.isian import Body, Order, filled
from services.console.pages.tinjau.menolak import Decide

page = Page(__name__, "/lowongan-kami/<uuid:id>/ubah", needs=("job_orders:write",), roles=("company",))


@page.get
def show(id: str) -> ResponseReturnValue:
    order = placement.get(f"/v1/job-orders/{id}").ask().must()
    form = _from(order)
    form.as_it_stands()
    form.beside(order)
    return page.render(
        form=form,
        seen=Decide().of(order),
        order=order,
        rest=others(order.get("requirements"), order.get("isco08")),
        paid=biaya.others(order.get("costs") or ()),
    )


@page.post()
def change(id: str) -> ResponseReturnValue:
    """About the version that was read; what others changed since is not overwritten."""
    order = placement.get(f"/v1/job-orders/{id}").ask().must()
    form, seen = Order(new=False, known=order), Decide()
    fine = seen.validate_on_submit()
    if not form.complete() or not fine:
        return _again(form, seen, order, 422)
    if form.overtaken(seen.version.data, order["version"], _from(order)):
        return _again(form, seen, order, 409)
    done = placement.patch(f"/v1/job-orders/{id}", form.document(), if_match=f'"{order["version"]}"').ask()
    if not done.ok:
        form.refused(done, form.pointers())
        return _again(form, seen, order, 409 if done.status == 412 else 422)
    notice(t("Perubahan disimpan; provinsi memeriksanya lagi.", "Saved; the province looks at it again."))
    return satu.page.go(id=id)


def _from(order: Body) -> Order:
    return Order(new=False, known=order, formdata=None, data=filled(order))


def _again(form: Order, seen: Decide, order: Body, status: int) -> ResponseReturnValue:
    return page.render(
        form=form,
        seen=seen.of(order),
        order=order,
        rest=others(order.get("requirements"), order.get("isco08")),
        paid=biaya.others(order.get("costs") or ()),
        status=status,
    )
