"""Small worlds told to the running house as events: what its answers show is what trying everything finds."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.integration.matching.conftest import Matching
from tests.property.paths_by_hand import FAR, ByHand, Documents
from tests.property.paths_worlds import Drawn

DISTANCES = Path(__file__).resolve().parents[3] / "deploy" / "data" / "distances.csv"

SEEDS = (*range(12), 22, 39, 59)
"""In the last three a path to other orders stands in for one that coincides with another."""


@pytest.fixture
def told(request: pytest.FixtureRequest, matching: Matching) -> Iterator[Documents]:
    """The world of one seed, heard by the house, with its own table of ways; gone again afterwards."""
    with open(DISTANCES, encoding="utf-8", newline="") as lines:
        km = {(row["from"], row["to"]): int(row["km"]) for row in csv.DictReader(lines)}
    world = replace(Drawn(request.param).documents, km=km)
    parts: dict[str, Any] = {
        "policy": world.policies,
        "batch": world.batches,  # before their courses: the order between topics does not matter
        "quota": world.quotas,
        "job_order": world.orders,
        "course": world.courses,
        "candidate": [world.person],
    }
    for noun, documents in parts.items():
        for document in documents:
            matching.hear(noun, document)
    yield world
    for noun, documents in parts.items():
        for document in documents:
            matching.hear(noun, None, key=document["id"], version=document["version"] + 1)


@pytest.mark.parametrize("told", SEEDS, indirect=True)
def test_the_paths_of_an_answer_are_the_best_of_all_ways(matching: Matching, told: Documents) -> None:
    by_hand = ByHand(told)
    expected = by_hand.shown()
    query = {"as_of_date": told.day.isoformat()}
    answer = matching.officer.get(f"/v1/candidates/{told.person['id']}/recommendations", params=query).json()
    shown = {path["kind"]: path for path in answer["pathways"]}
    assert len(shown) == len(answer["pathways"]) and sorted(shown) == sorted(expected)
    for kind, path in shown.items():
        best = expected[kind].way
        assert [step["batch"] for step in path["steps"]] == [batch["id"] for batch in best.batches]
        assert date.fromisoformat(path["ready_on"]) == best.ready_on
        assert path["cost_to_candidate"] == best.price
        assert path["distance_km"] == (best.km if best.km < FAR else None)
        assert set(path["unlocks"]) == expected[kind].opens
        assert path["instead"] == expected[kind].instead and path["text"]
    open_now = {order["id"] for order in told.orders if by_hand.eligible((), order, told.day)}
    assert (answer["verdict"]["state"] == "ELIGIBLE_NOW") == bool(open_now)
    assert {row["job_order"] for row in answer["placements"] if row["eligible"]} == open_now
