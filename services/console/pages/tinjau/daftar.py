"""`/tinjau`: the reviewer's queue: courses that wait for review, and job orders that wait to be verified."""

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, placement, together, training

page = Page(
    __name__,
    "/tinjau",
    needs=("courses:review",),
    menu=Entry("Yang menunggu", "What waits", 20),
    home_of=("reviewer",),
)

SHOWN = 25


@page.get
def show() -> ResponseReturnValue:
    found = together(
        courses=training.get("/v1/courses", review="PENDING", limit=SHOWN, after=request.args.get("kursus")),
        orders=placement.get(
            "/v1/job-orders",
            verification="UNVERIFIED",
            status="OPEN",
            limit=SHOWN,
            after=request.args.get("lowongan"),
        ),
    )
    for answer in found.values():
        if not answer.silent:
            answer.must()
    return page.render(
        courses=found["courses"],
        orders=found["orders"],
        next_course=found["courses"].or_empty().get("next"),
        next_order=found["orders"].or_empty().get("next"),
    )
