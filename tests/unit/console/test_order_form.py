"""The form of a job order, read by the house's own schema: what it sends is taken, and what it does not show stays."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from services.placement.schemas.job_orders import OrderInSchema, OrderPatchSchema
from shared.conditions.leaves import KINDS
from tests.support.console import companies
from tests.support.console.companies import ORDER
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.forms import typed
from tests.support.console.visits import Visits, post, words_on

NEW, EDIT = "/lowongan-kami/baru", f"/lowongan-kami/{ORDER}/ubah"
Body = dict[str, Any]
TYPED = {
    "code": "JO-1", "title_id": "Perawat lansia", "country": "JPN", "isco08": "5322", "employer": "HOUSEHOLD",
    "household_income": "30.000", "household_size": "4", "channel": "SMO", "scheme": "P2P", "visa_type": "SSW",
    "currency": "TWD", "wage": "20000", "hours_per_day": "7,5", "rest_per_week": "24", "slots": "5",
    "opens_on": "1/1/2198", "closes_on": "31/12/2198", "departure_by": "1/3/2199", "description_id": "Merawat lansia.",
    "age_min": "21", "age_max": "45", "schooling": "SMP", "test_1": "ja|JLPT", "result_1": "n4",
    "test_2": "ja|JFT_BASIC", "result_2": "200", "certificate": "FAMILY_COOK", "experience": "12",
    "lessons": "200", "sex": "F",
}  # fmt: skip
WANTED: Body = {
    "all": [
        {"kind": "age", "min": 21, "max": 45},
        {"kind": "sex", "is": "F"},
        {"kind": "education", "level": "SMP"},
        {
            "any": [
                {"kind": "language", "language": "ja", "test": "JLPT", "result": "N4"},
                {"kind": "language", "language": "ja", "test": "JFT_BASIC", "result": "200"},
            ]
        },
        {"kind": "certificate", "certificate": "COMPETENCE", "scheme": "FAMILY_COOK"},
        {"kind": "experience", "isco08": "5322", "months": 12},
        {"kind": "hours", "hours": 200},
    ]
}
OTHERS: list[Body] = [
    {"kind": "condition", "code": "COLOUR_VISION", "ref": "kontrak 4"},
    {"any": [{"kind": "age", "min": 40, "max": None}, {"kind": "no_record", "record": "PRISON", "country": None}]},
    {"kind": "education", "level": "SMA", "years": None, "fields": ["NURSING"]},
    {"kind": "experience", "isco08": "53", "months": 6},
]


@pytest.fixture
def company(visits: Visits, fakes: FakeHouses) -> FlaskClient:
    companies.tell(fakes)
    fakes.says("placement", "POST /v1/job-orders", companies.order(), status=201)
    fakes.says("placement", f"PATCH /v1/job-orders/{ORDER}", companies.order())
    return visits.as_("company")


def sent(fakes: FakeHouses, method: str = "POST") -> Body:
    found: Body = fakes.of("placement", f"{method} /v1/job-orders*")[-1].body
    return found


def test_all_that_a_law_or_a_company_commonly_asks_can_be_typed(company: FlaskClient, fakes: FakeHouses) -> None:
    assert post(company, NEW, **TYPED).status_code == 303
    body = sent(fakes)
    OrderInSchema().load(body)
    assert body["requirements"] == WANTED
    assert body["working_hours"] == {"per_day": 7.5, "per_week": None, "rest_per_day": None, "rest_per_week": 24.0}
    assert body["employer"]["household_income"] == {"amount": 30000, "currency": "TWD"}
    assert (body["employer"]["household_size"], body["slots"], body["channel"]) == (4, 5, "SMO")
    assert (body["opens_on"], body["departure_by"]) == ("2198-01-01", "2199-03-01")
    assert body["description"] == {"id": "Merawat lansia.", "en": "Merawat lansia."}


def test_an_order_that_asks_for_nothing_sends_nothing_of_it(company: FlaskClient, fakes: FakeHouses) -> None:
    least = {name: TYPED[name] for name in ("code", "title_id", "country", "isco08", "employer", "closes_on")}
    assert post(company, NEW, **least).status_code == 303
    OrderInSchema().load(sent(fakes))
    assert "requirements" not in sent(fakes) and "opens_on" not in sent(fakes)
    assert (sent(fakes)["working_hours"], sent(fakes)["description"]) == (None, None)


def test_an_edit_keeps_what_the_form_does_not_show(company: FlaskClient, fakes: FakeHouses) -> None:
    tree = {"all": [OTHERS[0], {**WANTED["all"][0], "ref": "UU"}, OTHERS[1], *WANTED["all"][1:], *OTHERS[2:]]}
    wage = {"amount": 1700.5, "currency": "MYR"}
    order = companies.order(
        requirements=tree, isco08="5322", wage=wage, working_hours={"per_day": 8, "rest_per_week": 24.0},
        employer={"type": "HOUSEHOLD", "partner_id": None, "household_income": {"amount": 9, "currency": "SGD"}},
    )  # fmt: skip
    fakes.says("placement", f"GET /v1/job-orders/{ORDER}", order)
    shown = company.get(EDIT).text
    told = words_on(company, EDIT)
    assert "Syarat lain yang tetap seperti tercatat" in told and "belum pernah dihukum penjara" in told
    assert company.post(EDIT, data=typed(shown, EDIT)).status_code == 303
    body = sent(fakes, "PATCH")
    assert "requirements" not in body, "nothing of it was changed"
    assert body["wage"] == wage and body["employer"]["household_income"] == {"amount": 9, "currency": "SGD"}
    assert company.post(EDIT, data=typed(shown, EDIT, age_max="40", lessons="", result_1="N3")).status_code == 303
    body = sent(fakes, "PATCH")
    changed = body["requirements"]["all"]
    assert changed[1] == {"kind": "age", "min": 21, "max": 40, "ref": "UU"}
    assert [one for one in changed if one in OTHERS] == OTHERS, "in their order, and whole"
    assert not [one for one in changed if one.get("kind") == "hours"]
    assert [one["result"] for node in changed for one in node.get("any", ()) if "result" in one] == ["N3", "200"]
    OrderPatchSchema().load({"requirements": body["requirements"]})


def test_a_single_condition_and_one_of_every_kind_come_through_unharmed(
    company: FlaskClient, fakes: FakeHouses
) -> None:
    single: Body = {"kind": "age", "min": 18, "max": None}
    every: list[Body] = [
        {"kind": "birth_date", "from": "1990-01-01", "until": "2005-01-01"}, {"kind": "driving_licence", "class": "B"},
        {"kind": "prior_programme", "programme": "TITP", "field": None},
        {"kind": "ranked", "test": "EPS_TOPIK", "note": ""},
        {"kind": "no_record", "record": "DEPORTATION", "country": "MYS", "years": None}, *OTHERS, *WANTED["all"],
    ]  # fmt: skip
    assert {one["kind"] for one in every if "kind" in one} | {"language"} == set(KINDS)
    language: list[Body] = WANTED["all"][3]["any"]
    nested: Body = {"any": [{"any": language}, language[0]]}
    for tree in (single, {"any": [single, *every]}, {"all": every}, nested, {"all": [nested, *every]}, None):
        fakes.says("placement", f"GET /v1/job-orders/{ORDER}", companies.order(requirements=tree, isco08="5322"))
        assert company.post(EDIT, data=typed(company.get(EDIT).text, EDIT)).status_code == 303
        assert "requirements" not in sent(fakes, "PATCH"), tree


def test_what_is_newer_or_finer_than_the_form_stays(company: FlaskClient, fakes: FakeHouses) -> None:
    hours = {"per_day": 7.125, "per_week": 40.333, "rest_per_day": None, "rest_per_week": 0}
    order = companies.order(title_scheme="SCHEME_OF_2199", working_hours=hours, slots=0)
    fakes.says("placement", f"GET /v1/job-orders/{ORDER}", order)
    assert company.post(EDIT, data=typed(company.get(EDIT).text, EDIT)).status_code == 303
    body = sent(fakes, "PATCH")
    assert (body["title_scheme"], body["working_hours"], body["slots"]) == ("SCHEME_OF_2199", hours, 0)


def test_an_occupation_that_is_changed_takes_its_experience_along(company: FlaskClient, fakes: FakeHouses) -> None:
    tree = {"all": [WANTED["all"][5]]}
    fakes.says("placement", f"GET /v1/job-orders/{ORDER}", companies.order(requirements=tree, isco08="5322"))
    assert company.post(EDIT, data=typed(company.get(EDIT).text, EDIT, isco08="9111")).status_code == 303
    assert sent(fakes, "PATCH")["requirements"] == {"all": [{"kind": "experience", "isco08": "9111", "months": 12}]}


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"age_min": "46"}, "age_max", "lebih rendah daripada umur terendah"),
        ({"result_1": ""}, "result_1", "Ketik hasil yang diminta"),
        ({"test_2": ""}, "test_2", "Pilih ujiannya"),
        ({"hours_per_day": "delapan"}, "hours_per_day", "misalnya 8 atau 7,5"),
        ({"hours_per_day": "25"}, "hours_per_day", "0 sampai 24"),
        ({"age_min": "121"}, "age_min", "0 sampai 120"),
        ({"currency": ""}, "currency", "Pilih mata uang"),
    ],
)
def test_what_cannot_be_stands_at_its_field(
    company: FlaskClient, fakes: FakeHouses, changes: Body, field: str, said: str
) -> None:
    answer = post(company, NEW, **{**TYPED, **changes})
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text and said in answer.text
    assert fakes.of("placement", "POST *") == []
    assert 'value="45"' in answer.text, "what was typed stays"


@pytest.mark.parametrize(
    ("pointer", "field"),
    [
        ("/requirements/all/3/any/0/result", "result_1"),
        ("/requirements/all/3/any/1/result", "result_2"),
        ("/requirements/all/0", "age_min"),
        ("/requirements/all/4/scheme", "certificate"),
        ("/employer/household_income/amount", "household_income"),
        ("/working_hours/rest_per_week", "rest_per_week"),
        ("/requirements", "age_min"),
        ("/departure_by", "departure_by"),
    ],
)
def test_a_refusal_of_the_house_stands_at_its_field(
    company: FlaskClient, fakes: FakeHouses, pointer: str, field: str
) -> None:
    fault = {"pointer": pointer, "code": "x", "message": "Ini bukan hasil JLPT.", "fix": "Ketik N4."}
    fakes.refuses("placement", "POST /v1/job-orders", 422, "invalid", "Belum bisa", errors=[fault])
    answer = post(company, NEW, **TYPED)
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text and "Ini bukan hasil JLPT." in answer.text


def test_what_the_law_found_stands_beside_the_field_while_it_is_changed(
    company: FlaskClient, fakes: FakeHouses
) -> None:
    order = companies.order("UNLAWFUL")
    (rule,) = order["judgement"]["rules"]
    places = {"/costs/0": "paid_by_person", "/employer/household_income": "household_income", "/wage": "wage",
              "/working_hours": "hours_per_day", "/channel": "channel", "/title_nowhere": ""}  # fmt: skip
    order["judgement"]["rules"] = [{**rule, "field": pointer} for pointer in places]
    fakes.says("placement", f"GET /v1/job-orders/{ORDER}", order)
    text = company.get(EDIT).text
    for field in filter(None, places.values()):
        assert f'href="#{field}"' in text, field
    assert "Hapus biaya pelatihan dari calon." in text
    order["judgement"]["current"] = False
    assert "Hapus biaya pelatihan dari calon." not in company.get(EDIT).text, "judged before the last change"
