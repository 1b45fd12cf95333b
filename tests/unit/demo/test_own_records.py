"""A story touches only what is its own, however much of somebody else's waits beside it."""

import json
from pathlib import Path
from typing import Any

import pytest

from deploy.demo import publishing, story
from deploy.demo.publishing import Published
from deploy.local.problems import Fault

BUDI, SENT = "dev:budi-pengawas", {"valid_from": "2025-07-02", "text": {"id": "Tutup. ", "en": "Closed."}}


def a_revision(number: int, **changes: Any) -> dict[str, Any]:
    told = {"valid_from": "2025-07-02", "text": {"id": "Tutup.", "en": "Closed."}}
    return {"number": number, "status": "PROPOSED", "proposed_by": BUDI, **told, **changes}


class Placement:
    """The house as the story sees it: what waits there, and what was approved."""

    def __init__(self, *policies: dict[str, Any]) -> None:
        self.policies, self.approved = policies, []  # type: ignore[var-annotated]
        self.id = BUDI

    def staff(self, house: str, role: str, name: str) -> "Placement":
        return self

    def send(self, name: str, content: bytes, **query: str) -> dict[str, Any]:
        return {"rows": 1, "counts": {}}

    def all(self, path: str) -> tuple[dict[str, Any], ...]:
        return self.policies

    def post(self, path: str, body: Any = None) -> None:
        self.approved.append(path)


def a_policy(code: str, *revisions: dict[str, Any]) -> dict[str, Any]:
    return {"id": code, "code": code, "in_force": True, "revisions": list(revisions)}


def test_only_the_proposals_of_the_file_are_approved(tmp_path: Path) -> None:
    path = tmp_path / "policies.json"
    path.write_text(json.dumps([{"code": "GATE", "kind": "GATE", "revisions": [SENT]}]))
    house: Any = Placement(
        a_policy(
            "GATE",
            a_revision(1),
            a_revision(2, proposed_by="dev:sari"),
            a_revision(3, valid_from="2027-01-01"),
            a_revision(4, text={"id": "Buka.", "en": "Open."}),
            a_revision(5, text=None, action="END"),
            a_revision(6, status="REJECTED"),
        ),
        a_policy("SOMEBODY-ELSES", a_revision(1)),
    )
    publishing.propose_and_approve(house, path, lambda line: None)
    assert house.approved == ["/v1/policies/GATE/revisions/1/approve"]


def test_only_courses_of_the_sheets_are_its_own() -> None:
    sent = {"ende": {"PLRT-200/A1/", "LAS/"}}

    def own(code: str, provider: str = "ende") -> bool:
        return publishing._is_one_of({"code": code, "provider_id": provider}, sent)

    assert own("PLRT-200") and own("LAS")
    assert not own("PLRT-2") and not own("PLRT-200", "kupang") and not own("JAHIT")


def test_nobody_is_sent_into_a_course_of_somebody_else() -> None:
    published = Published(orders={}, courses={}, batches={}, policies=[], providers={}, own=frozenset({"mine", "too"}))
    theirs = {"steps": [{"course": "mine"}, {"course": "theirs"}], "kind": "FASTEST"}
    ours = {"steps": [{"course": "too"}], "kind": "NEAREST"}
    answer = {"verdict": {"goal": {"pathways": [theirs]}}, "pathways": [ours]}
    assert story._chosen_path(answer, published)["kind"] == "NEAREST"
    with pytest.raises(Fault):
        story._chosen_path({"verdict": {"goal": None}, "pathways": [theirs]}, published)
