"""L6 `/calon/<id>/bandingkan?b=…`: two or three courses side by side, rows in a fixed order, differences tinted."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Page, day, money, place, placement, price, registry, t, together
from services.console.frame.words import scheme
from services.console.pages.calon import jalur, jawaban
from services.console.pages.calon.words import band

page = Page(__name__, "/calon/<uuid:id>/bandingkan", needs=("candidates:read",))

Body = dict[str, Any]
MOST = 3


@page.get
def show(id: str) -> ResponseReturnValue:
    person = registry.get(f"/v1/candidates/{id}").ask().must()
    told = jawaban.about(person)
    rows = told.body["courses"] if told.body else []
    wanted = list(dict.fromkeys(request.args.getlist("b")))[:MOST]
    chosen = [row for batch in wanted for row in rows if row["batch"] == batch]
    opened = _orders(chosen)
    table = _table(told.body or {}, chosen, opened) if len(chosen) > 1 else []
    return page.render(person=person, told=told, chosen=chosen, table=table)


def _orders(courses: list[Body]) -> dict[str, Body]:
    ids = list(dict.fromkeys(id for row in courses for id in row["unlocks"]))[:20]
    found = together(**{id: placement.get(f"/v1/job-orders/{id}") for id in ids})
    return {id: one.body for id, one in found.items() if one.ok}


def _table(answer: Body, chosen: list[Body], orders: dict[str, Body]) -> list[Body]:
    """``[{label, cells, differs}]`` in the order in which people ask."""
    far = {step["batch"]: step.get("distance_km") for path in jalur.of(answer) for step in path["steps"]}

    def row(label: str, cells: list[str]) -> Body:
        return {"label": label, "cells": cells, "differs": len(set(cells)) > 1}

    def distance(one: Body) -> str:
        known = far.get(one["batch"])
        where = place(one["regency"])
        return f"{where} ({known} km)" if known is not None else where

    def wage(one: Body) -> str:
        wages = [orders[id]["wage"] for id in one["unlocks"] if id in orders and orders[id].get("wage")]
        return money(wages[0]) if wages else "–"

    return [
        row(t("Selesai", "Finished"), [day(one["ends"]) for one in chosen]),
        row(t("Mulai", "Starts"), [day(one["starts"]) for one in chosen]),
        row(t("Biaya calon", "Cost to the person"), [price(one["cost_to_trainee"]) for one in chosen]),
        row(t("Tempat", "Place"), [distance(one) for one in chosen]),
        row(t("Lama", "Length"), [f"{one['lesson_hours']} JP" if one.get("lesson_hours") else "–" for one in chosen]),
        row(t("Kursi", "Seats"), [str(one["seats_left"]) for one in chosen]),
        row(
            t("Sertifikat", "Certificate"),
            [
                ", ".join(scheme(given["scheme"]) for given in one.get("certificates", ()) if given["scheme"]) or "–"
                for one in chosen
            ],
        ),
        row(
            t("Lowongan yang dibuka", "Job orders it opens"),
            [str(one.get("unlocks_count", len(one["unlocks"]))) for one in chosen],
        ),
        row(t("Upah mulai", "Wages from"), [wage(one) for one in chosen]),
        row(t("Kecocokan", "Fit"), [str(band(one["band"])["text"]) for one in chosen]),
        row(
            t("Yang masih kurang", "What is missing"),
            ["; ".join(m["text"] for m in one["missing"][:3]) or t("tidak ada", "nothing") for one in chosen],
        ),
    ]
