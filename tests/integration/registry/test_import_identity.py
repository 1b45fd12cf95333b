"""Who a row is about: a sheet never turns one person into another, and never brings back who asked to be forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from shared import clock
from tests.integration.registry.conftest import Registry

Person = Callable[..., dict[str, Any]]
Send = Callable[..., dict[str, Any]]

TITLES = (
    "Nama Calon PMI;NIK;Tempat, Tanggal Lahir;L/P;Kab/Kota;No. HP/WA;Pendidikan terakhir;Persetujuan;Daftar kembali"
)


def a_line(person: dict[str, Any], **cells: str) -> str:
    written = {
        "name": person["full_name"], "nik": person["nik"], "born": "Larantuka, 4 April 2001", "sex": "P",
        "home": "Larantuka", "phone": "0812-3456-789", "school": "Sekolah Dasar", "consent": "", "returns": "",
    }  # fmt: skip
    return ";".join({**written, **cells}.values())


@pytest.fixture
def send(registry: Registry, officer: httpx.Client) -> Send:
    def sent(*lines: str, titles: str = TITLES, **wanted: Any) -> dict[str, Any]:
        content = "\n".join([titles, *lines, ""]).encode()
        answer = officer.post("/v1/imports", params=wanted, files={"file": ("calon.csv", content)})
        assert answer.status_code == 202, answer.text
        registry.work()
        report: dict[str, Any] = officer.get(answer.headers["Location"]).json()
        report["items"] = officer.get(f"{answer.headers['Location']}/rows").json()["items"]
        return report

    return sent


def codes(report: dict[str, Any]) -> list[str]:
    return [fault["code"] for row in report["items"] for fault in row["faults"]]


def test_headings_and_values_as_offices_write_them(send: Send, officer: httpx.Client, a_person: Person) -> None:
    report = send(a_line(a_person()), dry_run="false")
    assert (report["state"], report["counts"], report["unread"]) == ("DONE", {"NEW": 1}, [])
    [row] = report["items"]
    assert "4 April 2001" in row["read"]["id"] and "Flores Timur" in row["read"]["id"]
    page = officer.get(f"/v1/candidates/{row['candidate_id']}").json()
    assert (page["regency"], page["birth_date"], page["education"]["level"]) == ("53.06", "2001-04-04", "SD")
    assert page["phone"] == "+628123456789"


def test_a_number_that_is_known_under_another_name_is_asked_about_and_changes_nobody(
    send: Send, officer: httpx.Client, a_person: Person
) -> None:
    person = a_person()
    send(a_line(person), dry_run="false")
    for change in (
        {"name": "Yohanes Kopong"},
        {"born": "Larantuka, 5 April 2001"},
        {"sex": "L"},
        {"home": "Maumere"},
    ):
        report = send(a_line(person, **change), dry_run="false", only_good="true")
        assert (report["counts"], codes(report)) == ({"BAD": 1}, ["possible_duplicate"]), change
    assert send(a_line(person))["counts"] == {"SAME": 1}
    assert send(a_line({**person, "full_name": person["full_name"].upper()}))["counts"] == {"SAME": 1}


def test_rows_that_contradict_each_other_are_refused_together(send: Send, a_person: Person) -> None:
    person = a_person()
    report = send(a_line(person), a_line(person, phone="0812-0000-000"), dry_run="false")
    assert (report["state"], codes(report)) == ("REFUSED", ["contradicts_row", "contradicts_row"])
    assert all("Orang baru" in fault["fix"]["id"] for row in report["items"] for fault in row["faults"])


def test_an_older_sheet_warns_with_both_values(send: Send, officer: httpx.Client, a_person: Person) -> None:
    person = a_person()
    first = send(a_line(person), dry_run="false")
    path = f"/v1/candidates/{first['items'][0]['candidate_id']}"
    changed = officer.patch(path, json={"phone": "0811-1111-111"}, headers={"If-Match": '"1"'})
    assert changed.status_code == 200
    [row] = send(a_line(person))["items"]
    assert (row["outcome"], row["changed"]) == ("CHANGED", ["phone"])
    [warning] = row["warnings"]
    assert warning["code"] == "undoes_correction"
    assert "+628111111111" in warning["message"]["id"] and "+628123456789" in warning["message"]["id"]


def test_an_older_sheet_warns_of_the_part_that_it_would_bring_back(
    send: Send, officer: httpx.Client, a_person: Person
) -> None:
    """A wage was corrected, and another destination added since: the wishes as a whole never stood there."""
    person, titles = a_person(), f"{TITLES};Negara tujuan;Upah minimum;Mata uang"
    line = f"{a_line(person)};MYS;1500;MYR"
    first = send(line, titles=titles, dry_run="false")
    path = f"/v1/candidates/{first['items'][0]['candidate_id']}"
    for version, wishes in enumerate(({"min_wage": {"amount": 2000, "currency": "MYR"}}, {"destinations": ["HKG"]}), 1):
        changed = officer.patch(path, json={"wishes": wishes}, headers={"If-Match": f'"{version}"'})
        assert changed.status_code == 200, changed.text
    [row] = send(line, titles=titles)["items"]
    assert row["outcome"] == "CHANGED"
    warned = {one["cell"]: one["message"]["id"] for one in row["warnings"]}
    assert warned.keys() == {"J2", "K2"}
    assert "2.000" in warned["K2"] and "1.500" in warned["K2"]
    assert not any("{" in message for message in warned.values())


def test_an_older_sheet_warns_of_a_paper_that_was_found_missing_since(
    send: Send, officer: httpx.Client, a_person: Person
) -> None:
    person, titles = a_person(), f"{TITLES};Syarat"
    line = f"{a_line(person)};PASSPORT | MET | 01/02/2031 | C1234567"
    first = send(line, titles=titles, dry_run="false")
    path = f"/v1/candidates/{first['items'][0]['candidate_id']}"
    stated = officer.put(f"{path}/requirements/PASSPORT", json={"status": "MISSING"}, headers={"If-Match": '"1"'})
    assert stated.status_code == 200, stated.text
    [row] = send(line, titles=titles)["items"]
    [warning] = row["warnings"]
    assert (warning["code"], warning["cell"]) == ("undoes_correction", "J2")
    assert "MISSING" in warning["message"]["id"] and "MET" in warning["message"]["id"]
    renewed = f"{a_line(person)};PASSPORT | MET | 01/02/2036 | C7654321"
    assert send(renewed, titles=titles)["items"][0]["warnings"] == [], "a new passport brings nothing back"


def test_whoever_was_erased_without_a_number_is_known_by_name_birthday_and_home(
    registry: Registry, send: Send, officer: httpx.Client, a_person: Person
) -> None:
    person = a_person()
    first = send(a_line({**person, "nik": ""}), dry_run="false")
    officer.delete(f"/v1/candidates/{first['items'][0]['candidate_id']}", headers={"If-Match": '"1"'})
    assert codes(send(a_line({**person, "nik": ""}), dry_run="false")) == ["erased_before"]
    namesake = send(a_line(person), dry_run="false")
    assert namesake["counts"] == {"NEW": 1}, "with a number of their own it is somebody else"
    registry.database.collection("erased_niks").delete_many({})


def test_a_sheet_without_numbers_does_not_bring_back_who_had_one(
    registry: Registry, send: Send, officer: httpx.Client, a_person: Person
) -> None:
    person = a_person()
    first = send(a_line(person), dry_run="false")
    officer.delete(f"/v1/candidates/{first['items'][0]['candidate_id']}", headers={"If-Match": '"1"'})
    assert codes(send(a_line({**person, "nik": ""}), dry_run="false")) == ["erased_before"]
    registry.database.collection("erased_niks").delete_many({})


def test_an_erased_person_comes_back_only_by_a_row_that_says_so_with_a_later_consent(
    registry: Registry, send: Send, officer: httpx.Client, a_person: Person
) -> None:
    person = a_person()
    first = send(a_line(person), dry_run="false")
    officer.delete(f"/v1/candidates/{first['items'][0]['candidate_id']}", headers={"If-Match": '"1"'})
    assert codes(send(a_line(person), dry_run="false")) == ["erased_before"]
    assert codes(send(a_line(person, returns="ya"), dry_run="false")) == ["erased_before"]
    old = f"MATCHING | WRITTEN | {clock.today() - timedelta(days=30):%d/%m/%Y}"
    assert codes(send(a_line(person, returns="ya", consent=old), dry_run="false")) == ["erased_before"]
    # As if the erasure were two months old: the same consent is later now.
    long_ago = {"$set": {"erased_at": clock.now() - timedelta(days=60)}}
    registry.database.collection("erased_niks").update_many({}, long_ago)
    assert codes(send(a_line(person, consent=old), dry_run="false")) == ["erased_before"]
    assert send(a_line(person, returns="ya", consent=old), dry_run="false")["counts"] == {"NEW": 1}
    assert registry.database.collection("erased_niks").count_documents({}) == 0


def test_reports_are_for_the_sender_and_the_own_centre(
    registry: Registry, officer: httpx.Client, a_person: Person
) -> None:
    content = f"{TITLES}\n{a_line(a_person())}\n".encode()
    answer = officer.post("/v1/imports", files={"file": ("calon.csv", content)})
    token = registry.issuer.mint("officer", "Budi", "MAUMERE", None)
    with registry.with_credential(token) as stranger:
        assert stranger.get(answer.headers["Location"]).status_code == 404


def test_twins_stay_two_and_can_be_told_apart(send: Send, officer: httpx.Client, a_person: Person) -> None:
    one, other = a_person(full_name="Maria Goreti Wutun Lewo"), a_person(full_name="Marta Goreti Wutun Lewo")
    lines = [a_line(one, phone="0812 1000 0001"), a_line(other, phone="0812 1000 0002")]
    report = send(*lines, dry_run="false")
    assert report["counts"] == {"NEW": 2}, report
    ids = [row["candidate_id"] for row in report["items"]]
    assert len(set(ids)) == 2
    found = officer.post("/v1/candidates:search", json={"query": "goreti wutun lewo"}).json()["items"]
    assert {row["id"]: row["full_name"] for row in found} == dict(
        zip(ids, (one["full_name"], other["full_name"]), strict=True)
    )
    assert len({row["number"] for row in found}) == 2
    assert send(*lines, dry_run="false")["counts"] == {"SAME": 2}
    moved = send(a_line(one, phone="0812 1000 0009"), dry_run="false")
    assert moved["counts"] == {"CHANGED": 1}
    assert officer.get(f"/v1/candidates/{ids[1]}").json()["phone"] == "+6281210000002", "the other one is untouched"


def test_a_row_about_somebody_of_another_centre_is_refused_until_there_is_a_reason(
    registry: Registry, send: Send, a_person: Person
) -> None:
    sikka = registry.with_credential(registry.issuer.mint("officer", "Sisilia Petugas", "SIKKA"))
    person = a_person(phone="0812 2000 0001")
    id = sikka.post("/v1/candidates", json=person).json()["id"]
    report = send(a_line(person, phone="0812 2000 0009"), dry_run="false")
    assert (report["counts"], codes(report)) == ({"BAD": 1}, ["other_centre"])
    assert "Sikka" not in str(report["items"]) and "2000 0001" not in str(report["items"])
    assert sikka.get(f"/v1/candidates/{id}").json()["phone"] == "+6281220000001"
    with registry.as_("officer") as kupang:
        opened = kupang.post(f"/v1/candidates/{id}/openings", json={"reason": "Pindah ke Kupang bulan ini"})
        assert opened.status_code == 201, opened.text
    assert send(a_line(person, phone="0812 2000 0009"), dry_run="false")["counts"] == {"CHANGED": 1}


def test_a_word_that_fits_two_skills_is_asked_about_beside_its_cell(
    send: Send, officer: httpx.Client, a_person: Person
) -> None:
    titles = f"{TITLES};Keterampilan"
    report = send(f"{a_line(a_person())};listrik | HOME", titles=titles, dry_run="false")
    assert report["counts"] == {"NEW": 1}
    [row] = report["items"]
    assert [note["code"] for note in row["read_as"] if note["cell"] == "J2"] == ["which_one"]
    [skill] = officer.get(f"/v1/candidates/{row['candidate_id']}").json()["skills"]
    assert (skill["text"], skill["code"], skill["codes"]) == ("listrik", None, [])
    assert "BUILD_ELECTRIC" in skill["maybe"]
