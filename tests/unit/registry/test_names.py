"""Names as NTT writes them: heard once, spelt three ways."""

import pytest

from services.registry.model import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yuliana", "Juliana"),
        ("Tefa", "Teffa"),
        ("Cornelis", "Kornelis"),
        ("Djami", "Jami"),
        ("Soeharto", "Suharto"),
        ("Fransiscus", "Fransiskus"),
        ("Theresia", "Teresia"),
        ("Yoseph", "Josef"),
        ("Mery", "Meri"),
        ("Agustinus", "AGUSTINUS"),
        ("José", "Jose"),
        ("Do'o", "Doo"),
    ],
)
def test_two_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert set(names.sounds(one)) & set(names.sounds(other))


def test_the_family_name_may_stand_first() -> None:
    assert names.alike("Maria Yuliana Tukan", "Tukan, Maria Juliana")


def test_different_people_of_one_family_are_not_alike() -> None:
    assert not names.alike("Maria Yuliana Tukan", "Petrus Tukan")
    assert not names.alike("Andreas Nahak", "Agustina Nahak")


def test_a_part_of_a_long_name_finds_it() -> None:
    assert names.likeness("yuliana tukan", "Maria Yuliana Tukan") >= 85
    assert names.likeness("juliana", "Maria Yuliana Tukan") >= 72


def test_somebody_else_is_not_found_by_a_name() -> None:
    assert names.likeness("yuliana tukan", "Petrus Seran") < 72


def test_a_name_without_letters_has_no_keys() -> None:
    assert names.keys("  123 -- ") == []
    assert names.keys("") == []
    assert not names.alike("王小明", "李大华")


def test_an_initial_of_which_nothing_is_heard_is_passed_over() -> None:
    assert names.keys("H. Ahmad Bria") == names.keys("Ahmad Bria")
    assert names.alike("H. Ahmad Bria", "Ahmad Bria")


def test_the_stamp_of_invented_people_finds_nobody() -> None:
    assert names.keys("SYNTHETIC Maria") == names.keys("Maria")
