"""An answer is put into words while the world stands still: a change a moment later takes nothing away from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest

from services.matching.actions import recommending
from services.matching.actions.house import House
from services.matching.answers_given import AnswersGiven
from services.matching.live_world import AsOf
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.world import World
from tests.builders import a_batch_payload, a_course_payload, a_person, an_order_payload, days

ASKED = {"courses": 5, "placements": 5, "lang": "id"}


def test_a_course_that_is_withdrawn_a_moment_later_still_stands_in_the_answer() -> None:
    world = World(Distances({}))
    test = {"kind": "SKILL_TEST", "scheme": "SSW_CARE", "valid_months": None}
    asks = {"all": [{"kind": "certificate", "certificate": "SKILL_TEST", "scheme": "SSW_CARE"}]}
    world.put_order(an_order_payload(requirements=asks, title_scheme=None, closes_on=days(300)))
    course = a_course_payload(certificate=test, hours_for=[])
    batch = a_batch_payload(course["id"])
    world.put_course(course)
    world.put_batch(batch)

    @contextmanager
    def read() -> Iterator[tuple[World, AsOf]]:
        yield world, AsOf(1, 1, 1, 1, 1, None, None, 0)
        world.drop_batch(batch["id"])
        world.drop_course(course["id"])

    house: Any = SimpleNamespace(
        live_world=SimpleNamespace(read=read),
        rankings=SimpleNamespace(noted=lambda promotion: Ranking.cold()),
        exposures=SimpleNamespace(refresh=lambda news: 0, others=lambda first_shown: {}),
        answers_given=AnswersGiven(),
        records=SimpleNamespace(keep=lambda *told: False),
        snapshot_key=b"key",
    )
    answer = recommending._answered(cast(House, house), a_person(), ASKED)
    assert [step["course"] for path in answer["pathways"] for step in path["steps"]] == [course["id"]]


@pytest.mark.parametrize(
    ("crowding", "told"),
    [
        ({}, {"crowding": {}}),
        ({"o": 2, "c": 1}, {"crowding": {"o": 2, "c": 1}}),
        ({"o": 2, "elsewhere": 5}, {"crowding": {"o": 2}, "crowded": 2}),
    ],
)
def test_of_what_is_crowded_the_answer_names_what_stands_in_it_and_counts_all(
    crowding: dict[str, int], told: dict[str, Any]
) -> None:
    order, course = SimpleNamespace(id="o"), SimpleNamespace(id="c")
    advice: Any = SimpleNamespace(placements=[(order, None, None)], courses=[(course, None, None)])
    made_of = {"model": "m", "crowding": crowding}
    assert recommending._told(made_of, advice) == {"model": "m", **told}
    assert made_of["crowding"] is crowding, "the id of the answer hangs on all of it"
