"""Closed destinations: by country, employer, occupation and date."""

from datetime import timedelta

import pytest

from services.matching.matcher.requirements.status import State, Status
from tests.builders import TODAY, a_ban, a_factory_order, a_law, a_person, an_employer, an_order, days
from tests.unit.matching.eligibility.asking import ask, blocking, outcome, state

HOUSEHOLDS = a_ban("SAU", "ARE", employer_type="HOUSEHOLD")


def test_a_country_closed_for_households_stays_open_for_companies_as_trap_6_warns() -> None:
    """Trap 6: bans are by country, employer, occupation and date, never one flag a country."""
    assert blocking(ask(order=an_order(country="SAU"), law=a_law(HOUSEHOLDS))) >= {"BAN"}
    assert state(order=a_factory_order(country="SAU"), law=a_law(HOUSEHOLDS)) is State.ELIGIBLE_NOW
    assert "BAN" not in blocking(ask(order=an_order(country="MYS"), law=a_law(HOUSEHOLDS)))


@pytest.mark.parametrize(("isco08", "closed"), [("9211", True), ("6112", True), ("9111", False)])
def test_plantations_may_be_closed_while_households_stay_open_as_trap_6_warns(isco08: str, closed: bool) -> None:
    """Trap 6: in 2024 Malaysia's estates were closed and its households open."""
    law = a_law(a_ban("MYS", employer_type="COMPANY", isco08=["611", "9211"]))
    order = a_factory_order(country="MYS", isco08=isco08)
    assert ("BAN" in blocking(ask(order=order, law=law))) is closed


def test_a_ban_lasts_from_its_first_to_its_last_day() -> None:
    law = a_law(a_ban("MYS", valid_from=days(7), valid_until=days(37)))
    order = a_factory_order(country="MYS")
    asked = [state(order=order, law=law, day=TODAY + timedelta(days=ahead)) for ahead in (6, 7, 37, 38)]
    assert asked == [State.ELIGIBLE_NOW, State.NO_PATH, State.NO_PATH, State.ELIGIBLE_NOW]


def test_without_a_ban_a_country_is_open_and_the_verdict_warns_where_no_agreement_is_on_record() -> None:
    verdict = ask(order=a_factory_order(country="POL"))
    assert verdict.state is State.ELIGIBLE_NOW
    assert "NO_AGREEMENT" in {caution.code for caution in verdict.cautions}


def test_a_ban_of_low_confidence_warns_and_does_not_close() -> None:
    verdict = ask(order=a_factory_order(), law=a_law(a_ban("KOR", confidence="L")))
    assert verdict.state is State.ELIGIBLE_NOW
    assert [caution.code for caution in verdict.cautions if caution.version == "BAN/1"] == ["DOUBTFUL_BAN"]


def test_an_order_that_does_not_name_its_employer_may_fall_under_a_ban() -> None:
    order = a_factory_order(country="SAU", employer=an_employer(type=None))
    verdict = ask(order=order, law=a_law(HOUSEHOLDS))
    assert outcome(verdict, "BAN").status is Status.UNKNOWN
    assert verdict.state is State.NO_PATH


def test_two_bans_on_one_order_are_both_named() -> None:
    law = a_law(a_ban("SAU", code="BAN-A"), a_ban("SAU", code="BAN-B", employer_type="HOUSEHOLD"))
    assert {one.version for one in ask(order=an_order(country="SAU"), law=law).of("BAN")} == {"BAN-A/1", "BAN-B/1"}


def test_the_open_destination_is_said_once() -> None:
    assert outcome(ask(), "BAN").status is Status.MET


def test_an_entry_ban_of_the_person_closes_that_country_until_it_ends() -> None:
    def person(**record: object) -> object:
        return {"kind": "ENTRY_BAN", "country": "KOR", "until": days(0), "years": None, **record}

    order = a_factory_order()
    assert blocking(ask(a_person(records=[person()]), order)) == {"ENTRY_BAN"}
    assert state(a_person(records=[person(until=None)]), order) is State.NO_PATH
    assert state(a_person(records=[person(until=days(-1))]), order) is State.ELIGIBLE_NOW
    assert state(a_person(records=[person(country="MYS")]), order) is State.ELIGIBLE_NOW
    assert state(a_person(records=[person(country=None)]), order) is State.ELIGIBLE_BY


@pytest.mark.parametrize(
    ("sent_away", "bans", "found"),
    [
        (["DEPORTATION"], 0, State.ELIGIBLE_BY),
        (["DEPORTATION"], 1, State.ELIGIBLE_NOW),
        (["OVERSTAY", "DEPORTATION"], 1, State.ELIGIBLE_NOW),
        (["DEPORTATION", "DEPORTATION"], 1, State.ELIGIBLE_BY),
        (["OVERSTAY", "OVERSTAY", "DEPORTATION"], 1, State.ELIGIBLE_BY),
        (["DEPORTATION", "DEPORTATION"], 2, State.ELIGIBLE_NOW),
    ],
)
def test_one_ban_that_is_over_answers_for_one_deportation(sent_away: list[str], bans: int, found: State) -> None:
    def record(kind: str, until: str | None = None, country: str = "KOR") -> dict[str, object]:
        return {"kind": kind, "country": country, "until": until, "years": None}

    over = [record("ENTRY_BAN", days(-1 - at)) for at in range(bans)]
    elsewhere = [record("DEPORTATION", country="MYS")] * 3
    person = a_person(records=[*over, *elsewhere, *(record(kind) for kind in sent_away)])
    assert state(person, a_factory_order()) is found
