"""The same cases as recommendations: the order is published, the person registered, and nothing unlawful is offered."""

from collections.abc import Iterator
from typing import Any

import pytest

from services.matching import profiles
from services.matching.schemas.order import JobOrderSchema
from services.matching.schemas.profile import ProfileSchema
from shared import ids
from shared.words import Words
from tests.integration.matching.conftest import Matching
from tests.law.reading import TODAY, Case, cases

pytestmark = pytest.mark.clock_at(TODAY)

ORDER, PERSON = ids.new(), ids.new()
"""One order and one person whose newest version is the case at hand, so that nothing else is open."""


@pytest.fixture(scope="module")
def versions() -> Iterator[int]:
    return iter(range(1, 10_000))


@pytest.mark.parametrize("case", cases(every=False), ids=lambda case: case.name)
def test_only_what_the_law_allows_is_recommended(lawful: Matching, versions: Iterator[int], case: Case) -> None:
    publish(lawful, case, next(versions))
    answer, wanted = recommended(lawful, case), case.wanted
    state = wanted.get("advised", wanted["is"])
    assert answer["verdict"]["state"] == state
    offered = [placement["job_order"] for placement in answer["placements"] if placement["eligible"]]
    assert offered == ([ORDER] if state == "ELIGIBLE_NOW" else [])
    if state == "DATA_NEEDED":  # hardly anything is known: no day is promised, and the answer asks for the facts
        assert answer["verdict"]["date"] is None and answer["verdict"]["needed"]
    if state in ("CONSENT_NEEDED", "DATA_NEEDED"):
        assert not (answer["requirements"] or answer["placements"] or answer["blocked"] or answer["hidden"])
    elif "hidden" in wanted:
        assert [(why["reason"], why["count"]) for why in answer["hidden"]] == [(wanted["hidden"], 1)]
        assert not answer["placements"] and not answer["blocked"]
    elif state in ("NO_PATH", "ELIGIBLE_BY"):
        says_why(answer, wanted)
    if state == "ELIGIBLE_BY":
        assert answer["verdict"]["date"] == wanted.get("by", case.day)


def says_why(answer: Any, wanted: Any) -> None:
    """A blocked order stays in the answer with a rule that decides, its legal basis and who acts."""
    shown = [placement for placement in answer["placements"] if placement["job_order"] == ORDER]
    if shown:
        missing = {entry["code"] for entry in shown[0]["missing"] if entry["legal"]}
        assert missing and missing <= set(wanted["rules"])  # rules that say the same sentence are said once
        return
    (group,) = answer["blocked"]
    assert group["job_orders"] == [ORDER] and group["count"] == 1
    assert group["code"] in wanted["rules"]
    assert group["legal_basis"]["instrument"] and group["next_action"] and group["who"]


def publish(matching: Matching, case: Case, version: int) -> None:
    order: dict[str, Any] = {**JobOrderSchema().load(case.order), "id": ORDER, "version": version}
    quota = order.pop("quota")
    state = {"verification": order["verification"] or "VERIFIED", "status": order["status"] or "OPEN"}
    matching.hear("job_order", {**order, **state})
    permit = order["sip2mi"] or {"quota": 20}
    slots = quota or {"quota": permit["quota"], "reserved": 0, "taken": 0}
    matching.hear("quota", {"id": ORDER, "version": version, **slots})
    profile = ProfileSchema().load(case.person)
    told = profiles.payload_of(Words.default(), profile, id=PERSON)
    matching.hear("candidate", {**told, "version": version})


def recommended(matching: Matching, case: Case) -> Any:
    query = {"as_of_date": case.day, "lang": "en", **({} if case.known is None else {"known_on": case.known})}
    answer = matching.officer.get(f"/v1/candidates/{PERSON}/recommendations", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()
