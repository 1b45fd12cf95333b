"""National id numbers: what cannot be real is refused, a contradiction is only shown, and nobody is born in 1903."""

import pytest

from services.registry.model import nik


@pytest.mark.parametrize(
    ("digits", "fault"),
    [
        ("5306044404010003", None),
        ("530604440401000", "nik_not_16_digits"),
        ("53060444040100031", "nik_not_16_digits"),
        ("53060444040100O3", "nik_not_16_digits"),
        ("٥٣٠٦٠٤٤٤٠٤٠١٠٠٠٣", "nik_not_16_digits"),
        ("2006044404010003", "nik_unknown_province"),
        ("5306044404010000", "nik_serial_zero"),
        ("9206044404010003", None),
        ("5406044404010003", None),
    ],
)
def test_a_number_is_refused_only_for_what_no_office_ever_issued(digits: str, fault: str | None) -> None:
    assert nik.unreal(digits, synthetic_allowed=False) == fault


def test_an_old_district_of_belu_is_good_for_somebody_from_malaka() -> None:
    assert nik.unreal("5304110101900001", synthetic_allowed=False) is None


def test_an_invented_person_is_let_in_only_where_that_is_allowed() -> None:
    assert nik.unreal("9953064404010003", synthetic_allowed=True) is None
    assert nik.unreal("9953064404010003", synthetic_allowed=False) == "nik_synthetic"
    assert nik.is_synthetic("9953064404010003")


def test_the_century_comes_from_the_declared_birthday() -> None:
    assert nik.reviews("5306011005030001", birth_date="2003-05-10", sex="M") == []
    assert nik.reviews("5306011005030001", birth_date="1903-05-10", sex="M") == []


def test_contradictions_are_codes_to_look_at() -> None:
    assert nik.reviews("5306044404010003", birth_date="2001-04-04", sex="F") == []
    assert nik.reviews("5306044404010003", birth_date="2001-04-05", sex="F") == ["nik_birth_date_differs"]
    assert nik.reviews("5306044404010003", birth_date="2001-04-04", sex="M") == ["nik_sex_differs"]


def test_a_day_that_no_month_has_is_looked_at_and_not_refused() -> None:
    assert nik.unreal("5306047999010003", synthetic_allowed=False) is None
    assert nik.reviews("5306047999010003", birth_date="2001-04-04", sex=None) == ["nik_birth_date_differs"]


def test_nothing_declared_contradicts_nothing() -> None:
    assert nik.reviews("5306044404010003", birth_date=None, sex=None) == []
