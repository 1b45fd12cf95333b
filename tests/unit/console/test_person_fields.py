"""What is asked of a person beside the name: tests, hours, programmes, study and wishes, typed, kept and taken away."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from services.registry.schemas.person import AmendmentSchema
from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.forms import typed
from tests.support.console.people import ID
from tests.support.console.visits import post, words_on

Body = dict[str, Any]
DATA = f"/calon/{ID}/data"
WORK, WISHES, SELF = (f"{DATA}?bagian={topic}&versi=1" for topic in ("kerja", "keinginan", "identitas"))
SPOKEN = {"language": "ja", "test": "JLPT", "result": "N4", "cefr": None, "valid_until": "2029-03-01"}
HOURS = {"isco08": "5322", "destination": "TWN", "hours": 200}
BEEN = {"kind": "TITP", "field": "CARE", "finished": True}
WANTS: Body = {
    "isco08": [], "destinations": [], "min_wage": {"amount": 100.125, "currency": "MYR"}, "ready_within_days": 0,
    "max_distance_km": None, "boarding_ok": None, "available": [{"from": "2027-01-01", "until": None}],
}  # fmt: skip
WHOLE: Body = {
    "education": {"level": "SMK", "field": "NURSING", "years": 12},
    "languages": [SPOKEN, {"language": "en", "test": "IELTS", "result": "4.5", "cefr": None, "valid_until": None}],
    "training_hours": [HOURS, {"isco08": "9111", "destination": None, "hours": 20}],
    "prior_programmes": [BEEN, {"kind": "EPS", "field": None, "finished": False}],
    "wishes": WANTS, "district": "Amanuban",
}  # fmt: skip


def sent(ana: FlaskClient, fakes: FakeHouses, path: str, who: Body, **changes: str) -> Body:
    """What reaches the registry when the form is opened, these are typed over, and it is saved."""
    people.tell(fakes, who=people.person(**who))
    fakes.says("registry", f"PATCH /v1/candidates/{ID}", people.person(version=2))
    shown = ana.get(path.partition("&")[0]).text
    answer = ana.post(path, data=typed(shown, path, **changes))
    assert answer.status_code == 303, answer.text
    body: Body = fakes.of("registry", "PATCH *")[-1].body
    AmendmentSchema().load(body)
    return body


def test_what_is_left_as_it_is_stays_as_it_is(ana: FlaskClient, fakes: FakeHouses) -> None:
    body = sent(ana, fakes, WORK, WHOLE)
    assert {**WHOLE["education"], **body["education"]} == WHOLE["education"]
    for name in ("languages", "training_hours", "prior_programmes"):
        whole = [{part: value for part, value in one.items() if value is not None} for one in body[name]]
        assert whole == [{part: value for part, value in one.items() if value is not None} for one in WHOLE[name]]
    assert sent(ana, fakes, WISHES, WHOLE)["wishes"] == WANTS
    assert sent(ana, fakes, SELF, WHOLE)["district"] == "Amanuban"


def test_what_nobody_asked_stays_unasked(ana: FlaskClient, fakes: FakeHouses) -> None:
    unasked: Body = dict.fromkeys(("education", "languages", "training_hours", "prior_programmes", "certificates"))
    body = sent(ana, fakes, WORK, unasked)
    assert [name for name in unasked if body.get(name)] == []
    assert not {"languages", "training_hours", "prior_programmes", "certificates"} & set(body)


def test_each_is_typed_over_and_taken_away_alone(ana: FlaskClient, fakes: FakeHouses) -> None:
    body = sent(ana, fakes, WORK, WHOLE, result="n3", hours="1.200", programme_field="", study="WELDING")
    assert body["languages"][0]["result"] == "N3" and body["languages"][1]["result"] == "4.5"
    assert body["training_hours"][0] == {**HOURS, "hours": 1200} and body["education"]["field"] == "WELDING"
    assert body["prior_programmes"][0] == {**BEEN, "field": None}
    body = sent(ana, fakes, WORK, WHOLE, spoken="", trained="", programme="")
    assert [one["language"] for one in body["languages"]] == ["en"]
    assert [one["hours"] for one in body["training_hours"]] == [20]
    assert [one["kind"] for one in body["prior_programmes"]] == ["EPS"]
    body = sent(ana, fakes, WISHES, WHOLE, min_wage="2.000 MYR", ready_within_days="")
    assert body["wishes"]["min_wage"] == {"amount": 2000, "currency": "MYR"}
    assert body["wishes"]["ready_within_days"] is None and body["wishes"]["available"] == WANTS["available"]


def test_a_page_that_asks_for_none_of_it_changes_none_of_it(ana: FlaskClient, fakes: FakeHouses) -> None:
    """One that was opened before the fields were there."""
    people.tell(fakes, who=people.person(**WHOLE))
    fakes.says("registry", f"PATCH /v1/candidates/{ID}", people.person(version=2))
    post(ana, WORK, education="SMK", spoken="ja", level="")
    post(ana, WISHES, isco08="9111")
    post(ana, SELF, full_name="Dorotea Nggadas")
    work, wishes, who = (one.body for one in fakes.of("registry", "PATCH *"))
    assert work["education"] == {"level": "SMK"} and not {"training_hours", "prior_programmes"} & set(work)
    assert work["languages"][0]["test"] == "JLPT" and "district" not in who
    assert wishes["wishes"]["min_wage"] == WANTS["min_wage"] and wishes["wishes"]["ready_within_days"] == 0


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"study": "NURSING"}, "education"), ({"certificate_number": "C-1"}, "scheme"), ({"issuer": "LSP"}, "scheme"),
        ({"test": "JLPT", "result": "N4"}, "spoken"), ({"level": "A1"}, "spoken"), ({"hours": "20"}, "trained"),
        ({"finished": "no"}, "programme"), ({"trained": "5322"}, "hours"), ({"programme": "TITP"}, "finished"),
        ({"trained": "5322", "hours": "0"}, "hours"), ({"trained": "5322", "hours": "dua"}, "hours"),
    ],
)  # fmt: skip
def test_what_would_be_lost_is_asked_for(ana: FlaskClient, fakes: FakeHouses, said: Body, field: str) -> None:
    nothing = dict.fromkeys(("education", "languages", "training_hours", "prior_programmes", "certificates"))
    people.tell(fakes, who=people.person(**nothing))
    answer = post(ana, WORK, **said)
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text
    assert answer.text.count('class="govuk-error-message"') == 1, "one fault, told once"
    assert fakes.of("registry", "PATCH *") == []


@pytest.mark.parametrize(
    ("pointer", "path", "field"),
    [
        ("/languages/0/test", WORK, "test"), ("/languages/0/result", WORK, "result"),
        ("/languages/1/valid_until", WORK, "test_until"), ("/certificates/0/valid_from", WORK, "certificate_from"),
        ("/certificates/0/valid_until", WORK, "certificate_until"), ("/certificates/0/scheme", WORK, "scheme"),
        ("/certificates/12/number", WORK, "certificate_number"), ("/training_hours/0/hours", WORK, "hours"),
        ("/training_hours", WORK, "trained"), ("/prior_programmes/0/kind", WORK, "programme"),
        ("/education/field", WORK, "study"), ("/education/level", WORK, "education"), ("/skills/3/text", WORK, "home"),
        ("/wishes/min_wage/amount", WISHES, "min_wage"), ("/wishes/ready_within_days", WISHES, "ready_within_days"),
        ("/district", SELF, "district"),
    ],
)  # fmt: skip
def test_a_refusal_stands_at_its_field(
    ana: FlaskClient, fakes: FakeHouses, pointer: str, path: str, field: str
) -> None:
    fault = {"pointer": pointer, "code": "x", "message": "Ini tidak dapat dibaca.", "fix": "Ketik lagi."}
    fakes.refuses("registry", "PATCH *", 422, "invalid", "Belum bisa", errors=[fault])
    text = post(ana, path, full_name="Dorotea Nggadas", min_wage="7 MYR", education="SMK").text
    assert f'href="#{field}"' in text and "Ini tidak dapat dibaca. Ketik lagi." in text


def test_what_is_on_record_of_it_is_listed(ana: FlaskClient, fakes: FakeHouses) -> None:
    people.tell(fakes, who=people.person(**WHOLE))
    text = words_on(ana, DATA)
    for said in ("SMK, keperawatan", "Siap berangkat dalam 0 hari", "200 jam", "TITP, perawatan, selesai", "JLPT N4"):
        assert said in text, said
