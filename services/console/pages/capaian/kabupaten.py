"""K4 `/capaian/<kode>`: one regency on one page that prints well: people, places, courses, demand."""

from flask import abort
from flask.typing import ResponseReturnValue

from services.console.frame import Page, everybody, matching, training
from services.console.pages.capaian import words
from services.console.pages.capaian.kebutuhan import programme
from shared.codes import regencies

page = Page(__name__, "/capaian/<kode>", public=True)

SHOWN = 8


@page.get
def show(kode: str) -> ResponseReturnValue:
    if not (regencies.is_regency(kode) and regencies.in_ntt(kode)):
        abort(404)
    found = everybody(
        figures=matching.get("/v1/figures"),
        supply=training.get("/v1/supply"),
        open=training.get("/v1/open-batches", regency=kode),
    )
    month = words.today()[:7]
    return page.render(
        kode=kode,
        figures=found["figures"],
        measures=found["figures"].body.get("measures", []),
        words=words,
        supply=found["supply"],
        months=[row for row in found["supply"].items() if row["regency"] == kode and row["month"] >= month],
        demand=[row for row in found["supply"].body.get("demand", []) if row["regency"] == kode],
        programme=programme,
        open=found["open"],
        courses=found["open"].items()[:SHOWN],
    )
