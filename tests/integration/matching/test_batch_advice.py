"""Everybody ranked at once says what each person's own answer says, and nothing is worked out twice."""

import base64
import csv
import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import joblib
import pytest

from services.matching import batch_advice, planner
from services.matching.actions import allocating, planning
from services.matching.batch_advice import Progress, Rooms
from services.matching.batch_advice_file import COLUMNS, opened
from services.matching.live_world import LiveWorld
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.plan.gathering import Ways
from services.matching.rankings import Rankings
from services.matching.store.exposures import Exposures
from services.matching.store.models import Models
from services.matching.store.read_models import ReadModels
from services.matching.store.records import Records
from shared import clock, ids
from shared.jobs import Job
from tests import builders as make
from tests.integration.matching.conftest import Matching
from tests.integration.matching.heard import a_person
from tests.support import today


@pytest.fixture
def rooms(matching: Matching, monkeypatch: pytest.MonkeyPatch) -> Rooms:
    database = matching.database
    made = Rooms(
        database=database,
        read_models=ReadModels(database),
        records=Records(database),
        world=LiveWorld(database, Distances.read(Path("deploy/data/distances.csv"))),
        rankings=Rankings(Models(database), None),
        exposures=Exposures(database),
    )
    monkeypatch.setattr(batch_advice, "_rooms", lambda: made)
    return made


def run(rooms: Rooms) -> tuple[batch_advice.Counted, str]:
    said = io.StringIO()
    with joblib.parallel_config(n_jobs=1):
        return batch_advice.rank_all(rooms, clock.today(), Progress(said)), said.getvalue()


def as_a_process(matching: Matching, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process reads its settings from."""
    settings = matching.settings
    for name in ("mongodb_uri", "mongodb_database", "kafka_bootstrap", "kafka_username", "kafka_password", "oidc_jwks"):
        monkeypatch.setenv(name.upper(), str(getattr(settings, name)))
    monkeypatch.setenv("LUMBUNG_ENV", "development")
    monkeypatch.setenv("LUMBUNG_CLOCK_FILE", str(today.CLOCK_FILE))
    monkeypatch.setenv("HTTP_PORT", "1")
    monkeypatch.setenv("SNAPSHOT_KEY", base64.b64encode(settings.snapshot_key).decode())


def lines(rooms: Rooms, id: str) -> list[dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        with opened(path := Path(folder) / "everybody.csv") as file:
            batch_advice.write(rooms, file)
        return [line for line in csv.DictReader(path.open(encoding="utf-8")) if line["candidate"] == id]


def test_everybody_at_once_has_the_scores_and_states_of_the_own_answer(
    matching: Matching, world: dict[str, Any], rooms: Rooms
) -> None:
    wishing: dict[str, Any] = a_person(wishes={"isco08": ["9111"], "destinations": ["MYS"]})
    trained: dict[str, Any] = make.a_person_payload(id=ids.new())
    without_consent: dict[str, Any] = {"id": ids.new(), "version": 1, "consent": "WITHDRAWN"}
    for person in (wishing, trained, without_consent):
        matching.hear("candidate", person)
    counted, said = run(rooms)
    assert counted.ranked >= 2
    assert f"{counted.people} of {counted.people} people" in said
    for person in (wishing, trained):
        answer = matching.ask(person["id"], courses=20, placements=20).json()
        found = lines(rooms, person["id"])
        assert found, "each of them has an order or a course"
        for kind, offers, name in (
            ("ORDER", answer["placements"], "job_order"),
            ("COURSE", answer["courses"], "course"),
        ):
            mine = [line for line in found if line["kind"] == kind]
            assert [line["id"] for line in mine] == [offer[name] for offer in offers]
            assert [round(float(line["score"]), 2) for line in mine] == [offer["score"] for offer in offers]
            if kind == "ORDER":
                assert [line["state"] for line in mine] == [offer["state"] for offer in offers]
        assert found[0].keys() == set(COLUMNS)
    assert lines(rooms, without_consent["id"]) == []


def test_a_run_that_is_ended_says_that_it_goes_on_from_there(
    matching: Matching, rooms: Rooms, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def killed(*all: object) -> None:
        assert signal.getsignal(signal.SIGTERM) is signal.default_int_handler, "SIGTERM ends it as Ctrl-C does"
        raise KeyboardInterrupt

    as_a_process(matching, monkeypatch)
    monkeypatch.setattr(batch_advice, "rank_all", killed)
    before = signal.getsignal(signal.SIGTERM)
    assert batch_advice.main(["--workers", "1"]) == batch_advice.ENDED
    assert capsys.readouterr().err == "Ended. What is ranked is kept; the same command goes on from there.\n"
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_second_run_works_out_only_what_changed_and_an_erased_person_is_in_no_row(
    matching: Matching, world: dict[str, Any], rooms: Rooms
) -> None:
    one, other = a_person(), a_person()
    matching.hear("candidate", one)
    matching.hear("candidate", other)
    run(rooms)
    assert run(rooms)[0].ranked == 0, "a run that was ended, and a second one, go on where the first stood"
    matching.hear("candidate", {**one, "version": 2, "sex": "M"})
    assert run(rooms)[0].ranked == 1
    matching.hear("candidate", None, key=one["id"], version=3)
    assert rooms.records.batch_advice.of([one["id"]]) == {}
    matching.hear("candidate", {"id": other["id"], "version": 2, "consent": "WITHDRAWN"})
    run(rooms)
    assert rooms.records.batch_advice.of([other["id"]]) == {}, "consent withdrawn: nothing stays worked out"


@pytest.mark.deep
@pytest.mark.timeout(600)
def test_a_run_that_was_killed_goes_on_and_nothing_is_lost_or_doubled(
    matching: Matching, world: dict[str, Any], rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3 * batch_advice.TOGETHER):
        matching.hear("candidate", make.a_person_payload(id=ids.new(), birth_date=f"{1985 + number % 20}-04-04"))
    as_a_process(matching, monkeypatch)
    rows = rooms.database.collection("batch_advice")
    rows.delete_many({})
    command = [sys.executable, "-m", "services.matching", "rank-all", "--workers", "1"]
    with subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL) as killed:
        while rows.count_documents({}) == 0:
            assert killed.poll() is None, "it was over before anybody looked"
            time.sleep(0.05)
        os.killpg(killed.pid, signal.SIGKILL)
    left = rows.count_documents({})
    counted, _ = run(rooms)
    assert 0 < left < counted.people and counted.kept == left, "what was done before stays as it was"
    gone_on = {row["_id"]: row for row in rows.find({})}
    assert len(gone_on) == counted.people
    rows.delete_many({})
    run(rooms)
    assert {row["_id"]: row for row in rows.find({})} == gone_on


@pytest.mark.deep
@pytest.mark.timeout(600)
def test_a_plan_is_made_in_a_process_of_its_own_and_goes_on_after_a_kill(
    matching: Matching, world: dict[str, Any], rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3 * planning.TOGETHER):
        matching.hear("candidate", make.a_person_payload(id=ids.new(), birth_date=f"{1985 + number % 20}-04-04"))
    as_a_process(matching, monkeypatch)
    options = rooms.database.collection("allocation_options")
    with matching.as_("supervisor", name="Budi Pengawas") as budi:
        plans = [budi.post("/v1/allocations", json={}).json() for _ in range(2)]
        assert [plan["state"] for plan in plans] == ["MAKING"] * 2
        command = [sys.executable, "-c", f"from services.matching.planner import make; make('{plans[0]['id']}')"]
        with subprocess.Popen(command, start_new_session=True) as killed:
            while options.count_documents({}) == 0:
                assert killed.poll() is None, "it was over before anybody looked"
                time.sleep(0.05)
            os.killpg(killed.pid, signal.SIGKILL)
        half = budi.get(f"/v1/allocations/{plans[0]['id']}").json()
        assert half["state"] == "MAKING" and half["people"] == []
        for plan in plans:
            planner.run(Job(allocating.KIND, plan["id"], {}, 1, keep=lambda: None))
        gone_on, at_one_go = (budi.get(f"/v1/allocations/{plan['id']}").json() for plan in plans)
        own = {"id", "made_at"}
        assert gone_on["state"] == "READY" and gone_on["people_in_all"] >= 3 * planning.TOGETHER
        assert {k: v for k, v in gone_on.items() if k not in own} == {
            k: v for k, v in at_one_go.items() if k not in own
        }
        assert options.count_documents({}) == 0


@pytest.mark.deep
@pytest.mark.timeout(600)
def test_a_cluster_of_two_workers_says_the_same_to_the_bit(
    matching: Matching, world: dict[str, Any], rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(batch_advice, "TOGETHER", 30)
    for number in range(batch_advice.TOGETHER + 10):
        matching.hear("candidate", make.a_person_payload(id=ids.new(), birth_date=f"{1985 + number % 20}-04-04"))
    run(rooms)
    rows = rooms.database.collection("batch_advice")
    here = {row["_id"]: row for row in rows.find({})}
    rows.delete_many({})
    as_a_process(matching, monkeypatch)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with matching.as_("supervisor", name="Budi Pengawas") as budi, monkeypatch.context() as few:
            few.setattr(allocating, "MOST_AT_ONCE", 3)
            few.setattr(planning, "TOGETHER", 30)
            id = budi.post("/v1/allocations", json={}).json()["id"]
            assert planner.main([id, "--scheduler", cluster.scheduler_address]) == 0
            few.setattr(Ways, "of", lambda *_: pytest.fail("all of it was worked out by the cluster"))
            planner.make(id)
            assert budi.get(f"/v1/allocations/{id}").json()["state"] == "READY"
        with batch_advice.spread("dask", -1, cluster.scheduler_address):
            counted = batch_advice.rank_all(rooms, clock.today(), Progress(io.StringIO()))
    assert counted.ranked == counted.people == len(here) > batch_advice.TOGETHER, "more than one group"
    assert {row["_id"]: row for row in rows.find({})} == here


def test_a_cluster_without_an_address_is_asked_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        batch_advice.main(["--backend", "dask"])
    assert refused.value.code == 2 and "--scheduler" in capsys.readouterr().err
