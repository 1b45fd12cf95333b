"""Questions that cannot be asked so: each is refused with a code and the place of the fault."""

import json
from typing import Any

import pytest

from shared import ids
from tests.integration.matching.conftest import Matching

BROKEN: list[tuple[str, str, dict[str, Any], int]] = [
    ("GET", "/v1/candidates/x/recommendations", {}, 404),
    ("GET", "/v1/candidates/{id}/recommendations?courses=-1", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?courses=many", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?placements=1000", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?lang=fr", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?wait=-3", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?as_of_date=31/12/2026", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?known_on=2026-02-30", {}, 422),
    ("GET", "/v1/candidates/{id}/recommendations?unknown=1", {}, 422),
    ("GET", "/v1/recommendations/nothing", {}, 404),
    ("POST", "/v1/recommendations", {}, 422),
    ("POST", "/v1/recommendations", {"profile": []}, 422),
    ("POST", "/v1/recommendations", {"profile": {"birth_date": "1/1/2000"}}, 422),
    ("POST", "/v1/recommendations", {"profile": {"sex": "W"}}, 422),
    ("POST", "/v1/recommendations", {"profile": {"regency": "5306"}}, 422),
    ("POST", "/v1/recommendations", {"profile": {"education": {"level": "SMEA"}}}, 422),
    ("POST", "/v1/recommendations", {"profile": {"requirements": {"PASPOR": {"status": "MET"}}}}, 422),
    ("POST", "/v1/recommendations", {"profile": {"skills": [{"source": "HOME"}]}}, 422),
    ("POST", "/v1/recommendations", {"profile": {"favourite": 1}}, 422),
    ("POST", "/v1/eligibility", {}, 422),
    ("POST", "/v1/eligibility", {"profile": {}}, 422),
    ("POST", "/v1/eligibility", {"job_order": "x", "profile": {}}, 422),
    ("POST", "/v1/eligibility", {"job_order": 7, "profile": {}}, 422),
    ("POST", "/v1/eligibility", {"job_order": {"country": "Malaysia"}, "profile": {}}, 422),
    ("POST", "/v1/eligibility", {"job_order": "{id}", "profile": {}, "candidate": "{id}"}, 422),
    ("POST", "/v1/eligibility", {"job_order": "{id}", "profile": {}}, 404),
    ("POST", "/v1/recommendations/nothing/decisions", {"decision": "ACCEPTED"}, 404),
    ("POST", "/v1/recommendations/nothing/decisions", {"decision": "MAYBE"}, 422),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), BROKEN)
def test_a_broken_question_is_refused_with_a_code(
    matching: Matching, method: str, path: str, body: dict[str, Any], status: int
) -> None:
    id = ids.new()
    filled = json.loads(json.dumps(body).replace("{id}", id))
    response = matching.officer.request(method, path.replace("{id}", id), json=filled if method == "POST" else None)
    problem = response.json()
    assert response.status_code == status, problem
    assert problem["code"] and problem["title"]
    if status == 422:
        assert all(error["pointer"].startswith("/") or error["pointer"] == "" for error in problem["errors"])


def test_a_tree_too_deep_or_too_wide_is_refused_at_the_door(matching: Matching) -> None:
    deep: dict[str, Any] = {"kind": "age", "min": 18}
    for _ in range(20):
        deep = {"all": [deep]}
    wide = {"all": [{"kind": "age", "min": 18}] * 1_000}
    for tree in (deep, wide):
        order = {"country": "MYS", "isco08": "9111", "employer": {"type": "HOUSEHOLD"}, "requirements": tree}
        refused = matching.officer.post("/v1/eligibility", json={"profile": {}, "job_order": order})
        assert refused.status_code in (400, 422), refused.text
        assert refused.json()["errors"][0]["pointer"].startswith("/job_order/requirements")
