"""The invented province: the same seed the same people, two populations, nobody real, and every row passes the door."""

from datetime import date
from pathlib import Path

from deploy.demo import province
from services.registry.schemas import sheet
from shared.sheets import read, records

TODAY = date(2026, 11, 24)
PEOPLE = list(province.people(2_000, seed=7, today=TODAY))


def test_the_same_seed_invents_the_same_people() -> None:
    assert list(province.people(50, seed=7, today=TODAY)) == PEOPLE[:50]
    assert list(province.people(50, seed=8, today=TODAY)) != PEOPLE[:50]


def test_everybody_is_stamped_and_has_a_number_that_was_never_issued() -> None:
    numbers = [row["NIK"] for row in PEOPLE]
    assert all(row["Nama lengkap"].endswith("(SYNTHETIC)") for row in PEOPLE)
    assert all(number.startswith("99") and len(number) == 16 for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_all_22_regencies_live_here_and_the_tiers_show() -> None:
    homes = [row["Kabupaten/kota"] for row in PEOPLE]
    assert {code for code, *_ in province.REGENCIES} == set(homes)
    assert homes.count("53.21") > homes.count("53.20"), "Malaka sends more people than Sabu Raijua"


def test_there_are_two_populations_and_a_few_cases_that_must_be_refused() -> None:
    women = [row for row in PEOPLE if row["Jenis kelamin"] == "P"]
    born = [date.fromisoformat("-".join(reversed(row["Tanggal lahir"].split("/")))) for row in PEOPLE]
    under_age = [day for day in born if day > date(2008, 11, 24)]
    assert 0.5 < len(women) / len(PEOPLE) < 0.66
    assert 0.005 < len(under_age) / len(PEOPLE) < 0.04
    assert any(not row["Persetujuan"] for row in PEOPLE), "some did not consent"
    uncertified = [row for row in PEOPLE if not row["Sertifikat"]]
    assert 0.5 < len(uncertified) / len(PEOPLE) < 0.72


def test_every_row_passes_the_registrys_door(tmp_path: Path) -> None:
    (path,) = province.write(tmp_path, 300, seed=1, today=TODAY)
    rows = list(records(read(path.read_bytes(), sheet.COLUMNS), sheet.COLUMNS))
    assert len(rows) == 300
    assert [faults for row in rows if (faults := sheet.registration(row)[1])] == []


def test_a_large_province_comes_in_files_that_the_door_takes(tmp_path: Path) -> None:
    files = province.write(tmp_path, province.ROWS_OF_A_FILE + 5, seed=1, today=TODAY)
    assert len(files) == 2
    assert all(path.stat().st_size < 5 * 1024 * 1024 for path in files)
