"""K2 `/capaian/wilayah`: every figure by home regency, as a tile map of one of them and as the table of all."""

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Page, everybody, matching
from services.console.frame.tables import as_csv, as_json
from services.console.pages.capaian import peta, words

page = Page(__name__, "/capaian/wilayah", public=True)


@page.get
def show() -> ResponseReturnValue:
    figures = everybody(figures=matching.get("/v1/figures"))["figures"]
    measures = figures.body.get("measures", [])
    chosen = next(
        (one for one in measures if one["code"] == request.args.get("ukuran")), measures[0] if measures else None
    )
    return page.render(
        figures=figures,
        measures=measures,
        chosen=chosen,
        tiles=peta.tiles(chosen) if chosen else [],
        map=peta,
        words=words,
        places=[one["place"] for one in chosen["cells"]] if chosen else [],
    )


@page.file("/data.csv")
def data_csv() -> ResponseReturnValue:
    columns, rows = _table()
    return as_csv("capaian-wilayah", columns, rows)


@page.file("/data.json")
def data_json() -> ResponseReturnValue:
    columns, rows = _table()
    return as_json("capaian-wilayah", columns, rows, source=words.SOURCE, licence=words.LICENCE)


def _table() -> tuple[list[str], list[words.Body]]:
    """One row a place, one column a figure."""
    measures = everybody(figures=matching.get("/v1/figures"))["figures"].must()["measures"]
    codes = [one["code"].lower() for one in measures]
    places = [one["place"] for one in measures[0]["cells"]]
    rows: list[words.Body] = [
        {
            "place_code": place,
            "place": words.where(place),
            **{one["code"].lower(): words.cell_of(one, place)["count"] for one in measures},
        }
        for place in places
    ]
    return ["place_code", "place", *codes], rows
