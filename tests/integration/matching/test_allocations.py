"""A plan for everybody, over a real socket: made, opened again, signed by a second person, without the erased."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.matching import planner
from services.matching.actions import allocating, planning
from services.matching.actions.planning import PlanRooms
from services.matching.live_world import LiveWorld
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.plan.gathering import Ways
from services.matching.matcher.relaxation import NotSolved
from services.matching.rankings import Rankings
from services.matching.store.allocations import Allocations, WrittenByAnother
from services.matching.store.models import Models
from services.matching.store.read_models import ReadModels
from services.matching.store.records import Records
from shared import clock, ids
from tests import builders as make
from tests.integration.matching.conftest import Matching
from tests.integration.matching.heard import a_person, a_quota

SLOTS = 4


@pytest.fixture(scope="module")
def people(matching: Matching, world: dict[str, Any]) -> list[str]:
    """Six who may apply now for four slots, six for whom a course opens the order, and nobody else."""
    trained = [make.a_person_payload(id=ids.new()) for _ in range(6)]
    untrained = [a_person() for _ in range(6)]
    for person in (*trained, *untrained):
        matching.hear("candidate", person)
    matching.hear("quota", a_quota(world["order"], version=2, quota=SLOTS))
    return [person["id"] for person in (*trained, *untrained)]


def supervisor(matching: Matching, name: str = "Budi Pengawas") -> httpx.Client:
    return matching.as_("supervisor", name=name)


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


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


def the_job(matching: Matching) -> PlanRooms:
    database = matching.database
    return PlanRooms(
        read_models=ReadModels(database),
        records=Records(database),
        world=LiveWorld(database, Distances.read(Path("deploy/data/distances.csv"))),
        rankings=Rankings(Models(database), None),
    )


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three people are many, and two a group."""
    monkeypatch.setattr(allocating, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(planning, "TOGETHER", 2)


def rows_of(client: httpx.Client, id: str) -> list[dict[str, Any]]:
    """All people of a plan, page by page."""
    rows, after = [], None
    while True:
        page = client.get(f"/v1/allocations/{id}/people", params={"limit": 5, **({"after": after} if after else {})})
        rows += page.json()["items"]
        after = page.json()["next"]
        if after is None:
            return rows


@pytest.mark.usefixtures("many")
def test_a_plan_for_many_is_begun_watched_and_says_what_one_made_at_once_says(
    matching: Matching, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with supervisor(matching) as budi, supervisor(matching, "Citra Pengawas") as citra:
        begun = budi.post("/v1/allocations", json={"island": 0.3})
        assert begun.status_code == 201, begun.text
        plan = begun.json()
        assert (plan["state"], plan["people"], plan["expected_placements"]) == ("MAKING", [], None)
        assert plan["progress"]["of"] >= 10
        address = f"/v1/allocations/{plan['id']}"
        assert problem(citra.post(f"{address}/sign-off")) == (409, "plan_not_ready")
        (listed,) = [one for one in citra.get("/v1/allocations").json()["items"] if one["id"] == plan["id"]]
        assert listed == {name: plan[name] for name in listed}, "found again in the list while it is made"
        planning.plan(the_job(matching), plan["id"])
        ready = budi.get(address).json()
        assert (ready["state"], ready["progress"], ready["version"]) == ("READY", None, 2)
        monkeypatch.undo()
        at_once = budi.post("/v1/allocations", json={"island": 0.3}).json()
        own = {"id", "version", "made_at", "made_by"}
        assert {k: v for k, v in ready.items() if k not in own} == {k: v for k, v in at_once.items() if k not in own}
        assert rows_of(budi, plan["id"]) == ready["people"] == rows_of(budi, at_once["id"])
        planning.plan(the_job(matching), plan["id"])
        assert budi.get(address).json() == ready, "done a second time it changes nothing"
        assert citra.post(f"{address}/sign-off").json()["signed"]
        assert matching.database.collection("allocation_options").count_documents({}) == 0


@pytest.mark.usefixtures("many")
def test_a_plan_that_was_killed_half_way_goes_on_where_it_stood(
    matching: Matching, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with supervisor(matching) as budi:
        id = budi.post("/v1/allocations", json={}).json()["id"]
        gathered: list[int] = []  # without whoever was erased meanwhile
        real = Ways.of

        def counted(self: Ways, some: Any) -> Any:
            if len(gathered) == 2:
                raise KeyboardInterrupt
            gathered.append(len(some))
            return real(self, some)

        monkeypatch.setattr(Ways, "of", counted)
        with pytest.raises(KeyboardInterrupt):
            planning.plan(the_job(matching), id)
        half = budi.get(f"/v1/allocations/{id}").json()
        assert (half["state"], half["progress"]["done"], half["people"]) == ("MAKING", sum(gathered), [])
        anew: list[int] = []

        def noted(self: Ways, some: Any) -> Any:
            anew.append(len(some))
            return real(self, some)

        monkeypatch.setattr(Ways, "of", noted)
        planning.plan(the_job(matching), id)
        ready = budi.get(f"/v1/allocations/{id}").json()
        assert ready["state"] == "READY" and sum(anew) == ready["people_in_all"] - sum(gathered)
        rows = rows_of(budi, id)
        assert len({row["person"] for row in rows}) == len(rows) == ready["people_in_all"]


@pytest.mark.usefixtures("many")
def test_what_other_workers_gathered_ahead_is_not_gathered_again_and_says_the_same(
    matching: Matching, people: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(planner, "_rooms", lambda: the_job(matching))
    with supervisor(matching) as budi:
        ahead, alone = (budi.post("/v1/allocations", json={}).json()["id"] for _ in range(2))
        planning.plan(the_job(matching), alone)
        assert planner.main([ahead, "--workers", "1"]) == 0
        with monkeypatch.context() as once:
            once.setattr(Ways, "of", lambda *_: pytest.fail("it was gathered already"))
            planning.plan(the_job(matching), ahead)
        assert rows_of(budi, ahead) == rows_of(budi, alone) != []
        count = budi.get(f"/v1/allocations/{ahead}").json()["people_in_all"]
        assert capsys.readouterr().out.startswith(f"{count} people of the plan {ahead}")
        assert planner.main([ahead, "--workers", "1"]) == 0, "a plan that is ready asks for nothing"


@pytest.mark.usefixtures("many")
def test_an_order_that_closes_during_the_run_is_given_to_nobody_and_is_named(
    matching: Matching, world: dict[str, Any], people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    order, real = world["order"], Ways.of
    closed: list[bool] = []

    def closing(self: Ways, some: Any) -> Any:
        found = real(self, some)
        if not closed:
            closed.append(True)
            matching.hear("job_order", {**order, "version": order["version"] + 1, "status": "CLOSED"})
        return found

    monkeypatch.setattr(Ways, "of", closing)
    try:
        with supervisor(matching) as budi:
            id = budi.post("/v1/allocations", json={}).json()["id"]
            planning.plan(the_job(matching), id)
            plan = budi.get(f"/v1/allocations/{id}").json()
            assert plan["closed_meanwhile"] == [order["id"]]
            assert order["id"] not in {row["given"]["job_order"] for row in rows_of(budi, id) if row["given"]}
            assert plan["state"] == "READY" and plan["proved_best"]
    finally:
        matching.hear("job_order", {**order, "version": order["version"] + 2})


@pytest.mark.usefixtures("many")
def test_a_solver_that_finds_nothing_leaves_a_plan_that_says_so_and_nothing_half_written(
    matching: Matching, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise NotSolved("no")

    monkeypatch.setattr(planning, "propose", fails)
    with supervisor(matching) as budi:
        id = budi.post("/v1/allocations", json={}).json()["id"]
        planning.plan(the_job(matching), id)
        plan = budi.get(f"/v1/allocations/{id}").json()
        assert (plan["state"], plan["failure"], plan["people_in_all"]) == ("FAILED", "NOT_SOLVED", 0)
        assert rows_of(budi, id) == []
        monkeypatch.setattr(allocating, "MOST_AT_ONCE", 300)
        before = matching.database.collection("allocations").count_documents({})
        assert problem(budi.post("/v1/allocations", json={})) == (409, "plan_not_made")
        assert matching.database.collection("allocations").count_documents({}) == before


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


@pytest.mark.usefixtures("many")
def test_a_plan_that_failed_is_signed_by_nobody_and_says_so_again(
    matching: Matching, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise NotSolved("no")

    monkeypatch.setattr(planning, "propose", fails)
    with supervisor(matching) as budi, supervisor(matching, "Citra Pengawas") as citra:
        address = f"/v1/allocations/{budi.post('/v1/allocations', json={}).json()['id']}"
        planning.plan(the_job(matching), address.rpartition("/")[2])
        failed = budi.get(address).json()
        for client in (budi, citra):
            assert problem(client.post(f"{address}/sign-off")) == (409, "plan_ended")
            assert problem(client.post(f"{address}/cancel")) == (409, "plan_ended")
        monkeypatch.undo()
        planning.plan(the_job(matching), failed["id"])
        assert citra.get(address).json() == failed and failed["signed"] is None


@pytest.mark.usefixtures("many")
def test_two_runs_of_one_plan_at_once_leave_one_of_them_whole(
    matching: Matching, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second makes the whole plan while the first writes its rows: the first gives up, and nothing of it stays."""
    real = Allocations.load
    begun: list[bool] = []
    monkeypatch.setattr("services.matching.store.allocations.TOGETHER", 2)

    def loading(self: Allocations, id: str, tx: Any = None) -> Any:
        begun.append(tx is not None)
        if sum(begun) == 2 and tx is not None:  # before the second rows of the first run
            other = threading.Thread(target=planning.plan, args=(the_job(matching), id))
            other.start()
            other.join()
        return real(self, id, tx)

    with supervisor(matching) as budi:
        id = budi.post("/v1/allocations", json={}).json()["id"]
        monkeypatch.setattr(Allocations, "load", loading)
        with pytest.raises(WrittenByAnother):
            planning.plan(the_job(matching), id)
        ready = budi.get(f"/v1/allocations/{id}").json()
        rows = rows_of(budi, id)
        assert ready["state"] == "READY" and len(rows) == len({row["person"] for row in rows}) == ready["people_in_all"]
        planning.plan(the_job(matching), id)
        assert budi.get(f"/v1/allocations/{id}").json() == ready


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("when", ["before", "gathering", "dividing", "writing"])
def test_a_plan_that_is_cancelled_while_it_is_made_leaves_nothing_half_written(
    when: str, matching: Matching, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with supervisor(matching) as budi, supervisor(matching, "Citra Pengawas") as citra:
        id = budi.post("/v1/allocations", json={}).json()["id"]
        address = f"/v1/allocations/{id}"
        told: list[dict[str, Any]] = []

        def cancelling(real: Any) -> Any:
            def act(*args: Any, **kwargs: Any) -> Any:
                found = real(*args, **kwargs)
                if not told:
                    told.append(citra.post(f"{address}/cancel").json())
                return found

            return act

        where = {"gathering": (Ways, "of"), "dividing": (planning, "divided"), "writing": (Allocations, "_add")}
        if when == "before":
            told.append(citra.post(f"{address}/cancel").json())
        else:
            monkeypatch.setattr(where[when][0], where[when][1], cancelling(getattr(*where[when])))
        planning.plan(the_job(matching), id)
        (gone,) = told
        assert (gone["state"], gone["progress"], gone["people"], gone["version"]) == ("CANCELLED", None, [], 2)
        assert gone["cancelled"]["by"] != gone["made_by"] and gone["cancelled"]["at"]
        assert budi.get(address).json() == citra.post(f"{address}/cancel").json() == gone, "again it says the same"
        assert problem(citra.post(f"{address}/sign-off")) == (409, "plan_ended")
        for collection in ("allocation_people", "allocation_options"):
            assert matching.database.collection(collection).count_documents({"edition": id}) == 0
        assert matching.database.collection("jobs").count_documents({"id": id}) == 0
        assert [one["state"] for one in budi.get("/v1/allocations").json()["items"] if one["id"] == id] == ["CANCELLED"]


def test_a_plan_that_is_ready_is_cancelled_by_nobody(matching: Matching, people: list[str]) -> None:
    with supervisor(matching) as budi:
        ready = budi.post("/v1/allocations", json={}).json()
        assert problem(budi.post(f"/v1/allocations/{ready['id']}/cancel")) == (409, "plan_made_already")
        assert budi.get(f"/v1/allocations/{ready['id']}").json() == ready
        assert problem(budi.post(f"/v1/allocations/{ids.new()}/cancel")) == (404, "allocation_not_found")
    assert problem(matching.officer.post(f"/v1/allocations/{ready['id']}/cancel")) == (403, "forbidden")
