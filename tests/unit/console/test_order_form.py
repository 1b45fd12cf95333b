"""The form of a job order, read by the house's own schema: what it sends is taken, and what it does not show stays."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from services.placement.schemas.job_orders import OrderInSchema, OrderPatchSchema
from shared.codes import offers
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
    assert 'value="1700,5"' in shown
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
    places = {"/costs/0": "payer_WORK_VISA", "/employer/household_income": "household_income", "/wage": "wage",
              "/working_hours": "hours_per_day", "/channel": "channel", "/title_nowhere": ""}  # fmt: skip
    order["judgement"]["rules"] = [{**rule, "field": pointer} for pointer in places]
    fakes.says("placement", f"GET /v1/job-orders/{ORDER}", order)
    text = company.get(EDIT).text
    for field in filter(None, places.values()):
        assert f'href="#{field}"' in text, field
    assert "Hapus biaya pelatihan dari calon." in text
    order["judgement"]["current"] = False
    assert "Hapus biaya pelatihan dari calon." not in company.get(EDIT).text, "judged before the last change"


COSTS: list[Body] = [
    {"item": "TRAINING", "payer": "EMPLOYER", "amount": {"amount": 100.125, "currency": "MYR"}},
    {"item": "WORK_VISA", "payer": "EMPLOYER", "amount": None},
    {"item": "TRAINING", "payer": "CANDIDATE", "amount": {"amount": 5_000_000.0, "currency": "IDR"}},
    {"item": "LODGING", "payer": "STATE", "amount": {"amount": 0.5, "currency": "USD"}},
    {"item": "INSURANCE_OF_2199", "payer": "COMPANY", "amount": None},
]
SKILLS: list[Body] = [
    {"code": "S1", "text": "merawat lansia", "essential": True, "similarity": 0.9},
    {"code": "S2", "text": None, "essential": True, "similarity": 1.0},
    {"code": None, "text": "memasak", "essential": False, "similarity": 0.0},
]
FIELDS = ("item", "payer", "amount")


def test_costs_skills_and_kbji_are_typed_and_every_payer_may_be_named(company: FlaskClient, fakes: FakeHouses) -> None:
    more = {
        "payer_OUTBOUND_TICKET": "EMPLOYER", "amount_OUTBOUND_TICKET": "500,50 twd", "payer_LODGING": "STATE",
        "payer_COMPANY_SERVICE_FEE": "COMPANY", "payer_TRAINING": "CANDIDATE", "amount_TRAINING": "Rp 5.000.000",
        "kbji": "5322.01", "skills_must": "merawat lansia\nmenggendong", "skills_nice": "memasak\nmerawat lansia",
        "wage": "1.700,5",
    }  # fmt: skip
    assert post(company, NEW, **{**TYPED, **more}).status_code == 303
    body = sent(fakes)
    OrderInSchema().load(body)
    assert [tuple(one[part] for part in FIELDS) for one in body["costs"]] == [
        ("OUTBOUND_TICKET", "EMPLOYER", {"amount": 500.5, "currency": "TWD"}),
        ("TRAINING", "CANDIDATE", {"amount": 5_000_000, "currency": "IDR"}),
        ("COMPANY_SERVICE_FEE", "COMPANY", None),
        ("LODGING", "STATE", None),
    ]
    assert (body["kbji"], body["wage"]) == ("5322.01", {"amount": 1700.5, "currency": "TWD"})
    assert [(one["text"], one["essential"]) for one in body["skills"]] == [
        ("merawat lansia", True), ("menggendong", True), ("memasak", False),
    ]  # fmt: skip
    text = company.get(NEW).text
    for payer in offers.PAYERS:
        assert text.count(f'<option value="{payer}"') >= len(offers.COST_ITEMS), payer


@pytest.mark.parametrize("language", ["id", "en"])
def test_costs_skills_and_kbji_that_are_not_touched_stay(
    company: FlaskClient, fakes: FakeHouses, language: str
) -> None:
    company.set_cookie("bahasa", language)
    order = companies.order(costs=COSTS, skills=SKILLS, kbji="9111.01", wage={"amount": 1700.125, "currency": "MYR"})
    fakes.says("placement", f"GET /v1/job-orders/{ORDER}", order)
    shown = company.get(EDIT).text
    assert company.post(EDIT, data=typed(shown, EDIT)).status_code == 303
    body = sent(fakes, "PATCH")
    assert body["costs"] == COSTS and "skills" not in body and body["kbji"] == "9111.01"
    assert body["wage"] == order["wage"]
    told = words_on(company, EDIT)
    said = "Biaya lain yang tetap seperti tercatat" if language == "id" else "Other costs, which stay as recorded"
    assert said in told and "INSURANCE_OF_2199" in told
    more = {"payer_TRAINING": "", "amount_TRAINING": "", "payer_WORK_VISA": "STATE", "skills_nice": "", "kbji": ""}
    assert company.post(EDIT, data=typed(shown, EDIT, **more)).status_code == 303
    body = sent(fakes, "PATCH")
    assert body["costs"] == [COSTS[0], {**COSTS[1], "payer": "STATE"}, *COSTS[3:]]
    assert body["skills"] == [{"code": "S2", "essential": True}, {"text": "merawat lansia", "essential": True}]
    OrderPatchSchema().load({"skills": body["skills"], "costs": body["costs"][:3]})
    assert body["kbji"] is None
    assert "merawat lansia" in words_on(company, f"/lowongan-kami/{ORDER}")


def test_a_page_that_asks_for_none_of_it_changes_none_of_it(company: FlaskClient, fakes: FakeHouses) -> None:
    order = companies.order(costs=COSTS, skills=SKILLS, kbji="9111.01")
    fakes.says("placement", f"GET /v1/job-orders/{ORDER}", order)
    form = typed(company.get(EDIT).text, EDIT)
    old = {name: said for name, said in form.items() if not name.startswith(("payer", "amount", "skills", "kbji"))}
    assert company.post(EDIT, data=old).status_code == 303
    body = sent(fakes, "PATCH")
    assert body["costs"] == COSTS and "skills" not in body and "kbji" not in body


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"amount_TRAINING": "500"}, "payer_TRAINING", "Pilih siapa yang membayarnya"),
        (
            {"payer_TRAINING": "STATE", "amount_TRAINING": "lima ratus"},
            "amount_TRAINING",
            "misalnya 1.500.000 atau 500 TWD",
        ),
        (
            {"payer_TRAINING": "STATE", "amount_TRAINING": "500 XQX"},
            "amount_TRAINING",
            "misalnya 1.500.000 atau 500 TWD",
        ),
        ({"wage": "0,500"}, "wage", "misalnya 1.500.000 atau 1700,5"),
        ({"wage": "1,2345678901"}, "wage", "misalnya 1.500.000 atau 1700,5"),
        ({"payer_TRAINING": "STATE", "amount_TRAINING": "20.000.00"}, "amount_TRAINING", "misalnya 1.500.000"),
        ({"payer_TRAINING": "STATE", "amount_TRAINING": "2.0000 TWD"}, "amount_TRAINING", "misalnya 1.500.000"),
        ({"household_income": "20.000.00"}, "household_income", "misalnya 1.500.000"),
        ({"payer_TRAINING": "FATHER"}, "payer_TRAINING", ""),
    ],
)
def test_a_cost_or_wage_that_cannot_be_stands_at_its_field_as_typed(
    company: FlaskClient, fakes: FakeHouses, changes: Body, field: str, said: str
) -> None:
    answer = post(company, NEW, **{**TYPED, "skills_must": "menjahit jas", **changes})
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text and said in answer.text
    assert "menjahit jas" in answer.text and fakes.of("placement", "POST *") == []
    assert all(f'value="{typed}"' in answer.text for typed in changes.values() if typed != "FATHER")


@pytest.mark.parametrize(
    ("pointer", "field"),
    [
        ("/costs/1/amount", "amount_LODGING"),
        ("/costs/0", "payer_TRAINING"),
        ("/skills/1/text", "skills_nice"),
        ("/skills", "skills_must"),
        ("/kbji", "kbji"),
    ],
)
def test_a_refusal_of_a_cost_a_skill_or_a_code_stands_at_its_field(
    company: FlaskClient, fakes: FakeHouses, pointer: str, field: str
) -> None:
    fault = {"pointer": pointer, "code": "x", "message": "Tidak dapat dibaca.", "fix": "Ketik lagi."}
    fakes.refuses("placement", "POST /v1/job-orders", 422, "invalid", "Belum bisa", errors=[fault])
    more = {"payer_TRAINING": "EMPLOYER", "payer_LODGING": "COMPANY", "amount_LODGING": "7", "skills_must": "a b",
            "skills_nice": "c d", "kbji": "9111.01"}  # fmt: skip
    answer = post(company, NEW, **TYPED, **more)
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text and 'value="7"' in answer.text


def test_while_the_house_is_down_what_was_typed_is_kept(company: FlaskClient, fakes: FakeHouses) -> None:
    fakes.silence("placement")
    answer = post(company, NEW, **TYPED, payer_TRAINING="STATE", amount_TRAINING="500,5 TWD")
    assert answer.status_code == 503 and 'value="500,5 TWD"' in answer.text


def test_nobody_but_a_company_has_the_form(visits: Visits, company: FlaskClient) -> None:
    for role in ("officer", "supervisor", "provider"):
        assert visits.as_(role).get(NEW).status_code == 403 and visits.as_(role).get(EDIT).status_code == 403
