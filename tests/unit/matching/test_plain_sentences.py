"""Sentences that say all of it: a level with its language, one month, the office or examination, what ran out."""

from typing import Any

import pytest

from services.matching.matcher.advice.rules_told import checklist
from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.pathway.sayings import of_no_class, title_of
from services.matching.matcher.requirements.kinds import parse_tree
from tests.builders import TODAY, a_certificate, a_person, days
from tests.unit.matching.eligibility.asking import ask, demanding, outcome

A1 = {"kind": "language", "language": "en", "test": "CEFR", "result": "A1"}
JFT = {"kind": "language", "language": "ja", "test": "JFT_BASIC", "result": "PASS"}
EPS = {"kind": "ranked", "test": "EPS_TOPIK"}
SIM = {"kind": "driving_licence", "class": "B1"}
BOOK = {"kind": "certificate", "certificate": "SEAMAN_BOOK", "scheme": "SEAMAN_BOOK"}
BST = {"kind": "certificate", "certificate": "SAFETY", "scheme": "BST"}
SKILL = {"kind": "certificate", "certificate": "SKILL_TEST", "scheme": "SSW_CARE"}


def ended(asked: dict[str, Any]) -> dict[str, Any]:
    """Fields of a person in whose hands what is asked ran out ten days ago."""
    until = {"valid_until": days(-10)}
    if asked in (A1, JFT):
        return {"languages": [{name: asked[name] for name in ("language", "test", "result")} | until]}
    if asked == EPS:
        return {"languages": [{"language": "ko", "test": "EPS_TOPIK", "result": "120"} | until]}
    if asked == SIM:
        return {"certificates": [a_certificate("SIM_B1", kind="DRIVING_LICENCE", **until)]}
    return {"certificates": [a_certificate(asked["scheme"], kind=asked["certificate"], **until)]}


def test_a_level_that_nobody_asked_for_or_that_ran_out_names_its_language() -> None:
    order = demanding(A1)
    unasked = outcome(ask(a_person(languages=None), order), "LANGUAGE")
    assert unasked.text == Text(
        "Belum ditanyakan hasil ujian bahasa Inggris: tingkat A1.", "Not asked yet, a test in English: level A1."
    )
    over = outcome(ask(a_person(**ended(A1)), order), "LANGUAGE")
    assert over.text.id == "Hasil ujian bahasa Inggris sudah habis masa berlakunya: tingkat A1."
    assert over.next_action is not None and over.next_action.en == "Take the test in English again: level A1."
    lesson = Course(id="", **parse_tree(A1).lesson())
    assert title_of(lesson) == Text("bahasa Inggris tingkat A1", "English level A1")


@pytest.mark.parametrize(
    ("months", "done", "said"),
    [
        (1, 0, "Needs 1 month of similar work; now it is 0 months."),
        (12, 1, "Needs 12 months of similar work; now it is 1 month."),
        (21, 11, "Needs 21 months of similar work; now it is 11 months."),
    ],
)
def test_english_tells_one_month_from_many(months: int, done: int, said: str) -> None:
    person = a_person(occupations=[{"isco08": "9211", "months": done, "similarity": 1.0}])
    told = ask(person, demanding({"kind": "experience", "isco08": "9211", "months": months}))
    assert outcome(told, "EXPERIENCE").text.en == said


def test_an_age_from_and_to_the_same_is_said_once() -> None:
    assert parse_tree({"kind": "age", "min": 25, "max": 25}).phrase() == Text("tepat 25 tahun", "exactly 25")
    assert parse_tree({"kind": "age", "min": 25, "max": 30}).phrase() == Text("25 sampai 30 tahun", "25 to 30")


@pytest.mark.parametrize(
    ("asked", "never_held", "ran_out"),
    [
        (A1, None, "take the test again"),
        (JFT, None, "take the test again"),
        (EPS, "Register for the examination", "take the test again"),
        (SKILL, "Register for the examination", "take the test again"),
        (SIM, "Register for the examination", "renew it at {office}"),
        (BOOK, "from {office}", "renew it at {office}"),
        (BST, None, "renew it where it was issued, or take its class again"),
    ],
)
def test_what_no_class_gives_is_not_called_a_class(asked: dict[str, Any], never_held: str | None, ran_out: str) -> None:
    lesson = Course(id="", **parse_tree(asked).lesson())
    nobody, somebody = a_person(certificates=[]), a_person(**{"certificates": [], **ended(asked)})
    for person, says in ((nobody, never_held), (somebody, ran_out)):
        told = of_no_class(lesson, person, TODAY)
        assert (told is None) is (says is None)
        if told is None or says is None:
            continue
        named = {"SEAMAN_BOOK": "the harbour master's office (KSOP)"}.get(
            asked.get("scheme", ""), "the police office (Satpas)"
        )
        assert says.format(office=named) in told.en
        assert "{office}" not in told.id + told.en and "{what}" in told.id and "{by}" in told.en


@pytest.mark.parametrize(
    ("asked", "act"),
    [
        (SKILL, "Take the test for the care skill test (Japan) again."),
        (BOOK, "Renew the seaman's book at the harbour master's office (KSOP), with a BST certificate that is valid."),
        (BST, "Renew the basic safety certificate at a maritime training centre."),
        ({**SKILL, "certificate": "COMPETENCE"}, "Renew the competence certificate (care skill test (Japan)) where it"),
    ],
)
def test_what_ran_out_is_mended_where_its_kind_is_mended(asked: dict[str, Any], act: str) -> None:
    found = outcome(ask(a_person(**ended(asked)), demanding(asked)), "CERTIFICATE")
    assert "has run out" in found.text.en
    assert found.next_action is not None and found.next_action.en.startswith(act)


def test_what_a_clinic_looks_at_is_one_sentence_with_a_list() -> None:
    codes = ("COLOUR_VISION", "COMPLETE_FINGERS", "COMPLETE_TOES")
    verdict = ask(a_person(), demanding(*({"kind": "condition", "code": code} for code in codes)))
    (row,) = [one for one in checklist(verdict.outcomes, "en") if one["code"] == "HEALTH_CONDITION"]
    assert row["text"] == "To be checked at a clinic: no colour blindness, complete fingers, complete toes."
