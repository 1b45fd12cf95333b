"""Deportation, overstay and bans: never asked, asked and none, and what there was, on fake houses."""

from typing import Any

import pytest

from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID
from tests.support.console.visits import Visits, csrf

PAGE = f"/calon/{ID}/luar-negeri"
RECORDS = f"PUT /v1/candidates/{ID}/records"


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    people.tell(fakes)
    fakes.says("registry", RECORDS, people.records_asked(asked=True, version=2))
    return fakes


def press(visits: Visits, path: str = PAGE, role: str = "officer", **data: Any) -> Any:
    client = visits.as_(role)
    return client.post(path, data={"csrf_token": csrf(client), "once": "1", "version": "1", **data})


def test_the_question_can_be_read_aloud_and_nothing_is_chosen_for_the_person(visits: Visits, house: FakeHouses) -> None:
    text = visits.as_().get(PAGE).get_data(as_text=True)
    assert "Pernahkah Ibu/Bapak dipulangkan paksa" in text and "hanya berdua" in text
    assert 'value="LATER" checked' in text.replace("\n", " ") or 'value="LATER"  checked' in text


@pytest.mark.parametrize(
    ("typed", "records"),
    [
        ({"asked": "NONE"}, []),
        (
            {"asked": "SOME", "kind_1": "DEPORTATION", "country_1": "MYS", "until_1": "8/12/2027"},
            [{"kind": "DEPORTATION", "country": "MYS", "until": "2027-12-08", "years": None}],
        ),
        (
            {"asked": "SOME", "kind_1": "OVERSTAY", "kind_2": "STAY", "country_2": "SAU", "years_2": "4"},
            [
                {"kind": "OVERSTAY", "country": None, "until": None, "years": None},
                {"kind": "STAY", "country": "SAU", "until": None, "years": 4},
            ],
        ),
    ],
)
def test_what_was_answered_is_what_is_sent(
    visits: Visits, house: FakeHouses, typed: dict[str, str], records: list[Any]
) -> None:
    answer = press(visits, **typed)
    assert (answer.status_code, answer.location) == (303, f"/calon/{ID}#syarat")
    sent = house.of("registry", RECORDS)[0]
    assert (sent.body, sent.headers["if-match"]) == ({"records": records}, '"1"')


def test_not_asked_sends_nothing_and_is_no_clean_record(visits: Visits, house: FakeHouses) -> None:
    assert press(visits, asked="LATER").status_code == 303
    assert house.of("registry", RECORDS) == []


@pytest.mark.parametrize(
    "typed", [{"asked": "SOME"}, {"asked": "SOME", "kind_1": "STAY", "years_1": "-1"}, {"asked": "X"},
              {"asked": "SOME", "kind_1": "THEFT"}, {"asked": "SOME", "kind_1": "ENTRY_BAN", "until_1": "besok"}],
)  # fmt: skip
def test_half_an_answer_is_asked_again(visits: Visits, house: FakeHouses, typed: dict[str, str]) -> None:
    answer = press(visits, **typed)
    assert answer.status_code == 422 and "error-summary" in answer.get_data(as_text=True)
    assert house.of("registry", RECORDS) == []


def test_an_officer_does_not_read_or_replace_an_answer_and_a_supervisor_replaces_it(
    visits: Visits, house: FakeHouses
) -> None:
    house.says("registry", f"GET /v1/candidates/{ID}/records", people.records_asked(asked=True))
    text = visits.as_().get(PAGE).get_data(as_text=True)
    assert "Sudah ditanyakan" in text and "Simpan jawaban" not in text
    assert "menggantikan jawaban itu" in visits.as_("supervisor").get(PAGE).get_data(as_text=True)
    house.refuses("registry", RECORDS, 409, "asked_already", "Sudah ada jawaban yang tercatat")
    assert press(visits, asked="NONE").status_code == 409


def test_somebody_changed_the_person_meanwhile(visits: Visits, house: FakeHouses) -> None:
    house.refuses("registry", RECORDS, 412, "stale", "Sudah berubah")
    house.says("registry", f"GET /v1/candidates/{ID}/records", people.records_asked(version=7))
    answer = press(visits, asked="SOME", kind_1="DEPORTATION")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "Isian Anda masih ada" in text and 'name="version"' in text
    assert 'value="7"' in text and "selected" in text


@pytest.mark.parametrize("asked", ["NONE", "LATER"])
def test_what_is_told_beside_never_is_not_thrown_away(visits: Visits, house: FakeHouses, asked: str) -> None:
    answer = press(visits, asked=asked, kind_1="DEPORTATION")
    assert answer.status_code == 422 and "Pilih Pernah, atau kosongkan kejadiannya" in answer.text
    assert not house.of("registry", "PUT *")


@pytest.mark.parametrize(
    ("asked", "records"), [("NONE", []), ("LATER", None), ("SOME", [{"kind": "DEPORTATION", "country": "MYS"}])]
)
def test_registration_asks_too(visits: Visits, house: FakeHouses, asked: str, records: list[Any] | None) -> None:
    typed = {"full_name": ["Dorotea"]}
    step3 = {"asked": [asked], "kind_1": ["DEPORTATION"], "country_1": ["MYS"]}
    draft = {"id": "d1", "version": 3, "content": {"step": 4, "steps": {"1": typed, "3": step3}}}
    house.says("registry", "GET /v1/drafts/*", draft)
    house.says("registry", "PUT /v1/drafts/*", draft)
    house.says("registry", "DELETE /v1/drafts/*", status=204)
    house.says("registry", "POST /v1/candidates", people.person(), status=201)
    assert "Pernahkah Ibu/Bapak" in visits.as_().get("/calon/baru?draft=d1&langkah=3").get_data(as_text=True)
    assert press(visits, "/calon/baru?draft=d1&langkah=4").status_code == 303
    sent = house.of("registry", "POST /v1/candidates")[0].body
    if records is None:
        assert "records" not in sent
    else:
        assert [{name: one[name] for name in ("kind", "country")} for one in sent["records"]] == records


def test_the_checklist_leads_to_the_question(visits: Visits, house: FakeHouses) -> None:
    assert PAGE in visits.as_().get(f"/calon/{ID}").get_data(as_text=True)
