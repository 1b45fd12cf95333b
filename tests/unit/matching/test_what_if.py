"""Who would change under a draft law or with a planned batch, and what may be shown of it."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.order_book.index import OrderIndex
from services.matching.matcher.order_book.states import states
from services.matching.matcher.requirements.status import STATE_CODES, State
from services.matching.matcher.what_if import ALL, WhatIfAnswer, may_join, what_if, what_if_batch, withheld
from shared.codes.sectors import SECTORS
from tests.builders import (
    NARROW,
    TODAY,
    a_ban,
    a_batch,
    a_company,
    a_course,
    a_factory_order,
    a_gate,
    a_law,
    a_person,
    a_policy_of,
    a_revision,
    an_employer,
    an_order,
    days,
)
from tests.support.today import born

CLOSE_KOREA = a_ban("KOR", code="BAN-KOR", status="PROPOSED")


def crowd(number: int, **changes: Any) -> list[Person]:
    return [a_person(**changes) for _ in range(number)]


def people(change: WhatIfAnswer, view: str = "total") -> dict[tuple[str, str, str | None, str], int | None]:
    return {
        (cell.before.value, cell.after.value, cell.regency, cell.sector): cell.people for cell in getattr(change, view)
    }


def test_a_draft_ban_shows_who_loses_what_by_regency_and_sector() -> None:
    orders = [a_factory_order(isco08="8160"), an_order()]
    flores, kupang = crowd(30, home_regency="53.06"), crowd(12, home_regency="53.71", certificates=[])
    change = what_if(OrderIndex(orders), Facets(flores + kupang), a_law(), a_law().with_draft(CLOSE_KOREA), TODAY)
    assert (change.affected_orders, change.judged, change.changed) == (1, 42, 42)
    assert people(change) == {("ELIGIBLE_NOW", "NO_PATH", None, ALL): 12}
    assert people(change, "by_sector") == {("ELIGIBLE_NOW", "NO_PATH", None, "MANUFACTURING"): 42}
    assert people(change, "cells") == {
        ("ELIGIBLE_NOW", "NO_PATH", "53.06", "MANUFACTURING"): 30,
        ("ELIGIBLE_NOW", "NO_PATH", "53.71", "MANUFACTURING"): 12,
    }


def test_the_narrow_reading_of_the_gate_opens_care_and_leaves_housekeeping_shut() -> None:
    care = an_order(isco08="5322", title_scheme="ELDERLY_CARETAKER")
    law = a_law(a_gate())
    narrow = a_policy_of("NTT-GATE", "GATE", [a_revision(NARROW, status="PROPOSED", valid_from=days(0))])
    untrained = crowd(25, certificates=[], training_hours=[])
    change = what_if(OrderIndex([care, an_order()]), Facets(untrained), law, law.with_draft(narrow), TODAY)
    assert change.affected_orders == 1
    assert people(change) == {("NO_PATH", "ELIGIBLE_NOW", None, ALL): 25}


def test_a_draft_that_touches_no_open_order_changes_nobody() -> None:
    closed = a_factory_order(closes_on=days(-1))
    change = what_if(OrderIndex([closed]), Facets(crowd(20)), a_law(), a_law().with_draft(CLOSE_KOREA), TODAY)
    assert (change.affected_orders, change.changed, change.total) == (0, 0, ())


def test_a_draft_is_asked_for_its_own_day() -> None:
    orders, everybody = OrderIndex([a_factory_order(closes_on=days(300))]), Facets(crowd(20))
    later = a_ban("KOR", code="BAN-KOR", status="PROPOSED", valid_from=days(38))
    draft = a_law().with_draft(later)
    assert what_if(orders, everybody, a_law(), draft, TODAY + timedelta(days=37)).changed == 0
    assert what_if(orders, everybody, a_law(), draft, TODAY + timedelta(days=38)).changed == 20


def test_the_end_of_a_policy_may_be_tried_too() -> None:
    law = a_law(a_ban("KOR"))
    change = what_if(OrderIndex([a_factory_order()]), Facets(crowd(15)), law, law.without("BAN"), TODAY)
    assert people(change) == {("NO_PATH", "ELIGIBLE_NOW", None, ALL): 15}


def test_children_and_people_without_consent_do_not_change() -> None:
    others = crowd(20, birth_date=born(14)) + crowd(20, consent="WITHDRAWN")
    change = what_if(OrderIndex([a_factory_order()]), Facets(others), a_law(), a_law().with_draft(CLOSE_KOREA), TODAY)
    assert (change.judged, change.changed) == (40, 0)


def test_removed_people_are_not_counted() -> None:
    everybody = Facets(crowd(30))
    for person_id in list(everybody.rows)[:18]:
        everybody.remove(person_id)
    change = what_if(OrderIndex([a_factory_order()]), everybody, a_law(), a_law().with_draft(CLOSE_KOREA), TODAY)
    assert (change.judged, change.changed) == (12, 12)


def test_fewer_than_ten_are_never_shown_as_trap_29_warns() -> None:
    """Trap 29: counts below ten are suppressed everywhere, the total of a small change included."""
    change = what_if(OrderIndex([a_factory_order()]), Facets(crowd(9)), a_law(), a_law().with_draft(CLOSE_KOREA), TODAY)
    assert change.changed is None
    assert [cell.people for view in (change.total, change.cells) for cell in view] == [None, None]


def test_a_single_hidden_sum_is_not_given_away_by_its_neighbours_as_trap_29_warns() -> None:
    """Trap 29: with the whole shown elsewhere, one hidden part could be subtracted; a second one is hidden."""
    homes = crowd(40, home_regency="53.06") + crowd(15, home_regency="53.07") + crowd(4, home_regency="53.08")
    change = what_if(OrderIndex([a_factory_order()]), Facets(homes), a_law(), a_law().with_draft(CLOSE_KOREA), TODAY)
    by_regency = {cell.regency: cell.people for cell in change.by_regency}
    assert by_regency == {"53.06": 40, "53.07": None, "53.08": None}
    assert change.changed == 59


def test_two_hidden_sums_protect_each_other() -> None:
    sums = Counter({(0, 2, ALL, "a"): 50, (0, 2, ALL, "b"): 3, (0, 2, ALL, "c"): 4, (1, 2, ALL, "a"): 2})
    assert withheld(sums) == {
        (0, 2, ALL, "a"): 50,
        (0, 2, ALL, "b"): None,
        (0, 2, ALL, "c"): None,
        (1, 2, ALL, "a"): None,
    }


def test_people_whose_home_is_unknown_are_counted_without_a_place() -> None:
    change = what_if(
        OrderIndex([a_factory_order()]),
        Facets(crowd(11, home_regency=None)),
        a_law(),
        a_law().with_draft(CLOSE_KOREA),
        TODAY,
    )
    assert [(cell.regency, cell.people) for cell in change.by_regency] == [(None, 11)]


def test_a_planned_batch_shows_for_whom_it_alone_would_open_an_order() -> None:
    course = a_course()
    batch = a_batch(course, status="PLANNED")
    untrained = crowd(14, certificates=[], training_hours=[])
    half = crowd(11, certificates=[])
    trained = crowd(13)
    busy = crowd(12, certificates=[], training_hours=[], wishes={"available": [{"from": days(30), "until": None}]})
    change = what_if_batch(OrderIndex([an_order()]), untrained + half + trained + busy, a_law(), course, batch)
    assert change.day == batch.ends
    assert (change.judged, change.affected_orders) == (50, 1)
    assert people(change) == {("NO_PATH", "ELIGIBLE_NOW", None, ALL): 25}


def test_a_batch_that_ends_after_the_order_closes_opens_nothing() -> None:
    course = a_course()
    early = an_order(closes_on=days(53))
    change = what_if_batch(
        OrderIndex([early]), crowd(12, certificates=[]), a_law(), course, a_batch(course, ends=days(54))
    )
    assert change.changed == 0


def test_who_may_join_a_batch() -> None:
    course = a_course(prerequisites={"kind": "education", "level": "SMP"})
    starts, ends = TODAY + timedelta(days=14), TODAY + timedelta(days=54)
    assert may_join(a_person(), course, starts, ends)
    assert not may_join(a_person(education={"level": "SD"}), course, starts, ends)
    assert not may_join(a_person(education=None), course, starts, ends)
    assert not may_join(a_person(consent="NONE"), course, starts, ends)
    some_days = {"available": [{"from": days(14), "until": days(54)}]}
    assert may_join(a_person(wishes=some_days), course, starts, ends)
    assert not may_join(a_person(wishes=some_days), course, starts, ends + timedelta(days=1))


def test_a_planned_batch_needs_its_days() -> None:
    course = a_course()
    with pytest.raises(ValueError, match="first and its last day"):
        what_if_batch(OrderIndex(), [], a_law(), course, a_batch(course, ends=None))


def test_everything_is_plain_json() -> None:
    change = what_if(
        OrderIndex([a_factory_order()]), Facets(crowd(11)), a_law(), a_law().with_draft(CLOSE_KOREA), TODAY
    )
    shown = change.as_payload()
    assert shown["total"] == [{"from": "ELIGIBLE_NOW", "to": "NO_PATH", "regency": None, "sector": ALL, "people": 11}]
    assert (shown["day"], shown["changed"]) == (TODAY.isoformat(), 11)


@pytest.mark.parametrize(
    ("order", "sector"),
    [
        (an_order(), "HOUSEHOLD"),
        (a_factory_order(isco08="5321"), "CARE"),
        (a_factory_order(isco08="2221"), "CARE"),
        (a_factory_order(isco08="9216"), "SEA"),
        (a_factory_order(isco08="9211"), "AGRICULTURE"),
        (a_factory_order(isco08="9313"), "CONSTRUCTION"),
        (a_factory_order(isco08="9112"), "HOSPITALITY"),
        (a_factory_order(isco08="9329"), "MANUFACTURING"),
        (a_factory_order(isco08="4222"), "OTHER"),
        (a_factory_order(isco08=None, employer=an_employer(type=None)), "OTHER"),
    ],
)
def test_sectors_as_the_province_speaks_of_them(order: Order, sector: str) -> None:
    assert order.sector == sector
    assert all(SECTORS[sector])


def test_an_order_that_is_hidden_from_everybody_is_open_to_nobody_in_both_laws() -> None:
    """A suspended company recruits for nobody, whatever scheme it writes down: no draft law closes its order."""
    hidden = an_order(scheme="MANDIRI", employer={"type": "COMPANY"}, company=a_company(status="SUSPENDED"))
    everybody, seen = Facets(crowd(20)), OrderIndex([hidden, a_factory_order(isco08="8160")])
    assert STATE_CODES[states(everybody, seen.under(a_law().at(TODAY)), TODAY)[0, 0]] is State.NO_PATH
    draft = a_law().with_draft(a_ban("MYS", code="BAN-MYS", status="PROPOSED"))
    change = what_if(seen, everybody, a_law(), draft, TODAY)
    assert (change.affected_orders, change.changed) == (0, 0)
