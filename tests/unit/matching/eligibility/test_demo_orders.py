"""The 21 job orders of the domain reference (2.3) behave as it says: who fits each, who does not and by which rule."""

from typing import Any

import pytest

from services.matching.matcher.requirements.status import State
from services.matching.matcher.verdicts.check import check
from services.matching.matcher.verdicts.verdict import Verdict
from tests.builders import TODAY, a_certificate, a_person, a_person_payload, a_result, days
from tests.support.today import born
from tests.unit.matching.eligibility import demo
from tests.unit.matching.eligibility.asking import blocking

LAW = demo.law().at(TODAY)
ORDERS = demo.orders()


def verdict(code: str, person: dict[str, Any]) -> Verdict:
    return check(a_person(**person), ORDERS[code], LAW, TODAY)


def hours(isco08: str, destination: str | None = None, number: int = 200) -> list[dict[str, Any]]:
    return [{"isco08": isco08, "destination": destination, "hours": number}]


def fit(**facts: Any) -> dict[str, Any]:
    """Somebody of 26 from Flores Timur with these facts and no others."""
    return {**a_person_payload(certificates=[], training_hours=[]), **facts}


def school(level: str, field: str | None = None) -> dict[str, Any]:
    return {"level": level, "years": None, "field": field}


HOUSEKEEPER, CARETAKER = a_certificate("HOUSEKEEPER"), a_certificate("ELDERLY_CARETAKER")
ENGLISH = {level: a_result("en", "CEFR", level) for level in ("A1", "A2")}
N4, JFT = a_result("ja", "JLPT", "N4"), a_result("ja", "JFT_BASIC", "PASS")
CARE_JAPANESE = a_result("ja", "NURSING_JAPANESE", "PASS")
CREW = [a_certificate("BST", kind="SAFETY"), a_certificate("SEAMAN_BOOK", kind="SEAMAN_BOOK")]


def skill(scheme: str) -> dict[str, Any]:
    return a_certificate(scheme, kind="SKILL_TEST")


EPS = a_result("ko", "EPS_TOPIK", "90", valid_until=days(300))

FITTING: dict[str, dict[str, Any]] = {
    "JO-MYS-HOUSEKEEPER": fit(education=school("SD"), certificates=[HOUSEKEEPER], training_hours=hours("9111")),
    "JO-MYS-COOK": fit(
        education=school("SD"), certificates=[a_certificate("FAMILY_COOK")], training_hours=hours("5120", "MYS")
    ),
    "JO-MYS-ELDERLY": fit(certificates=[CARETAKER], training_hours=hours("5322", "MYS")),
    "JO-MYS-CHILD": fit(certificates=[a_certificate("CHILD_CARETAKER")], training_hours=hours("5311", "MYS")),
    "JO-MYS-PALM": fit(education=school("SD")),
    "JO-SGP-DOMESTIC": fit(certificates=[HOUSEKEEPER], languages=[ENGLISH["A1"]]),
    "JO-HKG-HELPER": fit(certificates=[HOUSEKEEPER], languages=[a_result("yue", "CEFR", "A1")]),
    "JO-TWN-CAREGIVER": fit(certificates=[CARETAKER], languages=[a_result("zh", "TOCFL", "A1")]),
    "JO-TWN-NURSE-AIDE": fit(education=school("D3", "NURSING"), languages=[a_result("zh", "TOCFL", "A2")]),
    "JO-KOR-MANUFACTURING": fit(certificates=[skill("EPS_STAGE_2")], languages=[EPS]),
    "JO-KOR-FISHERY": fit(certificates=[a_certificate("BST", kind="SAFETY")], languages=[EPS]),
    "JO-JPN-CARE": fit(certificates=[skill("SSW_CARE")], languages=[N4, CARE_JAPANESE], education=school("SD")),
    "JO-JPN-CROPS": fit(certificates=[skill("SSW_AGRICULTURE")], languages=[JFT], education=school("NONE")),
    "JO-JPN-FOOD": fit(certificates=[skill("SSW_FOOD")], languages=[N4]),
    "JO-JPN-CONSTRUCTION": fit(certificates=[skill("SSW_CONSTRUCTION")], languages=[JFT]),
    "JO-DEU-NURSE": fit(
        education=school("D3", "NURSING"),
        certificates=[a_certificate("STR_NURSE", kind="LICENCE")],
        languages=[a_result("de", "OESD", "B1")],
    ),
    "JO-TWN-CREW": fit(education=school("SD"), sex="M", certificates=CREW),
    "JO-JPN-CREW": fit(education=school("SD"), sex="M", certificates=CREW),
    "JO-FJI-CREW": fit(education=school("SD"), sex="M", certificates=CREW),
    "JO-BRN-ROOM": fit(
        education=school("SMK"), certificates=[a_certificate("HOTEL_HOUSEKEEPING_II")], languages=[ENGLISH["A2"]]
    ),
}

GATED = (
    "JO-MYS-HOUSEKEEPER",
    "JO-MYS-COOK",
    "JO-MYS-ELDERLY",
    "JO-MYS-CHILD",
    "JO-SGP-DOMESTIC",
    "JO-HKG-HELPER",
    "JO-TWN-CAREGIVER",
)
REFUSED = ("JO-N1-SAU-HOUSE", "JO-N2-KHM-SERVICE", "JO-N3-MYS-SPONSOR")


def test_all_orders_of_the_demo_are_here() -> None:
    assert set(ORDERS) == set(FITTING) | set(REFUSED)


@pytest.mark.parametrize("code", FITTING)
def test_somebody_who_fits_may_apply_today(code: str) -> None:
    found = verdict(code, FITTING[code])
    assert (found.state, blocking(found), found.hidden) == (State.ELIGIBLE_NOW, set(), None)


@pytest.mark.parametrize("code", FITTING)
def test_the_gate_stands_before_household_work_and_nowhere_else(code: str) -> None:
    found = verdict(code, {**FITTING[code], "certificates": [], "training_hours": []})
    assert ("GATE" in blocking(found)) is (code in GATED)


@pytest.mark.parametrize("code", FITTING)
@pytest.mark.parametrize(("born", "state"), [(born(16), State.TRAINING), (None, State.ELIGIBLE_BY)])
def test_no_order_takes_children_and_an_unknown_age_is_a_paper_to_bring(
    code: str, born: str | None, state: State
) -> None:
    assert verdict(code, {**FITTING[code], "birth_date": born}).state is state


@pytest.mark.parametrize("code", GATED)
def test_outsiders_need_the_certificate_that_the_order_asks_and_no_gate(code: str) -> None:
    found = verdict(code, {**FITTING[code], "home_regency": "33.10", "certificates": []})
    assert "CERTIFICATE" in blocking(found)
    assert "GATE" not in blocking(found)


NEAR_MISSES: list[tuple[str, dict[str, Any], set[str]]] = [
    ("JO-KOR-MANUFACTURING", {"languages": []}, {"RANKED"}),
    ("JO-KOR-MANUFACTURING", {"records": None}, {"NO_RECORD"}),
    ("JO-MYS-HOUSEKEEPER", {"birth_date": days(-20 * 365)}, {"AGE"}),
    ("JO-MYS-HOUSEKEEPER", {"birth_date": "1980-01-01"}, {"AGE"}),
    ("JO-MYS-HOUSEKEEPER", {"certificates": [CARETAKER]}, {"GATE", "CERTIFICATE"}),
    ("JO-MYS-HOUSEKEEPER", {"training_hours": hours("9111", "HKG")}, {"GATE", "TRAINING_HOURS"}),
    ("JO-MYS-COOK", {"certificates": [HOUSEKEEPER]}, {"GATE", "CERTIFICATE"}),
    ("JO-MYS-ELDERLY", {"education": school("SD")}, {"EDUCATION"}),
    ("JO-MYS-CHILD", {"training_hours": hours("5311", "MYS", 150)}, {"GATE", "TRAINING_HOURS"}),
    ("JO-SGP-DOMESTIC", {"sex": "M"}, {"SEX"}),
    ("JO-SGP-DOMESTIC", {"education": {"level": "SD", "years": 8, "field": None}}, {"EDUCATION"}),
    ("JO-SGP-DOMESTIC", {"birth_date": born(22)}, {"AGE"}),
    ("JO-SGP-DOMESTIC", {"languages": [a_result("en", "IELTS", "6.0")]}, {"LANGUAGE"}),
    ("JO-HKG-HELPER", {"languages": []}, {"ONE_OF"}),
    ("JO-TWN-CAREGIVER", {"languages": [a_result("yue", "CEFR", "B2")]}, {"LANGUAGE"}),
    ("JO-TWN-NURSE-AIDE", {"education": school("S1", "LAW")}, {"EDUCATION"}),
    ("JO-TWN-NURSE-AIDE", {"birth_date": born(19)}, {"AGE", "AGE_FLOOR"}),
    ("JO-KOR-MANUFACTURING", {"birth_date": "1985-06-02"}, {"BIRTH_DATE"}),
    ("JO-KOR-MANUFACTURING", {"birth_date": "2007-06-05"}, {"BIRTH_DATE"}),
    ("JO-KOR-MANUFACTURING", {"education": school("SD")}, {"EDUCATION"}),
    ("JO-KOR-MANUFACTURING", {"certificates": []}, {"CERTIFICATE"}),
    ("JO-KOR-FISHERY", {"birth_date": born(40)}, {"AGE"}),
    ("JO-JPN-CARE", {"languages": [N4]}, {"ONE_OF"}),
    ("JO-JPN-CARE", {"languages": [a_result("ja", "JLPT", "N5"), CARE_JAPANESE]}, {"ONE_OF"}),
    ("JO-JPN-FOOD", {"certificates": [skill("SSW_CARE")]}, {"ONE_OF"}),
    ("JO-DEU-NURSE", {"birth_date": "1987-11-23"}, {"AGE"}),
    ("JO-DEU-NURSE", {"languages": [a_result("de", "OESD", "A2")]}, {"ONE_OF"}),
    ("JO-TWN-CREW", {"certificates": CREW[:1]}, {"CERTIFICATE"}),
    ("JO-TWN-CREW", {"certificates": [CREW[0], {**CREW[1], "valid_until": days(-1)}]}, {"CERTIFICATE"}),
    ("JO-BRN-ROOM", {"languages": [ENGLISH["A1"]]}, {"LANGUAGE"}),
    ("JO-BRN-ROOM", {"education": school("SMP")}, {"EDUCATION"}),
]


@pytest.mark.parametrize(("code", "changes", "rules"), NEAR_MISSES)
def test_a_near_miss_is_stopped_by_exactly_its_own_rules(code: str, changes: dict[str, Any], rules: set[str]) -> None:
    found = verdict(code, {**FITTING[code], **changes})
    assert blocking(found) == rules
    assert not found.eligible


def test_an_ex_trainee_of_the_field_needs_no_japanese_tests() -> None:
    trainee = fit(prior_programmes=[{"kind": "TITP", "field": "CARE", "finished": True}])
    assert verdict("JO-JPN-CARE", trainee).state is State.ELIGIBLE_NOW
    assert verdict("JO-JPN-FOOD", trainee).state is State.NO_PATH


def test_colour_blindness_on_record_closes_korea_and_an_open_question_does_not() -> None:
    blind = {"status": "FIT", "on": None, "conditions": [{"code": "COLOUR_VISION", "met": False}]}
    found = verdict("JO-KOR-MANUFACTURING", {**FITTING["JO-KOR-MANUFACTURING"], "fitness": blind})
    assert blocking(found) == {"HEALTH_CONDITION"}


@pytest.mark.parametrize(
    ("record", "open_"),
    [
        ({"kind": "DEPORTATION", "country": "MYS", "until": None, "years": None}, False),
        ({"kind": "STAY", "country": "KOR", "until": None, "years": 6}, False),
        ({"kind": "STAY", "country": "KOR", "until": None, "years": 5}, True),
        ({"kind": "STAY", "country": "MYS", "until": None, "years": 9}, True),
    ],
)
def test_korea_asks_about_records_and_long_stays(record: dict[str, Any], open_: bool) -> None:
    found = verdict("JO-KOR-MANUFACTURING", {**FITTING["JO-KOR-MANUFACTURING"], "records": [record]})
    assert found.eligible is open_


@pytest.mark.parametrize("code", ["JO-HKG-HELPER", "JO-TWN-CAREGIVER"])
def test_hours_that_rest_on_an_old_text_warn_and_do_not_block(code: str) -> None:
    cautions = verdict(code, FITTING[code]).cautions
    assert "DOUBTFUL_TRAINING_HOURS" in {caution.code for caution in cautions}


ANYBODY = fit(
    certificates=[HOUSEKEEPER],
    training_hours=hours("9111", None, 800),
    education=school("S1"),
    languages=[ENGLISH["A2"]],
)


@pytest.mark.parametrize(
    ("code", "rules"),
    [
        ("JO-N1-SAU-HOUSE", {"BAN", "SCHEME"}),
        ("JO-N2-KHM-SERVICE", {"BAN", "SCHEME", "VISA_TYPE", "PARTNER"}),
        (
            "JO-N3-MYS-SPONSOR",
            {"HOUSEHOLD_ALONE", "VISA_TYPE", "CORRIDOR_CHANNEL", "CORRIDOR_SCHEME", "WAGE_FLOOR", "COST"},
        ),
    ],
)
def test_the_negative_cases_are_refused_by_rule_whoever_asks(code: str, rules: set[str]) -> None:
    found = verdict(code, ANYBODY)
    assert found.state is State.NO_PATH
    assert rules <= blocking(found)


def test_the_sponsor_s_fee_hides_the_offer_with_its_policy() -> None:
    hidden = verdict("JO-N3-MYS-SPONSOR", ANYBODY).hidden
    assert hidden is not None and (hidden.reason, hidden.policy) == ("UNLAWFUL_FEES", "COST-ALL-JOBS/1")
