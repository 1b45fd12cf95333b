"""Partner systems beside all houses: a concern stops a suspect's orders everywhere, and whoever reported is nowhere."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from deploy import partners
from deploy.demo.visitors import Visitors, until
from deploy.local.door import Door
from tests.e2e.searching import kept, said
from tests.e2e.world import World, a_candidate, a_course

if TYPE_CHECKING:
    from deploy.local.stack import Stack

EXAMPLES = Path(__file__).resolve().parents[2] / "deploy" / "examples" / "partners"
REPORTER = "Zebulonina"


class Partner:
    """A partner of the seed, let in as `./lumbung partner add` does, with its program."""

    def __init__(self, stack: "Stack", code: str, folder: Path, **environment: str) -> None:
        self.key = Door(stack).let_in(partners.load()[code])
        self._url = stack.url("partners")
        self._environment = {
            "PATH": os.environ["PATH"],
            "LUMBUNG_KEY": self.key,
            "LUMBUNG_PARTNERS_URL": self._url,
            "LUMBUNG_PLACEMENT_URL": stack.url("placement"),
            "LUMBUNG_TRAINING_URL": stack.url("training"),
            "LUMBUNG_STATE": str(folder / code),
            **environment,
        }

    def run(self, program: str, *arguments: str) -> str:
        command = [sys.executable, str(EXAMPLES / program), *(arguments or ("--once",))]
        answer = subprocess.run(command, env=self._environment, capture_output=True, text=True, timeout=90, check=False)
        assert answer.returncode == 0, answer.stderr + answer.stdout
        return answer.stdout

    def until(self, program: str, words: str) -> str:
        """Run it again until it has printed this; all that it printed."""
        printed: list[str] = []

        def more() -> dict[str, Any]:
            printed.append(self.run(program))
            return {"printed": "".join(printed)}

        return str(until(more, lambda found: words in found["printed"], f"{program} to print {words}")["printed"])


def test_si_saga_hands_over_a_concern_and_the_suspect_s_orders_vanish(
    world: World, visitors: Visitors, stack: "Stack", tmp_path: Path
) -> None:
    saga, force = (Partner(stack, code, tmp_path) for code in ("si-saga", "gugus-tugas-flotim"))
    _, order = world.an_order()
    person = world.officer("registry").post("/v1/candidates", a_candidate())
    assert world.judged(person, order)["hidden"] is None
    receipt = saga.run("si_saga.py", "report", "MONEY_DEMANDED", "--job-order", order["code"], "--regency", "53.06")
    concern = receipt.split()[0]
    # Words of a report name whoever reported, easily; they stay in the house.
    words = {"kind": "THREATS", "job_order": order["code"], "regency": "53.06", "text": f"Saya {REPORTER}, korban."}
    assert httpx.post(f"{stack.url('placement')}/v1/concerns", json=words, trust_env=False).status_code == 201
    force.until("task_force.py", f"LAPORAN BARU {concern}")
    reviewer = visitors.staff("placement", "reviewer", "Rina Peninjau")
    reviewer.post(f"/v1/concerns/{concern}/confirm", {"decision": "Terbukti"})
    told = force.until("task_force.py", f"LOWONGAN DIHENTIKAN {order['id']}")
    assert f"TERBUKTI {concern} MONEY_DEMANDED 53.06 {order['id']}" in told
    assert "CONFIRMED" in saga.until("si_saga.py", f"{concern} CONFIRMED")
    suspended = visitors.staff("placement", "officer", "Ana Petugas").get(f"/v1/job-orders/{order['id']}")
    until(lambda: world.judged(person, suspended), lambda found: found["hidden"] is not None, "the order to be hidden")
    assert order["id"] not in json.dumps(world.advice(person, placements=50))
    for record in said(stack):
        assert REPORTER.encode() not in (record.value or b""), record.topic
    named = {place for place, document in kept(stack) if REPORTER in repr(document)}
    assert named <= {"lumbung_placement.concerns"}, "the words of a report are read by reviewers and by nobody else"


def test_a_provider_s_own_system_publishes_and_follows_its_seats(
    world: World, visitors: Visitors, stack: "Stack", tmp_path: Path
) -> None:
    manager = visitors.staff("partners", "manager", "Mia Pengelola")
    made = manager.post(
        "/v1/organisations",
        {
            "code": "blk-e2e",
            "name": "BLK Contoh",
            "kind": "PROVIDER",
            "legal_basis": "Perjanjian contoh",
            "contact": "sistem@example.go.id",
            "provider_id": world.provider_id,
        },
    )
    key = manager.post(f"/v1/organisations/{made['id']}/keys")["key"]
    provider_key = str(world.provider.client.headers["Authorization"]).removeprefix("Bearer ")
    system = Partner(
        stack, "desa-lamalera", tmp_path, LUMBUNG_PROVIDER=world.provider_id, LUMBUNG_PROVIDER_KEY=provider_key
    )
    system._environment["LUMBUNG_KEY"] = key
    courses = tmp_path / "courses.json"
    ours = a_course(code="KAMI-1", title={"id": "Kursus kami", "en": "Our course"})
    courses.write_text(json.dumps([ours]), encoding="utf-8")
    printed = system.run("provider.py", "publish", str(courses))
    assert printed == system.run("provider.py", "publish", str(courses)), "the same again changes nothing"
    course = {"id": printed.split()[2]}
    batch = world.a_batch(course)
    found = system.until("provider.py", f"KURSI {batch['number']} 0 dari 16")
    assert "KURSUS KAMI-1 course.submitted" in found


def test_an_outsider_sees_its_first_event_in_minutes(stack: "Stack", houses: dict[str, str], world: World) -> None:
    key = Door(stack).let_in(partners.load()["kementerian"])
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=stack.url("partners"), headers=headers, trust_env=False, timeout=60) as client:
        newest = client.get("/v1/events", params={"limit": 1}).json()["newest"]
        course = world.a_course()
        answer = client.get("/v1/events", params={"after": newest, "wait": 30, "types": "course.published"}).json()
        while not answer["items"]:
            answer = client.get(
                "/v1/events", params={"after": answer["next"], "wait": 30, "types": "course.published"}
            ).json()
        assert answer["items"][0]["subject"] == course["id"]
        # Through the proxy too a stream comes at once, line by line.
        with client.stream("GET", "/v1/events/stream", params={"after": newest}) as stream:
            lines = stream.iter_lines()
            assert any(line == "event: course.published" for line in lines)


@pytest.mark.parametrize("code", sorted(partners.load()))
def test_the_seed_s_partners_are_let_in(stack: "Stack", houses: dict[str, str], code: str) -> None:
    door = Door(stack)
    one = partners.load()[code]
    first, second = door.let_in(one), door.let_in(one)
    assert first != second and door.states()[code] == "ACTIVE"
    door.suspend(one)
    assert door.states()[code] == "SUSPENDED"
    answer = httpx.get(
        f"{stack.url('partners')}/v1/events", headers={"Authorization": f"Bearer {second}"}, trust_env=False
    )
    assert answer.json()["code"] == "partner_suspended"
