"""The main job on the repository's own input, told to running houses; `tests/deep` runs the whole command."""

import json
from typing import TYPE_CHECKING

import pytest

from deploy import demo
from deploy.demo.visitors import Visitors, until

if TYPE_CHECKING:
    from deploy.local.stack import Stack


def test_the_files_of_the_demo_open_a_job_for_its_person(
    stack: "Stack", console: str, capsys: pytest.CaptureFixture[str]
) -> None:
    demo.run(stack, people=12, as_json=True, advance=True)
    told = json.loads(capsys.readouterr().out)
    wanted = told["before"]["verdict"]["goal"]
    assert wanted["blocked_by"] and all(rule["legal_basis"]["instrument"] for rule in wanted["blocked_by"])
    # Two kinds that are one journey are shown once, and a kind for which no other journey is left is not there.
    kinds = [path["kind"] for path in told["before"]["pathways"]]
    assert kinds[0] == "FASTEST" and len(kinds) > 1
    assert kinds == [kind for kind in ("FASTEST", "NEAREST", "BEST_PAID") if kind in kinds]
    assert told["days_passed"] > 30
    assert told["after"]["verdict"]["state"] == "ELIGIBLE_NOW"
    opened = {row["job_order"] for row in told["after"]["placements"] if row["eligible"]}
    assert opened & set(told["path"]["unlocks"])
    assert told["application"]["state"] == "APPLIED"


def test_a_story_leaves_something_for_every_role(stack: "Stack", console: str) -> None:
    """After the story above; each queue is asked as its role would."""
    visitors = Visitors(stack)
    office = visitors.staff("registry", "officer", "Ana Petugas")
    assert office.get("/v1/submissions")["items"]
    reviewer = visitors.staff("training", "reviewer", "Rina Peninjau")
    assert any(one["code"].startswith("USULAN-") for one in reviewer.get("/v1/courses", review="PENDING")["items"])
    assert visitors.staff("placement", "supervisor", "Budi Pengawas").get("/v1/concerns", state="RECEIVED")["items"]
    waiting = visitors.staff("training", "officer", "Ana Petugas").get("/v1/enrolments", state="APPLIED")["items"]
    provider = reviewer.get(f"/v1/courses/{waiting[-1]['course_id']}")["provider_id"]
    people = visitors.of_organisation("registry", "provider", provider)
    shared = until(lambda: people.get("/v1/contacts"), lambda page: bool(page["items"]), "the registry to hear of it")
    assert waiting[-1]["candidate_id"] in {one["id"] for one in shared["items"]}
