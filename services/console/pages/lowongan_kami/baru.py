"""`/lowongan-kami/baru`: publish a job order; it waits to be verified, and the law says what it found."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page, notice, placement, t
from services.console.pages.lowongan_kami import satu
from services.console.pages.lowongan_kami.isian import Order

page = Page(__name__, "/lowongan-kami/baru", needs=("job_orders:write",), roles=("company",))


@page.get
def show() -> ResponseReturnValue:
    return page.render(form=Order(new=True))


@page.post()
def publish() -> ResponseReturnValue:
    form = Order(new=True)
    if not form.complete():
        return page.render(form=form, status=422)
    done = placement.post("/v1/job-orders", form.document(), once=form.once.data).ask()
    if not done.ok:
        form.refused(done, form.pointers())
        return page.render(form=form, status=422)
    notice(t("Lowongan diterbitkan; provinsi memeriksanya.", "The order is published; the province looks at it."))
    return satu.page.go(id=done.body["id"])
