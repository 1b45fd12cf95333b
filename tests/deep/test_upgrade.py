"""A home of an earlier commit, kept as a backup, is restored and opened by the code of today: the upgrade path, tried.

`python -m tests.support.old_home` made the homes; a new release adds one and keeps the old ones.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.demo.visitors import Visitors
from deploy.local import backlog, backup, mongo, ports
from deploy.local.folders import Home
from deploy.local.stack import Stack
from tests.support.bakery import until

pytestmark = [pytest.mark.deep, pytest.mark.timeout(600)]

HOMES = sorted((Path(__file__).parent / "homes").glob("*.json"))


@pytest.fixture(scope="module", params=HOMES, ids=lambda path: path.stem)
def told(request: pytest.FixtureRequest) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(request.param.read_text(encoding="utf-8"))
    return known | {"backup": request.param.with_suffix(".tar.gz")}


@pytest.fixture(scope="module")
def opened(told: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    (engine,) = [one for one in mongo.present() if one.kind == told["engine"]]
    home = Home(tmp_path_factory.mktemp("upgrade") / "home")
    backup.restore(home, told["backup"])
    with Stack(home=home, ports=ports.free(), engine=engine, throw_away=True) as stack:
        stack.start_engines()
        stack.start_houses()
        yield stack


def test_there_is_a_home_to_open() -> None:
    assert HOMES


def test_people_and_what_was_sealed_of_them_open(opened: Stack, told: dict[str, Any]) -> None:
    officer = Visitors(opened).staff("registry", "officer", "Ana Petugas")
    for person in told["people"]:
        found = officer.get(f"/v1/candidates/{person['id']}")
        assert found["full_name"] == person["full_name"]
    assert opened.run("registry", "reseal") == 0, "the key of the home opens every number"


def test_what_was_published_stands_and_is_public(opened: Stack, told: dict[str, Any]) -> None:
    visitors = Visitors(opened)
    assert visitors.staff("training", "officer", "Ana Petugas").get(f"/v1/courses/{told['course']}")
    assert visitors.staff("placement", "officer", "Ana Petugas").get(f"/v1/job-orders/{told['order']}")


def test_answers_that_were_given_open_as_they_were(opened: Stack, told: dict[str, Any]) -> None:
    matching = Visitors(opened).staff("matching", "officer", "Ana Petugas")
    for id in told["advice"]:
        assert matching.get(f"/v1/recommendations/{id}")["id"] == id


def test_new_answers_are_given_from_what_was_known(opened: Stack, told: dict[str, Any]) -> None:
    matching = Visitors(opened).staff("matching", "officer", "Ana Petugas")
    for person in told["people"]:
        assert matching.get(f"/v1/candidates/{person['id']}/recommendations", lang="en")["verdict"]


def test_every_house_agrees_with_the_topics_and_nothing_waits(opened: Stack) -> None:
    def late() -> list[str]:
        return [one.text for one in backlog.complaints(backlog.look(opened))]

    until(lambda: not any(one.rows for one in backlog.look(opened).unsent), seconds=60)
    assert late() == []
    for house in opened.houses:
        assert opened.run(house, "rebuild", "--verify") == 0, f"{house}, before"


def test_a_rebuild_by_todays_code_changes_nothing_that_it_should_not(opened: Stack) -> None:
    for house in opened.houses:
        assert opened.run(house, "rebuild") == 0
        assert opened.run(house, "rebuild", "--verify") == 0, f"{house}, after"
