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
from deploy.demo.visitors import Answer, Visitor, Visitors, until
from deploy.local.door import Door
from tests.e2e.searching import kept, said
from tests.e2e.world import World, a_candidate, a_course, day

if TYPE_CHECKING:
    from deploy.local.stack import Stack

EXAMPLES = Path(__file__).resolve().parents[2] / "deploy" / "examples" / "partners"
REPORTER = "Zebulonina"
PERSON = "Zebedina"


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


PAPERS = (
    "LABOUR_OFFICE_REGISTRATION",
    "MARITAL_STATUS_STATEMENT",
    "FAMILY_CONSENT",
    "HEALTH_CERTIFICATE",
    "SOCIAL_SECURITY_PRE",
    "PLACEMENT_AGREEMENT",
    "PASSPORT",
    "WORK_VISA",
    "WORK_CONTRACT",
    "SOCIAL_SECURITY_DURING",
    "ORIENTATION",
    "E_KPMI",
)


def with_all_papers(world: World, visitors: Visitors) -> Answer:
    """Somebody who may apply, sign and leave: every paper of the law is on record."""
    registry = world.officer("registry")
    supervisor = visitors.staff("registry", "supervisor", "Budi Pengawas")
    person = registry.post("/v1/candidates", a_candidate(full_name=f"{PERSON} Tukan"))
    path = f"/v1/candidates/{person['id']}"
    supervisor.put(f"{path}/specific", {"fitness": {"status": "FIT", "on": day(-9)}}, version=person["version"])
    for code in PAPERS:
        record = {"status": "MET", "village_head_ack": True} if code == "FAMILY_CONSENT" else {"status": "MET"}
        if code == "PASSPORT":
            record["valid_until"] = day(1_500)
        registry.put(f"{path}/requirements/{code}", record, version=registry.get(path)["version"])
    return registry.get(path)


def moved_on(officer: Visitor, application: Answer, **step: str) -> Answer:
    """The next step, once matching has judged it from everything that placement has heard."""
    path = f"/v1/applications/{application['id']}"

    def ask() -> Answer:
        now = officer.get(path)
        sent = officer.client.patch(path, json=step, headers={"If-Match": f'"{now["version"]}"'})
        return {"status": sent.status_code, "body": sent.json()}

    return dict(until(ask, lambda found: found["status"] == 200, f"{step} to be lawful")["body"])


@pytest.mark.deep  # everybody's papers and every judgement on the way: minutes on a busy machine
def test_an_agreement_and_a_departure_reach_those_whom_they_concern_and_name_nobody(
    world: World, visitors: Visitors, stack: "Stack", tmp_path: Path
) -> None:
    """Somebody through all houses: applied, selected, agreed, announced, departed; and what partners hear of it."""
    transit, ministry, other = (Partner(stack, code, tmp_path) for code in ("kaltara", "kementerian", "si-saga"))
    for one, program in ((transit, "transit_province.py"), (ministry, "ministry.py")):
        one.run(program)  # what others did before is no news
    _, order = world.an_order(employer={"type": "COMPANY"}, isco08="9112", title_scheme=None)
    person = with_all_papers(world, visitors)
    assert world.judged(person, order)["eligible"] is True
    officer = world.officer("placement")
    officer.post(f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": person["id"]})
    application = officer.post("/v1/applications", {"candidate_id": person["id"], "job_order_id": order["id"]})
    for state in ("SELECTED", "AGREED"):
        application = moved_on(officer, application, state=state)
    leaves = {"planned_on": day(30), "via": ["65.03"]}
    path = f"/v1/applications/{application['id']}"
    officer.put(f"{path}/departure", leaves, version=officer.get(path)["version"])
    told = transit.until("transit_province.py", f"DIUMUMKAN {application['id']}")
    assert f"{leaves['planned_on']} 53.06 NZL" in told
    assert transit.run("transit_province.py", "check", application["id"]).startswith("HIJAU ANNOUNCED NZL")

    moved_on(officer, application, state="DEPARTED")
    assert f"SELESAI {application['id']} placement.departed" in transit.until("transit_province.py", "SELESAI")

    def written() -> Answer:
        ministry.run("ministry.py")
        return {"files": "".join(path.read_text() for path in (tmp_path / "kementerian").glob("penempatan-*.csv"))}

    wanted = f"{application['id']};"
    files = str(
        until(written, lambda found: "BERANGKAT" in found["files"], "the ministry's file to be written")["files"]
    )
    (line,) = [line for line in files.splitlines() if line.startswith(wanted)]
    assert "53.06" in line and "NZL" in line and "BERANGKAT" in line

    # The one whom it does not concern hears nothing of it, and nobody hears a name.
    headers = {"Authorization": f"Bearer {other.key}"}
    found = httpx.get(
        f"{stack.url('partners')}/v1/events?limit=500", headers=headers, trust_env=False, timeout=60
    ).json()
    assert not [one for one in found["items"] if one["subject"] == application["id"]]
    assert PERSON not in files + told + json.dumps(found)
    for record in said(stack):
        assert PERSON.encode() not in (record.value or b""), record.topic


def test_a_transit_province_checks_a_letter_of_referral(world: World, stack: "Stack", tmp_path: Path) -> None:
    transit = Partner(stack, "kaltara", tmp_path)
    person = world.officer("registry").post("/v1/candidates", a_candidate(full_name=f"{PERSON} Ola"))
    wanted = {"candidate_id": person["id"], "batch_id": world.a_batch(world.course)["id"]}
    office = world.officer("training")

    def refer() -> Answer:
        sent = office.client.post("/v1/enrolments", json=wanted)
        return {"status": sent.status_code, "body": sent.json()}

    referral = until(refer, lambda found: found["status"] == 201, "training to hear of the person")["body"]
    letter = office.post(f"/v1/enrolments/{referral['id']}/letters", {"initials": "Z.O."})
    said_at_the_port = transit.run("transit_province.py", "letter", letter["code"])
    assert said_at_the_port.startswith("HIJAU VALID") and PERSON not in said_at_the_port
    office.patch(f"/v1/letters/{letter['code']}", {"state": "REVOKED", "reason": "LOST"}, version=letter["version"])
    assert transit.run("transit_province.py", "letter", letter["code"]).startswith("MERAH REVOKED")
