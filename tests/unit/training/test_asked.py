"""What orders ask for, as much as a provider's sheet is told of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.training.model.asked import of_order, together

GOOD = Path(__file__).parents[3] / "shared/contracts/placement/job-orders.v1.good.json"
NOTHING: dict[str, Any] = {"isco08": [], "certificate": None, "certificates": [], "languages": [], "hours_for": []}


def test_the_example_of_the_contract_is_kept_with_what_it_asks() -> None:
    data = json.loads(GOOD.read_text(encoding="utf-8"))
    kept = of_order(data)
    assert data["isco08"] in kept["isco08"]
    assert (kept["status"], kept["closes_on"]) == (data["status"], data["closes_on"])


def test_an_order_with_fields_that_nobody_knows_is_kept() -> None:
    assert of_order({"status": "NEW_WORD", "requirements": 7, "isco08": None})["isco08"] == []


ORDER = of_order(
    {
        "isco08": "5322", "title_scheme": "ELDERLY_CARETAKER", "status": "OPEN", "closes_on": "2030-01-01",
        "requirements": {"all": [
            {"kind": "age", "min": 21},
            {"any": [{"kind": "language", "language": "ja", "test": "JLPT", "result": "N4"},
                     {"kind": "certificate", "certificate": "SKILL_TEST", "scheme": "SSW_CARE"}]},
            {"kind": "hours", "isco08": "9111", "hours": 200},
        ]},
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("taught", "asked"),
    [
        ({"isco08": ["5322"]}, True),
        ({"isco08": ["7212"]}, False),
        ({"isco08": ["7212"], "certificate": {"kind": "COMPETENCE", "scheme": "ELDERLY_CARETAKER"}}, True),
        ({"certificates": [{"kind": "SKILL_TEST", "scheme": "SSW_CARE"}]}, True),
        ({"certificate": {"kind": "COMPLETION", "scheme": None}}, False),
        ({"languages": [{"language": "ja", "test": "JLPT", "result": "N5"}]}, True),
        ({"languages": [{"language": "ko", "test": "EPS_TOPIK", "result": "100"}]}, False),
        ({"hours_for": [{"isco08": "9111", "hours": 100, "destination": None}]}, True),
    ],
)
def test_a_course_is_asked_for_when_some_order_asks_for_something_of_it(taught: dict[str, Any], asked: bool) -> None:
    assert together([ORDER]).for_any_of({**NOTHING, **taught}) is asked
