"""Sheets drawn at random of people whose every cell has a meaning that is known beforehand: what a row says equals it,
or the row is refused; nothing is lost or changed in silence.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.schemas.sheet import COLUMNS, registration
from shared.codes import regencies
from shared.sheets import read, records
from tests.support.today import TODAY

REFUSED = object()
Drawn = tuple[str, Any]
MARKS = ("\u200b", "\u200e", "\ufeff", "\u2060")
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
          "Desember")  # fmt: skip


def a_name(draw: random.Random) -> Drawn:
    words = draw.sample(["Maria", "Yuliana", "Nur’aini", "Do'o", "Tukan", "José", "H.", "Koten", "陳美玲"], k=3)
    name = " ".join(words)
    hidden = draw.choice(MARKS)
    return draw.choice([(name, name), (f"  {name} ", name), (name[:2] + hidden + name[2:], name), ("12345", REFUSED)])


def a_day(draw: random.Random) -> Drawn:
    born = TODAY - timedelta(days=draw.randrange(19 * 366, 60 * 366))
    iso = born.isoformat()
    return draw.choice(
        [
            (f"{born.day}/{born.month}/{born.year}", iso),
            (f"{born:%d-%m-%Y}", iso),
            (f"{born:%d.%m.%Y}", iso),
            (iso, iso),
            (f"{born.day} {MONTHS[born.month - 1]} {born.year}", iso),
            (f"{born.day} {MONTHS[born.month - 1][:3]} {born.year}", iso),
            (f"{born:%d/%m/%y}", REFUSED),
            ("31/02/2001", REFUSED),
            (f"{TODAY + timedelta(days=9):%d/%m/%Y}", REFUSED),
            ("-", None),
            ("belum ada", None),
            ("", None),
        ]
    )


def a_sex(draw: random.Random) -> Drawn:
    return draw.choice(
        [("P", "F"), ("L", "M"), ("perempuan", "F"), ("Laki-laki", "M"), ("FEMALE", "F"), ("pria", "M"), ("", None),
         ("X", REFUSED), ("banyak", REFUSED)]
    )  # fmt: skip


def a_phone(draw: random.Random) -> Drawn:
    tail = "".join(draw.choices("0123456789", k=8))
    kept = f"+62812{tail}"
    mark = draw.choice(MARKS)
    return draw.choice(
        [
            (f"0812{tail}", kept), (f"0812-{tail[:4]}-{tail[4:]}", kept), (f"(0812) {tail}", kept),
            (f"+62 0812 {tail}", kept), (f"62812{tail}", kept), (f"0062812{tail}", kept), (f"'0812{tail}", kept),
            (f"+62 (0)812.{tail[:4]}.{tail[4:]}", kept), (f"{mark}0812{tail}", kept), ("0812", REFUSED),
            (f"0812{tail}{tail}", REFUSED), ("tidak punya HP", REFUSED), ("", None),
        ]
    )  # fmt: skip


def a_home(draw: random.Random) -> Drawn:
    known = [one for one in regencies.table().values() if regencies.in_ntt(one.code)]
    one = draw.choice(known)
    fits = regencies.named(one.name)
    said = one.code if len(fits) == 1 else REFUSED
    return draw.choice(
        [(one.code, one.code), (one.name, said), (one.name.upper(), said), ("Mars", REFUSED), ("", None)]
    )


def a_school(draw: random.Random) -> Drawn:
    return draw.choice(
        [("SD", "SD"), ("Sekolah Dasar", "SD"), ("SLTP", "SMP"), ("smp", "SMP"), ("SMK", "SMK"), ("SMA", "SMA"),
         ("", None), ("banyak", REFUSED)]
    )  # fmt: skip


def a_village(draw: random.Random) -> Drawn:
    return draw.choice([("Sarotari", "Sarotari"), (" Lewo\u200blema ", "Lewolema"), ("", None), ("x" * 81, REFUSED)])


def a_wage(draw: random.Random) -> Drawn:
    amount = draw.randrange(1, 90) * 100_000
    grouped = f"{amount:,}".replace(",", ".")
    return draw.choice([(str(amount), amount), (grouped, amount), (f"Rp {grouped}", amount), ("1500,5", REFUSED),
                        ("banyak", REFUSED), ("", None)])  # fmt: skip


CELLS: dict[str, Callable[[random.Random], Drawn]] = {
    "full_name": a_name, "birth_date": a_day, "sex": a_sex, "phone": a_phone, "regency": a_home,
    "education_level": a_school, "village": a_village, "wish_min_wage": a_wage,
}  # fmt: skip


def meant(body: dict[str, Any], column: str) -> Any:
    if column == "education_level":
        return (body.get("education") or {}).get("level")
    if column == "wish_min_wage":
        wage = (body.get("wishes") or {}).get("min_wage")
        return wage and (wage["amount"] if wage["currency"] == "IDR" else wage)
    return body.get(column)


@pytest.mark.parametrize("count", [300, pytest.param(5_000, marks=pytest.mark.deep)])
def test_what_a_drawn_row_says_is_what_it_means_or_it_is_refused(count: int) -> None:
    draw = random.Random(20261130)
    drawn = [{column: cell(draw) for column, cell in CELLS.items()} for _ in range(count)]
    for start in range(0, count, 500):
        some = drawn[start : start + 500]
        lines = ["\t".join(CELLS), *("\t".join(typed for typed, _ in row.values()) for row in some)]
        found = list(records(read("\n".join([*lines, ""]).encode(), COLUMNS), COLUMNS))
        assert len(found) == len(some), "no row is lost"
        for row, record in zip(some, found, strict=True):
            person, faults = registration(record)
            bad = {column for column, (_, value) in row.items() if value is REFUSED}
            places = {record.cells[column].address: column for column in CELLS}
            assert {places.get(fault.cell or "") for fault in faults} == bad, (row, faults)
            if bad:
                assert person is None
                continue
            assert person is not None
            for column, (typed, value) in row.items():
                assert meant(person.body, column) == value, (column, typed)


def test_a_day_of_the_drawn_people_is_before_today() -> None:
    assert date.fromisoformat(a_day(random.Random(1))[1] or "2000-01-01") < TODAY
