"""What a ranking says of its own lists: reasons that were used, what is missing, and what a course does not do."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.matching.matcher.facts.people import Person
from services.matching.matcher.ltr.fit import fit
from services.matching.matcher.ranking.model import Fitted
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.values import CourseProspect
from tests.builders import a_course, a_factory_order, a_person_payload, an_order
from tests.unit.matching.learning.some_examples import ORDER_CARD, some_examples

COLD = Ranking.cold()
ASKED = ("CARE_ELDERLY", "HOUSE_CLEANING", "FISH_NET", "FARM_HARVEST", "COOK_FAMILY")
ORDERS = [
    an_order(id="care", isco08="5322", skills=[{"code": "CARE_ELDERLY", "essential": True, "similarity": 1.0}]),
    an_order(id="house", skills=[{"code": "HOUSE_CLEANING", "essential": True, "similarity": 0.9}]),
    a_factory_order(id="sea", isco08="6223", skills=[{"code": "FISH_NET", "essential": True, "similarity": 1.0}]),
    a_factory_order(id="farm", isco08="9211", skills=[{"code": "FARM_HARVEST", "essential": False, "similarity": 1.0}]),
    a_factory_order(id="silent", isco08="5120"),
]
skill = some.fixed_dictionaries(
    {
        "code": some.sampled_from([*ASKED, "CARE_CHILD", "SEW_TAILOR", "FARM_CROPS"]),
        "months": some.none() | some.integers(0, 300),
        "similarity": some.floats(0.5, 1.0),
        "source": some.sampled_from(["HOME", "WORK", "TRAINING"]),
        "evidence": some.just("skills/0"),
    }
)
job = some.fixed_dictionaries(
    {
        "isco08": some.sampled_from(["9111", "5322", "6223", "9211", "7531"]),
        "months": some.none() | some.integers(0, 300),
        "country": some.none() | some.sampled_from(["MYS", "IDN"]),
        "similarity": some.floats(0.5, 1.0),
        "evidence": some.just("work_history/0"),
    }
)


@cache
def taught() -> Ranking:
    return COLD.taught(Fitted(fit(some_examples(60), ORDER_CARD, "orders"), None), "model-test")


def someone(skills: list[dict[str, object]], jobs: list[dict[str, object]]) -> Person:
    return Person.from_payload(a_person_payload(id="one", skills=skills, occupations=jobs))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(some.lists(skill, max_size=4), some.lists(job, max_size=3), some.sampled_from(ASKED), some.integers(0, 200))
def test_more_of_a_required_skill_never_ranks_an_order_lower(
    skills: list[dict[str, object]], jobs: list[dict[str, object]], code: str, months: int
) -> None:
    more = {"code": code, "months": months, "similarity": 1.0, "source": "HOME", "evidence": "skills/9"}
    for ranking in (COLD, taught()):
        before = {row.id: row.score for row in ranking.orders(someone(skills, jobs), ORDERS, shown=0)}
        after = {row.id: row.score for row in ranking.orders(someone([*skills, more], jobs), ORDERS, shown=0)}
        assert all(after[id] >= score - 1e-9 for id, score in before.items())


def test_years_of_unpaid_care_count_as_years_of_that_work_and_are_told_so() -> None:
    told = {"code": "CARE_ELDERLY", "months": 60, "similarity": 1.0, "source": "HOME", "evidence": "skills/0"}
    [care] = [row for row in COLD.orders(someone([told], []), ORDERS) if row.id == "care"]
    assert dict(care.values)["same_work"] == 1.0
    [practised] = [reason for reason in care.reasons if reason.code == "PRACTISED"]
    assert practised.text.id == "Sudah 5 tahun merawat orang lanjut usia." and practised.evidence == ("skills/0",)
    paid = {"isco08": "5322", "months": 60, "country": None, "similarity": 1.0, "evidence": "work_history/0"}
    [twice] = [row for row in COLD.orders(someone([{**told, "months": 12}], [paid]), ORDERS) if row.id == "care"]
    assert "SAME_WORK" in {reason.code for reason in twice.reasons}, "paid work is told as work"


def test_an_order_that_calls_nothing_essential_is_no_shortcut_to_the_top() -> None:
    carer = someone([{"code": "SEW_TAILOR", "months": 60, "similarity": 1.0, "source": "WORK", "evidence": None}], [])
    values = {row.id: dict(row.values) for row in COLD.orders(carer, ORDERS)}
    assert values["farm"]["skills"] < 0.2, "what it names is what it asks"
    assert values["silent"]["skills"] < 0.2, "what its occupation is made of is what it asks"


def test_what_is_missing_is_named_as_people_call_it() -> None:
    asked = [
        {"kind": "language", "language": "ja", "test": "NURSING_JAPANESE", "result": "PASS"},
        {"kind": "certificate", "certificate": "SKILL_TEST", "scheme": "SSW_CARE"},
    ]
    [row] = COLD.orders(someone([], []), [a_factory_order(id="kaigo", requirements={"all": asked})])
    said = {reason.code: reason.text.id for reason in row.missing}
    assert said["LANGUAGE_MISSING"] == "Perlu kemampuan bahasa: Jepang (Kaigo Nihongo)."
    assert said["CERTIFICATE_MISSING"] == "Perlu uji keahlian perawatan (Jepang)."


def test_a_course_that_unlocks_nothing_says_so_and_stands_behind_one_that_does() -> None:
    opens, nothing = a_course(id="opens"), a_course(id="nothing")
    outlooks = {
        "opens": CourseProspect(orders=(ORDERS[1],), steps=1, days=60, distance_km=300.0),
        "nothing": CourseProspect(),
    }
    first, second = COLD.courses(someone([], []), [nothing, opens], outlooks)
    assert (first.id, second.id) == ("opens", "nothing")
    assert "OPENS_ORDERS" in {reason.code for reason in first.reasons} and first.unlocks == ("house",)
    [said] = second.missing
    assert said.code == "UNLOCKS_NOTHING" and second.unlocks == () and said.text.id and said.text.en
    for row in (first, second):
        assert len(row.reasons) <= 3 and sum(part.points for part in row.parts) == pytest.approx(row.score, abs=1e-9)
