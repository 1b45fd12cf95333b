"""An invented province for the demo and for load: people as an officer's spreadsheet would have them, all SYNTHETIC.

Two populations, as the figures of the real province suggest. Most are women of 21 to 40 who ask for domestic work or
care and have learned it at home; the others are men of 18 to 55 whom relatives ask to come to the estates. The shares
are invented; names are put together from family and given names that are common in the region, and nobody is meant.
The same seed invents the same people.
"""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

Row = dict[str, str]

# Kemendagri code, name, population (Dukcapil, semester II 2024), tier. Tier A sends most people on unsafe ways, so it
# gets most of the demo's people too: weight = population x tier.
REGENCIES: tuple[tuple[str, str, int, int], ...] = (
    ("53.01", "Kab. Kupang", 391_539, 2), ("53.02", "Timor Tengah Selatan", 490_642, 2),
    ("53.03", "Timor Tengah Utara", 276_032, 2), ("53.04", "Belu", 232_788, 3), ("53.05", "Alor", 229_730, 1),
    ("53.06", "Flores Timur", 289_881, 3), ("53.07", "Sikka", 346_614, 2), ("53.08", "Ende", 283_806, 3),
    ("53.09", "Ngada", 169_445, 1), ("53.10", "Manggarai", 349_836, 1), ("53.11", "Sumba Timur", 277_290, 1),
    ("53.12", "Sumba Barat", 141_760, 1), ("53.13", "Lembata", 149_921, 2), ("53.14", "Rote Ndao", 154_027, 1),
    ("53.15", "Manggarai Barat", 290_688, 1), ("53.16", "Nagekeo", 164_457, 2), ("53.17", "Sumba Tengah", 92_138, 1),
    ("53.18", "Sumba Barat Daya", 355_022, 2), ("53.19", "Manggarai Timur", 305_268, 1),
    ("53.20", "Sabu Raijua", 94_860, 1), ("53.21", "Malaka", 210_908, 3), ("53.71", "Kota Kupang", 404_120, 2),
)  # fmt: skip

FAMILIES = (
    "Nahak", "Seran", "Klau", "Manek", "Berek", "Taek", "Benu", "Fallo", "Tukan", "Keraf", "Kleden", "Fernandez",
    "Parera", "Goa", "Wolo", "Bulu", "Malo", "Lende", "Umbu Rara", "Rambu Ana", "Ndara", "Riwu", "Dima", "Lay", "Manu",
    "Mooy", "Tefa", "Bria", "Hale", "Koten", "Hayon", "Witak", "Lamuri", "Dhae", "Radja", "Nggadas",
)  # fmt: skip
WOMEN = (
    "Maria", "Yuliana", "Theresia", "Agustina", "Fransiska", "Yohana", "Kristina", "Veronika", "Elisabet", "Margareta",
    "Anastasia", "Dorotea", "Rosalina", "Emiliana", "Regina", "Wilhelmina", "Martina", "Skolastika",
)  # fmt: skip
MEN = (
    "Yohanes", "Petrus", "Paulus", "Antonius", "Fransiskus", "Yosef", "Markus", "Stefanus", "Aloysius", "Dominikus",
    "Agustinus", "Gabriel", "Martinus", "Kornelis", "Hendrikus", "Marselinus", "Blasius", "Nikolaus",
)  # fmt: skip

AT_HOME = (
    "jaga oma sakit", "merawat nenek", "asuh anak kecil", "masak", "cuci baju", "setrika", "bersih rumah",
    "mandikan orang tua", "antar anak sekolah", "masak untuk pesta",
)  # fmt: skip
ON_THE_LAND = (
    "tanam jagung",
    "panen kemiri",
    "petik kopi",
    "potong rumput",
    "pelihara babi",
    "tangkap ikan",
    "tenun ikat",
)
TRADES = ("tukang las", "tukang kayu", "tukang batu", "sopir", "jahit", "bengkel motor", "jaga kios")
CARE_JOBS = (
    ("Pengasuh anak", "MYS"),
    ("Pembantu rumah tangga", "IDN"),
    ("Juru masak warung", "IDN"),
    ("Penjaga toko", "IDN"),
)
FIELD_JOBS = (
    ("Buruh kelapa sawit", "MYS"),
    ("Nelayan", "IDN"),
    ("Buruh bangunan", "IDN"),
    ("Petani", "IDN"),
    ("Kuli pelabuhan", "IDN"),
)

DOMESTIC = ("9111", "5322", "5311", "5120")
FIELD = ("9211", "9313", "6223", "8160", "9329")

SCHOOLING = (("SD", 30), ("SMP", 32), ("SMA", 22), ("SMK", 11), ("D3", 3), ("S1", 2))
ROWS_OF_A_FILE = 10_000
"""The door takes five megabytes; ten thousand of these rows are about two."""

CERTIFIED_SHARE = 0.4  # of everybody; the rest holds no certificate at all
UNDER_AGE_SHARE = 0.02  # negative cases: they must get training and no job
SILENT_SHARE = 0.03  # did not consent: nothing may be worked out for them
OUTDATED_SHARE = 0.15  # of the certified: the certificate has run out


def people(number: int, *, seed: int, today: date) -> Iterator[Row]:
    """Rows of the registry's import, by the Indonesian headings of its template."""
    dice = random.Random(seed)
    weights = [population * tier for _, _, population, tier in REGENCIES]
    serials: dict[str, int] = {}
    for _ in range(number):
        yield _person(dice, dice.choices(REGENCIES, weights)[0], serials, today)


def write(folder: Path, number: int, *, seed: int, today: date) -> list[Path]:
    """The same people as CSV files, each small enough for the import door."""
    files: list[Path] = []
    everybody = people(number, seed=seed, today=today)
    while some := list(islice(everybody, ROWS_OF_A_FILE)):
        path = folder / f"people-{len(files) + 1:02d}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, fieldnames=list(some[0]))
            sheet.writeheader()
            sheet.writerows(some)
        files.append(path)
    return files


def _person(dice: random.Random, regency: tuple[str, str, int, int], serials: dict[str, int], today: date) -> Row:
    procedural = dice.random() < 0.62
    woman = dice.random() < (0.86 if procedural else 0.12)
    born = _birthday(dice, procedural, today)
    level = dice.choices([level for level, _ in SCHOOLING], [share for _, share in SCHOOLING])[0]
    given = " ".join(dice.sample(WOMEN if woman else MEN, 2 if dice.random() < 0.6 else 1))
    certified = dice.random() < CERTIFIED_SHARE and born <= _years_before(today, 19)
    scheme, isco08 = _training(dice, procedural)
    return {
        "Nama lengkap": f"{given} {dice.choice(FAMILIES)} (SYNTHETIC)",
        "NIK": _nik(dice, regency[0], born, woman, serials),
        "Tanggal lahir": f"{born:%d/%m/%Y}",
        "Jenis kelamin": "P" if woman else "L",
        "Kabupaten/kota": regency[0],
        "Telepon": f"0811{dice.randrange(10**7):07d}" if dice.random() < 0.7 else "",
        "Pendidikan": level,
        "Keterampilan": _skills(dice, procedural),
        "Pengalaman kerja": _work(dice, procedural),
        "Bahasa": _languages(dice, today),
        "Sertifikat": _certificate(dice, scheme, isco08, today) if certified else "",
        "Jam pelatihan": f"{isco08} | {dice.choice((120, 200, 200, 240))} | MYS" if certified else "",
        "Jabatan diinginkan": "; ".join(dice.sample(DOMESTIC if procedural else FIELD, dice.choice((1, 1, 2)))),
        "Negara tujuan": "; ".join(dice.sample(("MYS", "SGP", "HKG", "TWN", "JPN"), 2)) if procedural else "MYS",
        "Jarak maksimal (km)": str(dice.choice((150, 300, 600))) if dice.random() < 0.3 else "",
        "Bersedia asrama": dice.choice(("ya", "ya", "tidak")),
        "Persetujuan": ""
        if dice.random() < SILENT_SHARE
        else f"MATCHING | WRITTEN | {today - timedelta(days=dice.randrange(1, 60)):%d/%m/%Y}",
        "Syarat": _papers(dice, today),
    }


def _birthday(dice: random.Random, procedural: bool, today: date) -> date:
    if dice.random() < UNDER_AGE_SHARE:
        years = dice.uniform(15, 17.9)
    else:
        low, high = (21, 41) if procedural else (18, 55)
        years = min(high, max(low, dice.lognormvariate(3.3, 0.25)))
    return today - timedelta(days=int(years * 365.25) + dice.randrange(1, 300) * (years >= 18))


def _nik(dice: random.Random, regency: str, born: date, woman: bool, serials: dict[str, int]) -> str:
    """16 digits with the prefix 99, which is never issued; the day of a woman's birth counts from 41."""
    stem = f"99{regency.replace('.', '')}{born.day + 40 * woman:02d}{born:%m%y}"
    serials[stem] = serials.get(stem, 0) + 1
    return f"{stem}{serials[stem]:04d}"


def _training(dice: random.Random, procedural: bool) -> tuple[str, str]:
    if procedural:
        return dice.choice(
            (
                ("HOUSEKEEPER", "9111"),
                ("FAMILY_COOK", "5120"),
                ("ELDERLY_CARETAKER", "5322"),
                ("CHILD_CARETAKER", "5311"),
            )
        )
    return ("WELDING_PLATE_PIPE_2", "7212")


def _skills(dice: random.Random, procedural: bool) -> str:
    words = [(word, "HOME") for word in dice.sample(AT_HOME, dice.choice((1, 2, 3)))] if procedural else []
    words += [(word, "WORK") for word in dice.sample(ON_THE_LAND, dice.choice((0, 1)) if procedural else 2)]
    if dice.random() < 0.25:
        words.append((dice.choice(TRADES), "WORK"))
    return "; ".join(f"{word} | {source} | {dice.choice((6, 12, 24, 36, 60, 120))}" for word, source in words)


def _work(dice: random.Random, procedural: bool) -> str:
    if dice.random() < 0.35:
        return ""
    title, country = dice.choice(CARE_JOBS if procedural else FIELD_JOBS)
    return f"{title} | {dice.choice((6, 12, 18, 24, 48))} | {country}"


def _languages(dice: random.Random, today: date) -> str:
    roll = dice.random()
    if roll < 0.1:
        return f"en | CEFR | {dice.choice(('A1', 'A2'))}"
    if roll < 0.15:
        return f"ja | JLPT | {dice.choice(('N5', 'N4'))}"
    if roll < 0.17:
        return f"ko | EPS_TOPIK | {dice.randrange(80, 170)} | | {today + timedelta(days=400):%d/%m/%Y}"
    return ""


def _certificate(dice: random.Random, scheme: str, isco08: str, today: date) -> str:
    days = -dice.randrange(10, 500) if dice.random() < OUTDATED_SHARE else dice.randrange(60, 1000)
    return f"COMPETENCE | {scheme} | {isco08} | {today + timedelta(days=days):%d/%m/%Y}"


def _papers(dice: random.Random, today: date) -> str:
    found = []
    if dice.random() < 0.2:
        found.append(f"PASSPORT | MET | {today + timedelta(days=dice.randrange(200, 1500)):%d/%m/%Y}")
    if dice.random() < 0.3:
        found.append("FAMILY_CONSENT | UNCHECKED")
    if dice.random() < 0.4:
        found.append("LABOUR_OFFICE_REGISTRATION | MET")
    return "; ".join(found)


def _years_before(day: date, years: int) -> date:
    return day - timedelta(days=int(years * 365.25))
