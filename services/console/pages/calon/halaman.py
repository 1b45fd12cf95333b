"""L4 `/calon/<id>`: the page of one person: verdict, path, checklist, courses, job orders, actions, trail."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Page, placement, registry, shared_screen, together, training, visitor
from services.console.pages.calon import daftar_syarat, jalur, jawaban, perubahan
from services.console.pages.calon.words import application_state, band, enrolment_state, headline
from shared import clock

page = Page(__name__, "/calon/<uuid:id>", needs=("candidates:read",))

Body = dict[str, Any]
FIRST, FIRST_ORDERS = 3, 5


@page.get
def show(id: str) -> ResponseReturnValue:
    id = str(id)
    person = registry.get(f"/v1/candidates/{id}").ask().must()
    someone = visitor()
    sees_trail = someone is not None and someone.may(["trail:read"]) and not shared_screen()
    beside = together(
        enrolments=training.get("/v1/enrolments", candidate=id),
        trail=registry.get(f"/v1/candidates/{id}/trail", limit=3) if sees_trail else None,
        applications=placement.get("/v1/applications", candidate=id),
        advice=jawaban.question(person) if person["consent"] == "GIVEN" else None,
    )
    told = jawaban.read(person, beside["advice"]) if "advice" in beside else None
    answer = told.body if told else None
    paths = jalur.named(answer, jalur.of(answer)) if answer else []
    return page.render(
        person=person,
        age=_age(person),
        told=told,
        answer=answer,
        headline=headline(answer["verdict"]) if answer else ("", ""),
        bans=daftar_syarat.bans_of(answer) if answer else [],
        closing=_closing(answer) if answer else [],
        change=perubahan.said(told.change) if told and told.change else None,
        worse=bool(told and told.change and perubahan.worse(told.change)),
        paths=paths,
        other_work=jalur.other_work(answer) if answer else "",
        agreed=_agreed(paths, beside["enrolments"].items()),
        rules=daftar_syarat.of(answer, person) if answer else {},
        more=request.args.get("semua") == "1",
        first=FIRST,
        first_orders=FIRST_ORDERS,
        band=band,
        enrolment_state=enrolment_state,
        application_state=application_state,
        enrolments=beside["enrolments"],
        applications=beside["applications"],
        trail=beside.get("trail"),
    )


def _closing(answer: Body) -> list[Body]:
    """What closes within weeks of what may be applied for: the sentence, and the order that it is about if listed."""
    order = jalur.orders_of(answer).get(answer.get("checklist_of") or "")
    return [{**one, "order": order} for one in answer.get("warnings", ()) if one["code"] == "CLOSES_SOON"]


def _agreed(paths: Sequence[Body], enrolments: Sequence[Body]) -> Body | None:
    """The referral of the first step of the shortest path, where there is one already: nobody is referred twice."""
    batch = paths[0]["steps"][0]["batch"] if paths and paths[0]["steps"] else None
    standing = (one for one in enrolments if one["batch_id"] == batch and one["state"] in jalur.STANDING)
    return next(standing, None)


def _age(person: Body) -> int | None:
    """Completed years today; born on 29 February counts from 1 March."""
    if not person["birth_date"]:
        return None
    born, today = date.fromisoformat(person["birth_date"]), clock.today()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
