"""A plan for many people, over a real socket: begun, watched, killed half way, cancelled, never half written."""

import threading
from pathlib import Path
from typing import Any

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
from shared import ids
from tests.integration.matching.conftest import Matching
from tests.integration.matching.plans import problem, rows_of, supervisor


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
