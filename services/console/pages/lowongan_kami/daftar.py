"""`/lowongan-kami`: a company's job orders, what the province and the law said of each, and the slots that are left."""

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, placement, together
from services.console.pages.lowongan_kami import words

page = Page(
    __name__,
    "/lowongan-kami",
    needs=("job_orders:write",),
    roles=("company",),
    menu=Entry("Lowongan kami", "Our job orders", 20),
    home_of=("company",),
)

SHOWN = 25


@page.get
def show() -> ResponseReturnValue:
    found = together(
        orders=placement.get("/v1/job-orders", limit=SHOWN, after=request.args.get("sesudah")),
        waiting=placement.get("/v1/applications", state="APPLIED", limit=100),
    )
    for answer in found.values():
        if not answer.silent:
            answer.must()
    waiting = found["waiting"].items()
    return page.render(
        orders=found["orders"],
        waiting=found["waiting"],
        to_answer=len(waiting),
        first=waiting[-1] if waiting else None,
        applied={order: sum(one["job_order_id"] == order for one in waiting) for order in _ids(waiting)},
        words=words,
        next=found["orders"].or_empty().get("next"),
    )


def _ids(rows: list[dict[str, str]]) -> set[str]:
    return {row["job_order_id"] for row in rows}
