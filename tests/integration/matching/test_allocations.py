"""A plan for everybody, over a real socket: made, opened again, signed by a second person, without the erased."""

from datetime import timedelta
from typing import Any

import pytest

from shared import clock, ids
from tests.integration.matching.conftest import SLOTS, Matching
from tests.integration.matching.heard import a_quota
from tests.integration.matching.plans import problem, supervisor


def test_a_plan_keeps_the_slots_says_what_it_is_and_is_opened_again_as_it_was(
    matching: Matching, world: dict[str, Any], people: list[str]
) -> None:
    with supervisor(matching) as budi:
        made = budi.post("/v1/allocations", json={})
        assert made.status_code == 201, made.text
        plan = made.json()
        assert made.headers["Location"].endswith(f"/v1/allocations/{plan['id']}")
        assert plan["proposal"] is True and "usulan" in plan["notice"]["id"]
        assert plan["proved_best"] and plan["expected_placements"] == plan["at_most"] > 0
        assert {row["person"] for row in plan["people"]} == set(people)
        given = [row for row in plan["people"] if row["given"]]
        assert len(given) == SLOTS
        assert all(row["given"]["job_order"] == world["order"]["id"] and row["text"]["id"] for row in given)
        left = [row for row in plan["people"] if not row["given"]]
        assert all(row["fate"] == "FULL" and row["better"]["full"] == ["SLOTS"] for row in left)
        assert {figure["dimension"] for figure in plan["figures"]} == {"all", "regency", "sex", "education", "island"}
        everyone = plan["figures"][0]
        assert everyone["people"] == 12
        assert everyone["served"]["PLAN"]["people"] is None, "four are fewer than ten"
        assert budi.get(f"/v1/allocations/{plan['id']}").json() == plan


def test_a_floor_that_cannot_be_kept_is_said(matching: Matching, people: list[str]) -> None:
    with supervisor(matching) as budi:
        plan = budi.post("/v1/allocations", json={"worst_off": 0.9, "island": 1}).json()
        kept = {floor["group"]: floor for floor in plan["floors"]}
        assert kept.keys() == {"WORST_OFF_TENTH", "Flores"}
        assert plan["floors_kept"] is all(floor["kept"] >= floor["asked"] for floor in plan["floors"])
        assert ("bagian yang sama" in plan["floors_text"]["id"]) is not plan["floors_kept"]
        without = budi.post("/v1/allocations", json={"worst_off": None, "island": None}).json()
        assert without["floors"] == []
        assert without["expected_placements"] >= plan["expected_placements"]


def test_a_repeated_request_makes_no_second_plan(matching: Matching, people: list[str]) -> None:
    with supervisor(matching) as budi:
        key = {"Idempotency-Key": ids.new()}
        first, second = (budi.post("/v1/allocations", json={"regency": "53.06"}, headers=key) for _ in range(2))
        assert first.status_code == second.status_code == 201, second.text
        assert first.json() == second.json()


def test_only_a_second_person_signs_and_it_stays_a_proposal(matching: Matching, people: list[str]) -> None:
    with supervisor(matching) as budi, supervisor(matching, "Citra Pengawas") as citra:
        address = f"/v1/allocations/{budi.post('/v1/allocations', json={}).json()['id']}"
        assert problem(budi.post(f"{address}/sign-off")) == (403, "four_eyes")
        signed = citra.post(f"{address}/sign-off")
        assert signed.status_code == 200, signed.text
        assert signed.json()["signed"]["by"] != signed.json()["made_by"]
        assert signed.json()["proposal"] is True
        assert citra.post(f"{address}/sign-off").json() == signed.json()
        with supervisor(matching, "Dewi Pengawas") as dewi:
            assert problem(dewi.post(f"{address}/sign-off")) == (409, "signed_already")


def test_plans_are_found_again_newest_first_and_in_short(matching: Matching, people: list[str]) -> None:
    with supervisor(matching) as budi, supervisor(matching, "Citra Pengawas") as citra:
        made = [budi.post("/v1/allocations", json={"island": share}).json() for share in (0.1, 0.2, 0.3)]
        first = citra.get("/v1/allocations", params={"limit": 2}).json()
        assert [row["id"] for row in first["items"]] == [made[2]["id"], made[1]["id"]]
        assert first["items"][0] == {name: made[2][name] for name in first["items"][0]}
        assert "people" not in first["items"][0] and "figures" not in first["items"][0]
        rest = citra.get("/v1/allocations", params={"limit": 2, "after": first["next"]}).json()
        assert rest["items"][0]["id"] == made[0]["id"]
        assert problem(citra.get("/v1/allocations", params={"after": "x"}))[0] == 400
    assert problem(matching.officer.get("/v1/allocations")) == (403, "forbidden")


def test_a_plan_says_the_same_a_year_later_whatever_changed_meanwhile(
    matching: Matching, world: dict[str, Any], people: list[str]
) -> None:
    with supervisor(matching) as budi:
        plan = budi.post("/v1/allocations", json={}).json()
    try:
        with clock.fixed(clock.now() + timedelta(days=366)):
            matching.hear("quota", a_quota(world["order"], version=3, quota=SLOTS + 5))
            with supervisor(matching) as budi:
                assert budi.get(f"/v1/allocations/{plan['id']}").json() == plan
                later = budi.post("/v1/allocations", json={}).json()
                assert later["as_of"]["day"] != plan["as_of"]["day"] and later["people"] != plan["people"]
    finally:
        matching.hear("quota", a_quota(world["order"], version=4, quota=SLOTS))


def test_an_erased_person_leaves_every_edition_and_the_sums_stay(matching: Matching, people: list[str]) -> None:
    with supervisor(matching) as budi:
        plan = budi.post("/v1/allocations", json={}).json()
        matching.hear("candidate", None, key=people[0], version=2)
        again = budi.get(f"/v1/allocations/{plan['id']}")
        assert people[0] not in again.text
        assert len(again.json()["people"]) == len(plan["people"]) - 1
        assert again.json()["figures"] == plan["figures"]
        assert people[0] not in repr(list(matching.database.collection("allocations").find({})))


def test_what_cannot_be_planned_is_refused_with_what_to_do(matching: Matching, people: list[str]) -> None:
    with supervisor(matching) as budi:
        assert problem(budi.get(f"/v1/allocations/{ids.new()}")) == (404, "allocation_not_found")
        assert problem(budi.post(f"/v1/allocations/{ids.new()}/sign-off")) == (404, "allocation_not_found")
        assert problem(budi.post("/v1/allocations", json={"island": 2})) == (422, "invalid")
        assert problem(budi.post("/v1/allocations", json={"regency": "99.99"})) == (422, "invalid")
        empty = budi.post("/v1/allocations", json={"regency": "53.20"}).json()
        assert (empty["people"], empty["expected_placements"], empty["floors_kept"]) == ([], 0, True)
    assert problem(matching.officer.post("/v1/allocations", json={})) == (403, "forbidden")
    assert problem(matching.officer.get(f"/v1/allocations/{ids.new()}")) == (403, "forbidden")


@pytest.mark.parametrize(
    "body",
    [
        '{"island": NaN}',
        '{"worst_off": Infinity}',
        '{"island": -0.1}',
        '{"worst_off": 1.0001}',
        '{"worst_off": "half"}',
        '{"island": true}',
        '{"floor": 0.5}',
        '{"regency": 53}',
        "[]",
        "{",
    ],
)
def test_no_floor_that_is_none_starts_a_plan(matching: Matching, people: list[str], body: str) -> None:
    with supervisor(matching) as budi:
        before = matching.database.collection("allocations").count_documents({})
        answer = budi.post("/v1/allocations", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code in (400, 422), answer.text
        assert answer.json()["errors"][0]["message"], answer.text
        assert matching.database.collection("allocations").count_documents({}) == before


def test_where_every_slot_is_taken_a_plan_gives_nobody_anything_and_keeps_its_floors(
    matching: Matching, world: dict[str, Any], people: list[str]
) -> None:
    matching.hear("quota", a_quota(world["order"], version=5, quota=0))
    try:
        with supervisor(matching) as budi:
            plan = budi.post("/v1/allocations", json={"worst_off": 1, "island": 1}).json()
            assert (plan["expected_placements"], plan["at_most"], plan["proved_best"]) == (0, 0, True)
            assert plan["floors_kept"] and all(row["given"] is None for row in plan["people"])
            assert plan["weighed"] == {"most_each": 1000, "people": 0}
    finally:
        matching.hear("quota", a_quota(world["order"], version=6, quota=SLOTS))
