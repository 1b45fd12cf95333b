"""The requirement tree of an order: languages, schooling, certificates, records, and how alternatives combine."""

from datetime import timedelta
from typing import Any

import pytest

from services.matching.matcher.requirements.certificate import NeedsCertificate
from services.matching.matcher.requirements.groups import AllOf
from services.matching.matcher.requirements.status import Group, State, Status
from tests.builders import TODAY, a_certificate, a_factory_order, a_person, a_result, days
from tests.unit.matching.eligibility.asking import ask, blocking, demanding, outcome, state, status

JLPT_N4 = {"kind": "language", "language": "ja", "test": "JLPT", "result": "N4"}
JFT = {"kind": "language", "language": "ja", "test": "JFT_BASIC", "result": "PASS"}
CARE = {"kind": "language", "language": "ja", "test": "NURSING_JAPANESE", "result": "PASS"}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([a_result()], Status.MET),
        ([a_result(result="N3")], Status.MET),
        ([a_result(result="N5")], Status.NOT_MET),
        ([a_result(result=None)], Status.UNKNOWN),
        ([a_result(result="N4", valid_until=days(0))], Status.MET),
        ([a_result(result="N4", valid_until=days(-1))], Status.NOT_MET),
        ([a_result(result="N5"), a_result(result="N2", valid_until=days(-1))], Status.NOT_MET),
        ([a_result(test="JFT_BASIC", result="PASS")], Status.NOT_MET),
        ([a_result(test=None, result=None, cefr="B2")], Status.NOT_MET),
        ([a_result(language="en", test="JLPT")], Status.NOT_MET),
        ([], Status.NOT_MET),
    ],
)
def test_only_the_same_test_counts_and_a_result_without_an_end_does_not_expire(
    known: list[Any], expected: Status
) -> None:
    assert status(ask(a_person(languages=known), demanding(JLPT_N4)), "LANGUAGE") is expected


@pytest.mark.parametrize(("result", "fits"), [("120", True), ("200", True), ("119", False), ("80", False)])
def test_points_compare_as_numbers(result: str, fits: bool) -> None:
    order = demanding({"kind": "language", "language": "ko", "test": "EPS_TOPIK", "result": "120"})
    person = a_person(languages=[a_result("ko", "EPS_TOPIK", result)])
    assert (state(person, order) is State.ELIGIBLE_NOW) is fits


def test_a_goethe_certificate_is_no_cefr_certificate() -> None:
    order = demanding({"kind": "language", "language": "de", "test": "CEFR", "result": "B1"})
    assert state(a_person(languages=[a_result("de", "GOETHE", "B2")]), order) is State.NO_PATH
    assert state(a_person(languages=[a_result("de", "CEFR", "B2")]), order) is State.ELIGIBLE_NOW


def test_alternatives_are_listed_by_the_order_and_one_is_enough() -> None:
    either = demanding({"any": [JLPT_N4, JFT]})
    assert state(a_person(languages=[a_result(test="JFT_BASIC", result="PASS")]), either) is State.ELIGIBLE_NOW
    verdict = ask(a_person(languages=[]), either)
    assert blocking(verdict) == {"ONE_OF"}
    assert "JLPT N4" in outcome(verdict, "ONE_OF").text.id


def test_a_language_and_another_test_may_both_be_asked() -> None:
    both = demanding({"any": [JLPT_N4, JFT]}, CARE)
    only_basic = a_person(languages=[a_result()])
    assert blocking(ask(only_basic, both)) == {"LANGUAGE"}


def test_eps_ranks_people_and_is_no_pass_mark_as_trap_11_warns() -> None:
    """Trap 11: the same score may pass or fail; it is a quota by rank."""
    order = demanding({"kind": "ranked", "test": "EPS_TOPIK", "note": "quota by rank"})
    verdict = ask(a_person(languages=[a_result("ko", "EPS_TOPIK", "20")]), order)
    assert verdict.state is State.ELIGIBLE_NOW
    assert outcome(verdict, "RANKED").status is Status.MET
    assert "no pass mark" in outcome(verdict, "RANKED").text.en


@pytest.mark.parametrize(
    ("languages", "status"),
    [
        ([], Status.NOT_MET),
        (None, Status.UNKNOWN),
        ([a_result("ko", "EPS_TOPIK", None)], Status.UNKNOWN),
        ([a_result("ko", "EPS_TOPIK", "180", valid_until=days(-1))], Status.NOT_MET),
        ([a_result("ko", "EPS_TOPIK", "180", valid_until=days(0))], Status.MET),
        ([a_result("ko", "TOPIK", "3")], Status.NOT_MET),
    ],
)
def test_a_ranked_test_asks_for_a_valid_score_on_record(languages: list[Any] | None, status: Status) -> None:
    verdict = ask(a_person(languages=languages), demanding({"kind": "ranked", "test": "EPS_TOPIK"}))
    assert outcome(verdict, "RANKED").status is status
    assert verdict.eligible is (status is Status.MET)


@pytest.mark.parametrize(
    ("level", "years", "fits"),
    [("SMP", None, True), ("SMP", 7, True), ("SD", 8, False), ("SD", 12, False), ("SMA", 12, True), ("NONE", 9, False)],
)
def test_eight_school_years_are_asked_in_years_and_shown_by_the_certificate_as_trap_27_warns(
    level: str, years: int | None, fits: bool
) -> None:
    """Trap 27: Singapore asks years, not a label; years alone do not raise the highest certificate."""
    order = demanding({"kind": "education", "level": None, "years": 8})
    person = a_person(education={"level": level, "years": years, "field": None})
    assert (state(person, order) is State.ELIGIBLE_NOW) is fits


@pytest.mark.parametrize(("have", "fits"), [("SMA", True), ("SMK", True), ("D3", True), ("SMP", False), ("S1", True)])
def test_sma_and_smk_are_the_same_rung(have: str, fits: bool) -> None:
    person = a_person(education={"level": have, "years": None, "field": None})
    for asked in ("SMA", "SMK"):
        assert (state(person, demanding({"kind": "education", "level": asked})) is State.ELIGIBLE_NOW) is fits


NURSING = {"kind": "education", "level": "D3", "years": None, "fields": ["NURSING"]}


@pytest.mark.parametrize(
    ("education", "expected"),
    [
        ({"level": "D3", "field": "NURSING"}, Status.MET),
        ({"level": "S1", "field": "NURSING"}, Status.MET),
        ({"level": "D3", "field": "LAW"}, Status.NOT_MET),
        ({"level": "D3", "field": None}, Status.UNKNOWN),
        ({"level": "SMA", "field": None}, Status.NOT_MET),
        ({"level": "LYCEUM", "field": "NURSING"}, Status.UNKNOWN),
        (None, Status.UNKNOWN),
    ],
)
def test_a_field_of_study_may_be_asked_beside_the_level(education: Any, expected: Status) -> None:
    assert status(ask(a_person(education=education), demanding(NURSING)), "EDUCATION") is expected


def test_a_certificate_of_any_scheme_may_be_asked() -> None:
    order = demanding({"kind": "certificate", "certificate": "SAFETY", "scheme": None})
    assert state(a_person(certificates=[a_certificate("BST", kind="SAFETY")]), order) is State.ELIGIBLE_NOW
    assert state(a_person(certificates=[a_certificate("BST")]), order) is State.NO_PATH


def test_a_language_certificate_without_an_end_does_not_expire() -> None:
    order = demanding({"kind": "certificate", "certificate": "LANGUAGE", "scheme": None})
    lasting = a_certificate("JLPT", kind="LANGUAGE", valid_until=None)
    assert state(a_person(certificates=[lasting]), order) is State.ELIGIBLE_NOW


def work(isco08: str, months: int | None, similarity: float = 1.0) -> dict[str, Any]:
    return {"isco08": isco08, "months": months, "country": None, "similarity": similarity, "evidence": "work_history/0"}


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([work("6221", 24)], Status.MET),
        ([work("6223", 10), work("6221", 14)], Status.MET),
        ([work("6221", 23)], Status.NOT_MET),
        ([work("9216", 40)], Status.NOT_MET),
        ([work("6221", None)], Status.UNKNOWN),
        ([work("6221", 24, similarity=0.5)], Status.UNKNOWN),
        ([work("6221", 24), work("6223", None)], Status.MET),
    ],
)
def test_months_of_matching_work_add_up_and_a_guessed_code_proves_nothing(history: list[Any], expected: Status) -> None:
    order = demanding({"kind": "experience", "isco08": "622", "months": 24})
    assert status(ask(a_person(occupations=history), order), "EXPERIENCE") is expected


def record(kind: str = "DEPORTATION", **changes: Any) -> dict[str, Any]:
    return {"kind": kind, "country": "KOR", "until": None, "years": None, **changes}


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], Status.MET),
        ([record()], Status.NOT_MET),
        ([record(country="MYS")], Status.MET),
        ([record(country=None)], Status.UNKNOWN),
        ([record(until=days(-1))], Status.MET),
        ([record(until=days(0))], Status.NOT_MET),
        ([record("PRISON")], Status.MET),
    ],
)
def test_a_record_counts_where_and_while_it_runs(records: list[Any], expected: Status) -> None:
    order = demanding({"kind": "no_record", "record": "DEPORTATION", "country": "KOR"})
    assert status(ask(a_person(records=records), order), "NO_RECORD") is expected


@pytest.mark.parametrize(
    ("years", "expected"),
    [(6, Status.NOT_MET), (5.5, Status.NOT_MET), (5, Status.MET), (2, Status.MET), (None, Status.UNKNOWN)],
)
def test_an_earlier_stay_counts_by_its_length_only(years: float | None, expected: Status) -> None:
    order = demanding({"kind": "no_record", "record": "STAY", "country": "KOR", "years": 5})
    assert status(ask(a_person(records=[record("STAY", years=years)]), order), "NO_RECORD") is expected


def programme(field: str | None = "CARE", finished: bool | None = True) -> dict[str, Any]:
    return {"kind": "TITP", "field": field, "finished": finished}


@pytest.mark.parametrize(
    ("earlier", "fits"), [(programme(), True), (programme("FOOD"), False), (programme(finished=False), False)]
)
def test_an_ex_trainee_of_the_same_field_is_exempt_where_the_order_says_so(earlier: Any, fits: bool) -> None:
    skill_test = {"kind": "certificate", "certificate": "SKILL_TEST", "scheme": "SSW_CARE"}
    order = demanding({"any": [skill_test, {"kind": "prior_programme", "programme": "TITP", "field": "CARE"}]})
    assert (state(a_person(prior_programmes=[earlier]), order) is State.ELIGIBLE_NOW) is fits


def test_destination_law_on_sex_is_applied_and_shown_as_law() -> None:
    verdict = ask(a_person(sex="M"), demanding({"kind": "sex", "is": "F", "ref": "MOM Singapura"}))
    found = outcome(verdict, "SEX")
    assert (found.status, found.legal_basis.instrument, found.needed) == (Status.NOT_MET, "MOM Singapura", "F")
    assert status(ask(a_person(sex=None), demanding({"kind": "sex", "is": "F"})), "SEX") is Status.UNKNOWN


MET_LEAF: dict[str, Any] = {"kind": "sex", "is": "F"}
FAILED_LEAF: dict[str, Any] = {"kind": "sex", "is": "M"}
UNKNOWN_LEAF: dict[str, Any] = {"kind": "education", "level": "SD", "years": None, "fields": ["NURSING"]}


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ({"any": [{"all": [UNKNOWN_LEAF, FAILED_LEAF]}, FAILED_LEAF]}, Status.NOT_MET),
        ({"any": [{"all": [UNKNOWN_LEAF, MET_LEAF]}, FAILED_LEAF]}, Status.UNKNOWN),
        ({"any": [UNKNOWN_LEAF, MET_LEAF]}, Status.MET),
        ({"any": [UNKNOWN_LEAF, FAILED_LEAF]}, Status.UNKNOWN),
        ({"any": [FAILED_LEAF, {"any": [FAILED_LEAF, MET_LEAF]}]}, Status.MET),
    ],
)
def test_a_failed_part_beats_an_unknown_one_and_one_met_choice_is_enough(tree: Any, expected: Status) -> None:
    assert status(ask(a_person(), demanding(tree)), "ONE_OF") is expected


def test_what_is_unknown_and_what_fails_together_is_no_path() -> None:
    assert state(a_person(), demanding(UNKNOWN_LEAF, FAILED_LEAF)) is State.NO_PATH
    assert state(a_person(), demanding(UNKNOWN_LEAF)) is State.ELIGIBLE_BY


@pytest.mark.parametrize("empty", [None, {}, {"all": []}])
def test_an_order_without_requirements_asks_nothing_of_its_own(empty: Any) -> None:
    assert state(order=a_factory_order(requirements=empty)) is State.ELIGIBLE_NOW


@pytest.mark.parametrize(
    "broken",
    [
        {"any": []},
        {"kind": "star_sign", "is": "LEO"},
        {"kind": "age"},
        {"kind": "age", "min": "21"},
        {"kind": "education", "level": 3},
        {"kind": "hours", "hours": -1.5},
        {"kind": "birth_date", "from": "1985-06-31", "until": "2007-06-04"},
        {"all": "everything"},
        "nothing",
        [],
    ],
)
def test_a_requirement_that_cannot_be_read_is_never_met_and_is_a_task_of_the_company(broken: Any) -> None:
    verdict = ask(order=a_factory_order(requirements=broken))
    assert outcome(verdict, "UNREADABLE").status is Status.UNKNOWN
    assert outcome(verdict, "UNREADABLE").group is Group.OTHERS
    assert verdict.state is State.NO_PATH


def test_a_tree_fifty_levels_deep_is_unreadable_and_not_an_error() -> None:
    tree: Any = {"kind": "sex", "is": "F"}
    for _ in range(50):
        tree = {"any": [tree]}
    assert state(order=a_factory_order(requirements=tree)) is State.NO_PATH


@pytest.mark.slow
def test_ten_thousand_requirements_are_judged_one_by_one() -> None:
    many = [{"kind": "age", "min": 18, "max": 60 + number} for number in range(10_000)]
    assert state(order=a_factory_order(requirements={"all": many})) is State.ELIGIBLE_NOW


@pytest.mark.parametrize("asked", ["FINE_ARTS", "SENI_RUPA"])
@pytest.mark.parametrize("held", ["FINE_ARTS", "SENI_RUPA"])
def test_two_codes_of_one_field_of_study_are_the_same(asked: str, held: str) -> None:
    person = a_person(education={"level": "SMK", "years": 12, "field": held})
    tree = {"kind": "education", "level": "SMK", "years": None, "fields": [asked]}
    assert status(ask(person, demanding(tree)), "EDUCATION") is Status.MET


def test_a_field_of_study_asked_for_by_both_of_its_codes_is_said_once() -> None:
    both, one = (
        demanding({"kind": "education", "level": None, "years": None, "fields": list(fields)})
        for fields in (("SENI_RUPA", "FINE_ARTS"), ("FINE_ARTS",))
    )
    assert both.requirements == one.requirements
    assert outcome(ask(order=both), "EDUCATION").text == outcome(ask(order=one), "EDUCATION").text


@pytest.mark.parametrize(("safe_until", "begins"), [(40, 30), (29, None)])
def test_what_begins_later_is_waited_for_only_where_all_else_still_holds_then(
    safe_until: int, begins: int | None
) -> None:
    held = [
        a_certificate(kind="COMPETENCE", scheme="WELDER", valid_from=days(30), valid_until=days(90)),
        a_certificate(kind="SAFETY", scheme=None, valid_from=days(10), valid_until=days(safe_until)),
    ]
    both = AllOf((NeedsCertificate("COMPETENCE", "WELDER"), NeedsCertificate("SAFETY")))
    assert both.begins(a_person(certificates=held), TODAY) == (begins and TODAY + timedelta(days=begins))
