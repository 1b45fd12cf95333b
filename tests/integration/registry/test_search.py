"""The search box over a real socket: a name, a number or a phone finds its person however it is written."""

from datetime import datetime
from typing import Any

import httpx
import pytest

from shared import clock, ids
from tests.integration.registry.conftest import Registry, new_person


def found(officer: httpx.Client, query: str) -> list[str]:
    answer = officer.post("/v1/candidates:search", json={"query": query})
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["items"]]


def test_people_of_one_name_are_told_apart_in_a_list(registry: Registry, officer: httpx.Client) -> None:
    name = {"full_name": "Bernadetha Koten Wutun", "sex": "F", "regency": "53.06"}
    one = _made(officer, {**name, "birth_date": "2001-02-03", "village": "Lewolema"})
    other = _made(officer, {**name, "birth_date": "1998-11-30", "village": "Sarotari"})
    with registry.as_("supervisor", name="Budi Pengawas") as client:
        opened = clock.now()
        client.get(f"/v1/candidates/{one['id']}")
    rows = officer.post("/v1/candidates:search", json={"query": "bernadetha koten wutun"}).json()["items"]
    told = {row["id"]: (row["birth_date"], row["village"]) for row in rows}
    assert told == {one["id"]: ("2001-02-03", "Lewolema"), other["id"]: ("1998-11-30", "Sarotari")}
    visited = {row["id"]: datetime.fromisoformat(row["last_visit"]) for row in rows}
    assert visited[other["id"]] < visited[one["id"]] and opened.replace(microsecond=0) <= visited[one["id"]]
    assert set(rows[0]) == {
        "id", "number", "full_name", "birth_year", "birth_date", "regency", "village", "centre", "last_visit",
        "last_change",
    }  # fmt: skip
    assert set(registry.rooms.trail.visits([one["id"], other["id"], ids.new()])) == {one["id"], other["id"]}


@pytest.mark.parametrize(
    "query",
    ["Yul", "yuli", "Yulia", "juli", "yul xav", "Xav", "xavera yul", "XAVERA", "yuliana x", "Yul 1999"],
)
def test_the_beginning_of_a_name_finds_it(officer: httpx.Client, query: str) -> None:
    shown = _once(officer, full_name="Yuliana Xavera Hekopung", birth_date="1999-05-06")
    assert shown in found(officer, query)
    assert shown not in found(officer, "yul petrus")


@pytest.mark.parametrize("query", ["Zzzz", "zz", "SSSS", "qqq", "aaaa", "s", "Zzzz zzz", "zzzz 1999"])
def test_a_letter_typed_again_and_again_finds_nobody(officer: httpx.Client, query: str) -> None:
    for name in ("Zakarias Sisilia Susana So", "Aziz Abas", "Kuirina Kase", "Z. Zet Abanat"):
        _once(officer, full_name=name, birth_date="1999-05-06")
    assert found(officer, query) == []


@pytest.mark.parametrize("kept", ["Nur Aini", "Nur’aini", "Nur'aini", "Nurʼaini", "Nur`aini", "NUR‘AINI", "Nuraini"])
@pytest.mark.parametrize("query", ["nur aini", "Nur’aini", "nur'aini", "Nurʼaini", "nuraini", "Nur´Aini", "nur-aini"])
def test_every_apostrophe_and_none_is_one_name(officer: httpx.Client, kept: str, query: str) -> None:
    shown = _once(officer, full_name=f"{kept} Wadu", birth_date="1997-01-01")
    assert shown in found(officer, query)
    assert shown in found(officer, f"{query} wadu")


@pytest.mark.parametrize(
    ("kept", "queries"),
    [
        ("陳美玲", ["陳美玲", "陳", "陳美"]),
        ("محمد الحسن", ["محمد", "الحسن محمد", "مُحَمَّد"]),
        ("Дмитрий Соколов", ["дмитрий", "СОКОЛОВ", "сок"]),
        ("Ελένη Παππά", ["ελενη", "Παππα"]),
        ("김민지", ["김민지", "김민"]),
        ("Nguyễn Thị Hoa", ["nguyen thi", "Nguyễn"]),
        ("Łukasz Børge", ["lukasz", "borge"]),
    ],
)
def test_names_in_other_letters_are_found(officer: httpx.Client, kept: str, queries: list[str]) -> None:
    shown = _once(officer, full_name=kept, birth_date="1996-02-02")
    for query in queries:
        assert shown in found(officer, query), query


@pytest.mark.parametrize(
    "query",
    [
        "081239105555", "0812-3910-5555", "0812 3910 5555", "(0812) 3910 5555", "+62 812 3910 5555",
        "+62 0812 3910 5555",
        "62812 39105555", "0062 812 3910 5555", "81239105555", "+62(0)812.3910.5555", "0812–3910–5555",
        "‪+62 812-3910-5555‬", "‎0812​39105555", "０８１２３９１０５５５５", "WA: 0812 3910 5555",
        "tel:+6281239105555", "'081239105555",
    ],
)  # fmt: skip
def test_a_phone_is_one_however_it_is_written_and_finds_its_person(officer: httpx.Client, query: str) -> None:
    shown = _once(officer, full_name="Petronela Lodo", phone="0812 3910 5555", birth_date="1995-03-03")
    assert shown in found(officer, query)
    again = officer.get(f"/v1/candidates/{shown}").json()
    changed = officer.patch(f"/v1/candidates/{shown}", json={"phone": query}, headers={"If-Match": "*"})
    assert (changed.status_code, changed.json()["phone"], changed.json()["version"]) == (
        200,
        "+6281239105555",
        again["version"],
    )


def test_the_beginning_of_a_number_finds_it(officer: httpx.Client) -> None:
    shown = officer.get(f"/v1/candidates/{_once(officer, full_name='Yuliana Xavera Hekopung')}").json()
    year, serial = shown["number"].split("-")[1:]
    bare = serial.lstrip("0")
    for query in (f"LB-{bare}", f"lb {bare}", f"LB-{bare[0]}", f"LB-{year}-{bare[0]}", shown["number"], f"LB-{year}"):
        assert shown["id"] in found(officer, query) or len(found(officer, query)) == 20, query
    assert found(officer, f"LB-{bare}")[0] == shown["id"], "the very number first"
    assert found(officer, shown["number"]) == [shown["id"]]
    assert found(officer, "LB-999999") == []


def test_marks_that_nobody_sees_are_dropped_from_numbers_and_that_is_said(officer: httpx.Client) -> None:
    sent = new_person(phone="‎0812 3910​ 6666")
    nik = sent["nik"]
    sent["nik"] = f"‭{nik[:8]}​{nik[8:]}‬"
    sent["full_name"] = "Mar​ia Tu‌kan Lewo"
    answer = officer.post("/v1/candidates", json=sent)
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert (body["full_name"], body["phone"], body["nik_last4"]) == ("Maria Tukan Lewo", "+6281239106666", nik[-4:])
    assert {one["pointer"] for one in body["notices"]} == {"/full_name", "/phone", "/nik"}
    assert {one["code"] for one in body["notices"]} == {"invisible_marks_removed"}


def _once(officer: httpx.Client, **more: Any) -> str:
    """The id of this person, registered at the first call."""
    answer = officer.post("/v1/candidates", json={"sex": "F", "regency": "53.06", "birth_date": "1999-05-06", **more})
    if answer.status_code == 409:
        known: str = answer.json()["candidates"][0]["id"]
        return known
    assert answer.status_code == 201, answer.text
    id: str = answer.json()["id"]
    return id


def _made(officer: httpx.Client, person: dict[str, Any]) -> dict[str, Any]:
    answer = officer.post("/v1/candidates", json=person)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made
