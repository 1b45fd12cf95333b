"""What the houses tell everybody: open courses, figures, promises."""

from datetime import timedelta
from typing import Any

from shared import clock
from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses

Body = dict[str, Any]


def day(number: int) -> str:
    return (clock.today() + timedelta(days=number)).isoformat()


def open_batch(**changes: Any) -> Body:
    return {
        "course_id": "fa318031-b447-4be8-8e15-d10e821dd10a",
        "batch_id": "d19203ef-18b6-4ff1-a63e-2bc41dc2cb87",
        "title": {"id": "Perawatan lansia di rumah", "en": "Elderly care at home"},
        "provider": "BLK Contoh Kupang",
        "sectors": ["CARE"],
        "certificates": [{"kind": "COMPETENCE", "scheme": "ELDERLY_CARETAKER"}],
        "lesson_hours": 200,
        "boarding": True,
        "cost_to_trainee": {"amount": 0, "currency": "IDR"},
        "number": "2027-1",
        "starts": day(20),
        "ends": day(60),
        "closes": day(15),
        "regency": "53.71",
        "place": "Kota Kupang",
        "seats": 16,
        "seats_left": 6,
        **changes,
    }


def open_batches(*rows: Body) -> Body:
    return {"items": list(rows), "left_out": 0, "as_of": clock.now().isoformat()}


MANY = open_batches(
    open_batch(),
    open_batch(title={"id": "=Las pelat dan pipa", "en": "Welding"}, regency="53.06", sectors=["MANUFACTURING"],
               certificates=[], cost_to_trainee=None, closes=None, boarding=False, place=None),
    *(open_batch(number=f"A-{number}") for number in range(40)),
)  # fmt: skip


PLACES = ("53.01", "53.02", "53.06", "53.07", "53.08", "53.10", "53.15", "53.18", "53.71", "OTHER")
_COUNTS: dict[str, tuple[int | None, ...]] = {
    "REGISTERED": (140, 85, 60, 31, 0, 12, 10, 44, 210, 15),
    "ASSESSED": (90, 60, 41, None, 0, None, None, 20, 150, 10),
    "GIVEN_A_PATH": (None, 30, 20, None, 0, 0, 0, None, 64, 0),
    "IN_TRAINING": (None, None, 0, 0, 0, 0, 0, 0, 22, 0),
    "CERTIFIED": (0, None, 0, 0, 0, 0, 0, 0, None, 0),
    "AGREED": (0,) * 10,
    "PLACED": (0,) * 10,
}
_TOTALS: dict[str, tuple[int | None, bool]] = {
    "REGISTERED": (607, False),
    "ASSESSED": (390, True),
    "GIVEN_A_PATH": (135, True),
    "IN_TRAINING": (45, True),
    "CERTIFIED": (None, False),
    "AGREED": (0, False),
    "PLACED": (0, False),
}


def figures(more: int = 0) -> Body:
    """Figures in which there is everything: a number, nobody, a withheld cell, a rounded and a withheld total."""
    measures = [
        {
            "code": code,
            "total": total + more if total else total,
            "rounded": rounded,
            "cells": [
                {"place": place, "count": count, "withheld": count is None}
                for place, count in zip(PLACES, _COUNTS[code], strict=True)
            ],
        }
        for code, (total, rounded) in _TOTALS.items()
    ]
    return {"k": 10, "counted_at": clock.now().isoformat(), "measures": measures}


def promise(state: str, **changes: Any) -> Body:
    return {
        "id": "5b1fbd6e-61d5-4b7c-9d21-0d3a90a2f001",
        "text": {"id": "LTSA Larantuka dibuka", "en": "The centre in Larantuka opens"},
        "who": "Disnaker NTT",
        "due": day(-5),
        "kept_on": day(-2) if state.startswith("KEPT") else None,
        "state": state,
        **changes,
    }


PROMISES = [promise(state) for state in ("OPEN", "LATE", "KEPT", "KEPT_LATE")]
TITLE = {"id": "Forum akuntabilitas", "en": "Accountability forum"}


def edition(**changes: Any) -> Body:
    frozen = clock.now().isoformat()
    return {
        "day": day(-80),
        "title": TITLE,
        "frozen_at": frozen,
        "version": 1,
        "figures": figures(),
        "promises": [{**one, "now": "KEPT_LATE" if one["state"] == "LATE" else one["state"]} for one in PROMISES],
        "corrections": [{"on": day(-70), "text": {"id": "Angka Ende keliru", "en": "Ende was wrong"}}],
        "before": {"day": day(-170), "measures": figures(-20)["measures"]},
        **changes,
    }


def supply() -> Body:
    month = day(0)[:7]
    rows = [
        {"regency": "53.06", "month": month, "target": 48, "seats": 16, "planned": 16},
        {"regency": "53.71", "month": month, "target": 32, "seats": 40, "planned": 0},
        {"regency": "53.08", "month": month, "target": None, "seats": 16, "planned": 0},
        {"regency": None, "month": month, "target": None, "seats": 20, "planned": 0},
    ]
    needed = [{"programme": "COMPETENCE:ELDERLY_CARETAKER", "regency": "53.06", "month": month, "count": 62}]
    return {"items": rows, "demand": needed, "as_of": clock.now().isoformat()}


def seat_question(**changes: Any) -> Body:
    """What a link about free seats asks."""
    batch = people.batch(taken=5)
    return {
        "batch_id": batch["id"],
        "title": {"id": "Pengasuh lansia", "en": "Care of the elderly"},
        "provider": "BLK Contoh",
        **{name: batch[name] for name in ("number", "starts", "ends", "seats", "taken")},
        "free": 11,
        "confirmed_at": None,
        "valid_until": day(14),
        **changes,
    }


CENTRES = [{"regency": "53.71", "works": True}, {"regency": "53.18", "works": False}]


def tell(houses: FakeHouses) -> None:
    """Everything that a public page asks."""
    houses.says("training", "GET /v1/open-batches", MANY)
    houses.says("training", "GET /v1/supply", supply())
    houses.says("training", "GET /v1/seat-links/*", seat_question())
    houses.says("registry", "GET /v1/service-centres", {"items": CENTRES})
    houses.says("matching", "GET /v1/figures", figures())
    houses.says("matching", "GET /v1/editions", {"items": [{"day": day(-80), "title": TITLE}]})
    houses.says("matching", "GET /v1/editions/*", edition())
    houses.says("matching", "GET /v1/promises", {"items": PROMISES})


def nothing_yet(houses: FakeHouses) -> None:
    """A province on its first day."""
    houses.says("training", "GET /v1/open-batches", open_batches())
    houses.says("training", "GET /v1/supply", {"items": [], "demand": [], "as_of": clock.now().isoformat()})
    houses.says("registry", "GET /v1/service-centres", {"items": []})
    houses.refuses("matching", "GET /v1/figures", 404, "nothing_counted", "Angka publik belum dihitung")
    houses.says("matching", "GET /v1/editions", {"items": []})
    houses.says("matching", "GET /v1/promises", {"items": []})
