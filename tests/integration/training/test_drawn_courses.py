"""Courses drawn at random, every cell with a meaning that is known beforehand, sent through the door and saved."""

import random
import uuid
from typing import Any

import pytest

from tests.integration.training.conftest import Provider, Training
from tests.property.test_sheets_mean_what_they_say import TITLES, a_row

NEEDED = {"title", "lesson_hours", "mode", "funding", "number", "starts", "ends", "seats"}


@pytest.mark.parametrize("count", [40, pytest.param(1_000, marks=pytest.mark.deep)])
def test_what_is_stored_is_what_was_drawn(training: Training, provider: Provider, count: int) -> None:
    draw, own = random.Random(count), uuid.uuid4().hex[:6].upper()
    rows: list[tuple[dict[str, Any], dict[str, Any]]] = [a_row(draw, at, in_workbook=False) for at in range(count)]
    lines = [[draw.choice(TITLES[key]) for key in TITLES]]
    lines += [
        [f"{own}-{written[key]}" if key == "code" else str(written[key] or "") for key in TITLES] for _, written in rows
    ]
    content = "\n".join(["\t".join(line) for line in lines] + [""]).encode()
    wanted = {"dry_run": "false", "only_good": "true"}
    sent = provider.key.post("/v1/imports", params=wanted, files={"file": ("kursus.csv", content)})
    assert sent.status_code == 202, sent.text
    training.work()
    report = provider.key.get(sent.headers["Location"]).json()
    good = [means for means, _ in rows if means.keys() >= NEEDED and "_broken" not in means]
    assert report["counts"] == {"NEW": len(good), "BAD": count - len(good)}, report["faults"][:3]
    assert 0 < len(good) < count
    courses = {row["code"]: row for row in training.database.collection("courses").find({"provider_id": provider.id})}
    assert {code for code in courses if code.startswith(own)} == {f"{own}-{means['code']}" for means in good}
    for means in good:
        course = courses[f"{own}-{means['code']}"]
        [batch] = training.database.collection("batches").find({"course_id": course["_id"]})
        cost = course["cost_to_trainee"]
        kept = {**batch, **course, "title": course["title"]["id"], "cost": cost and cost["amount"]}
        assert {key: kept[key] for key in NEEDED} == {key: means[key] for key in NEEDED}
        assert (kept["cost"], batch["regency"]) == (means.get("cost"), means.get("regency"))
