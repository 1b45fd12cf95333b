"""`/capaian/rencana`: the places that the province planned against the seats that begin, by regency and month."""

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Page, ToldByHouse, everybody, number, t, training
from services.console.frame.tables import as_csv, as_json
from services.console.frame.words import day, regency
from services.console.pages.capaian import words
from shared.codes import regencies

page = Page(__name__, "/capaian/rencana", public=True)

COLUMNS = ("month", "regency_code", "regency", "target", "seats", "planned", "missing")


@page.get
def show() -> ResponseReturnValue:
    supply = everybody(supply=training.get("/v1/supply"))["supply"]
    chosen, past = _chosen(), request.args.get("lalu") == "1"
    rows = _rows(supply, chosen, past)
    target, seats = sum(row["target"] or 0 for row in rows), sum(row["seats"] for row in rows)
    return page.render(
        supply=supply,
        rows=rows,
        chosen=chosen,
        past=past,
        regencies=[(code, one.name) for code, one in regencies.table().items() if regencies.in_ntt(code)],
        target=target,
        seats=seats,
        sentence_text=t(
            "Per {day}, provinsi merencanakan {target} kursi pelatihan di {where} dan {seats} kursi sudah dibuka. "
            "Sumber: {source}.",
            "As of {day}, the province planned {target} training places in {where}, and {seats} were opened. "
            "Source: {source}.",
            day=day(words.today(), short=False),
            target=number(target),
            seats=number(seats),
            where=regency(chosen) if chosen else "NTT",
            source=words.SOURCE,
        ),
    )


@page.file("/data.csv")
def data_csv() -> ResponseReturnValue:
    return as_csv("rencana-dan-kursi", COLUMNS, _all())


@page.file("/data.json")
def data_json() -> ResponseReturnValue:
    return as_json("rencana-dan-kursi", COLUMNS, _all(), source=words.SOURCE, licence=words.LICENCE)


def _chosen() -> str | None:
    typed = request.args.get("wilayah", "")
    return typed if regencies.is_regency(typed) and regencies.in_ntt(typed) else None


def _rows(supply: ToldByHouse, chosen: str | None, past: bool) -> list[words.Body]:
    """The rows that were asked for: of this month and later, unless the past is wanted too."""
    month = words.today()[:7]
    return [
        {**row, "missing": max((row["target"] or 0) - row["seats"], 0)}
        for row in supply.items()
        if (chosen is None or row["regency"] == chosen) and (past or row["month"] >= month)
    ]


def _all() -> list[words.Body]:
    supply = everybody(supply=training.get("/v1/supply"))["supply"]
    supply.must()
    return [
        {**row, "regency_code": row["regency"], "regency": regency(row["regency"]) if row["regency"] else None}
        for row in _rows(supply, _chosen(), past=True)
    ]
