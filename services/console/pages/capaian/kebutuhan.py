"""K3 `/capaian/kebutuhan`: seats that are open against what people need, by programme; sums of ten people and more."""

from collections import Counter

from flask.typing import ResponseReturnValue

from services.console.frame import Page, everybody, number, t, training
from services.console.frame.tables import as_csv, as_json
from services.console.frame.words import day, scheme
from services.console.pages.capaian import words
from shared.codes import certificates

page = Page(__name__, "/capaian/kebutuhan", public=True)

COLUMNS = ("programme", "name", "people", "regencies", "seats_left")
_KINDS = certificates.KINDS | {
    "SKILL_TEST": ("uji keahlian", "skill test"),
    "LANGUAGE": ("bahasa", "language"),
    "HOURS": ("jam latihan", "training hours"),
    "LICENCE": ("lisensi", "licence"),
    "SAFETY": ("keselamatan", "safety"),
    "COMPLETION": ("pelatihan", "training"),
}


@page.get
def show() -> ResponseReturnValue:
    found = everybody(supply=training.get("/v1/supply"), open=training.get("/v1/open-batches"))
    return page.render(supply=found["supply"], open=found["open"], rows=_rows(), words=words, sentence=_sentence)


@page.file("/data.csv")
def data_csv() -> ResponseReturnValue:
    return as_csv("kursi-dan-kebutuhan", COLUMNS, _rows())


@page.file("/data.json")
def data_json() -> ResponseReturnValue:
    return as_json("kursi-dan-kebutuhan", COLUMNS, _rows(), source=words.SOURCE, licence=words.LICENCE)


def programme(code: str) -> str:
    """``COMPETENCE:ELDERLY_CARETAKER`` as people call it."""
    kind, _, what = code.partition(":")
    if kind not in _KINDS:
        return code
    return f"{t(*_KINDS[kind])}: {scheme(what)}" if what else t(*_KINDS[kind])


def open_seats(batches: list[words.Body]) -> Counter[str]:
    """Seats that are left, by programme. A batch that leads to two certificates has its seats under both."""
    seats = Counter[str]()
    for one in batches:
        for code in {f"{cert['kind']}:{cert['scheme']}" for cert in one["certificates"] if cert["scheme"]}:
            seats[code] += one["seats_left"]
    return seats


def seats_of(seats: Counter[str], code: str) -> int | None:
    """Of one programme; None where nobody counts them: batches on offer name certificates, not languages or hours."""
    return None if code.partition(":")[0] in ("LANGUAGE", "HOURS") and code not in seats else seats[code]


def _rows() -> list[words.Body]:
    """Every programme that is needed or has open seats, the most needed first."""
    found = everybody(supply=training.get("/v1/supply"), open=training.get("/v1/open-batches"))
    needed, seats = Counter[str](), open_seats(found["open"].items())
    places: dict[str, set[str]] = {}
    for row in found["supply"].body.get("demand", []):
        needed[row["programme"]] += row["count"]
        places.setdefault(row["programme"], set()).add(row["regency"])
    rows: list[words.Body] = [
        {
            "programme": code,
            "name": programme(code),
            "people": needed.get(code),  # None: no sum of ten and more, which is not nobody
            "regencies": len(places.get(code, ())),
            "seats_left": seats_of(seats, code),
        }
        for code in {*needed, *seats}
    ]
    return sorted(rows, key=lambda row: (-(row["people"] or 0), row["name"]))


def _sentence(row: words.Body) -> str:
    if row["seats_left"] is None:
        return t(
            "Per {day}, {n} orang membutuhkan {what}. Sumber: {source}.",
            "As of {day}, {n} people needed {what}. Source: {source}.",
            day=day(words.today(), short=False),
            n=number(row["people"]) if row["people"] else t("kurang dari 10", "fewer than 10"),
            what=row["name"],
            source=words.SOURCE,
        )
    return t(
        "Per {day}, {n} orang membutuhkan {what}, dan {seats} kursi kosong. Sumber: {source}.",
        "As of {day}, {n} people needed {what}, and {seats} seats were open. Source: {source}.",
        day=day(words.today(), short=False),
        n=number(row["people"]) if row["people"] else t("kurang dari 10", "fewer than 10"),
        what=row["name"],
        seats=number(row["seats_left"]),
        source=words.SOURCE,
    )
