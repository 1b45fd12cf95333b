"""Two records of one person become one: nothing that either knew is lost, and the old id points to the kept one."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from services.registry.hears import hears
from shared.events.contracts import check_said
from shared.events.hearing import Hearing
from tests.integration.registry.conftest import Registry
from tests.integration.registry.test_hearing import finished

Answer = dict[str, Any]
Person = Callable[..., Answer]
WHY = "Orang yang sama, dicocokkan dengan KK"


def registered(officer: httpx.Client, person: Answer) -> Answer:
    answer = officer.post("/v1/candidates", json={**person, "confirm_new": True})
    assert answer.status_code == 201, answer.text
    made: Answer = answer.json()
    return made


def merge(officer: httpx.Client, kept: Answer, other: Answer, **changes: Any) -> httpx.Response:
    version = officer.get(f"/v1/candidates/{kept['id']}").json()["version"]
    body = {"duplicate": other["id"], "reason": WHY, **changes}
    return officer.post(f"/v1/candidates/{kept['id']}/merges", json=body, headers={"If-Match": f'"{version}"'})


@pytest.fixture
def pair(officer: httpx.Client, a_person: Person) -> tuple[Answer, Answer]:
    """One person registered twice: with a NIK and little else, and without but with much."""
    first = a_person(skills=[{"text": "jaga oma", "source": "HOME", "months": 12}], village=None, phone=None)
    second = {
        **first,
        "nik": None,
        "village": "Sarotari",
        "phone": "0812 3000 4000",
        "skills": [{"text": "masak", "source": "HOME", "months": 24}],
        "languages": [{"language": "en", "test": None, "result": None, "cefr": "A2", "valid_until": None}],
        "consents": [{"purpose": "SHARING_PROVIDER", "method": "SPOKEN"}],
    }
    return registered(officer, first), registered(officer, second)


def test_what_either_record_knew_is_known_and_what_both_say_stays(
    registry: Registry, officer: httpx.Client, supervisor: httpx.Client, pair: tuple[Answer, Answer]
) -> None:
    kept, other = pair
    Hearing(registry.database, hears(registry.rooms)).apply([finished(other["id"])])
    paper = {"status": "MET", "valid_until": None}
    headers = {"If-Match": "*"}
    path = f"/v1/candidates/{other['id']}/requirements/MARITAL_STATUS_STATEMENT"
    assert officer.put(path, json=paper, headers=headers).status_code == 200
    supervisor.put(f"/v1/candidates/{other['id']}/specific", json={"records": []}, headers=headers)
    answer = merge(officer, kept, other)
    assert answer.status_code == 201, answer.text
    whole = answer.json()
    assert (whole["id"], whole["number"], whole["nik_last4"]) == (kept["id"], kept["number"], kept["nik_last4"])
    assert (whole["village"], whole["phone"]) == ("Sarotari", "+6281230004000")
    assert {skill["text"] for skill in whole["skills"] if skill["text"]} == {"jaga oma", "masak"}
    assert [one["language"] for one in whole["languages"]] == ["en"]
    assert {one["purpose"] for one in whole["consents"]} == {"MATCHING", "SHARING_PROVIDER"}
    assert whole["requirements"]["MARITAL_STATUS_STATEMENT"]["status"] == "MET"
    assert [entry["hours"] for entry in whole["training_hours"]] == [200]
    assert supervisor.get(f"/v1/candidates/{kept['id']}/specific").json()["records"] == []
    told = registry.said(kept["id"])[-1]
    assert told.data is not None and told.data["records"] == [] and len(told.data["skills"]) == 3
    check_said(told.topic, told.data)


def test_the_old_id_and_number_lead_to_the_kept_record_everywhere(
    registry: Registry, officer: httpx.Client, supervisor: httpx.Client, pair: tuple[Answer, Answer]
) -> None:
    kept, other = pair
    merge(officer, kept, other)
    for answer in (
        officer.get(f"/v1/candidates/{other['id']}"),
        officer.get(f"/v1/candidates/{other['id']}/export"),
        officer.patch(f"/v1/candidates/{other['id']}", json={"village": "x"}, headers={"If-Match": "*"}),
        merge(officer, kept, other),
        officer.delete(f"/v1/candidates/{other['id']}", headers={"If-Match": "*"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (410, "candidate_merged")
        assert answer.json()["merged_into"] == kept["id"] and kept["id"] in answer.headers["Link"]
    for number in (kept["number"], other["number"]):
        rows = officer.post("/v1/candidates:search", json={"query": number}).json()["items"]
        assert [row["id"] for row in rows] == [kept["id"]]
    told = registry.said(other["id"])[-1]
    assert told.data == {"id": other["id"], "version": told.version, "consent": "NONE", "merged_into": kept["id"]}
    check_said(told.topic, told.data)
    trail = supervisor.get(f"/v1/candidates/{kept['id']}/trail").json()["items"]
    assert [row["did"] for row in trail].count("REGISTERED") == 2, "both histories are there"
    assert [row["reason"] for row in trail if row["did"] == "MERGED"] == [WHY, WHY]
    Hearing(registry.database, hears(registry.rooms)).apply([finished(other["id"])])
    assert officer.get(f"/v1/candidates/{kept['id']}").json()["training_hours"], "told late under the old id"


def test_the_trail_of_a_merged_record_is_opened_like_that_of_the_person(
    registry: Registry, officer: httpx.Client, supervisor: httpx.Client, pair: tuple[Answer, Answer]
) -> None:
    """Reasons that people typed stand in it: another centre gives one of its own before it reads them."""
    kept, other = pair
    merge(officer, kept, other)
    path = f"/v1/candidates/{other['id']}/trail"
    with registry.with_credential(registry.issuer.mint("supervisor", "Sela Kepala", "SIKKA")) as elsewhere:
        refused = elsewhere.get(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "other_centre")
        opening = {"reason": "Orang ini pindah ke Maumere"}
        assert elsewhere.post(f"/v1/candidates/{kept['id']}/openings", json=opening).status_code == 201
        assert elsewhere.get(path).status_code == 200
    assert supervisor.get(path).status_code == 200


def test_the_nik_of_either_is_kept_and_two_nik_are_two_people(
    officer: httpx.Client, a_person: Person, pair: tuple[Answer, Answer]
) -> None:
    with_nik, without = pair
    two = registered(officer, a_person())
    refused = merge(officer, with_nik, two)
    assert (refused.status_code, refused.json()["code"]) == (409, "two_niks")
    itself = merge(officer, with_nik, with_nik)
    assert (itself.status_code, itself.json()["code"]) == (422, "same_candidate")
    assert merge(officer, with_nik, two, reason="x").status_code == 422
    assert officer.get(f"/v1/candidates/{two['id']}").status_code == 200, "nothing happened"
    done = merge(officer, without, with_nik)
    assert (done.status_code, done.json()["nik_last4"]) == (201, with_nik["nik_last4"])
    assert done.json()["reviews"] == []


def test_a_merged_person_is_erased_whole(
    registry: Registry, officer: httpx.Client, supervisor: httpx.Client, pair: tuple[Answer, Answer]
) -> None:
    """Under both ids: what other houses keep under the one that was merged, such as plans, goes by its tombstone."""
    kept, other = pair
    merge(officer, kept, other)
    assert officer.delete(f"/v1/candidates/{kept['id']}", headers={"If-Match": "*"}).status_code == 204
    for one in (kept, other):
        assert registry.said(one["id"])[-1].data is None
        assert officer.get(f"/v1/candidates/{one['id']}").json()["code"] == "erased"
        assert officer.post("/v1/candidates:search", json={"query": one["number"]}).json()["items"] == []
        rows = supervisor.get(f"/v1/candidates/{one['id']}/trail").json()["items"]
        assert {row["reason"] for row in rows if row["did"] == "MERGED"} <= {None}


def test_of_three_records_every_number_and_address_leads_to_the_one_that_is_kept(
    officer: httpx.Client, a_person: Person
) -> None:
    """Merged one into the other, the last one first or last."""
    three = [{**a_person(), "nik": None, "full_name": "Tiga Satu Orang"} for _ in range(3)]
    first, second, third = (registered(officer, one) for one in three)
    assert merge(officer, second, first).status_code == merge(officer, third, second).status_code == 201
    for one in (first, second):
        answer = officer.get(f"/v1/candidates/{one['id']}").json()
        assert (answer["code"], answer["merged_into"]) == ("candidate_merged", third["id"])
        rows = officer.post("/v1/candidates:search", json={"query": one["number"]}).json()["items"]
        assert [row["id"] for row in rows] == [third["id"]]


def sent(registry: Registry, officer: httpx.Client, **cells: str) -> Answer:
    """What the report says of one row."""
    lines = f"{';'.join(cells)}\n{';'.join(cells.values())}\n"
    answer = officer.post("/v1/imports", files={"file": ("orang.csv", lines.encode())})
    registry.work()
    [row] = officer.get(f"{answer.headers['Location']}/rows").json()["items"]
    return dict(row)


def test_a_sheet_with_the_number_of_a_merged_record_is_told_the_one_that_is_kept(
    registry: Registry, officer: httpx.Client, pair: tuple[Answer, Answer]
) -> None:
    """It was told that nobody has this number, and to leave it empty for somebody new."""
    kept, other = pair
    merge(officer, kept, other)
    row = sent(registry, officer, **{"Nomor calon": other["number"], "Nama": other["full_name"]})
    [fault] = row["faults"]
    assert (row["outcome"], fault["code"], kept["number"] in fault["fix"]["id"]) == ("BAD", "number_merged", True)


def test_an_older_sheet_warns_of_what_either_record_said_before_they_became_one(
    registry: Registry, officer: httpx.Client, pair: tuple[Answer, Answer]
) -> None:
    kept, other = pair
    anybody = {"If-Match": "*"}
    officer.patch(f"/v1/candidates/{other['id']}", json={"village": "Wolo"}, headers=anybody)
    officer.patch(f"/v1/candidates/{kept['id']}", json={"phone": "0812 3000 4999"}, headers=anybody)
    merge(officer, kept, other)
    told = {"Nomor calon": kept["number"], "Nama": kept["full_name"]}
    for heading, old in (("Desa/Kel", "Sarotari"), ("No HP", "0812 3000 4000")):
        row = sent(registry, officer, **told, **{heading: old})
        assert [warning["code"] for warning in row["warnings"]] == ["undoes_correction"], (heading, row)
    assert sent(registry, officer, **told, **{"Desa/Kel": "Nita"})["warnings"] == []
