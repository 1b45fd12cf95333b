"""One cell: what is taken, what is taken and said back, what is refused with its address."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.unit.sheets.conftest import typed


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("name", "  Roti A ", "Roti A"),
        ("name", 7, "7"),
        ("name", 7.5, "7.5"),
        ("code", "007", "007"),
        ("code", "'007", "007"),
        ("baked", date(2026, 12, 8), "2026-12-08"),
        ("baked", datetime(2026, 12, 8, 10, 5), "2026-12-08"),
        ("baked", "2026-12-08", "2026-12-08"),
        ("price", 1200.5, 1200.5),
        ("price", "1200", 1200.0),
        ("pieces", 12, 12),
        ("pieces", "12", 12),
        ("pieces", -3, -3),
        ("regency", "53.06", "53.06"),
        ("country", "MYS", "MYS"),
        ("open", "Ya", True),
        ("open", "TIDAK", False),
        ("open", True, True),
        ("open", 1, True),
        ("kind", "roti TAWAR", "PLAIN"),
        ("kind", "SWEET", "SWEET"),
        ("bakers", "7512; 5120\n9412;", ["7512", "5120", "9412"]),
        ("bakers", 7512, ["7512"]),
        ("seats", "16", 16),
    ],
)
def test_a_plain_cell_needs_no_note(key: str, value: Any, kept: Any) -> None:
    record = typed(key, value)
    assert record.faults == ()
    assert record.values[key] == kept
    assert record.notes == ()


@pytest.mark.parametrize(
    ("key", "value", "kept", "said"),
    [
        ("baked", "8/12/2026", "2026-12-08", "8 Desember 2026"),
        ("baked", "8.12.2026", "2026-12-08", "8 Desember 2026"),
        ("baked", 46364, "2026-12-08", "8 Desember 2026"),
        ("price", "1.200.000", 1_200_000.0, "1.200.000"),
        ("price", "Rp 1.200.000,50", 1_200_000.5, "1.200.000,5"),
        ("price", "1,200,000.50", 1_200_000.5, "1.200.000,5"),
        ("price", "1,5", 1.5, "1,5"),
        ("price", "Rp1.200.000,-", 1_200_000.0, "1.200.000"),
        ("pieces", "1.500", 1500, "1.500"),
        ("pieces", "1,500", 1500, "1.500"),
        ("regency", 53.06, "53.06", "53.06 Flores Timur"),
        ("regency", 53.3, "53.03", "53.03 Timor Tengah Utara"),
        ("regency", "Maumere", "53.07", "53.07 Sikka"),
        ("regency", "So'e", "53.02", "53.02 Timor Tengah Selatan"),
        ("regency", "Kab. TTS", "53.02", "53.02 Timor Tengah Selatan"),
        ("regency", "Kab.Kupang", "53.01", "53.01 Kupang"),
        ("baked", "8 Desember 2026", "2026-12-08", "8 Desember 2026"),
        ("baked", "8 Agu 2026", "2026-08-08", "8 Agustus 2026"),
        ("baked", "8-Agt-2026", "2026-08-08", "8 Agustus 2026"),
        ("baked", "8 Okt 2026", "2026-10-08", "8 Oktober 2026"),
        ("baked", "8 Des. 2026", "2026-12-08", "8 Desember 2026"),
        ("baked", "Selasa, 8 December 2026", "2026-12-08", "8 Desember 2026"),
        ("seats", "16 orang", 16, "16"),
        ("cost", "Rp 1.500.000", 1_500_000, "1.500.000"),
        ("cost", "1,5 juta", 1_500_000, "1.500.000"),
        ("cost", "750 ribu", 750_000, "750.000"),
        ("cost", "gratis", 0, "Rp0"),
        ("lasts", "3 bulan", 3, "3"),
        ("lasts", "3 tahun", 36, "36"),
        ("regency", "flores timur", "53.06", "53.06 Flores Timur"),
        ("regency", "Kota Kupang", "53.71", "53.71 Kota Kupang"),
        ("country", "malaysia", "MYS", "MYS Malaysia"),
        ("country", "Korea Selatan", "KOR", "KOR Korea Selatan"),
    ],
)
def test_what_was_understood_is_said_back(key: str, value: Any, kept: Any, said: str) -> None:
    record = typed(key, value)
    assert record.faults == ()
    assert record.values[key] == kept
    assert [note.code for note in record.notes] == ["read_as"]
    assert record.notes[0].message["id"] == f"Sel C2: dibaca {said}."


@pytest.mark.parametrize(
    ("key", "value", "code", "fix"),
    [
        ("code", 5306011005030001, "number_instead_of_text", "Format kolom sebagai Teks"),
        ("code", 7, "number_instead_of_text", "Format kolom sebagai Teks"),
        ("regency", 53.1, "ambiguous_regency", "53.01 (Kupang) atau 53.10 (Manggarai)"),
        ("regency", "53.1", "ambiguous_regency", "53.01 (Kupang) atau 53.10 (Manggarai)"),
        ("cost", 1500000.5, "not_a_whole_number", "1200000"),
        ("cost", "USD 150", "not_a_number", "1200000"),
        ("lasts", "3 hari", "another_unit", "bulan"),
        ("seats", "Rp 16", "not_a_number", "seperti 16"),
        ("bakers", "7512, 5120", "list_with_commas", "titik koma"),
        ("name", "#N/A", "error_cell", "rumus"),
        ("name", True, "not_text", "teks"),
        ("code", "kosongkan", "cannot_be_erased", "Isi"),
        ("code", "5,30601E+15", "number_instead_of_text", "dokumen asli"),
        ("code", "5.30601e15", "number_instead_of_text", "dokumen asli"),
        ("bakers", 751, "number_instead_of_text", "Format kolom sebagai Teks"),
        ("name", "x" * 2001, "too_long", "2000"),
        ("baked", "12/31/2026", "no_such_day", "31/12/2026"),
        ("baked", "31/02/2026", "no_such_day", "Periksa"),
        ("baked", "8/12/26", "short_year", "empat angka"),
        ("baked", "8 Des 26", "short_year", "empat angka"),
        ("baked", "8 Foo 2026", "no_such_day", "Periksa"),
        ("baked", "besok", "not_a_date", "08/12/2026"),
        ("baked", 12, "not_a_date", "08/12/2026"),
        ("baked", True, "not_a_date", "08/12/2026"),
        ("baked", "01/01/1850", "year_out_of_range", "empat angka"),
        ("price", "murah", "not_a_number", "1200000"),
        ("price", "1.2.3", "not_a_number", "1200000"),
        ("price", "12,34,56", "not_a_number", "1200000"),
        ("price", "1,500", "ambiguous_number", "1500"),
        ("price", "1,500.000", "ambiguous_number", "1500000"),
        ("price", "Rp 1.500,000", "ambiguous_number", "1500000"),
        ("price", True, "not_a_number", "1200000"),
        ("price", 1e300, "number_too_large", "1200000"),
        ("price", "9" * 30, "not_a_number", "1200000"),
        ("pieces", 1.5, "not_a_whole_number", "1200000"),
        ("pieces", "1,5", "not_a_whole_number", "1200000"),
        ("regency", "5306", "unknown_regency", "53.04 (Kab. Belu)"),
        ("regency", 5306, "unknown_regency", "53.04 (Kab. Belu)"),
        ("regency", "Kupang", "unknown_regency", "53.71 (Kota Kupang)"),
        ("regency", "Flores Timor", "unknown_regency", "53.06"),
        ("country", "Narnia", "unknown_country", "MYS"),
        ("open", "mungkin", "not_yes_or_no", "ya atau tidak"),
        ("kind", "roti tawr", "unknown_code", "Roti tawar"),
        ("kind", "", None, None),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_cell(key: str, value: Any, code: str | None, fix: str | None) -> None:
    record = typed(key, value)
    if code is None:
        assert record.faults == ()
        return
    assert [fault.code for fault in record.faults] == [code]
    fault = record.faults[0]
    cell = {"code": "A2", "name": "B2"}.get(key, "C2")
    assert fault.cell == cell
    assert fault.pointer == f"/rows/2/{key}"
    assert fault.where == "file"
    assert fault.message["id"].startswith(f"Sel {cell}: ")
    assert fault.message["en"].startswith(f"Cell {cell}: ")
    assert fault.fix is not None and fix is not None and fix in fault.fix["id"]
    assert key not in record.values


def test_a_required_cell_is_missed_with_an_example() -> None:
    record = typed("code", "")
    assert [(fault.code, fault.cell) for fault in record.faults] == [("required", "A2")]
    assert record.faults[0].fix == {"id": "Isi, misalnya 007.", "en": "Fill it in, for example 007."}


@pytest.mark.parametrize(
    "value", ["Selasa, 8/12/2026", "hari Selasa 8 Desember 2026", "Tue, 8 Dec 2026", "Tuesday 08-12-2026"]
)
def test_a_day_may_say_its_weekday(value: str) -> None:
    record = typed("baked", value)
    assert (record.faults, record.values["baked"]) == ((), "2026-12-08")


@pytest.mark.parametrize(
    "value", ["Jumat, 8/12/2026", "Minggu 8 Desember 2026", "Wed, 8 Dec 2026", "Jum'at 08-12-2026"]
)
def test_a_day_that_says_another_weekday_is_asked_about(value: str) -> None:
    """Which of the two is the slip? 8/12 with the month first would be a Wednesday."""
    record = typed("baked", value)
    [fault] = record.faults
    assert (fault.code, "Selasa, 8 Desember 2026" in fault.message["id"]) == ("another_weekday", True)
    assert "baked" not in record.values
