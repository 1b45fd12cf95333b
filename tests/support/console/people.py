"""One person and what the houses say about her: recorded from a running demo, with the days moved to today's.

`person()` and `advice()` take changes, so that a test says only what its state differs in. Words are the houses' own.
"""

import functools
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from shared import clock
from shared.codes import texts
from tests.support.console.fake_houses import FakeHouses

Body = dict[str, Any]
ANSWERS = Path(__file__).parent / "answers"
RECORDED_ON = date(2027, 1, 27)
"""The day of the recording; all days of it are moved by as much as today is away from it."""

ID = "9f8c6945-8a4d-4370-b624-44493592db8b"
BATCH = "d19203ef-18b6-4ff1-a63e-2bc41dc2cb87"
COURSE = "fa318031-b447-4be8-8e15-d10e821dd10a"
ORDER = "8da8e266-4caf-4907-8eba-11623901497a"
_DAY = re.compile(r'"(\d{4}-\d{2}-\d{2})(T[^"]*)?"')
_MONTHS = texts.MONTHS["id"]
_SAID = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})")


def person(**changes: Any) -> Body:
    return {**_recorded("person"), **changes}


def advice(state: str | None = None, **changes: Any) -> Body:
    """The answer; `state` of the verdict alone is quickly changed."""
    answer = {**_recorded("advice"), **changes}
    if state:
        answer["verdict"] = {**answer["verdict"], "state": state}
    return answer


def course(**changes: Any) -> Body:
    row = _read_only()["courses"][0]
    return {
        "id": COURSE,
        "version": 3,
        "title": {"id": row["title"], "en": row["title"]},
        "provider": {"name": row["provider"]},
        "provider_id": ORDER,
        "lesson_hours": 200,
        "cost_to_trainee": {"amount": 0, "currency": "IDR"},
        **changes,
    }


def batch(**changes: Any) -> Body:
    row = _read_only()["courses"][0]
    return {
        "id": BATCH,
        "version": 2,
        "course_id": COURSE,
        "number": "2027-1",
        "starts": row["starts"],
        "ends": row["ends"],
        "closes": row["closes"],
        "regency": "53.71",
        "place": "Kupang",
        "seats": 16,
        "taken": 0,
        "status": "OPEN",
        **changes,
    }


def enrolment(**changes: Any) -> Body:
    return {
        "id": BATCH,
        "version": 1,
        "candidate_id": ID,
        "course_id": COURSE,
        "batch_id": BATCH,
        "state": "APPLIED",
        "hold_until": clock.now().isoformat(),
        "finished_on": None,
        "result": None,
        "drop_reason": None,
        **changes,
    }


SLIP = "abcdef." + "A" * 90 + "." + "B" * 86
PUBLIC_OF_A_LETTER = ("code", "state", "issued_on", "valid_until", "office", "initials", "destination", "checked_on")


def letter(**changes: Any) -> Body:
    row, today = _read_only()["courses"][0], clock.today()
    return {
        "code": "8C4R-9F3D-4K",
        "version": 1,
        "state": "VALID",
        "issued_on": today.isoformat(),
        "valid_until": (today + timedelta(days=19)).isoformat(),
        "office": "KUPANG",
        "initials": "D.F.N.",
        "destination": {"name": row["provider"], "regency": row["regency"]},
        "checked_on": today.isoformat(),
        "enrolment_id": BATCH,
        "place": "Oesapa",
        "course": {"id": row["title"], "en": "Housekeeping"},
        "batch_number": "A-1",
        "starts": row["starts"],
        "ends": row["ends"],
        "note": None,
        "recommendation": _read_only()["id"],
        "revoked": None,
        "slip": SLIP,
        **changes,
    }


def letter_check(**changes: Any) -> Body:
    """What everybody reads of it."""
    return {name: value for name, value in letter(**changes).items() if name in PUBLIC_OF_A_LETTER}


def order(**changes: Any) -> Body:
    row = _read_only()["placements"][0]
    title = {"id": row["title"], "en": row["title"]}
    kept = {name: row[name] for name in ("code", "country", "wage", "closes_on")}
    return {"id": ORDER, "version": 2, "title": title, "quota": {"left": 60}, **kept, **changes}


def records_asked(**changes: Any) -> Body:
    """Whether the person was asked about deportation, overstay and bans."""
    return {"candidate_id": ID, "version": 1, "asked": False, **changes}


def tell(houses: FakeHouses, *, who: Body | None = None, answer: Body | None = None) -> None:
    """Everything the officer's pages ask about this person."""
    who, answer = who or person(), answer or advice()
    houses.says("registry", f"GET /v1/candidates/{ID}", who)
    houses.says("registry", f"GET /v1/candidates/{ID}/records", records_asked(version=who["version"]))
    houses.says("registry", "GET /v1/drafts", {"items": []})
    houses.says("registry", "POST /v1/candidates:search", {"items": [_glance(who)]})
    houses.says("registry", f"GET /v1/candidates/{ID}/trail", {"items": trail(), "next": None})
    houses.says("matching", f"GET /v1/candidates/{ID}/recommendations", answer)
    houses.says("matching", "GET /v1/recommendations/*", answer)
    houses.says("registry", "GET /v1/candidates", {"items": [_glance(who)], "next": None})
    houses.says("matching", "GET /v1/recommendations", {"items": [answered()], "next": None})
    houses.says("matching", "GET /v1/decisions", {"items": [decision()], "next": None})
    houses.says("matching", "GET /v1/openings", {"items": [], "next": None})
    houses.says("matching", "POST /v1/eligibility", {"rules": []})
    houses.says("training", "GET /v1/enrolments", {"items": []})
    houses.says("training", "GET /v1/enrolments/*", enrolment())
    houses.says("training", "GET /v1/enrolments/*/letters", {"items": [letter()], "next": None})
    houses.says("training", "GET /v1/letters/*", letter_check())
    houses.says("training", "GET /v1/courses/*", course())
    houses.says("training", "GET /v1/batches/*", batch())
    houses.says("placement", "GET /v1/applications", {"items": []})
    houses.says("placement", "GET /v1/job-orders/*", order())
    houses.says("placement", "GET /v1/applications/*", application())


def application(outcome: str = "LAWFUL", **changes: Any) -> Body:
    rule = {
        "rule": "CERTIFICATE",
        "version": "JO/1",
        "stage": "APPLY",
        "status": {"UNLAWFUL": "NOT_MET"}.get(outcome, "UNKNOWN"),
        "legal_basis": {"instrument": "UU 18/2017", "article": "5 c", "source": None},
        "text": {"id": "Belum ada sertifikat kompetensi.", "en": "There is no certificate of competence."},
        "next_action": {"id": "Ikuti ujiannya.", "en": "Take the test."},
        "overridden": False,
    }
    return {
        "id": BATCH,
        "version": 1,
        "candidate_id": ID,
        "job_order_id": ORDER,
        "state": "APPLIED",
        "stopped_at": None,
        "judgement": {
            "outcome": outcome,
            "rules": [] if outcome == "LAWFUL" else [rule],
            "day": clock.today().isoformat(),
            "current": True,
        },
        "overrides": [],
        **changes,
    }


def trail() -> list[Body]:
    at = clock.now().isoformat()
    by = {"id": "dev:beni-petugas", "kind": "officer", "centre": "MAUMERE", "organisation": None}
    return [{"at": at, "did": "NIK_REVEALED", "who": by, "fields": [], "reason": "Mencocokkan KTP", "about": None}]


def answered(**changes: Any) -> Body:
    """A row of the list of earlier answers."""
    verdict = {name: _read_only()["verdict"][name] for name in ("state", "date", "text")}
    at = clock.now().isoformat()
    row = {
        "id": _read_only()["id"],
        "candidate_id": ID,
        "given_at": at,
        "day": at[:10],
        "model": "m",
        "verdict": verdict,
    }
    return {**row, **changes}


def decision(**changes: Any) -> Body:
    row = {"id": BATCH, "recommendation": _read_only()["id"], "decision": "POSTPONED", "chosen": {"courses": [COURSE]}}
    return {**row, "note": "CATATANKEPUTUSAN", "by": "dev:x", "created_at": clock.now().isoformat(), **changes}


def _glance(who: Body) -> Body:
    born = who["birth_date"]
    return {
        **{name: who[name] for name in ("id", "number", "full_name", "regency", "village", "centre")},
        "birth_year": int(born[:4]) if born else None,
        "birth_date": born,
        "last_visit": None,
        "last_change": who["updated_at"],
    }


def _recorded(name: str) -> Body:
    found: Body = json.loads(_moved(name, clock.today()))
    return found


def _read_only() -> Body:
    """The answer, read once for all: to take a word or an id from."""
    return _read_once(_moved("advice", clock.today()))


@functools.cache
def _read_once(text: str) -> Body:
    found: Body = json.loads(text)
    return found


@functools.cache
def _moved(name: str, today: date) -> str:
    by = today - RECORDED_ON

    def move(found: re.Match[str]) -> str:
        old = date.fromisoformat(found[1])
        new = old if old.year < 2020 else old + timedelta(days=by.days)
        return f'"{new.isoformat()}{found[2] or ""}"'

    def move_said(found: re.Match[str]) -> str:
        old = date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
        return texts.day(old + timedelta(days=by.days), "id", short=False)

    recorded = (ANSWERS / f"{name}.json").read_text(encoding="utf-8")
    return _SAID.sub(move_said, _DAY.sub(move, recorded))
