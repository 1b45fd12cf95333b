"""Sheets of known meaning in many layouts: what is read equals what was meant, or is refused; nothing is lost."""

import csv
import io
import random
from datetime import date, timedelta
from typing import Any

import pytest
import xlsxwriter

from services.training.schemas.sheet import COLUMNS, said
from shared.codes import regencies, texts
from shared.http.problems import Problem
from shared.sheets import records
from shared.sheets.reading import sheet_of
from tests.support.sheets import in_process
from tests.support.today import TODAY

TITLES = {
    "code": ("Kode kursus", "KODE", "Kode Pelatihan", "kode (wajib)"),
    "title": ("Judul", "Nama Pelatihan", "Nama kursus", "Program Pelatihan"),
    "lesson_hours": ("JP", "Jam Pelajaran", "Jumlah JP"),
    "mode": ("Moda", "Metode Pelatihan"),
    "funding": ("Pendanaan", "Sumber Dana"),
    "cost": ("Biaya peserta", "Biaya pelatihan (Rp)", "Biaya (Rp)", "Harga"),
    "number": ("Angkatan", "Gelombang"),
    "starts": ("Mulai", "Tgl Mulai", "Tanggal mulai"),
    "ends": ("Selesai", "Tanggal Selesai"),
    "regency": ("Tempat", "Lokasi Pelatihan", "Kab/Kota", "Kabupaten"),
    "seats": ("Kursi", "Kuota", "Daya tampung", "Kuota (orang)"),
}
STRANGE = ("Warna seragam", "Instruktur", "Keterangan", "Biaya transport")
NTT = [code for code in regencies.table() if regencies.in_ntt(code)]
TOWNS = {"53.07": "Maumere", "53.06": "Larantuka", "53.15": "Labuan Bajo", "53.09": "Bajawa"}


def a_day(draw: random.Random, day: date, in_workbook: bool) -> Any:
    forms = [f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", texts.day(day), texts.day(day, short=True),
             day.isoformat(), f"{day:%d.%m.%Y}"]  # fmt: skip
    return day if in_workbook and draw.random() < 0.4 else draw.choice(forms)


def money(draw: random.Random, amount: int, in_workbook: bool) -> Any:
    grouped = f"{amount:,}".replace(",", ".")
    forms = [str(amount), grouped, f"Rp {grouped}", f"Rp{grouped},-", f"{amount:,}", f"Rp. {grouped}"]
    return amount if in_workbook and draw.random() < 0.4 else draw.choice(forms)


def counted(draw: random.Random, number: int, unit: str, in_workbook: bool) -> Any:
    return number if in_workbook and draw.random() < 0.4 else draw.choice([str(number), f"{number} {unit}"])


def a_row(draw: random.Random, at: int, in_workbook: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is meant, and how it is written."""
    starts = TODAY + timedelta(days=400) + timedelta(days=draw.randrange(700))
    meant: dict[str, Any] = {
        "code": f"K-{at:03d}", "title": draw.choice(("Tata boga", "Total Quality", "Las 3G", "Jumlah dan rumus")),
        "lesson_hours": draw.randrange(40, 900), "mode": draw.choice(("OFFLINE", "ONLINE")),
        "funding": draw.choice(("APBD", "APBN", "SELF")), "cost": draw.choice((0, 150, 1_500, 1_500_000, 7_500_000)),
        "number": f"A-{at}", "starts": starts.isoformat(), "ends": (starts + timedelta(days=40)).isoformat(),
        "regency": draw.choice(NTT), "seats": draw.randrange(1, 60),
    }  # fmt: skip
    name = regencies.table()[meant["regency"]].name
    places = [name, name.upper(), meant["regency"], TOWNS.get(meant["regency"], name)]
    written = {
        **meant,
        "lesson_hours": counted(draw, meant["lesson_hours"], "JP", in_workbook),
        "mode": draw.choice(
            {"OFFLINE": ("luring", "Tatap Muka", "OFFLINE"), "ONLINE": ("daring", "online")}[meant["mode"]]
        ),
        "funding": draw.choice(
            {"SELF": ("Mandiri", "SELF"), **{one: (one, one.lower()) for one in ("APBD", "APBN")}}[meant["funding"]]
        ),
        "cost": money(draw, meant["cost"], in_workbook),
        "starts": a_day(draw, starts, in_workbook),
        "ends": a_day(draw, starts + timedelta(days=40), in_workbook),
        "regency": draw.choice(places),
        "seats": counted(draw, meant["seats"], "orang", in_workbook),
    }
    for key in ("cost", "regency", "starts", "seats", "title"):
        if draw.random() < 0.12:
            written[key] = draw.choice((None, "", "-", "belum ada"))
            del meant[key]
        elif draw.random() < 0.03:
            written[key] = draw.choice(("#N/A", "#REF!"))
            meant["_broken"] = key
    return meant, written


def a_sheet(draw: random.Random) -> tuple[bytes, list[dict[str, Any]], int]:
    """The file, what its rows mean, and in how many rows a column that nobody reads is filled."""
    in_workbook = draw.random() < 0.6
    keys = ["code", *draw.sample([key for key in TITLES if key != "code"], draw.randrange(5, len(TITLES)))]
    head = [draw.choice(TITLES[key]) for key in keys]
    strange = draw.random() < 0.3
    numbered = draw.random() < 0.5
    lines: list[list[Any]] = [["DAFTAR PELATIHAN"], []] if draw.random() < 0.5 else []
    lines.append([*(["No"] if numbered else []), *head, *([draw.choice(STRANGE)] if strange else [])])
    if draw.random() < 0.3:
        lines.append([str(at) for at in range(1, len(lines[-1]) + 1)])
    meant = []
    for at in range(draw.randrange(1, 7)):
        means, written = a_row(draw, at, in_workbook)
        cells = [written[key] for key in keys]
        lines.append([*([at + 1] if numbered else []), *cells, *(["x"] if strange else [])])
        stands = {key: value for key, value in means.items() if key in keys}
        meant.append({**stands, "_broken": True} if means.get("_broken") in keys else stands)
        if draw.random() < 0.1:
            lines.append([])
    if draw.random() < 0.3:
        lines.append([None] * (len(lines[-1]) - 1 or 1) + [None])
        lines.append([*([None] if numbered else []), "Jumlah", len(meant) * 16])
    if draw.random() < 0.2:
        lines += [[], ["Mengetahui"], ["Kepala BLK Ende"], [], ["Maria Tukan"]]
    return (_workbook(lines) if in_workbook else _csv(draw, lines)), meant, len(meant) if strange else 0


def _workbook(lines: list[list[Any]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    sheet, shape = book.add_worksheet("Data"), book.add_format({"num_format": "dd/mm/yyyy"})
    for number, line in enumerate(lines):
        for place, value in enumerate(line):
            if isinstance(value, date):
                sheet.write_datetime(number, place, value, shape)
            elif value is not None:
                sheet.write(number, place, value)
    book.close()
    return target.getvalue()


def _csv(draw: random.Random, lines: list[list[Any]]) -> bytes:
    target = io.StringIO()
    csv.writer(target, delimiter=draw.choice(";\t,")).writerows(lines)
    return target.getvalue().encode(draw.choice(("utf-8", "utf-8-sig")))


def silent_losses(seed: int) -> list[str]:
    draw = random.Random(seed)
    content, meant, strange = a_sheet(draw)
    try:
        sheet = sheet_of(in_process(content), COLUMNS)
    except Problem as refused:
        assert refused.status == 422
        return []
    found = []
    if strange != sum(one.filled for one in sheet.unread):
        found.append(f"{seed}: unread {[(one.heading, one.filled) for one in sheet.unread]}, meant {strange}")
    rows = list(records(sheet, COLUMNS))
    by_code = {row.values.get("code"): row for row in rows}
    for means in meant:
        row = by_code.get(means["code"])
        if row is None:
            found.append(f"{seed}: {means['code']} is gone; skipped {sheet.skipped}")
            continue
        if row.faults:
            continue
        if means.pop("_broken", None):
            found.append(f"{seed}: an error cell of {means['code']} was read")
        line, _ = said(row)
        read_as = {"code": line.code, **line.course, **line.batch}
        if read_as != means:
            found.append(f"{seed}: read {read_as}, meant {means}")
    return found


@pytest.mark.parametrize("seeds", [range(15), range(15, 30)])
def test_what_is_read_is_what_was_meant_or_is_refused(seeds: range) -> None:
    assert [loss for seed in seeds for loss in silent_losses(seed)] == []


@pytest.mark.deep
@pytest.mark.timeout(600)
def test_two_thousand_sheets_more_lose_nothing_in_silence() -> None:
    assert [loss for seed in range(1_000, 3_000) for loss in silent_losses(seed)] == []
