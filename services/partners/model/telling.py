"""What a change in a house means outside: its kind of event, where it belongs, and what may be said of it.

Pure: `look` finds what this house knows of another document. Nothing here ever sees a name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.partners.model import knowledge as k

Document = Mapping[str, Any]
Look = Callable[[str, str], Document | None]
"""(topic, id) → what is known of that document; None when nothing is yet."""


class Missing(Exception):
    """The event belongs to a document that was not heard of yet; it waits for it."""

    def __init__(self, topic: str, id: str) -> None:
        super().__init__(f"{topic}/{id}")
        self.topic, self.id = topic, id


@dataclass(frozen=True, slots=True)
class Change:
    """One record of a topic beside what was known before it; `data` None is a tombstone."""

    topic: str
    type: str
    key: str
    version: int
    data: Document | None
    before: Document | None


@dataclass(frozen=True, slots=True)
class Told:
    """What goes outside: `minimal` always, `more` only to those who get references.

    `regions`: none at all concerns everybody; None among them is a place that is not known. `about` is the person, so
    that erasure finds it; `of` the organisation whom it concerns in particular.
    """

    type: str
    minimal: dict[str, Any]
    more: dict[str, Any] = field(default_factory=dict)
    regions: tuple[str | None, ...] = ()
    about: str | None = None
    of: str | None = None


def told(change: Change, look: Look) -> Told | None:
    """What outside hears of a change; None when that is nothing.

    Raises:
        Missing: it cannot be said yet where the event belongs.
    """
    return _TELLERS[change.topic](change, look)


def _known(look: Look, topic: str, id: str) -> Document:
    found = look(topic, id)
    if found is None:
        raise Missing(topic, id)
    return found


def _course(change: Change, look: Look) -> Told | None:
    if change.data is None:
        return None
    data, kept = change.data, k.course(change.data)
    word = change.type.rpartition(".")[2]
    if word == "announced":
        word = "changed" if change.before else _stage_of(kept)
    word = "published" if word == "approved" else word
    minimal = {"code": data["code"], "provider_id": kept["provider_id"], "sector": kept["sector"], **_stage(kept)}
    return Told(f"course.{word}", minimal, {"state": dict(data)}, of=kept["provider_id"])


def _stage_of(kept: Document) -> str:
    if kept["status"] == "WITHDRAWN":
        return "withdrawn"
    return {"APPROVED": "approved", "REJECTED": "rejected"}.get(kept["review"], "submitted")


def _stage(kept: Document) -> dict[str, Any]:
    return {"review": kept["review"], "status": kept["status"]}


def _batch(change: Change, look: Look) -> Told | None:
    if change.data is None:
        return None
    data, course = change.data, _known(look, k.COURSES, change.data["course_id"])
    word = change.type.rpartition(".")[2]
    kind = "course.seats_changed" if word == "seats_changed" else f"batch.{'changed' if word == 'announced' else word}"
    minimal = {
        "course_id": data["course_id"], "number": data["number"], "regency": data["regency"],
        "sector": course.get("sector"), "status": data["status"], "seats": data["seats"], "taken": data["taken"],
    }  # fmt: skip
    # A batch held online, or at a place that is not known, concerns everybody.
    regions = (data["regency"],) if data["regency"] else ()
    return Told(kind, minimal, {"state": dict(data)}, regions, of=course.get("provider_id"))


def _order(change: Change, look: Look) -> Told | None:
    if change.data is None:
        return None
    data, kept = change.data, k.order(change.data)
    word = change.type.rpartition(".")[2]
    minimal = {
        "code": data["code"], "country": data["country"], "sector": kept["sector"],
        "verification": data["verification"], "status": data["status"],
    }  # fmt: skip
    return Told(f"job_order.{'changed' if word == 'announced' else word}", minimal, {"state": dict(data)})


def _quota(change: Change, look: Look) -> Told | None:
    if change.data is None:
        return None
    counts = {name: change.data[name] for name in ("quota", "reserved", "taken")}
    return Told("quota.changed", counts, {"state": dict(change.data)})


def _policy(change: Change, look: Look) -> Told | None:
    if change.data is None:
        return None
    data, word = change.data, change.type.rpartition(".")[2]
    changed = "moratorium_changed" if data["kind"] in ("GATE", "BAN") else "changed"
    word = word if word in ("proposed", "rejected") else changed
    return Told(f"policy.{word}", {"code": data["code"], "kind": data["kind"]}, {"state": dict(data)})


def _demand(change: Change, look: Look) -> Told | None:
    source = change.data or change.before
    if source is None or "programme" not in source:
        return None
    minimal = {"programme": source["programme"], "regency": source["regency"]}
    if change.data is None or change.type.endswith(".gone"):
        return Told("demand.gone", minimal, regions=(source["regency"],))
    minimal |= {"month": change.data["month"], "count": change.data["count"]}
    return Told("demand.counted", minimal, {"state": dict(change.data)}, (source["regency"],))


def _edition(change: Change, look: Look) -> Told | None:
    if change.data is None:
        return None
    word = "corrected" if change.data["corrections"] else "published"
    return Told(f"stats.edition_{word}", {name: change.data[name] for name in ("counted_at", "corrections")})


def _concern(change: Change, look: Look) -> Told | None:
    if change.data is None:
        return None
    data = change.data
    minimal = {name: data[name] for name in ("kind", "regency", "state", "reported_on")}
    more = {name: data[name] for name in ("company_id", "job_order_id")}
    return Told(f"concern.{data['state'].lower()}", minimal, more, (data["regency"],) if data["regency"] else ())


def _person(look: Look, id: str) -> Document | None:
    """What is known of a person of whom something may be said; None when nothing may."""
    known = _known(look, k.PEOPLE, id)
    if known.get("consent") == "NONE":
        # Whoever acts for a person has seen the consent; it is on its way here.
        raise Missing(k.PEOPLE, id)
    return known if known.get("consent") == "GIVEN" else None


_REFERRAL = {"APPLIED": "issued", "SELECTED": "accepted", "ENROLLED": "started", "COMPLETED": "completed"}


def _enrolment(change: Change, look: Look) -> Told | None:
    if change.data is None:
        course = look(k.COURSES, change.before["course_id"]) if change.before and "course_id" in change.before else None
        return _erased("referral.erased", change, of=(course or {}).get("provider_id"))
    data, person = change.data, _person(look, change.data["candidate_id"])
    if person is None:
        return None
    course = _known(look, k.COURSES, data["course_id"])
    if change.type.endswith(".resulted"):
        word = "resulted"
    elif data["state"] == "DROPPED":
        word = "declined" if data["drop_reason"] == "DECLINED_BY_PROVIDER" else "revoked"
    else:
        word = _REFERRAL[data["state"]]
    minimal = {
        "regency": person["regency"], "sector": course.get("sector"), "state": data["state"],
        "result": data["result"], "finished_on": data["finished_on"],
    }  # fmt: skip
    more = {name: data[name] for name in ("candidate_id", "course_id", "batch_id")}
    regions = (person["regency"],)
    return Told(f"referral.{word}", minimal, more, regions, data["candidate_id"], course.get("provider_id"))


_PLACING = {
    "APPLIED": "placement.applied",
    "SELECTED": "placement.selected",
    "AGREED": "placement.agreed",
    "DEPARTED": "placement.departed",
    "STOPPED": "placement.stopped",
}

_LEAVING = ("departure_announced", "departure_suspended", "resumed")
"""What happens to a departure that was announced, as placement calls it: what went on again leaves again."""


def _application(change: Change, look: Look) -> Told | None:
    if change.data is None:
        return _erased("placement.erased", change)
    data, person = change.data, _person(look, change.data["candidate_id"])
    if person is None:
        return None
    order = _known(look, k.ORDERS, data["job_order_id"])
    departure = data.get("departure")
    if departure and data["state"] == "AGREED" and change.type.rpartition(".")[2] in _LEAVING:
        kind = "departure.suspended" if data.get("departure_suspended") else "departure.announced"
    else:
        kind = _PLACING.get(data["state"], "placement.ended")
    minimal = {
        "regency": person["regency"], "sector": order.get("sector"), "country": order.get("country"),
        "state": data["state"],
    }  # fmt: skip
    # Whoever was told of a departure hears of its end too.
    via = tuple(departure["via"]) if departure else ()
    if departure and kind in ("departure.announced", "departure.suspended", "placement.departed"):
        minimal["departure"] = dict(departure)
    more = {name: data[name] for name in ("candidate_id", "job_order_id")}
    return Told(kind, minimal, more, (person["regency"], *via), data["candidate_id"])


def _recommendation(change: Change, look: Look) -> Told | None:
    if change.data is None:
        return _erased("recommendation.erased", change)
    data, person = change.data, _person(look, change.data["candidate_id"])
    if person is None:
        return None
    minimal = {"regency": person["regency"], "decision": data["decision"], "decided_on": data["decided_on"]}
    more = {"candidate_id": data["candidate_id"], "chosen": dict(data["chosen"])}
    return Told("recommendation.decided", minimal, more, (person["regency"],), data["candidate_id"])


def _erased(kind: str, change: Change, *, of: str | None = None) -> Told | None:
    """Whoever was told of it must hear that it is to be erased; who was never told learns nothing from an id."""
    return Told(kind, {"state": "ERASED"}, of=of) if change.before and not change.before.get("erased") else None


_TELLERS: Mapping[str, Callable[[Change, Look], Told | None]] = {
    k.COURSES: _course,
    k.BATCHES: _batch,
    k.ENROLMENTS: _enrolment,
    k.ORDERS: _order,
    k.QUOTAS: _quota,
    k.POLICIES: _policy,
    k.APPLICATIONS: _application,
    k.CONCERNS: _concern,
    k.RECOMMENDATIONS: _recommendation,
    k.DEMAND: _demand,
    k.EDITIONS: _edition,
}
