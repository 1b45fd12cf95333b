"""Codes inside sentences are said as people say them, in both languages, and choices cannot be misread."""

import pytest

from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.rules import WORDINGS
from services.matching.matcher.requirements.health import NeedsCondition
from services.matching.matcher.requirements.kinds import parse_tree
from services.matching.matcher.requirements.names import TESTS, WAYS, certificate, scheme
from shared.codes import languages, offers, schemes, study
from tests.builders import a_person
from tests.unit.matching.eligibility.asking import ask, demanding, outcome

N4 = {"kind": "language", "language": "ja", "test": "JLPT", "result": "N4"}
JFT = {"kind": "language", "language": "ja", "test": "JFT_BASIC", "result": "PASS"}
CARE = {"kind": "certificate", "certificate": "SKILL_TEST", "scheme": "SSW_CARE"}


def test_every_code_that_an_order_may_write_has_a_name() -> None:
    assert set(WAYS) == set(offers.SCHEMES)
    assert set(TESTS) <= set(languages.TESTS)


@pytest.mark.parametrize("code", sorted(study.FIELDS))
def test_a_field_of_study_is_said_in_both_languages(code: str) -> None:
    said = parse_tree({"kind": "education", "level": "SMK", "fields": [code]}).phrase()
    assert said.id == f"SMK, bidang {study.FIELDS[code][0]}"
    assert said.en.endswith(f"in {study.FIELDS[code][1]}")


@pytest.mark.parametrize("code", sorted(schemes.KNOWN))
def test_a_scheme_inside_a_sentence_begins_small_unless_it_is_an_acronym(code: str) -> None:
    for said in (scheme(code).id, scheme(code).en):
        assert said[0].islower() or said.split()[0].isupper()
        assert "eps" not in said.split() and "jepang" not in said


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        (
            "COMPETENCE",
            "FAMILY_COOK",
            ("sertifikat kompetensi juru masak keluarga", "competence certificate (family cook)"),
        ),
        ("LICENCE", "STR_NURSE", ("surat tanda registrasi perawat", "nurse's registration")),
        ("SEAMAN_BOOK", "SEAMAN_BOOK", ("buku pelaut", "seaman's book")),
        ("DRIVING_LICENCE", None, ("SIM", "driving licence")),
        ("SKILL_TEST", None, ("bukti lulus uji keahlian", "skill test pass")),
        ("SAFETY", "FIRE_2", ("sertifikat keselamatan fire 2", "safety certificate (fire 2)")),
    ],
)
def test_a_certificate_is_named_once(kind: str, code: str | None, said: tuple[str, str]) -> None:
    assert certificate(kind, code) == Text(*said)


def test_choices_and_lists_inside_each_other_are_told_apart_by_commas_and_words() -> None:
    both = parse_tree({"all": [{"any": [N4, JFT]}, CARE]}).phrase()
    assert both.en == "JLPT N4 or JFT-Basic, and care skill test (Japan)"
    either = parse_tree({"any": [{"all": [N4, CARE]}, JFT]}).phrase()
    assert either.id == "semua ini: JLPT N4 dan uji keahlian perawatan (Jepang); atau JFT-Basic"
    three = parse_tree({"any": [JFT, {"all": [{"any": [N4, JFT]}, CARE, CARE]}]}).phrase()
    assert three.en.endswith(
        "; or all of these: JLPT N4 or JFT-Basic, care skill test (Japan), and care skill test (Japan)"
    )
    deep = parse_tree({"all": [{"any": [{"all": [N4, CARE]}, JFT]}, CARE]}).phrase()
    assert deep.en.startswith("(all of these: ") and deep.en.endswith("), and care skill test (Japan)")


def test_among_choices_a_level_names_its_language() -> None:
    spoken = [{"kind": "language", "language": code, "test": "CEFR", "result": "A1"} for code in ("yue", "en")]
    assert parse_tree({"any": spoken}).phrase() == Text(
        "bahasa Kanton tingkat A1 atau bahasa Inggris tingkat A1", "Cantonese level A1 or English level A1"
    )


def test_a_height_is_said_in_centimetres() -> None:
    assert NeedsCondition("HEIGHT_165").phrase().en == "at least 165 cm tall"


def test_months_of_work_are_said_once() -> None:
    assert "{needed} bulan" not in WORDINGS["EXPERIENCE"].not_met.id
    told = ask(a_person(), demanding({"kind": "experience", "isco08": "9211", "months": 12}))
    assert outcome(told, "EXPERIENCE").text == Text(
        "Perlu 12 bulan pengalaman kerja sejenis; sekarang 0 bulan.",
        "Needs 12 months of similar work; now it is 0 months.",
    )
