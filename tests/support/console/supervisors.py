"""What the supervisor's pages ask: proposed laws, what they would change, reports, and what nobody could decide."""

from typing import Any

from shared import clock
from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ORDER

Body = dict[str, Any]
POLICY, CONCERN = ORDER, BATCH
ME = "dev:ana-petugas"


def row(**changes: Any) -> Body:
    today = clock.today().isoformat()
    return {
        "number": 2,
        "action": "SET",
        "status": "PROPOSED",
        "valid_from": today,
        "valid_until": None,
        "legal_basis": {"instrument": "Permen P2MI 17/2025", "article": "1", "source": "S08"},
        "confidence": "M",
        "verified_on": today,
        "text": {"id": "Untuk pekerjaan ini Anda tidak membayar.", "en": "For this job you pay nothing."},
        "content": {"items": ["TRAINING", "WORK_VISA"], "countries": None, "forbidden_payers": ["CANDIDATE"]},
        "proposed_by": "dev:beni-pengawas",
        "proposed_at": clock.now().isoformat(),
        "decided_by": None,
        "decided_at": None,
        "reason": None,
        **changes,
    }


def policy(*rows: Body, **changes: Any) -> Body:
    law = row(number=1, status="APPROVED", content={"items": ["TRAINING"], "countries": None}, decided_by="x")
    revisions = [law, *(rows or (row(),))]
    named: Body = {"id": POLICY, "version": 3, "code": "COST-TEN-JOBS", "kind": "COST", "in_force": 1}
    return {**named, "revisions": revisions, **changes}


def effect(**changes: Any) -> Body:
    cells: list[Body] = [
        {"from": "ELIGIBLE_NOW", "to": "TRAINING", "regency": None, "sector": "ALL", "people": 12},
        {"from": "TRAINING", "to": "NO_PATH", "regency": None, "sector": "ALL", "people": None},
    ]
    places = [{**cells[0], "regency": "53.06"}]
    trades = [{**cells[0], "sector": "HOUSEHOLD"}]
    sums: Body = {"total": cells, "by_regency": places, "by_sector": trades, "cells": []}
    ways: Body = {"no_way_left": None, "other_way": 14, "searched": 200, "all_searched": False}
    told = {"changed": 12, **ways, "applications": [stopped()], **sums}
    return {"day": clock.today().isoformat(), "judged": 280, "affected_orders": 9, **told, **changes}


def stopped(**changes: Any) -> Body:
    """An open application that a draft would stop."""
    rule = {
        "rule": "BAN",
        "version": "BAN-MYS/1",
        "status": "NOT_MET",
        "legal_basis": {"instrument": "Kepmenaker 260/2015", "article": "1", "source": "S01"},
        "text": {"id": "Penempatan ke sini sedang dilarang.", "en": "Placement there is banned."},
    }
    return {
        "application": BATCH,
        "candidate": people.ID,
        "job_order": ORDER,
        "title": {"id": "Penata laksana rumah tangga", "en": "Housekeeper"},
        "country": "MYS",
        "state": "AGREED",
        "rules": [rule],
        **changes,
    }


def concern(**changes: Any) -> Body:
    return {
        "id": CONCERN,
        "version": 1,
        "kind": "MONEY_DEMANDED",
        "company": "PT Karya Contoh",
        "job_order": None,
        "regency": "53.06",
        "text": "Diminta lima juta untuk paspor.",
        "state": "RECEIVED",
        "company_id": None,
        "job_order_id": None,
        "reported_on": clock.today().isoformat(),
        "decided_by": None,
        "decided_on": None,
        "decision": None,
        **changes,
    }


def plan(**changes: Any) -> Body:
    served = {"PLAN": {"people": 40, "expected": 22.51}, "FIRST_COME": {"people": 38, "expected": 20.0}}
    hidden = {"PLAN": {"people": None, "expected": None}}
    text = {"id": "Mendapat kursi di Ende.", "en": "Gets a seat in Ende."}
    given = {"job_order": ORDER, "batch": BATCH, "ready_on": clock.today().isoformat()}
    return {
        "id": people.ID,
        "version": 1,
        "notice": {"id": "Ini usulan saja.", "en": "Only a proposal."},
        "made_by": "dev:beni-pengawas",
        "made_at": clock.now().isoformat(),
        "signed": None,
        "cancelled": None,
        "asked": {"regency": None},
        "expected_placements": 22.51,
        "at_most": 23.0,
        "proved_best": True,
        "floors_kept": False,
        "floors_text": {"id": "Satu batas bawah tidak terpenuhi.", "en": "One floor is not kept."},
        "floors": [
            {"group": "WORST_OFF_TENTH", "asked": 0.8, "kept": 0.7},
            {"group": "Flores", "asked": 0.5, "kept": 0.5},
        ],
        "figures": [
            {"dimension": "all", "group": "all", "people": 60, "served": served},
            {"dimension": "island", "group": "Flores", "people": None, "served": hidden},
            {"dimension": "regency", "group": "53.06", "people": 12, "served": hidden},
            {"dimension": "sex", "group": "F", "people": 24, "served": hidden},
            {"dimension": "education", "group": "diploma and above", "people": 10, "served": hidden},
            {"dimension": "education", "group": "up to SD", "people": 10, "served": hidden},
        ],
        "state": "READY",
        "failure": None,
        "progress": None,
        "closed_meanwhile": [],
        "fates": {"BEST": 60},
        "people": [{"person": people.ID, "fate": "BEST", "text": text, "given": given}] * 60,
        "people_in_all": 60,
        **changes,
    }


_NOTHING_YET = dict.fromkeys(
    ("notice", "floors_text", "as_of", "expected_placements", "at_most", "proved_best", "floors_kept")
)
_NOBODY: Body = {"floors": [], "figures": [], "people": [], "people_in_all": 0, "fates": {}, "closed_meanwhile": []}


def making() -> Body:
    """A plan for thousands, on its way."""
    return plan(state="MAKING", progress={"done": 120, "of": 4500}, **_NOTHING_YET, **_NOBODY)


def cancelled() -> Body:
    """One that somebody stopped while it was made."""
    by = {"by": "dev:wati-pengawas", "at": clock.now().isoformat()}
    return plan(state="CANCELLED", cancelled=by, **_NOTHING_YET, **_NOBODY)


def failed() -> Body:
    """One of which nothing was kept."""
    return plan(state="FAILED", failure="NOT_SOLVED", **_NOTHING_YET, **_NOBODY)


def tell(houses: FakeHouses, *, law: Body | None = None, report: Body | None = None) -> None:
    law, report = law or policy(), report or concern()
    waiting = people.application("UNKNOWN", created_at=clock.now().isoformat())
    houses.says("placement", "GET /v1/policies", {"items": [law], "next": None})
    houses.says("placement", "GET /v1/policies/*", law)
    houses.says("placement", "GET /v1/concerns", {"items": [report], "next": None})
    houses.says("placement", "GET /v1/concerns/*", report)
    houses.says("placement", "GET /v1/applications", {"items": [waiting, people.application()], "next": None})
    text = {"id": "Nama ini tidak persis ada di catatan.", "en": "This name is not quite on record."}
    houses.says("placement", "GET /v1/check", {"verdict": "CAUTION", "text": text, "findings": []})
    houses.says("matching", "POST /v1/what-if", effect())
    houses.says("matching", "GET /v1/allocations", {"items": [plan()], "next": None})
    houses.says("matching", "GET /v1/allocations/*", plan())
    houses.says("matching", "POST /v1/allocations", plan(), status=201)
