"""The main job on the repository's own input, told to running houses; `tests/deep` runs the whole command."""

import json
from typing import TYPE_CHECKING

import pytest

from deploy import demo

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
