"""Telephone and candidate numbers: however they are written, one way to keep them."""

import pytest

from services.registry.model import numbers, phones


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0811-3910-910", "+628113910910"),
        ("+62 811 3910 910", "+628113910910"),
        ("62 811 3910910", "+628113910910"),
        ("8113910910", "+628113910910"),
        ("(0380) 831-234", "+62380831234"),
        ("0060 12 345 6789", "+60123456789"),
        ("+60 12-345 6789", "+60123456789"),
        ("0812/3456/7890", "+6281234567890"),
        ("0812/0813", None),
        ("0812 345 678, 0813 345 678", None),
        ("+", None),
        ("0811", None),
        ("0812345", None),
        ("+62 811 3910 9", None),
        ("0811-391-091", "+62811391091"),
        ("nol delapan", None),
        ("+0811391091", None),
        ("0811391091012345678", None),
        ("", None),
    ],
)
def test_a_phone_number_is_kept_in_one_form(written: str, kept: str | None) -> None:
    assert phones.normal(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("LB-2026-004711", "LB-2026-004711"),
        ("lb 2026 4711", "LB-2026-004711"),
        ("lb20264711", "LB-2026-004711"),
        ("LB-26-4711", None),
        ("2026-004711", None),
    ],
)
def test_a_candidate_number_is_recognised_as_people_say_it(written: str, kept: str | None) -> None:
    assert numbers.normal(written) == kept


def test_numbers_of_a_year_line_up() -> None:
    assert numbers.number(2026, 7) == "LB-2026-000007"
    assert numbers.number(2026, 123456) > numbers.number(2026, 99999)
