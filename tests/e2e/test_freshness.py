"""What was written at one house is known at the other a moment later, and whoever must be sure can ask for it."""

from deploy.demo.visitors import Visitor
from shared import ids
from tests.e2e.world import World, a_candidate


def asked(matching: Visitor, id: str) -> tuple[int, str]:
    answer = matching.client.get(f"/v1/candidates/{id}/recommendations")
    return answer.status_code, "" if answer.is_success else answer.json()["code"]


def test_an_answer_knows_of_the_version_that_the_caller_has_just_written(world: World) -> None:
    registry = world.officer("registry")
    person = registry.post("/v1/candidates", a_candidate())
    assert world.advice(person)["as_of"]["candidate"] == 1
    for months in (1, 2, 3):
        skills = [{"text": "masak", "source": "WORK", "months": months}]
        person = registry.patch(f"/v1/candidates/{person['id']}", {"skills": skills}, version=person["version"])
        assert world.advice(person)["as_of"]["candidate"] == person["version"] == months + 1


def test_a_version_that_nobody_wrote_is_not_there_yet_and_the_caller_is_told_when_to_ask_again(world: World) -> None:
    matching = world.officer("matching")
    person = world.officer("registry").post("/v1/candidates", a_candidate())
    world.advice(person)
    path = f"/v1/candidates/{person['id']}/recommendations"
    answer = matching.client.get(path, params={"min_candidate_version": 2, "wait": 0})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_yet_visible")
    assert answer.headers["Retry-After"] == "1"


def test_somebody_whom_the_registry_never_told_of_is_not_found(world: World) -> None:
    assert asked(world.officer("matching"), ids.new()) == (404, "candidate_not_found")
