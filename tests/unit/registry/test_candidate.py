"""The candidate document: begins with what was said, changes by what differs, refuses nobody."""

from datetime import date

from services.registry.model import candidate
from tests.unit.registry.people import PROFILE, a_candidate, a_consent


def test_what_was_not_said_stays_unknown() -> None:
    begun = candidate.begun(id="x", number="LB-2026-000001", profile={"full_name": "Ana"}, centre=None, by="dev:ana")
    assert begun["birth_date"] is None
    assert begun["education"] is None
    assert begun["skills"] == []
    assert begun["wishes"] == candidate.NO_WISHES


def test_a_change_names_only_the_fields_that_differ() -> None:
    after, differing = candidate.amended(a_candidate(), {"village": "Sarotari", "sex": "F"})
    assert differing == ["village"]
    assert after["village"] == "Sarotari"


def test_null_takes_a_fact_back() -> None:
    after, differing = candidate.amended(a_candidate(), {"phone": None})
    assert (after["phone"], differing) == (None, ["phone"])


def test_somebody_born_on_29_february_is_18_on_1_march() -> None:
    assert candidate.age("2008-02-29", date(2026, 2, 28)) == 17
    assert candidate.age("2008-02-29", date(2026, 3, 1)) == 18


def test_a_child_who_consents_alone_is_shown_to_an_officer() -> None:
    child = a_candidate(birth_date="2010-01-01", consents=[a_consent()])
    assert candidate.reviews(child, date(2026, 11, 24)) == ["guardian_consent_expected"]
    guarded = a_candidate(birth_date="2010-01-01", consents=[a_consent(given_by="GUARDIAN")])
    assert candidate.reviews(guarded, date(2026, 11, 24)) == []


def test_the_natural_key_needs_name_birthday_and_home() -> None:
    assert candidate.person_key(PROFILE) == "juliana maria tukan|2001-04-04|53.06"
    assert candidate.person_key({**PROFILE, "birth_date": None}) is None
    assert candidate.person_key({**PROFILE, "regency": None}) is None
    assert candidate.person_key({**PROFILE, "full_name": "王小明"}) == "王小明|2001-04-04|53.06"
