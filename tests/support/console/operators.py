"""What the pages of an operator ask of every house."""

from datetime import timedelta
from typing import Any

from shared import clock
from tests.support.console.fake_houses import NAMES, FakeHouses

Body = dict[str, Any]
LETTER = "registry.people.v1/3/17"
CAUSE = "Refused: /data/sex: not one of the codes"


def ago(minutes: int) -> str:
    return (clock.wall() - timedelta(minutes=minutes)).isoformat()


def state(house: str, **changes: Any) -> Body:
    unread = [{"topic": "training.batches.v1", "records": 0, "since": None, "measured_at": ago(0)}]
    jobs = [{"kind": "import", "waiting": 3, "due": 1, "running": 1, "tries": 1}]
    row = {"house": house, "version": "1.0.0", "at": ago(0), "unread": unread, "unsent": {"rows": 0, "oldest": None}}
    return {**row, "causes": [], "stopped": False, "jobs": jobs, **changes}


def late(house: str) -> Body:
    behind = {"topic": "training.batches.v1", "records": 12, "since": ago(14), "measured_at": ago(0)}
    causes = [{"cause": CAUSE, "number": 3, "first": ago(60), "last": ago(2)}]
    return state(house, unread=[behind], causes=causes)


MODEL: Body = {
    "fingerprint": "3f83a50b4f6c",
    "fitted_at": ago(3000),
    "rows": 1200,
    "outcomes": 340,
    "metrics": {
        "people": 90,
        "ndcg": 0.71234,
        "calibration_error": 0.04,
        "slices": {"sex": {"F": {"people": 52, "ndcg": 0.72}, "M": {"people": 38, "ndcg": 0.7}}},
    },
    "promotion": {"number": 1, "by": "Oka", "why": "lulus ujian", "at": ago(2000)},
    "fits": [
        {
            "fingerprint": fingerprint,
            "fitted_at": ago(minutes),
            "rows": 1200,
            "outcomes": 340,
            "people": 90,
            "ndcg": 0.71234,
            "calibration_error": error,
            "gates": [
                {"gate": "PEOPLE", "value": 90, "bound": 10, "passed": True},
                {"gate": "CALIBRATION", "value": error, "bound": 0.05, "passed": error <= 0.05},
            ],
        }
        for fingerprint, minutes, error in (("8d21f0c35a77", 100, 0.09), ("3f83a50b4f6c", 3000, 0.04))
    ],
    "history": [
        {
            "number": 1,
            "action": "PROMOTE",
            "fingerprint": "3f83a50b4f6c",
            "by": "Oka",
            "why": "lulus ujian",
            "at": ago(2000),
        }
    ],
    "examined": [{"at": ago(60), "people": 104, "ndcg": 0.651, "calibration_error": 0.045}],
}


CARDS: Body = {
    **dict.fromkeys(("fitted_at", "rows", "outcomes", "metrics", "promotion")),
    "fingerprint": "card-5d21e7",
    **{name: [] for name in ("fits", "history", "examined")},
}
"""Before the first fit."""


def sheet(**changes: Any) -> Body:
    """A sheet under way, as operators see it: sums and moments."""
    row = {"id": "5b1fbd6e-61d5-4b7c-9d21-0d3a90a2f001", "kind": "PEOPLE", "state": "RUNNING", "phase": "SAVING"}
    ended = ago(1) if changes.get("state") == "DONE" else None
    counts = {"NEW": 40, "BAD": 2}
    sums = {"dry_run": False, "rows": 120, "done": 42, "counts": counts, "created_at": ago(3), "finished_at": ended}
    return {**row, **sums, **changes}


def quality(*checks: tuple[str, int]) -> Body:
    """What each check found; the first two of it by name."""
    row = {"id": "8e1bae47", "called": "Penata laksana rumah tangga (PLRT-200), BLK Contoh"}
    examples = [{**row, "since": clock.today().isoformat()}, {**row, "since": None}]
    return {"items": [{"code": code, "number": n, "examples": examples[:n]} for code, n in checks]}


QUALITY = {
    "training": quality(("COURSE_WITHOUT_BATCH", 3), ("COURSE_WAITS", 0), ("SEATS_NOT_CONFIRMED", 1)),
    "placement": quality(("ORDER_PAST_CLOSING", 0), ("LAW_NOT_CHECKED", 2)),
    "partners": quality(("ENDPOINT_FAILING", 1)),
}


def tell(houses: FakeHouses) -> None:
    """All is well but for matching, which is behind and has set something aside."""
    act = {"at": ago(5), "by": "dev:oka-operator", "did": "DISCARDED", "letters": [LETTER], "number": 1}
    for name in NAMES:
        houses.says(name, "GET /v1/operations", late(name) if name == "matching" else state(name))
        houses.says(name, "GET /v1/operations/letters", {"items": []})
        houses.says(name, "GET /v1/operations/work", {"imports": [], "rebuilding": False})
        houses.says(name, "GET /v1/operations/acts", {"items": []})
        houses.says(name, "GET /v1/operations/quality", QUALITY.get(name, {"items": []}))
    row = {"topic": "registry.people.v1", "reason": CAUSE, "at": ago(2), "tried_at": ago(1)}
    letters = [{**row, "id": LETTER}, {**row, "id": "registry.people.v1/3/18", "tried_at": None}]
    houses.says("matching", "GET /v1/operations/letters", {"items": letters})
    houses.says("matching", "GET /v1/operations/acts", {"items": [{**act, "reason": "kiriman uji"}]})
    houses.says("registry", "GET /v1/operations/work", {"imports": [sheet(), sheet(state="DONE")], "rebuilding": False})
    rebuilt = {"done": 4200, "of": 12000}
    houses.says("matching", "GET /v1/operations/work", {"imports": [], "rebuilding": True, "rebuilt": rebuilt})
    houses.says("matching", "GET /v1/model", MODEL)
