"""`/kursus-terbuka`: courses with open seats, by regency and trade. For everybody; nobody signs in for it."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, everybody, number, regency, t, training
from services.console.frame.tables import as_csv, as_json
from services.console.frame.words import day, sector
from shared import clock
from shared.codes import regencies, sectors

page = Page(__name__, "/kursus-terbuka", public=True, menu=Entry("Kursus terbuka", "Open courses", 40))

Body = dict[str, Any]
SHOWN = 30
COLUMNS = (
    "title", "provider", "sectors", "regency_code", "regency", "starts", "ends", "closes", "seats", "seats_left",
    "lesson_hours", "cost_to_trainee_idr",
)  # fmt: skip


@page.get
def show() -> ResponseReturnValue:
    asked = _asked()
    found = everybody(open=training.get("/v1/open-batches", **asked), all=training.get("/v1/open-batches"))
    rows = found["open"].items()
    begin = min(_page_number(), max(len(rows) - 1, 0) // SHOWN) * SHOWN
    seats = sum(one["seats_left"] for one in rows)
    return page.render(
        answer=found["open"],
        rows=rows[begin : begin + SHOWN],
        total=len(rows),
        seats=seats,
        begin=begin,
        asked=asked,
        regencies=_choices(found["all"].items(), asked["regency"]),
        sectors=[(code, sector(code)) for code in sectors.SECTORS],
        before=begin // SHOWN - 1 if begin else None,
        after=begin // SHOWN + 1 if begin + SHOWN < len(rows) else None,
        sentence_text=_sentence(asked, len(rows), seats),
        left_out=found["open"].body.get("left_out", 0),
    )


@page.file("/data.csv")
def data_csv() -> ResponseReturnValue:
    return as_csv("kursus-terbuka", COLUMNS, _rows())


@page.file("/data.json")
def data_json() -> ResponseReturnValue:
    return as_json("kursus-terbuka", COLUMNS, _rows(), source="Lumbung NTT", licence="CC BY 4.0")


def _asked() -> dict[str, Any]:
    """What was asked for, where it is something that exists: an old or mistyped address shows all."""
    where, what = request.args.get("wilayah", ""), request.args.get("bidang", "")
    return {
        "regency": where if regencies.is_regency(where) else None,
        "sector": what if what in sectors.SECTORS else None,
    }


def _page_number() -> int:
    typed = request.args.get("hal", "0")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0


def _choices(rows: list[Body], chosen: str | None) -> list[tuple[str, str]]:
    here = {one["regency"] for one in rows if one["regency"]} | ({chosen} if chosen else set())
    return sorted(((code, regencies.name(code)) for code in here), key=lambda pair: pair[1])


def _sentence(asked: dict[str, Any], courses: int, seats: int) -> str:

    where = regency(asked["regency"]) if asked["regency"] else "NTT"
    what = sector(asked["sector"]) if asked["sector"] else t("semua bidang", "all trades")
    return t(
        "Per {day} ada {n} angkatan kursus dengan {seats} kursi kosong di {where} ({what}). Sumber: Lumbung NTT.",
        "On {day} there were {n} course batches with {seats} open seats in {where} ({what}). Source: Lumbung NTT.",
        day=day(clock.today(), short=False),
        n=number(courses),
        seats=number(seats),
        where=where,
        what=what,
    )


def _rows() -> list[Body]:
    found = everybody(open=training.get("/v1/open-batches", **_asked()))["open"]
    found.must()
    return [
        {
            **one,
            "title": one["title"]["id"],
            "sectors": " ".join(one["sectors"]),
            "regency_code": one["regency"],
            "regency": regencies.name(one["regency"]) if one["regency"] else None,
            "cost_to_trainee_idr": (one["cost_to_trainee"] or {}).get("amount"),
        }
        for one in found.items()
    ]
