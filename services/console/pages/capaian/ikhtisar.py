"""K1 `/capaian`: the province in a few numbers, with what changed since the last forum. For everybody."""

from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, everybody, matching, registry, training
from services.console.frame.tables import as_csv, as_json
from services.console.pages.capaian import words
from shared.codes import regencies

page = Page(__name__, "/capaian", public=True, menu=Entry("Capaian", "Figures", 50))

COLUMNS = ("code", "name", "total", "rounded", "counted_at")


@page.get
def show() -> ResponseReturnValue:
    found = everybody(
        figures=matching.get("/v1/figures"),
        editions=matching.get("/v1/editions"),
        centres=registry.get("/v1/service-centres"),
        supply=training.get("/v1/supply"),
    )
    last = next(iter(found["editions"].items()), None)
    before = everybody(last=matching.get(f"/v1/editions/{last['day']}") if last else None).get("last")
    earlier = {one["code"]: one for one in (before.body.get("figures", {}) if before else {}).get("measures", [])}
    working = {one["regency"] for one in found["centres"].items() if one["works"]}
    year = words.today()[:4]
    months = [row for row in found["supply"].items() if row["month"].startswith(year)]
    return page.render(
        figures=found["figures"],
        supply=found["supply"],
        last=last,
        earlier=earlier,
        words=words,
        working=len(working),
        centres=found["centres"],
        all_regencies=sum(regencies.in_ntt(code) for code in regencies.table()),
        year=year,
        target=sum(row["target"] or 0 for row in months),
        seats=sum(row["seats"] for row in months),
    )


@page.file("/data.csv")
def data_csv() -> ResponseReturnValue:
    return as_csv("capaian", COLUMNS, _rows())


@page.file("/data.json")
def data_json() -> ResponseReturnValue:
    return as_json("capaian", COLUMNS, _rows(), source=words.SOURCE, licence=words.LICENCE)


def _rows() -> list[words.Body]:
    found = everybody(figures=matching.get("/v1/figures"))["figures"].must()
    return [{**one, "name": words.name(one["code"]), "counted_at": found["counted_at"]} for one in found["measures"]]
