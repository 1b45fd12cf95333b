"""Public figures: counted by a job, told without the small ones, frozen for each forum with what was promised there.

Nobody is asked who they are to read them; whoever manages agreements of the province (`figures:write`) writes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from services.matching import says
from services.matching.actions.house import House
from services.matching.problems import EditionTaken, NoSuchEdition, NoSuchPromise, NothingCounted
from services.matching.store.figures import Figures
from shared import clock, ids
from shared.codes import regencies
from shared.codes.anonymity import K_ANONYMITY
from shared.disclosure import published
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller

KIND = "count_figures"
EVERY = timedelta(days=1)
"""Numbers that move every minute would tell of one person after the other."""
EVERY_IN_DEVELOPMENT = timedelta(seconds=20)

ELSEWHERE = "OTHER"
"""People at home outside the province, or where nobody knows."""

MEASURES = ("REGISTERED", "ASSESSED", "GIVEN_A_PATH", "IN_TRAINING", "CERTIFIED", "AGREED", "PLACED")
AMONG = {
    "ASSESSED": "REGISTERED",
    "GIVEN_A_PATH": "ASSESSED",
    "IN_TRAINING": "REGISTERED",
    "CERTIFIED": "REGISTERED",
    "AGREED": "REGISTERED",
    "PLACED": "AGREED",
}
"""Whoever is counted under the first is counted under the second too, so their difference is a count of people."""

_WITH_A_PATH = ("ELIGIBLE_BY", "TRAINING", "TRAINING_ONLY")
SCOPE = "figures:write"


def count(figures: Figures, every: timedelta = EVERY) -> datetime:
    """The job: count everything anew. Returns the next time: never more than a twentieth of the time is spent on it."""
    began = clock.monotonic()
    homes = {id: where if where and regencies.in_ntt(where) else ELSEWHERE for id, where in figures.homes().items()}
    verdicts = dict(figures.answers())  # the newest answer of each person stays
    enrolments, applications = list(figures.enrolments()), list(figures.applications())
    people: dict[str, Iterable[str]] = {
        "REGISTERED": homes,
        "ASSESSED": verdicts,
        "GIVEN_A_PATH": [id for id, verdict in verdicts.items() if _has_a_path(verdict)],
        "IN_TRAINING": [row["candidate_id"] for row in enrolments if row["state"] == "ENROLLED"],
        "CERTIFIED": [row["candidate_id"] for row in enrolments if row.get("result") == "COMPETENT"],
        "AGREED": [row["candidate_id"] for row in applications if row["state"] in ("AGREED", "DEPARTED")],
        "PLACED": [row["candidate_id"] for row in applications if row["state"] == "DEPARTED"],
    }
    counts = {code: Counter(homes[id] for id in set(people[code]) if id in homes) for code in MEASURES}
    figures.keep({"counted_at": clock.now(), "measures": [_measure(code, counts) for code in MEASURES]})
    return clock.now() + max(every, timedelta(seconds=20 * (clock.monotonic() - began)))


def show(house: House) -> Document:
    """The newest count. Raises: NothingCounted."""
    counted = house.figures.latest()
    if counted is None:
        raise NothingCounted()
    return {"k": K_ANONYMITY, **counted}


def editions(house: House) -> Document:
    """All editions, the newest first, without their numbers."""
    return {"items": [_glance(row) for row in house.figures.all_editions()]}


def edition(house: House, day: str) -> Document:
    """One edition as it was frozen, what was corrected since, and the promises: then, and as they stand today.

    Raises:
        NoSuchEdition: none was frozen on that day.
    """
    row = house.figures.editions.load(day)
    if row is None:
        raise NoSuchEdition()
    earlier = [one for one in house.figures.all_editions() if one["_id"] < day]
    now = {one["_id"]: _promise(one) for one in house.figures.all_promises()}
    promises = [{**then, "now": now.get(then["id"], {}).get("state", then["state"])} for then in row["promises"]]
    before = {"day": earlier[0]["_id"], "measures": earlier[0]["figures"]["measures"]} if earlier else None
    return {
        **row,
        **_glance(row),
        "figures": {"k": K_ANONYMITY, **row["figures"]},
        "promises": promises,
        "before": before,
    }


def freeze(caller: Caller, house: House, data: Mapping[str, Any]) -> Document:
    """Freeze the newest count and all promises under a day, for good.

    Raises:
        NothingCounted: there is no count yet.
        EditionTaken: that day has its edition.
    """
    caller.need(SCOPE)
    counted = house.figures.latest()
    if counted is None:
        raise NothingCounted()
    row = {
        "_id": data["day"],
        "title": data["title"],
        "frozen_by": caller.id,
        "figures": {name: counted[name] for name in ("counted_at", "measures")},
        "promises": [_promise(one) for one in house.figures.all_promises()],
        "corrections": [],
    }
    if not house.figures.freeze(row):
        raise EditionTaken()
    return edition(house, data["day"])


def correct(caller: Caller, house: House, day: str, text: Mapping[str, str]) -> Document:
    """Say beside an edition what is wrong in it; its numbers stay as they were read. The same words stand there once.

    Raises:
        NoSuchEdition: none was frozen on that day.
    """
    caller.need(SCOPE)

    def work(tx: Tx) -> None:
        row = house.figures.editions.load(day, tx)
        if row is None:
            raise NoSuchEdition()
        if any(one["text"] == dict(text) for one in row["corrections"]):
            return  # sent again
        corrections = [*row["corrections"], {"on": clock.today().isoformat(), "text": dict(text)}]
        house.figures.editions.change(tx, row | {"corrections": corrections}, type=says.EDITION_CORRECTED)

    house.database.run(work)
    return edition(house, day)


def promises(house: House) -> Document:
    """All promises with their state of today, the first due first."""
    return {"items": [_promise(row) for row in house.figures.all_promises()]}


def promise(house: House, id: str) -> Document:
    """One promise with its state of today. Raises: NoSuchPromise."""
    row = house.figures.promises.load(id)
    if row is None:
        raise NoSuchPromise()
    return _promise(row)


def promised(caller: Caller, house: House, data: Mapping[str, Any]) -> Document:
    """Write a promise of a forum down."""
    caller.need(SCOPE)
    row = {"_id": ids.new(), **data, "kept_on": None, "by": caller.id}
    return _promise(house.database.run(lambda tx: house.figures.promises.create(tx, row, type="promise")))


def kept(caller: Caller, house: House, id: str, on: str | None) -> Document:
    """A promise was kept on that day; None: it was not, after all.

    Raises:
        NoSuchPromise: there is no promise of this id.
    """
    caller.need(SCOPE)

    def work(tx: Tx) -> Document:
        row = house.figures.promises.load(id, tx)
        if row is None:
            raise NoSuchPromise()
        return house.figures.promises.change(tx, row | {"kept_on": on}, type="promise")

    return _promise(house.database.run(work))


def _has_a_path(verdict: Mapping[str, Any]) -> bool:
    """What was wished for, or anything at all, is not open yet, and a dated way to it was shown."""
    goal = verdict.get("goal") or {}
    return verdict["state"] in _WITH_A_PATH or bool(goal.get("opened_by") or goal.get("pathways"))


def _measure(code: str, counts: Mapping[str, Counter[str]]) -> Document:
    places = [*sorted(one for one in regencies.table() if regencies.in_ntt(one)), ELSEWHERE]
    own = {place: counts[code][place] for place in places}
    shown = published(own, among=counts[AMONG[code]] if code in AMONG else None)
    cells = [{"place": place, "count": number, "withheld": number is None} for place, number in shown.cells.items()]
    return {"code": code, "total": shown.total, "rounded": shown.rounded, "cells": cells}


def _promise(row: Document) -> Document:
    due, kept_on, today = date.fromisoformat(row["due"]), row["kept_on"], clock.today()
    if kept_on is not None:
        state = "KEPT" if date.fromisoformat(kept_on) <= due else "KEPT_LATE"
    else:
        state = "LATE" if today > due else "OPEN"
    return {"id": row["_id"], **{name: row[name] for name in ("text", "who", "due", "kept_on")}, "state": state}


def _glance(row: Document) -> Document:
    return {"day": row["_id"], "title": row["title"], "frozen_at": row["created_at"], "version": row["version"]}
