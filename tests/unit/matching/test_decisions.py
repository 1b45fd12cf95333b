"""Only what an answer shows can be decided on, and what is told of it holds nobody's words."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from services.matching import says
from services.matching.actions import decisions
from services.matching.problems import NoSuchRecommendation, NothingToDecide, NotShown, RecommendationErased
from shared.http.callers import Caller
from shared.http.problems import Forbidden

CONTRACT = Path(__file__).resolve().parents[3] / "shared/contracts/matching/recommendations.v1.schema.json"
OFFICER = Caller(id="dev:ana", kind="officer", scopes=frozenset({"referrals:write"}))
PERSON = "00000000-0000-4000-8000-00000000000a"
COURSE, BATCH, ORDER, OTHER = (f"00000000-0000-4000-8000-0000000000{place:02d}" for place in range(4))


def a_path(course: str, batch: str, *unlocks: str) -> dict[str, Any]:
    return {"steps": [{"course": course, "batch": batch}], "unlocks": list(unlocks)}


def an_answer(**changes: Any) -> dict[str, Any]:
    return {
        "as_of": {"model": "cards-1"},
        "verdict": {"goal": None},
        "pathways": [],
        "courses": [],
        "placements": [],
        **changes,
    }


def decided(answer: dict[str, Any], chosen: dict[str, list[str]], *, about: str | None = PERSON) -> dict[str, Any]:
    snapshot = {"_id": "r1", "candidate_id": about, "answer": answer}
    return _decide(snapshot, {"courses": [], "batches": [], "job_orders": [], **chosen})


def _decide(snapshot: dict[str, Any] | None, chosen: dict[str, list[str]], caller: Caller = OFFICER) -> dict[str, Any]:
    kept = SimpleNamespace(create=lambda tx, document, type: {**document, "version": 1})
    house: Any = SimpleNamespace(
        records=SimpleNamespace(
            snapshot=lambda id: snapshot, decisions=kept, still_known=lambda tx, candidate_id: None
        ),
        read_models=SimpleNamespace(person=lambda id: {"_id": id, "consent": "GIVEN"}),
        database=SimpleNamespace(run=lambda work: work(None)),
    )
    said = {"decision": "ACCEPTED", "chosen": chosen, "note": "Ibu Maria setuju"}
    return decisions.decide(caller, house, "r1", said)


@pytest.mark.parametrize(
    ("answer", "chosen"),
    [
        (an_answer(courses=[{"course": COURSE, "batch": BATCH}]), {"courses": [COURSE], "batches": [BATCH]}),
        (an_answer(placements=[{"job_order": ORDER}]), {"job_orders": [ORDER]}),
        (an_answer(pathways=[a_path(COURSE, BATCH, ORDER)]), {"courses": [COURSE], "job_orders": [ORDER]}),
        (
            an_answer(verdict={"goal": {"job_order": ORDER, "pathways": [a_path(COURSE, BATCH, OTHER)]}}),
            {"courses": [COURSE], "batches": [BATCH], "job_orders": [ORDER, OTHER]},
        ),
    ],
    ids=["a ranked course", "a ranked placement", "a path", "the way to what was asked for"],
)
def test_whatever_is_shown_can_be_chosen(answer: dict[str, Any], chosen: dict[str, list[str]]) -> None:
    assert decided(answer, chosen)["chosen"].items() >= chosen.items()


def test_what_is_not_shown_is_refused_in_its_place() -> None:
    with pytest.raises(NotShown) as caught:
        decided(
            an_answer(courses=[{"course": COURSE, "batch": BATCH}]), {"courses": [COURSE, OTHER], "batches": [COURSE]}
        )
    assert [fault.pointer for fault in caught.value.errors] == ["/chosen/courses/1", "/chosen/batches/0"]


def test_nobody_decides_for_somebody_who_is_not_stored() -> None:
    with pytest.raises(NothingToDecide):
        decided(an_answer(), {}, about=None)


def test_an_answer_that_is_gone_or_never_was_is_no_ground_for_a_decision() -> None:
    with pytest.raises(NoSuchRecommendation):
        _decide(None, {})
    with pytest.raises(RecommendationErased):
        _decide({"_id": "r1", "erased": True}, {})


def test_deciding_takes_the_right_to_refer() -> None:
    with pytest.raises(Forbidden):
        _decide(None, {}, Caller(id="x", kind="reviewer", scopes=frozenset({"recommendations:read"})))


def test_what_is_told_of_a_decision_fits_its_contract_and_holds_no_words() -> None:
    told = says.decision(decided(an_answer(placements=[{"job_order": ORDER}]), {"job_orders": [ORDER]}))
    Draft202012Validator(json.loads(CONTRACT.read_text(encoding="utf-8"))).validate(told)
    assert "Maria" not in json.dumps(told) and "ana" not in json.dumps(told)
