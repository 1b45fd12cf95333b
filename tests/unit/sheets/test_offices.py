"""Headings and cells as offices and training centres in NTT write them, at both import doors: each is read as what it
means, or is refused with what to type; none is lost and none is guessed.
"""

import time
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from services.registry.schemas import sheet as people
from services.training.schemas import sheet as courses
from shared.http.problems import Fault, Problem
from shared.sheets import Column, Sheet, records
from shared.sheets.cells import Grid
from shared.sheets.grids import Book
from shared.sheets.reading import sheet_of

DOORS: Mapping[str, tuple[tuple[Column, ...], dict[str, Any]]] = {
    "people": (people.COLUMNS, {"Nama": "Maria Tukan", "NIK": "9953064404010003"}),
    "courses": (courses.COLUMNS, {"Kode": "K-1", "Nama Pelatihan": "Las 3G", "Angkatan": "1"}),
}


def sheet(door: str, *rows: list[Any], **more: Any) -> Sheet:
    return sheet_of(Book((Grid("Data", list(rows), **more),), (), {}), DOORS[door][0])


def one_more(door: str, heading: str, value: Any) -> Sheet:
    base = DOORS[door][1]
    return sheet(door, [*base, heading], [*base.values(), value])


def read(door: str, heading: str, value: Any) -> tuple[dict[str, Any], list[Fault]]:
    """What the row says by column, and what is wrong with it."""
    [record] = records(one_more(door, heading, value), DOORS[door][0])
    if door == "courses":
        line, found = courses.said(record)
        return {**line.course, **line.batch}, [*record.faults, *found]
    person, found = people.registration(record)
    return (dict(record.values) if person else {}), found


HEADINGS = {
    "people": {
        "NAMA  LENGKAP :": "full_name", "Nama Calon TKI": "full_name", "Nama CPMI/Calon": "full_name",
        "Nama Pencaker": "full_name", "Nama Calon Pekerja": "full_name", "1. Nama": "full_name", "Name": "full_name",
        "No. KTP / NIK": "nik", "NIK (16 digit)": "nik", "Nomor KTP": "nik",
        "Sex (L/P)": "sex", "L/P": "sex", "Jns Kelamin": "sex",
        "Ttl": "birth", "Tmpt/Tgl Lahir": "birth", "Tempat & Tgl. Lahir": "birth",
        "Tgl. Lahir (dd/mm/yyyy)": "birth_date",
        "Kab. Asal": "regency", "Kab./Kota": "regency", "Kabupaten / Kota": "regency", "Kec.": "district",
        "Desa / Kel.": "village", "No Telp/WA": "phone", "No. HP (aktif)": "phone", "Nomor HP / WhatsApp": "phone",
        "Pddk. Terakhir": "education_level", "Ijazah Terakhir": "education_level",
        "Negara Tujuan Kerja": "wish_destinations", "Jabatan yg diminati": "wish_isco08",
    },
    "courses": {
        "Tgl Mulai": "starts", "Tgl. Selesai": "ends", "Kuota": "seats", "Kapasitas (org)": "seats",
        "Jml JP": "lesson_hours", "Lama Pelatihan (JP)": "lesson_hours", "Jam Pelajaran (JP)": "lesson_hours",
        "Biaya/orang": "cost", "Biaya Pelatihan per Peserta": "cost", "Biaya (per orang)": "cost",
        "Biaya Kursus (Rp)": "cost",
        "Kab./Kota": "regency", "Tempat Pelaksanaan (Kab)": "regency", "Sumber Dana (APBN/APBD)": "funding",
        "Skema Sertifikasi BNSP": "certificate_scheme", "Luring/Daring": "mode", "Asrama (ya/tidak)": "boarding",
        "Waktu Pelaksanaan": "period", "Jadwal": "period", "Batas Akhir Pendaftaran": "closes",
        "Tgl Tutup Pendaftaran": "closes", "Gelombang ke": "number", "Angkatan/Gelombang": "number",
        "Status Pendaftaran": "status", "Kode Program": "code", "Nama Program": "title",
    },
}  # fmt: skip


@pytest.mark.parametrize(("door", "heading"), [(door, one) for door in HEADINGS for one in HEADINGS[door]])
def test_a_heading_as_offices_write_it_is_its_column(door: str, heading: str) -> None:
    columns, base = DOORS[door]
    key = HEADINGS[door][heading]
    rest = {name: value for name, value in base.items() if not _is(columns, name, key)}
    found = sheet(door, [*rest, heading], [*rest.values(), "x"])
    assert found.unread == ()
    assert found.pages[0].places[key] == len(rest)


def _is(columns: tuple[Column, ...], name: str, key: str) -> bool:
    return any(column.key == key and name.casefold() in column.names() for column in columns)


@pytest.mark.parametrize(
    ("door", "heading"),
    [
        *(("people", one) for one in ("Agama", "Ibu kandung", "Nama Ayah", "Nama Suami/Istri", "Alamat", "Email",
        "Umur",
                                      "Status Perkawinan", "Ket.", "Nama & Alamat", "No KK", "L", "P")),
        *(("courses", one) for one in ("Sisa Kuota", "Terisi", "Jumlah Peserta", "Jml. Peserta", "Durasi (Hari)",
        "Durasi",
                                       "Lama Pelatihan", "Biaya (juta)", "Biaya dalam ribuan", "Kontak Person", "ID",
                                       "No. HP", "Uji Kompetensi", "Usia Min", "Bahasa Pengantar", "Penyelenggara",
                                       "Biaya Asrama", "Keterangan")),
    ],
)  # fmt: skip
def test_a_heading_that_means_something_else_is_named_and_no_other_column_offered(door: str, heading: str) -> None:
    [unread] = one_more(door, heading, "x").unread
    assert (unread.heading, unread.filled, unread.nearest) == (heading, 1, None)


@pytest.mark.parametrize(
    ("door", "heading", "near"),
    [("people", "Tangal lahir", "birth_date"), ("people", "Jenis kelamn", "sex"), ("courses", "Kapsitas", "seats"),
     ("courses", "Biaya pelatihn", "cost"), ("courses", "Tanggal mulia", "starts")],
)  # fmt: skip
def test_a_slip_in_a_heading_is_told_the_heading_it_is_like(door: str, heading: str, near: str) -> None:
    [unread] = one_more(door, heading, "x").unread
    assert unread.nearest is not None and unread.nearest.key == near


CELLS: dict[tuple[str, str, str], list[tuple[Any, Any]]] = {
    ("people", "Tgl Lahir", "birth_date"): [
        (one, "2001-04-04")
        for one in ("Tgl. 4 April 2001", "4/Apr/2001", "4/IV/2001", "2001/04/04", "Hari Rabu, 4 April 2001",
        "April 4, 2001",
                    "04/04/2001 08.00 WITA", "4 Apirl 2001", "4April2001", "2001-04-04T00:00:00", date(2001, 4, 4),
                    36985.0)
    ] + [("4 Nopember 2001", "2001-11-04"), ("4 Desmber 2001", "2001-12-04"), ("tidak ada", None), ("-", None)],
    ("people", "No HP", "phone"): [("tidak punya", None), ("belum ada", None), (81234567890.0, "81234567890")],
    ("people", "JK", "sex"): [("Laki", "M"), ("perempuan (P)", "F"), ("L / Laki-laki", "M"), ("Prmpn", "F")],
    ("people", "Pendidikan Terakhir", "education_level"): [
        ("Belum Tamat SD/Sederajat", "NONE"), ("Tamat SD/Sederajat", "SD"), ("SLTP/Sederajat", "SMP"),
        ("Tidak/Belum Sekolah", "NONE"), ("Akademi/Diploma III/S. Muda", "D3"), ("Diploma IV/Strata I", "S1"),
        ("Strata II", "S2"), ("Strata III", "S3"), ("SMP Negeri", "SMP"), ("tamat SLTA", "SMA"), ("SMIP", "SMK"),
        ("Kejar Paket C", "SMA"), ("SD Inpres", "SD"), ("Sarjana Muda", "D3"), ("SLTP/SMP", "SMP"),
        ("SMA (sederajat)", "SMA"), ("D-III", "D3"), ("SLTA/SMA", "SMA"), ("belum tamat SD",
        "NONE")],
    ("people", "Kab", "regency"): [
        ("T.T.S", "53.02"), ("Nage Keo", "53.16"), ("Kabupaten Flores-Timur", "53.06"), ("Labuhan Bajo", "53.15"),
        ("Kodya Kupang", "53.71"), ("Kupang Kota", "53.71"), ("Adonara", "53.06"), ("53,06", "53.06"),
        ("Sumteng", "53.17"),("Rote", "53.14"), ("Sabu", "53.20"), ("Larantuka, Flores Timur", "53.06"),
                                   ("Maumere (Sikka)", "53.07"), ("So’e", "53.02")],
    ("people", "Bahasa", "languages"): [
        ("Inggris A2", ["Inggris A2"]), ("jepang n5; korea | EPS-TOPIK | 150", ["jepang n5",
        "korea | EPS-TOPIK | 150"]), ("Inggris | IELTS | 5,5", ["Inggris | IELTS | 5,5"])],
    ("people", "Jabatan yang diminati", "wish_isco08"): [
        ("ART; perawat lansia", ["9111", "5322"]), ("ISCO 7212", ["7212"]), ("9111 Pekerja rumah tangga", ["9111"]),
        ("9111-PRT; perawat lansia (5322)", ["9111", "5322"])],
    ("people", "Upah minimum", "wish_min_wage"): [("5 juta", 5_000_000), ("Rp 4,5 juta", 4_500_000)],
    ("people", "Negara tujuan", "wish_destinations"): [("Singapur; Macau", ["SGP", "MAC"]),
        ("Hongkong; KSA", ["HKG", "SAU"]), ("Korsel", ["KOR"])],
    ("people", "Pengalaman kerja", "work_history"): [("tidak ada", []), ("belum pernah", []), ("-", None)],
    ("people", "Bersedia asrama", "wish_boarding_ok"): [("✓", True), ("✔️", True), ("☑", True), ("belum bersedia",
    False)],
    ("courses", "Biaya peserta", "cost"): [
        ("Rp 1.500.000 / orang", 1_500_000), ("1.500.000/peserta", 1_500_000), ("Rp. 750.000,- per orang", 750_000),
        ("Rp 1.500.000 (satu juta lima ratus ribu rupiah)", 1_500_000), ("Rp: 500 rb", 500_000), ("-", None),
        ("nihil", None), ("1 500 000", 1_500_000), ("Rp 1.500 .000", 1_500_000),
        ("150.000 (seratus lima puluh ribu rupiah)", 150_000), ("111000 (seratus sebelas ribu)", 111_000),
        ("5 (lima) juta", 5_000_000), ("1,5 juta (satu juta lima ratus ribu rupiah)", 1_500_000),
        ("Rp 1.500.000 ,-", 1_500_000), ("Rp 1.500.000, -", 1_500_000), ("Rp 1 500 000,00", 1_500_000)],
    ("courses", "JP", "lesson_hours"): [("200 (dua ratus) JP", 200), ("1.200 JP", 1_200), ("200 (JP)", 200)],
    ("courses", "Kuota", "seats"): [("16 (enam belas) orang", 16), ("20 kursi", 20), ("16 (orang)", 16)],
    ("courses", "Jam untuk", "hours_for"): [
        ("5322 | 200 JP | Malaysia", [{"isco08": "5322", "hours": 200, "destination": "MYS"}]),
        ("PRT | 1.200", [{"isco08": "9111", "hours": 1_200}])],
    ("courses", "Jabatan", "isco08"): [("PRT; 7212.0", ["9111", "7212"]), ("caregiver", ["5322"])],
    ("courses", "Bahasa", "languages"): [
        ("Korea | EPS-TOPIK | 150", [{"language": "ko", "test": "EPS_TOPIK", "result": "150"}]),
        ("jepang|jlpt|n4", [{"language": "ja", "test": "JLPT", "result": "N4"}]),
        ("Inggris | CEFR | A1", [{"language": "en", "test": "CEFR", "result": "A1"}]),
        ("bahasa Jepang | JLPT | N4", [{"language": "ja", "test": "JLPT", "result": "N4"}]),
        ("bahasa Jepang N4", [{"language": "ja", "test": "JLPT", "result": "N4"}]),
    ],
    ("courses", "Masa berlaku", "certificate_months"): [("3 tahun", 36), ("36", 36), ("6 bulan", 6),
        ("3 (tiga) tahun", 36), ("6 (enam) bulan", 6)],
    ("courses", "Berlaku (bulan)", "certificate_months"): [("3", 3), (6.0, 6)],
    ("courses", "Metode", "mode"): [("Luring & Daring", "BLENDED"), ("luring/daring", "BLENDED"), ("Klasikal",
    "OFFLINE")],
    ("courses", "Sumber Dana", "funding"): [("APBD Provinsi NTT", "APBD"), ("APBD II", "APBD"), ("Swadana", "SELF")],
    ("courses", "Status", "status"): [("Sedang dibuka", "OPEN"), ("Belum dibuka", "PLANNED"), ("Ditutup", "DONE")],
    ("courses", "Syarat Peserta", "prerequisites"): [
        ("minimal SMP", [{"kind": "education", "level": "SMP"}]), ("SMP sederajat", [{"kind": "education",
        "level": "SMP"}]),
        ("Usia 18-35 tahun", [{"kind": "age", "min": 18, "max": 35}]), ("tidak ada", []),
        ("umur 18 tahun; pendidikan SMA", [{"kind": "age", "min": 18}, {"kind": "education", "level": "SMA"}])],
    ("courses", "Waktu Pelaksanaan", "ends"): [
        ("10 s.d. 20 Januari 2027", "2027-01-20"), ("10-20 Januari 2027", "2027-01-20"),
        ("11 Januari – 26 Februari 2027", "2027-02-26"), ("11-01-2027 sd 26-02-2027", "2027-02-26"),
        ("Senin, 28 Des 2026 sampai dengan Selasa, 5 Jan 2027", "2027-01-05")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("door", "heading", "key", "typed", "meant"),
    [(*column, typed, meant) for column, cells in CELLS.items() for typed, meant in cells],
)
def test_a_cell_as_people_type_it_is_read_as_what_it_means(
    door: str, heading: str, key: str, typed: Any, meant: Any
) -> None:
    said, faults = read(door, heading, typed)
    assert faults == []
    assert said.get(key) == meant


REFUSED: dict[tuple[str, str], list[tuple[Any, str, str]]] = {
    ("people", "Tgl Lahir"): [
        ("4-4-'01", "short_year", "empat angka"), ("4 April", "not_a_date", "hari/bulan/tahun"),
        ("2001", "not_a_date", "hari/bulan/tahun"), ("4 Marabu 2001", "no_such_day", "Periksa"),
        ("4 Jumi 2001", "no_such_day", "Periksa"), ('"', "same_as_above", "tiap baris")],
    ("people", "Kab"): [
        ('"', "same_as_above", "tiap baris"), ("sda", "same_as_above", "tiap baris"), ("idem", "same_as_above",
        "tiap baris"),
        ("Kupang, NTT", "unknown_regency", "53.71"), ("Kec. Larantuka, Flores Timur", "unknown_regency", "53.06"),
        ("Ende & Sikka", "unknown_regency", "53.07"),
        ("Manggarai Tengah", "unknown_regency", "kode Kemendagri")],
    ("people", "Desa"): [("s.d.a.", "same_as_above", "tiap baris"), (",,", "same_as_above", "tiap baris")],
    ("people", "JK"): [("♀", "unknown_code", "P, L"), ("L/P", "unknown_code", "P, L")],
    ("people", "Pendidikan Terakhir"): [
        ("SMK Tata Boga", "unknown_code", "SMK saja"), ("SMP Kelas 2", "unknown_code", "Ijazah tertinggi"),
        ("SMP tidak tamat", "unknown_code", "Ijazah tertinggi"), ("belum tamat SMA", "unknown_code",
        "Ijazah tertinggi"), ("SMA/SMK", "unknown_code", "SMA atau SMK"), ("Diploma I/II", "unknown_code", "D1, D2")],
    ("people", "Bersedia asrama"): [("x", "not_yes_or_no", "ya atau tidak"), ("✗", "not_yes_or_no", "ya atau tidak")],
    ("people", "Upah minimum"): [("1500", "currency_missing", "MYR"), ("RM 1.500", "not_a_number", "")],
    ("people", "Negara tujuan"): [("Korea", "unknown_country", "tiga huruf"), ("Malaysia/Singapura",
    "unknown_country", ";")],
    ("people", "Lama sekolah"): [("9", "required", "SMP")],
    ("people", "Keterampilan"): [("masak", "required", "asal")],
    ("people", "Pengalaman kerja"): [
        ("PRT di Malaysia 2 tahun", "length_in_title", "PRT di Malaysia | 2 tahun")],
    ("people", "Bahasa"): [
        ("Inggris | TOEFL | 450", "unknown_code", "Pilih salah satu"), ("Jepang A2", "unknown_code", "Jepang saja"),
        ("bahasa Jepang A2", "unknown_code", "Jepang saja"),
        ("Jepang | JFT-BASIC | A2", "unknown_result", "10 - 250 atau PASS.")],
    ("people", "Jabatan diinginkan"): [
        ("53222", "unknown_occupation", "5322"), ("532", "unknown_occupation", "empat angka ISCO-08"),
        (110.0, "unknown_occupation", "0110"), ("apa saja", "unknown_occupation", "empat angka ISCO-08"),
        ("9111; bukan PRT", "unknown_occupation", "empat angka"), ("selain PRT", "unknown_occupation", "empat angka"),
        ("PRT (5322)", "unknown_occupation", "atau 9111"), ("perawat lansia/PRT", "unknown_occupation", "9111")],
    ("people", "Jam pelatihan"): [("9111 | 200 JP", "another_unit", "jam")],
    ("courses", "Biaya peserta"): [
        ("1.500 rb", "ambiguous_number", "1.500.000 atau 1.500"), ("1.500.000 (dua juta)", "contradicts_words",
        "gratis"), ("16 20", "not_a_number", "gratis"), ("RM 500", "not_a_number", "gratis"),
        ("$100", "not_a_number", "gratis"), ("USD 100", "not_a_number", "gratis"),
        ("Rp 500.000 - 750.000", "not_a_number", "gratis"), ("tidak ada", "not_a_number", "gratis")],
    ("courses", "Kuota"): [("16 20", "not_a_number", "16"), ("16/20", "not_a_number", "16"),
        ("16 (2 kelas)", "not_a_number", "16")],
    ("courses", "Masa berlaku"): [("3", "unit_missing", "3 tahun"), (3.0, "unit_missing", "3 tahun")],
    ("courses", "Mulai"): [("10 s.d. 20 Januari 2027", "not_a_date", "hari/bulan/tahun")],
    ("courses", "Jadwal"): [("10 Januari 2027", "not_two_days", "s.d."), ("Januari - Maret 2027", "not_two_days",
    "s.d.")],
    ("courses", "Jam untuk"): [("5322 | 200 jam", "another_unit", "JP")],
    ("courses", "Bahasa"): [("Inggris | TOEFL | 450", "unknown_code", "Pilih salah satu")],
    ("courses", "Kompetensi"): [(date(2027, 1, 1), "date_instead_of_text", "Teks")],
    ("courses", "Judul Inggris"): [(date(2027, 1, 1), "date_instead_of_text", "Teks")],
    ("courses", "Asrama"): [("opsional", "not_yes_or_no", "ya atau tidak")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("door", "heading", "typed", "code", "fix"),
    [(*column, *cell) for column, cells in REFUSED.items() for cell in cells],
)
def test_a_cell_that_leaves_a_doubt_is_refused_with_what_to_type(
    door: str, heading: str, typed: Any, code: str, fix: str
) -> None:
    _, [fault] = read(door, heading, typed)
    assert fault.code == code
    assert fault.fix is not None and fix in fault.fix["id"]
    assert "Tambahkan" not in fault.fix["id"], "a sheet has no members to be added"


def test_a_period_that_differs_from_its_days_is_refused() -> None:
    base = {**DOORS["courses"][1], "Mulai": "10/01/2027"}
    found = sheet("courses", [*base, "Jadwal"], [*base.values(), "11/01/2027 s.d. 26/02/2027"])
    [record] = records(found, courses.COLUMNS)
    assert [fault.code for fault in courses.said(record)[1]] == ["contradicts_cell"]


TICKED = [("v", None, "F"), (None, "✓", "M"), (None, 1.0, "M"), ("1", "0", "F"), ("P", "-", "F"), (None, None, None),
          ("v", "v", "unknown_code"), (3.0, 4.0, "unknown_code")]  # fmt: skip


@pytest.mark.parametrize(("in_p", "in_l", "meant"), TICKED)
def test_one_column_for_each_sex_is_read_by_its_tick(in_p: Any, in_l: Any, meant: str | None) -> None:
    grouped = [["Nama", "NIK", "Jenis Kelamin", None, "Kab"], [None, None, "P", "L", None]]
    for head in ([["Nama", "NIK", "P", "L", "Kab"]], grouped):
        found = sheet("people", *head, ["Maria", "9953064404010003", in_p, in_l, "Ende"])
        assert found.unread == ()
        [record] = records(found, people.COLUMNS)
        said: list[Any] = [fault.code for fault in record.faults] or [record.values.get("sex")]
        assert said == [meant]


def test_a_hidden_row_is_read_and_said() -> None:
    base = DOORS["people"][1]
    found = sheet("people", [*base, "Desa"], [*base.values(), "A"], hidden=frozenset({1}))
    [record] = records(found, people.COLUMNS)
    assert [note.code for note in record.notes] == ["row_hidden"]


SKIPPED = [
    (["Mengetahui,", None, "Yang membuat,"], "row_signature"),
    (["Kepala Desa", None, "Sekretaris Desa"], "row_signature"),
    (["Catatan:", "data sementara"], "row_note"),
    ([None, "Jumlah", None, 2.0], "row_total"),
]


@pytest.mark.parametrize(("line", "why"), SKIPPED)
def test_what_stands_under_a_table_is_no_person(line: list[Any], why: str) -> None:
    found = sheet("people", ["No", "Nama", "NIK", "Desa"], [1.0, "Maria", "9953064404010003", "A"], line)
    assert [one.why for one in found.skipped] == [why]
    assert len(found.rows) == 1


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("heading", ["No", "No.", "NO", "Nomor", "No Urut", "Nr"])
def test_a_column_that_counts_the_rows_is_no_column_of_data(door: str, heading: str) -> None:
    base = DOORS[door][1]
    found = sheet(door, [heading, *base], [1.0, *base.values()], [2.0, *base.values()])
    assert 0 not in found.pages[0].places.values()
    assert found.unread == ()
    assert all(record.faults == () for record in records(found, DOORS[door][0]))


def test_a_row_that_may_be_no_data_is_asked_about_once() -> None:
    found = sheet(
        "people", ["No", "Nama", "NIK", "Desa"], [1.0, "Maria", "9953064404010003", "A"], [None, None, None, "x"]
    )
    person, faults = people.registration(list(records(found, people.COLUMNS))[1])
    assert (person, [fault.code for fault in faults]) == (None, ["row_doubtful"])


def refused(*rows: list[Any]) -> list[tuple[str, str | None]]:
    with pytest.raises(Problem) as found:
        sheet("courses", *rows)
    return [(fault.code, fault.cell) for fault in found.value.errors]


IN_THOUSANDS = [
    "(dalam ribuan rupiah)", "Biaya dalam juta rupiah", "Rekap (x 1.000)", "(in thousands)", "Costs in millions of IDR",
    "Amounts in thousand rupiah", "(dalam Rp ribu)", "(dlm ribuan)", "satuan: ribu rupiah", "(ribuan rupiah)",
    "dalam rupiah (ribuan)", "Rp 000", "Rp.000,-", "(x Rp1.000)",
]  # fmt: skip


@pytest.mark.parametrize("said", IN_THOUSANDS)
def test_money_told_in_thousands_is_not_taken_for_rupiah(said: str) -> None:
    head = ["Kode", "Nama Pelatihan", "Biaya"]
    assert refused([said], head, ["K-1", "Las", 1500.0]) == [("amounts_scaled", "C2")]
    for below in (f"Catatan: {said}", f"Biaya {said}"):
        assert refused(head, ["K-1", "Las", 1500.0], [below]) == [("amounts_scaled", "C1")]
    assert sheet("courses", [said], head[:2], ["K-1", "Las"]).rows, "without a column of money it says nothing"


def test_a_line_of_blanks_is_looked_through_once() -> None:
    head = ["Kode", "Nama Pelatihan", "Biaya"]
    began = time.process_time()
    assert sheet("courses", ["dalam" + " " * 200_000 + "x", "satuan:" + " : " * 60_000], head, ["K-1", "Las", 1.0]).rows
    assert time.process_time() - began < 1


@pytest.mark.parametrize("said", ["Rp 1.000.000", "Rekap dalam negeri", "Pelatihan in house", "Rp 5.000"])
def test_a_line_with_money_in_it_is_no_scale(said: str) -> None:
    assert sheet("courses", [said], ["Kode", "Nama Pelatihan", "Biaya"], ["K-1", "Las", 1500.0]).rows


def test_a_second_table_with_another_order_of_columns_is_not_read_by_the_first_ones_headings() -> None:
    first, other = ["Kode", "Nama Pelatihan", "Kompetensi"], ["Kode", "Kompetensi", "Nama Pelatihan"]
    line = ["K-1", "Las 3G", "mengelas"]
    assert refused(first, line, [], other, ["K-2", "merawat", "Lansia"]) == [("another_header", "A4")]
    assert len(sheet("courses", first, line, [], first, ["K-2", "Lansia", "merawat"]).rows) == 2


def test_columns_numbered_by_letters_or_roman_numbers_are_no_person() -> None:
    head = ["No", "Nama", "NIK", "Desa"]
    for numbers in (["a", "b", "c", "d"], ["I", "II", "III", "IV"]):
        found = sheet("people", head, numbers, [1.0, "Maria", "9953064404010003", "A"])
        assert [one.why for one in found.skipped] == ["row_numbering"]


def test_a_row_of_data_without_its_name_is_told_so() -> None:
    found = sheet("people", ["Nama", "NIK", "Desa", "Kab"], [None, "9953064404010003", "A", "Ende"])
    _, faults = people.registration(next(records(found, people.COLUMNS)))
    assert [(fault.code, fault.cell) for fault in faults] == [("required", "A2")]


def test_row_numbers_headed_in_the_upper_row_alone_are_no_column_that_nobody_reads() -> None:
    head = [["No", "Identitas", None, "Lahir", None], [None, "Nama", "NIK", "Tempat", "Tanggal"]]
    found = sheet("people", *head, [1.0, "Maria", "9953064404010003", "Ende", "04/04/2001"])
    assert [one.heading for one in found.unread] == ["Lahir Tempat"]
    assert next(records(found, people.COLUMNS)).values["birth_date"] == "2001-04-04"
