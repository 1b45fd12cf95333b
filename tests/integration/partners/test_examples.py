"""The seed's partners as they run: each program of deploy/examples/partners against the house, as its own process."""

import csv
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from shared import clock, ids
from tests.integration.partners.conftest import Answer, Partners, good
from tests.integration.partners.test_webhooks import delivering, subscribe

EXAMPLES = Path(__file__).resolve().parents[3] / "deploy" / "examples" / "partners"


@pytest.fixture
def run(partners: Partners, tmp_path: Path) -> Callable[..., str]:
    """Run a program of a partner until it has caught up; what it printed."""

    def run(program: str, key: str, *arguments: str, **environment: str) -> str:
        given = {
            "PATH": os.environ["PATH"],
            "LUMBUNG_PARTNERS_URL": partners.url,
            "LUMBUNG_KEY": key,
            "LUMBUNG_STATE": str(tmp_path / program),
            **environment,
        }
        command = [sys.executable, str(EXAMPLES / program), *(arguments or ("--once",))]
        answer = subprocess.run(command, env=given, capture_output=True, text=True, timeout=60, check=False)
        assert answer.returncode == 0, answer.stderr + answer.stdout
        return answer.stdout

    return run


def key_of(partners: Partners, kind: str, **changes: Any) -> str:
    """The key of a new partner."""
    _, client = partners.a_partner(kind, **changes)
    return client.headers["Authorization"].removeprefix("Bearer ")


def an_application(partners: Partners, *, state: str = "AGREED", **changes: Any) -> Answer:
    """Of a person and to an order that are known."""
    person, order = ids.new(), {**good("placement/job-orders.v1"), "id": ids.new()}
    partners.hear_person(person)
    partners.hear("placement.job-orders.v1", "job_order.verified", order)
    return {
        **good("placement/applications.v1"),
        "id": ids.new(),
        "candidate_id": person,
        "job_order_id": order["id"],
        "state": state,
        "departure": None,
        **changes,
    }


def test_a_transit_province_expects_travellers_and_checks_their_paper(
    partners: Partners, run: Callable[..., str], tmp_path: Path
) -> None:
    north, islands = (key_of(partners, "TRANSIT_PROVINCE", regions=[code]) for code in ("65", "21"))
    leaves = (clock.today() + timedelta(days=20)).isoformat()
    here = an_application(partners, departure={"planned_on": leaves, "via": ["65.03"]})
    there = an_application(partners, departure={"planned_on": leaves, "via": ["21.71"]})
    for one in (here, there):
        partners.hear("placement.applications.v1", "application.departure_announced", one, version=2)
    printed = run("transit_province.py", north)
    assert here["id"] in printed and there["id"] not in printed
    assert here["candidate_id"] not in printed
    expected = json.loads((tmp_path / "transit_province.py" / "keberangkatan.json").read_text())
    assert expected[here["id"]] == {"regency": "53.06", "country": "MYS", "planned_on": leaves, "via": ["65.03"]}
    assert run("transit_province.py", north, "check", here["id"]).split() == [
        "HIJAU",
        "ANNOUNCED",
        "MYS",
        leaves,
        "65.03",
    ]
    for key, id in ((north, there["id"]), (islands, here["id"]), (north, ids.new())):
        refused = partners.with_credential(key).get(f"/v1/departures/{id}")
        assert (refused.status_code, refused.json()["code"]) == (404, "departure_not_found")
    assert (
        partners.with_credential(key_of(partners, "CITIZEN_APP")).get(f"/v1/departures/{here['id']}").status_code == 403
    )
    doubted = {**here, "departure_suspended": True}
    partners.hear("placement.applications.v1", "application.departure_suspended", doubted, version=3)
    assert run("transit_province.py", north, "check", here["id"]).startswith("MERAH SUSPENDED")
    assert f"SELESAI {here['id']} departure.suspended" in run("transit_province.py", north)
    partners.hear("placement.applications.v1", "application.resumed", here, version=4)
    assert run("transit_province.py", north, "check", here["id"]).startswith("HIJAU")
    assert f"DIUMUMKAN {here['id']}" in run("transit_province.py", north)
    stopped = {**here, "state": "STOPPED"}
    partners.hear("placement.applications.v1", "application.stopped", stopped, version=5)
    assert run("transit_province.py", north, "check", here["id"]).startswith("MERAH STOPPED")
    assert f"SELESAI {here['id']}" in run("transit_province.py", north)
    assert (
        json.loads((tmp_path / "transit_province.py" / "keberangkatan.json").read_text()).keys() & {here["id"]} == set()
    )


def test_the_ministry_gets_dated_files_by_its_codes(
    partners: Partners, run: Callable[..., str], tmp_path: Path
) -> None:
    ministry = key_of(partners, "MINISTRY")
    folder, today = tmp_path / "ministry.py", clock.today().isoformat()

    def rows(name: str) -> dict[str, dict[str, str]]:
        with (folder / f"{name}-{today}.csv").open(encoding="utf-8", newline="") as file:
            return {row["nomor"]: row for row in csv.DictReader(file, delimiter=";")}

    placed = an_application(partners, state="SELECTED")
    partners.hear("placement.applications.v1", "application.selected", placed)
    course = partners.hear_course()
    trained = {
        **good("training/enrolments.v1"),
        "id": ids.new(),
        "candidate_id": placed["candidate_id"],
        "course_id": course["id"],
    }
    partners.hear("training.enrolments.v1", "enrolment.completed", {**trained, "result": None})
    run("ministry.py", ministry)
    assert rows("penempatan")[placed["id"]] == {
        "nomor": placed["id"], "tanggal": today, "kode_kabupaten": "53.06", "sektor": "HOUSEHOLD", "kode_negara": "MYS",
        "status": "TERPILIH", "versi": "1",
    }  # fmt: skip
    assert rows("pelatihan")[trained["id"]]["hasil"] == "LULUS"
    partners.hear("training.enrolments.v1", "enrolment.resulted", trained, version=2)
    partners.hear("placement.applications.v1", "application.agreed", {**placed, "state": "AGREED"}, version=2)
    run("ministry.py", ministry)
    assert rows("pelatihan")[trained["id"]]["hasil"] == "KOMPETEN"
    assert rows("penempatan")[placed["id"]]["status"] == "PERJANJIAN"
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    assert run("ministry.py", ministry) == ""
    (folder / "position").unlink()  # the same once more from the beginning
    run("ministry.py", ministry)
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before
    partners.hear("registry.candidates.v1", "candidate.erased", None, key=placed["candidate_id"], version=2)
    partners.hear("training.enrolments.v1", "enrolment.dropped", None, key=trained["id"], version=3)
    partners.hear("placement.applications.v1", "application.withdrawn", None, key=placed["id"], version=3)
    run("ministry.py", ministry)
    assert placed["id"] not in rows("penempatan") and trained["id"] not in rows("pelatihan")


def test_a_village_sees_sums_of_its_regency_and_never_fewer_than_ten(
    partners: Partners, run: Callable[..., str]
) -> None:
    village = key_of(partners, "VILLAGE_TASK_FORCE", regions=["53.13"])
    need = {**good("matching/demand.v1"), "id": "0" * 31 + "1", "regency": "53.13", "count": 14}
    elsewhere = {**need, "id": "0" * 31 + "2", "regency": "53.06", "programme": "COMPETENCE:WELDER"}
    for one in (need, elsewhere):
        partners.hear("matching.demand.v1", "demand.counted", one)
    printed = run("village.py", village)
    assert "14 orang" in printed and "WELDER" not in printed
    partners.hear("matching.demand.v1", "demand.gone", None, key=need["id"], version=2)
    assert "orang" not in run("village.py", village)


def test_si_saga_and_the_task_force_follow_a_concern(
    partners: Partners, run: Callable[..., str], tmp_path: Path
) -> None:
    saga = key_of(partners, "REPORTING_SYSTEM", regions=["53"])
    force = key_of(partners, "TASK_FORCE", regions=["53.06"], payload_level="REFERENCES")
    elsewhere = key_of(partners, "TASK_FORCE", regions=["53.08"])
    concern = {**good("placement/concerns.v1"), "id": ids.new()}
    folder = tmp_path / "si_saga.py"
    folder.mkdir()
    (folder / "laporan.json").write_text(json.dumps({concern["id"]: "RECEIVED"}))
    partners.hear("placement.concerns.v1", "concern.confirmed", concern, version=2)
    assert run("si_saga.py", saga).split() == [concern["id"], "CONFIRMED"]
    told = run("task_force.py", force)
    assert f"TERBUKTI {concern['id']} MONEY_DEMANDED 53.06 {concern['job_order_id']}" in told
    assert concern["id"] not in run("task_force.py", elsewhere)


def test_a_provider_follows_its_own_courses_and_seats(partners: Partners, run: Callable[..., str]) -> None:
    provider = ids.new()
    key = key_of(partners, "PROVIDER", provider_id=provider)
    owner = {**good("training/courses.v1")["provider"], "id": provider}
    mine, other = partners.hear_course(provider=owner, code="PUNYA-KAMI"), partners.hear_course(code="PUNYA-LAIN")
    for course, number in ((mine, "A-KAMI"), (other, "A-LAIN")):
        batch = {
            **good("training/batches.v1"),
            "id": ids.new(),
            "course_id": course["id"],
            "number": number,
            "taken": 7,
        }
        partners.hear("training.batches.v1", "batch.seats_changed", batch)
    printed = run("provider.py", key, LUMBUNG_PROVIDER=provider)
    assert "KURSUS PUNYA-KAMI course.published APPROVED" in printed
    assert "KURSI A-KAMI 7 dari 16 OPEN" in printed
    assert "LAIN" not in printed


def test_the_receiver_of_twenty_five_lines_shows_what_happens(partners: Partners, tmp_path: Path) -> None:
    given = {
        "PATH": os.environ["PATH"],
        "LUMBUNG_KEY": key_of(partners, "CITIZEN_APP"),
        "LUMBUNG_POSITION": str(tmp_path / "position.txt"),
    }
    (tmp_path / "position.txt").write_text(str(partners.newest))
    program = [sys.executable, str(EXAMPLES / "receiver.py"), partners.url]
    with subprocess.Popen(program, env=given, stdout=subprocess.PIPE, text=True) as process:
        threading.Timer(0.5, partners.hear_course).start()
        assert process.stdout is not None
        line = process.stdout.readline()
        process.kill()
    assert "course.published" in line
    code = [row for row in (EXAMPLES / "receiver.py").read_text().splitlines() if row.strip()]
    assert len(code) - 4 <= 25, "as short as it is promised, its docstring not counted"


def test_the_webhook_receiver_verifies_and_takes_each_event_once(partners: Partners, tmp_path: Path) -> None:
    _, client = partners.a_partner()
    port = free_port()
    subscription = subscribe(client, f"http://127.0.0.1:{port}/", event_types=["course.published"])
    given = {"PATH": os.environ["PATH"], "LUMBUNG_SECRET": subscription["secret"]}
    program = [sys.executable, str(EXAMPLES / "webhook.py"), str(port)]
    with subprocess.Popen(program, env=given, stdout=subprocess.PIPE, text=True) as process:
        time.sleep(1)
        with delivering(partners):
            course = partners.hear_course()
            assert process.stdout is not None
            line = process.stdout.readline()
        process.kill()
    assert course["id"] in line and "course.published" in line
    Webhook(subscription["secret"])


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
