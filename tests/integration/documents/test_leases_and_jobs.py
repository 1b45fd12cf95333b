"""Work that must be done by one process at a time, and work that must be done later."""

import subprocess
import sys
import threading
from datetime import timedelta
from typing import Any

import pytest

from shared import clock
from shared.documents import leases
from shared.documents.leases import Lease
from shared.documents.mongo import Database
from shared.jobs import COLLECTION, Handler, Job, Jobs, Taken
from tests.support.bakery import running, until


def _lapse(database: Database, name: str = "oven") -> None:
    past = {"until": clock.wall() - timedelta(seconds=1)}
    database.collection(leases.COLLECTION).update_one({"_id": name}, {"$set": past})


def test_a_lease_has_one_holder_until_it_runs_out_or_is_given_back(database: Database) -> None:
    first, second = (Lease(database, "oven", timedelta(seconds=30)) for _ in range(2))
    assert first.hold() and first.hold()
    assert not second.hold()
    _lapse(database)
    assert second.hold()
    second.release()
    assert Lease(database, "oven", timedelta(seconds=30)).hold()


def test_a_lease_is_renewed_before_it_runs_out(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    lease = Lease(database, "oven", timedelta(seconds=30))
    assert lease.hold()
    now = clock.monotonic()
    _lapse(database)
    monkeypatch.setattr(clock, "monotonic", lambda: now + 9)
    assert lease.hold()
    assert _until(database) < clock.wall(), "not asked yet"
    monkeypatch.setattr(clock, "monotonic", lambda: now + 11)
    assert lease.hold()
    assert _until(database) > clock.wall()


def _until(database: Database, name: str = "oven") -> Any:
    row = database.collection(leases.COLLECTION).find_one({"_id": name})
    assert row is not None
    return row["until"]


def test_one_who_was_overtaken_waits_a_whole_lease(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    lease = Lease(database, "oven", timedelta(seconds=30))
    assert lease.hold()
    now = clock.monotonic()
    lease.wait_out()
    monkeypatch.setattr(clock, "monotonic", lambda: now + 29)
    assert not lease.hold()
    monkeypatch.setattr(clock, "monotonic", lambda: now + 31)
    assert lease.hold()


def _put(database: Database, jobs: Jobs, id: str, *, minutes: float = 0, **data: object) -> None:
    at = clock.now() + timedelta(minutes=minutes)
    database.run(lambda tx: jobs.put(tx, "bake", id, at, dict(data)))


def test_a_job_is_done_when_its_time_has_come_by_the_house_s_clock(database: Database) -> None:
    jobs = Jobs(database)
    seen: list[Job] = []
    _put(database, jobs, "late", minutes=60, loaves=3)
    _put(database, jobs, "now")
    assert jobs.run_due({"bake": seen.append}) == 1
    with clock.fixed(clock.now() + timedelta(hours=2)):
        assert jobs.run_due({"bake": seen.append}) == 1
    assert [(job.id, job.data, job.attempts) for job in seen] == [("now", {}, 1), ("late", {"loaves": 3}, 1)]
    assert database.collection(COLLECTION).count_documents({}) == 0


def test_a_second_put_moves_a_job_and_a_cancelled_one_is_not_done(database: Database) -> None:
    jobs = Jobs(database)
    _put(database, jobs, "moved")
    _put(database, jobs, "moved", minutes=5)
    _put(database, jobs, "cancelled")
    database.run(lambda tx: jobs.cancel(tx, "bake", "cancelled"))
    assert jobs.run_due({"bake": _never}) == 0


def _never(job: Job) -> None:
    raise AssertionError(f"{job.id} was done")


def test_a_job_that_wants_to_go_on_comes_again_at_the_time_it_says(database: Database) -> None:
    jobs = Jobs(database)
    _put(database, jobs, "daily")
    tomorrow = clock.now() + timedelta(days=1)
    assert jobs.run_due({"bake": lambda job: tomorrow}) == 1
    assert jobs.run_due({"bake": _never}) == 0
    with clock.fixed(tomorrow):
        assert jobs.run_due({"bake": lambda job: None}) == 1
    assert database.collection(COLLECTION).count_documents({}) == 0


def test_a_job_that_its_handler_put_anew_stays(database: Database) -> None:
    jobs = Jobs(database)

    def again(job: Job) -> None:
        _put(database, jobs, job.id, minutes=5)

    _put(database, jobs, "sour dough")
    assert jobs.run_due({"bake": again}) == 1
    assert database.collection(COLLECTION).count_documents({}) == 1


def test_a_job_that_fails_is_tried_again_later_and_later(database: Database) -> None:
    jobs = Jobs(database)

    def burns(job: Job) -> None:
        raise RuntimeError(f"burnt {job.attempts} times")

    _put(database, jobs, "loaf")
    start = clock.now()
    pauses = []
    for _ in range(3):
        row = database.collection(COLLECTION).find_one() or {}
        with clock.fixed(max(row["run_at"], start)):
            assert jobs.run_due({"bake": burns}) == 1
            row = database.collection(COLLECTION).find_one() or {}
            pauses.append((row["run_at"] - clock.now()).total_seconds())
    assert pauses == [5, 10, 20]


def test_two_processes_do_a_job_once(database: Database) -> None:
    done: list[str] = []
    first, second = Jobs(database), Jobs(database)
    for number in range(15):
        _put(database, first, str(number))
    handlers: dict[str, Handler] = {"bake": lambda job: done.append(job.id)}
    with running(lambda stop: first.run(handlers, stop), lambda stop: second.run(handlers, stop)) as died:
        until(lambda: len(done) >= 15)
    assert died == []
    assert sorted(done, key=int) == [str(number) for number in range(15)]


def test_a_job_of_a_process_that_died_is_taken_up_again(database: Database) -> None:
    dead, alive = Jobs(database), Jobs(database)
    _put(database, dead, "loaf")

    def dies(job: Job) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dead.run_due({"bake": dies})
    assert alive.run_due({"bake": _never}) == 0
    past = {"$set": {"held_until": clock.wall() - timedelta(seconds=1)}}
    database.collection(COLLECTION).update_one({"_id": "bake/loaf"}, past)
    done: list[int] = []
    assert Jobs(database).run_due({"bake": lambda job: done.append(job.attempts)}) == 1
    assert done == [2]


def test_a_job_of_a_process_that_was_killed_on_this_machine_is_taken_up_at_once(database: Database) -> None:
    dead = Jobs(database)
    _put(database, dead, "loaf")

    def dies(job: Job) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dead.run_due({"bake": dies})
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    database.collection(COLLECTION).update_one({"_id": "bake/loaf"}, {"$set": {"by.process": gone.pid}})
    done: list[int] = []
    assert Jobs(database).run_due({"bake": lambda job: done.append(job.attempts)}) == 1
    assert done == [2]


def test_a_process_that_stood_still_for_too_long_is_told_that_its_job_is_somebody_elses(database: Database) -> None:
    slept, awake = Jobs(database), Jobs(database)
    _put(database, slept, "loaf")
    kept: list[str] = []

    def wakes(job: Job) -> None:
        past = {"$set": {"held_until": clock.wall() - timedelta(seconds=1)}}
        database.collection(COLLECTION).update_one({"_id": "bake/loaf"}, past)

        def meanwhile(other: Job) -> None:
            with pytest.raises(Taken):
                job.keep()
            kept.append("told")

        assert awake.run_due({"bake": meanwhile}) == 1

    assert slept.run_due({"bake": wakes}) == 1
    assert kept == ["told"]


def test_a_long_job_keeps_itself(database: Database) -> None:
    jobs = Jobs(database)
    _put(database, jobs, "loaf")

    def slow(job: Job) -> None:
        past = {"$set": {"held_until": clock.wall() - timedelta(seconds=1)}}
        database.collection(COLLECTION).update_one({"_id": "bake/loaf"}, past)
        job.keep()
        assert Jobs(database).run_due({"bake": _never}) == 0

    assert jobs.run_due({"bake": slow}) == 1
    assert database.collection(COLLECTION).count_documents({}) == 0


def test_a_stop_lets_the_job_in_hand_finish_and_leaves_the_rest(database: Database) -> None:
    jobs, stopping = Jobs(database), threading.Event()
    for number in range(3):
        _put(database, jobs, str(number))
    assert jobs.run_due({"bake": lambda job: stopping.set()}, stopping) == 1
    assert database.collection(COLLECTION).count_documents({"held": False}) == 2
