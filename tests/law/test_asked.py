"""The law as outsiders ask it: a profile and an order in the words of the surface, through `POST /v1/eligibility`."""

from typing import Any

import pytest

from tests.integration.matching.conftest import Matching
from tests.law.reading import TODAY, Case, cases

pytestmark = pytest.mark.clock_at(TODAY)

CASES = cases()


def asked(matching: Matching, case: Case) -> Any:
    known = {} if case.known is None else {"known_on": case.known}
    body = {"profile": case.person, "job_order": case.order, "as_of_date": case.day, **known}
    answer = matching.officer.post("/v1/eligibility", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_law_says(lawful: Matching, case: Case) -> None:
    answer, wanted = asked(lawful, case), case.wanted
    statuses: dict[str, set[str]] = {}
    for rule in answer["rules"]:
        statuses.setdefault(rule["rule"], set()).add(rule["status"])
    assert (answer["state"], sorted(set(answer["deciding"]))) == (wanted["is"], wanted.get("rules", []))
    assert answer["eligible"] == (wanted["is"] == "ELIGIBLE_NOW")
    if wanted["is"] in ("ELIGIBLE_NOW", "ELIGIBLE_BY") or "by" in wanted:
        assert answer["by"] == wanted.get("by")
    assert (answer["hidden"] or {}).get("reason") == wanted.get("hidden")
    for code, status in wanted.get("says", {}).items():
        assert status in statuses[code], code
    for code, row in wanted.get("rows", {}).items():
        assert row in {rule["version"] for rule in answer["rules"] if rule["rule"] == code and rule["status"] != "MET"}
    for code in wanted.get("later", ()):
        assert any(
            rule["rule"] == code and rule["stage"] != "APPLY" and rule["status"] != "MET" for rule in answer["rules"]
        )
    if "only" in wanted:
        assert [rule["rule"] for rule in answer["rules"]] == wanted["only"]
    cautions = {caution["code"] for caution in answer["cautions"]}
    assert cautions >= set(wanted.get("cautions", ()))
    assert not cautions & set(wanted.get("cautions_none", ()))
    assert cautions or not wanted.get("cautions_any")


def test_there_are_enough_cases_to_trust() -> None:
    assert len(CASES) >= 250
    assert len({case.name for case in CASES}) == len(CASES)
