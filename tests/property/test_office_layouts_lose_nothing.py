"""Lists as offices keep them, drawn at random for both import doors: title blocks, headings over two rows, numbered
columns, section titles, totals, signatures, notes, hidden rows, several sheets, every dress of a CSV. What each row
means is known beforehand: it is read as that, or it is refused; no row is lost, and none appears that nobody meant.
"""

import csv
import io
import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from services.registry.schemas import sheet as people
from services.training.schemas import sheet as courses
from shared.http.problems import Problem
from shared.sheets import Column, SheetRecord, records
from shared.sheets.reading import sheet_of
from tests.property.test_sheets_mean_what_they_say import a_row
from tests.support.sheets import in_process
from tests.unit.registry.test_sheet_drawn import CELLS, REFUSED, meant

Meaning = dict[str, Any]
Line = list[Any]
Draw = random.Random

PEOPLE_TITLES = {
    "nik": ("NIK", "No. KTP / NIK", "Nomor KTP"),
    "full_name": ("Nama", "NAMA LENGKAP", "Nama Calon PMI", "Nama Pencaker"),
    "birth_date": ("Tgl Lahir", "Tanggal lahir", "Tgl. Lahir (dd/mm/yyyy)"),
    "sex": ("L/P", "Jenis Kelamin", "JK", "Sex (L/P)"),
    "phone": ("No HP/WA", "Telepon", "No. HP (aktif)"),
    "regency": ("Kab/Kota", "Kabupaten Asal", "Kabupaten / Kota"),
    "education_level": ("Pendidikan Terakhir", "Pddk. Terakhir", "Ijazah"),
    "village": ("Desa/Kel", "Desa", "Nama Desa"),
    "wish_min_wage": ("Upah minimum", "Gaji minimum"),
}
COURSE_TITLES = {
    "code": ("Kode kursus", "KODE", "Kode Pelatihan"),
    "title": ("Nama Pelatihan", "Judul", "Program Pelatihan"),
    "lesson_hours": ("JP", "Jml JP", "Lama Pelatihan (JP)"),
    "mode": ("Moda", "Luring/Daring", "Metode Pelatihan"),
    "funding": ("Sumber Dana (APBN/APBD)", "Pendanaan"),
    "cost": ("Biaya (Rp)", "Biaya/orang", "Biaya Pelatihan per Peserta"),
    "number": ("Angkatan", "Gelombang ke"),
    "starts": ("Mulai", "Tgl Mulai"),
    "ends": ("Selesai", "Tgl. Selesai"),
    "regency": ("Kab./Kota", "Lokasi Pelatihan", "Tempat Pelaksanaan (Kab)"),
    "seats": ("Kuota", "Kapasitas (org)", "Daya tampung"),
}
NOBODY_READS = ("Keterangan", "Agama", "Warna seragam", "Instruktur", "Nama Ibu", "Umur", "Sisa kuota", "Paraf")
BLOCKS: tuple[list[Line], ...] = (
    [["PEMERINTAH PROVINSI NUSA TENGGARA TIMUR"], ["DINAS KOPERASI, TENAGA KERJA DAN TRANSMIGRASI"], []],
    [["DAFTAR NOMINATIF"], ["Tahun Anggaran 2027"], ["Kabupaten", "Ende"], []],
    [["Rekap; pelatihan, calon"], []],
    [],
)
SECTIONS = ("A. KELAS PAGI", "Kecamatan Nita", "Sumber Dana APBD", "Gelombang I", "KABUPATEN SIKKA")
UNDERNEATH: tuple[list[Line], ...] = (
    [[], ["Ende, 3 Mei 2027"], ["Kepala BLK Ende"], [], ["Maria Tukan"], ["NIP. 19800101 200501 1 001"]],
    [["Catatan: data sementara"]],
    [[], ["Mengetahui", None, "Yang membuat"], ["Kepala Desa", None, "Pendata"], [], ["Yosef Wolo", None, "Ana Kolo"]],
    [],
)


def a_person(draw: Draw, at: int) -> tuple[Meaning, dict[str, Any]]:
    drawn = {column: cell(draw) for column, cell in CELLS.items()}
    bad = any(value is REFUSED for _, value in drawn.values())
    nik = f"995306440401{at:04d}"
    return (
        {"nik": nik, "_refused": bad, **{column: value for column, (_, value) in drawn.items()}},
        {"nik": nik, **{column: typed for column, (typed, _) in drawn.items()}},
    )


def a_course(draw: Draw, at: int) -> tuple[Meaning, dict[str, Any]]:
    means, written = a_row(draw, at, in_workbook=draw.random() < 0.5)
    return {**means, "_refused": False, "_broken": means.get("_broken")}, written


def of_person(record: SheetRecord) -> tuple[Meaning | None, bool]:
    person, faults = people.registration(record)
    if person is None:
        return None, bool(faults)
    return {"nik": person.body["nik"], **{column: meant(person.body, column) for column in CELLS}}, False


def of_course(record: SheetRecord) -> tuple[Meaning | None, bool]:
    line, found = courses.said(record)
    if record.faults or found:
        return None, True
    return {"code": line.code, **line.course, **line.batch}, False


DOORS: dict[str, tuple[tuple[Column, ...], dict[str, tuple[str, ...]], Any, Any, str]] = {
    "people": (people.COLUMNS, PEOPLE_TITLES, a_person, of_person, "nik"),
    "courses": (courses.COLUMNS, COURSE_TITLES, a_course, of_course, "code"),
}


def a_table(draw: Draw, door: str, first: int) -> tuple[list[Line], list[Meaning], int]:
    """Lines from the title block to the signatures, what its rows mean, and in how many of them an unread column is
    filled."""
    _, titles, drawn, _, key = DOORS[door]
    needed = {"people": ["nik", "full_name"], "courses": ["code"]}[door]
    others = [one for one in titles if one not in needed]
    keys = [*needed, *draw.sample(others, draw.randrange(3, len(others) + 1))]
    draw.shuffle(keys)
    numbered, strange, gap = draw.random() < 0.6, draw.random() < 0.3, draw.random() < 0.2
    head: Line = [*(["No"] if numbered else []), *(draw.choice(titles[one]) for one in keys)]
    if gap:
        head.insert(draw.randrange(len(head)), None)
    holes = {place for place, title in enumerate(head) if title is None}
    if strange:
        head.append(draw.choice(NOBODY_READS))
    lines: list[Line] = [*draw.choice(BLOCKS), head]
    width = len(head)
    if draw.random() < 0.3:
        numbers = draw.choice((str, lambda n: f"({n})", lambda n: chr(96 + n), float))
        lines.append([numbers(place + 1) for place in range(width)])
    means: list[Meaning] = []
    for at in range(draw.randrange(1, 6)):
        meaning, written = drawn(draw, first + at)
        cells: Line = [*([float(at + 1)] if numbered else []), *(written[one] for one in keys)]
        for hole in sorted(holes):
            cells.insert(hole, None)
        lines.append([*cells, *(["x"] if strange else [])])
        kept = {one: meaning[one] for one in (*keys, key) if one in meaning}
        broken = meaning.get("_broken") in keys
        means.append({**kept, "_refused": (meaning["_refused"] and _any_refused(meaning, keys)) or broken})
        if draw.random() < 0.15:
            lines.append([])
        if draw.random() < 0.1:
            lines.append([draw.choice(SECTIONS)])
        if draw.random() < 0.05:
            lines.append(list(head))
    if draw.random() < 0.3:
        lines.append([*([None] if numbered else []), "Jumlah", float(len(means))])
    return [*lines, *draw.choice(UNDERNEATH)], means, len(means) if strange else 0


def _any_refused(meaning: Meaning, keys: list[str]) -> bool:
    return any(meaning.get(one) is REFUSED for one in keys)


def a_csv(draw: Draw, lines: list[Line]) -> bytes:
    target = io.StringIO()
    separator = draw.choice(";\t,")
    width = max(len(line) for line in lines)
    padded = [[*line, *[None] * (width - len(line))] if draw.random() < 0.9 or line else line for line in lines]
    written = [
        [int(one) if isinstance(one, float) else f"{one:%d/%m/%Y}" if isinstance(one, date) else one for one in line]
        for line in padded
    ]
    csv.writer(target, delimiter=separator, lineterminator=draw.choice(("\n", "\r\n"))).writerows(written)
    text = target.getvalue()
    if draw.random() < 0.2:
        text = f"sep={separator}\n{text}"
    return text.encode(draw.choice(("utf-8", "utf-8-sig", "utf-16")))


def a_workbook(draw: Draw, tables: list[list[Line]]) -> bytes:
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    book = xlsxwriter.Workbook(target, {**options, "date_1904": draw.random() < 0.2})
    shape = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, lines in zip(("APBD", "APBN", "Lain"), tables, strict=False):
        page = book.add_worksheet(name)
        for number, line in enumerate(lines):
            if draw.random() < 0.03:
                page.set_row(number, None, None, {"hidden": True})
            for place, value in enumerate(line):
                if isinstance(value, date):
                    page.write_datetime(number, place, value, shape)
                elif isinstance(value, str) and draw.random() < 0.05:
                    page.write_formula(number, place, '=""', value=value)
                elif value not in (None, ""):
                    page.write(number, place, value)
            if len(line) == 1 and line[0] and draw.random() < 0.5:
                page.merge_range(number, 0, number, 4, line[0])
    if draw.random() < 0.3:
        extra = book.add_worksheet("Harga")
        extra.write_row(0, 0, ["Bahan", "Harga"])
        extra.write_row(1, 0, ["Tepung", 12000])
    book.close()
    return target.getvalue()


def losses(seed: int, door: str) -> Iterator[str]:
    draw = random.Random(f"{door} {seed}")
    columns, _, _, reading, key = DOORS[door]
    in_workbook = draw.random() < 0.5
    tables = [a_table(draw, door, 100 * at) for at in range(draw.choice((1, 1, 1, 2)) if in_workbook else 1)]
    lines = [table[0] for table in tables]
    content = a_workbook(draw, lines) if in_workbook else a_csv(draw, lines[0])
    try:
        sheet = sheet_of(in_process(content), columns)
    except Problem:
        return
    filled = sum(one.filled for one in sheet.unread)
    if filled != sum(table[2] for table in tables):
        yield f"{door} {seed}: unread {[(one.heading, one.filled) for one in sheet.unread]}"
    found: dict[Any, Meaning | None] = {}
    for record in records(sheet, columns):
        read, refused = reading(record)
        # Of a row that is asked about as a whole (nothing but its code is left) no cell is a value.
        name = record.values.get(key) or (record.cells[key].value if record.is_doubtful else None)
        if read is None and not refused:
            yield f"{door} {seed}: row {record.number} is neither read nor refused"
        found[name] = read
    every = {meaning[key]: meaning for _, means, _ in tables for meaning in means}
    for name, read in found.items():
        if read is not None and name not in every:
            yield f"{door} {seed}: nobody meant {read}"
    for name, meaning in every.items():
        if name not in found:
            yield f"{door} {seed}: {name} is gone; skipped {[(one.number, one.why) for one in sheet.skipped]}"
            continue
        read = found[name]
        refused = meaning.pop("_refused")
        if read is None:
            continue
        if refused:
            yield f"{door} {seed}: {name} was to be refused and is {read}"
        else:
            yield from (
                f"{door} {seed}: {column} of {name} is {read.get(column)!r}, meant {value!r}"
                for column, value in meaning.items()
                if read.get(column) != value
            )


@pytest.mark.parametrize("door", DOORS)
def test_a_list_in_any_layout_is_read_as_it_was_meant_or_refused(door: str) -> None:
    assert [one for seed in range(60) for one in losses(seed, door)] == []


SHARE = 250
"""Lists of one test: a busy machine does so many within its limit."""


@pytest.mark.deep
@pytest.mark.timeout(600)
@pytest.mark.parametrize("first", range(1_000, 3_500, SHARE))
@pytest.mark.parametrize("door", DOORS)
def test_five_thousand_lists_in_any_layout_lose_nothing(door: str, first: int) -> None:
    assert [one for seed in range(first, first + SHARE) for one in losses(seed, door)] == []
