"""Where no path exists: which single change is named, and how."""

from datetime import timedelta
from typing import Any

import pytest

from services.matching.matcher.facts.people import Person
from services.matching.matcher.order_book.compiled import CompiledOrders
from services.matching.matcher.pathway.batch_table import ChangeKind
from services.matching.matcher.pathway.search import find
from services.matching.matcher.pathway.smallest_change import SmallestChange, smallest_change, smallest_changes
from services.matching.matcher.requirements.certificate import NeedsCertificate
from tests.builders import TODAY, a_batch, a_certificate, a_course, a_factory_order, a_person, a_result, an_order, days
from tests.unit.matching.pathway.small_worlds import SmallWorld, a_world, asks_language, language_course, untrained


def the_miss(person: Person, world: SmallWorld) -> SmallestChange:
    assert not find(person, world, TODAY)
    miss = smallest_change(person, world, TODAY)
    assert miss is not None
    return miss


def kinds(person: Person, world: SmallWorld) -> list[ChangeKind]:
    return [miss.change for miss in smallest_changes(person, world, TODAY)]


@pytest.mark.parametrize(
    ("batch", "change", "by"),
    [
        ({"status": "PLANNED"}, ChangeKind.OPENED, days(10)),
        ({"status": "FULL", "taken": 16}, ChangeKind.SEAT, days(10)),
        ({"taken": 16, "closes": None}, ChangeKind.SEAT, days(13)),
        ({"closes": days(-3)}, ChangeKind.LATER_REGISTRATION, days(0)),
    ],
)
def test_a_batch_that_needs_one_change_is_named_before_anything_bigger(
    batch: dict[str, Any], change: ChangeKind, by: str
) -> None:
    course = a_course()
    made = a_batch(course, **batch)
    miss = the_miss(untrained(), a_world([course], [made], [an_order()]))
    assert (miss.change, miss.batch, miss.course) == (change, made.id, course.id)
    assert miss.by.isoformat() == by
    assert miss.ready_on == made.ends
    assert miss.programme == "COMPETENCE:HOUSEKEEPER"


def test_a_batch_that_needs_two_changes_is_no_small_change() -> None:
    course = a_course()
    full_and_closed = a_batch(course, taken=16, closes=days(-3))
    assert kinds(untrained(), a_world([course], [full_and_closed], [an_order()])) == [ChangeKind.NEW_BATCH]


def test_a_path_takes_only_one_batch_that_needs_a_change() -> None:
    care, japanese = a_course(), a_course(certificate=None, hours_for=[], languages=[a_result()])
    order = an_order(requirements={"all": [{"kind": "language", "language": "ja", "test": "JLPT", "result": "N4"}]})
    planned = a_batch(care, status="PLANNED", ends=days(20))
    also_planned = a_batch(japanese, status="PLANNED", starts=days(30), ends=days(40))
    assert kinds(untrained(), a_world([care, japanese], [planned, also_planned], [order])) == []
    opened = a_batch(japanese, starts=days(30), ends=days(40))
    assert kinds(untrained(), a_world([care, japanese], [planned, opened], [order])) == [
        ChangeKind.OPENED,
        ChangeKind.NEW_BATCH,
    ]


def test_an_order_that_closes_too_soon_is_named_with_the_days() -> None:
    course = a_course()
    early, earlier = an_order(closes_on=days(30)), an_order(closes_on=days(20))
    miss = the_miss(untrained(), a_world([course], [a_batch(course)], [early, earlier]))
    assert (miss.change, miss.order, miss.days) == (ChangeKind.LATER_CLOSING, early.id, 24)
    assert miss.by == miss.ready_on == TODAY + timedelta(days=54)


def test_an_order_that_is_closed_already_is_not_asked_to_open_again() -> None:
    course = a_course()
    assert kinds(untrained(), a_world([course], [a_batch(course)], [an_order(closes_on=days(-1))])) == []


def test_without_any_batch_one_more_in_the_home_regency_is_named_with_its_last_day() -> None:
    course = a_course()
    long_gone = a_batch(course, starts=days(-60), ends=days(-31), status="DONE")
    miss = the_miss(untrained(), a_world([course], [long_gone], [an_order(closes_on=days(100))]))
    assert (miss.change, miss.course, miss.regency) == (ChangeKind.NEW_BATCH, course.id, "53.06")
    assert miss.days == 30  # as long as the last one
    assert miss.by.isoformat() == days(100)
    assert miss.ready_on.isoformat() == days(30)


def test_a_programme_that_nobody_teaches_is_named_by_what_it_would_give() -> None:
    asked = {"kind": "certificate", "certificate": "SKILL_TEST", "scheme": "SSW_FOOD"}
    miss = the_miss(untrained(), a_world([], [], [a_factory_order(requirements={"all": [asked]})]))
    assert (miss.change, miss.course, miss.programme) == (ChangeKind.NEW_BATCH, None, "SKILL_TEST:SSW_FOOD")


@pytest.mark.parametrize(
    ("test", "programme"), [("EPS_TOPIK", "LANGUAGE:ko:EPS_TOPIK"), ("JLPT", "LANGUAGE:ja:JLPT:N5")]
)
def test_a_test_that_ranks_people_and_that_nobody_teaches_is_named_without_a_score(test: str, programme: str) -> None:
    order = a_factory_order(requirements={"kind": "ranked", "test": test})
    (miss,) = smallest_changes(untrained(languages=[]), a_world([], [], [order]), TODAY)
    assert (miss.change, miss.programme) == (ChangeKind.NEW_BATCH, programme)


def tocfl(result: str) -> dict[str, Any]:
    return {"kind": "language", "language": "zh", "test": "TOCFL", "result": result}


@pytest.mark.parametrize("backwards", [False, True])
def test_no_higher_test_is_named_than_the_order_asks(backwards: bool) -> None:
    asked, for_men = tocfl("A1"), {"kind": "sex", "is": "M"}
    order = a_factory_order(requirements={"all": [asked]})
    another = a_factory_order(requirements={"all": [tocfl("A2"), for_men]})
    orders = [another, order] if backwards else [order, another]
    miss = the_miss(untrained(languages=[]), a_world([], [], orders))
    assert (miss.order, miss.programme) == (order.id, "LANGUAGE:zh:TOCFL:A1")


@pytest.mark.parametrize("backwards", [False, True])
def test_of_two_courses_without_a_batch_the_lower_that_is_enough_is_named(backwards: bool) -> None:
    lower, higher = language_course("N4"), language_course("N3")
    order = a_factory_order(requirements={"all": [asks_language("N4")]})
    courses = [higher, lower] if backwards else [lower, higher]
    miss = the_miss(untrained(languages=[]), a_world(courses, [], [order]))
    assert (miss.course, miss.programme) == (lower.id, "LANGUAGE:ja:JLPT:N4")


def test_the_higher_test_is_named_where_it_opens_what_pays_more() -> None:
    modest = a_factory_order(requirements={"all": [tocfl("A1")]}, wage={"amount": 2000000, "currency": "KRW"})
    better = a_factory_order(requirements={"all": [tocfl("A2")]}, wage={"amount": 2500000, "currency": "KRW"})
    miss = the_miss(untrained(languages=[]), a_world([], [], [modest, better]))
    assert (miss.order, miss.programme) == (better.id, "LANGUAGE:zh:TOCFL:A2")


def test_a_ranked_test_that_nobody_knows_is_not_promised() -> None:
    order = a_factory_order(requirements={"kind": "ranked", "test": "STARS"})
    assert smallest_change(untrained(languages=[]), a_world([], [], [order]), TODAY) is None


def test_a_new_batch_may_be_the_first_rung_of_a_ladder_that_exists() -> None:
    n5 = {"kind": "language", "language": "ja", "test": "JLPT", "result": "N5"}
    n4 = {**n5, "result": "N4"}
    ladder = a_course(certificate=None, hours_for=[], languages=[a_result()], prerequisites={"all": [n5]})
    upper = a_batch(ladder, starts=days(70), ends=days(90))
    miss = the_miss(untrained(), a_world([ladder], [upper], [a_factory_order(requirements={"all": [n4]})]))
    assert (miss.change, miss.programme) == (ChangeKind.NEW_BATCH, "LANGUAGE:ja:JLPT:N5")
    assert miss.by.isoformat() == days(69)
    assert miss.ready_on == upper.ends


def test_one_paper_that_is_not_on_record_comes_first() -> None:
    course = a_course()
    order = an_order(requirements={"all": [{"kind": "education", "level": "SMP"}]})
    miss = the_miss(untrained(education=None), a_world([course], [a_batch(course)], [order]))
    assert (miss.change, miss.papers) == (ChangeKind.PAPER, ("EDUCATION",))
    assert "SMP" in miss.text.id


def test_a_certificate_without_its_expiry_is_a_paper_that_opens_the_order_today() -> None:
    holder = a_person(certificates=[a_certificate(valid_until=None)])
    miss = the_miss(holder, a_world(orders=[an_order(closes_on=days(60))]))
    assert (miss.change, miss.ready_on, miss.by.isoformat()) == (ChangeKind.PAPER, TODAY, days(60))


def test_two_missing_papers_are_two_changes() -> None:
    order = a_factory_order(requirements={"all": [{"kind": "education", "level": "SMP"}, {"kind": "sex", "is": "F"}]})
    assert kinds(a_person(education=None, sex=None), a_world(orders=[order])) == []


def test_what_no_change_can_help_is_not_promised() -> None:
    men_only = an_order(requirements={"all": [{"kind": "sex", "is": "M"}]})
    course = a_course()
    assert kinds(untrained(), a_world([course], [a_batch(course)], [men_only])) == []
    assert kinds(untrained(consent="NONE"), a_world([course], [a_batch(course)], [an_order()])) == []


def test_days_on_which_the_person_is_not_free_are_named() -> None:
    course = a_course()
    wishes = {"available": [{"from": days(1), "until": days(20)}]}
    miss = the_miss(untrained(wishes=wishes), a_world([course], [a_batch(course)], [an_order()]))
    assert miss.change is ChangeKind.FREE_DAYS


def test_every_change_is_one_sentence_in_two_languages() -> None:
    course = a_course()
    worlds = [
        a_world([course], [a_batch(course, status="PLANNED")], [an_order()]),
        a_world([course], [a_batch(course, taken=16, regency=None)], [an_order()]),
        a_world([course], [a_batch(course, closes=days(-3))], [an_order()]),
        a_world([course], [a_batch(course)], [an_order(closes_on=days(30))]),
        a_world([course], [], [an_order()]),
    ]
    for world in worlds:
        for miss in smallest_changes(untrained(), world, TODAY):
            assert miss.text.id != miss.text.en
            assert "{" not in miss.text.id + miss.text.en and "None" not in miss.text.id + miss.text.en
            assert miss.as_payload()["text"] == {"id": miss.text.id, "en": miss.text.en}


@pytest.mark.parametrize(
    ("person", "order", "day"),
    [
        ({}, {"opens_on": days(20)}, days(20)),
        ({"records": [{"kind": "ENTRY_BAN", "country": "MYS", "until": days(60), "years": None}]}, {}, days(61)),
    ],
)
def test_where_nothing_but_time_is_missing_the_day_is_named(
    person: dict[str, Any], order: dict[str, Any], day: str
) -> None:
    opening = an_order(**order)
    miss = the_miss(a_person(**person), a_world([], [], [opening]))
    assert (miss.change, miss.order, miss.ready_on.isoformat()) == (ChangeKind.WAIT, opening.id, day)
    assert miss.days == (miss.ready_on - TODAY).days
    assert miss.programme is None


def test_a_title_that_nobody_teaches_needs_one_class_for_certificate_and_hours() -> None:
    miss = the_miss(untrained(), a_world([], [], [an_order()]))
    assert (miss.change, miss.programme, miss.course) == (ChangeKind.NEW_BATCH, "COMPETENCE:HOUSEKEEPER", None)


def test_what_one_supply_of_courses_teaches_is_not_taken_for_another() -> None:
    """As many programmes, but others: so it is with the courses that are invented for one person after the other."""
    schemes = ("SEWING_OPERATOR", "FORKLIFT_OPERATOR")
    asked = [{"kind": "certificate", "certificate": "COMPETENCE", "scheme": scheme} for scheme in schemes]
    compiled = CompiledOrders.of(a_world().law.at(TODAY), [a_factory_order(requirements={"all": asked})])
    given = [{"kind": "COMPETENCE", "scheme": scheme, "valid_months": 36} for scheme in schemes]
    courses = [a_course(certificate=certificate, hours_for=[]) for certificate in given]
    supplies = [a_world([course], [a_batch(course)]).catalogue for course in courses]
    for supply, scheme in [*zip(supplies, schemes, strict=True)] * 2:
        can = zip(compiled.leaves, supply.teaching.teaches(compiled), strict=True)
        assert {leaf.scheme for leaf, learnable in can if learnable and isinstance(leaf, NeedsCertificate)} == {scheme}
