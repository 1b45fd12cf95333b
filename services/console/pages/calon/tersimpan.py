"""What is on record about a person, in the words of the forms; never asked and none are two answers.

Notes, the whole NIK and what is kept apart (health, deportation) are not in it: the screen is shared.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from services.console.frame import country, day, money, regency, t
from services.console.frame.words import scheme
from services.console.pages.calon import baris
from services.console.pages.calon.isian import JOBS
from services.console.pages.calon.words import paper, purpose
from shared.codes import study
from shared.codes.education import LADDER

Body = dict[str, Any]
Row = tuple[str, list[str]]

_STATES = {
    "MET": ("ada", "there"),
    "MISSING": ("belum ada", "missing"),
    "EXPIRED": ("habis masa berlakunya", "expired"),
    "UNCHECKED": ("belum dicek", "not checked yet"),
}


def held(person: Body) -> dict[str, list[Row]]:
    """Topic of the page of data → its rows: what it is called, and each thing on record."""
    return {"identitas": _identity(person), "kerja": _background(person), "keinginan": _wishes(person)}


def papers(person: Body) -> list[Row]:
    """The papers of which something is on record."""
    return [(paper(code), [_paper(record)]) for code, record in person["requirements"].items()]


def consents(person: Body) -> list[Row]:
    """What the person allowed, and took back."""
    return [(purpose(one["purpose"]), [_consent(one)]) for one in person["consents"]]


def _identity(person: Body) -> list[Row]:
    sex = {"F": t("perempuan", "woman"), "M": t("laki-laki", "man")}.get(person["sex"] or "")
    return [
        (t("Nama", "Name"), [person["full_name"]]),
        (t("Nomor calon", "Number"), [person["number"]]),
        (
            t("Tanggal lahir", "Birthday"),
            _one(day(person["birth_date"], short=False) if person["birth_date"] else None),
        ),
        (t("Jenis kelamin", "Sex"), _one(sex)),
        (t("Asal", "Home"), _one(_home(person))),
        (t("Tinggal sekarang", "Stays now"), _one(_stay(person.get("present_stay") or {}))),
        (t("Telepon", "Phone"), _one(person["phone"])),
        (t("Kantor", "Office"), _one((person["centre"] or "").replace("_", " ").title())),
    ]


def _home(person: Body) -> str:
    parts = (person["village"], person["district"], regency(person["regency"]) if person["regency"] else None)
    return ", ".join(filter(None, parts))


def _stay(stay: Body) -> str:
    where = regency(stay["regency"]) if stay.get("regency") else None
    return ", ".join(filter(None, (where, country(stay["country"]) if stay.get("country") else None)))


def _background(person: Body) -> list[Row]:
    level, studied = ((person.get("education") or {}).get(part) for part in ("level", "field"))
    rung = LADDER.get(level) if level else None
    schooling = t(rung.name_id, rung.name_en) if rung else level
    skills = person["skills"]
    return [
        (t("Ijazah terakhir", "Highest certificate"), _one(", ".join(filter(None, (schooling, _field(studied)))))),
        (t("Pekerjaan di rumah", "Work at home"), _worked(skills, "text", home=True)),
        (t("Keterampilan", "Skills"), _worked(skills, "text", home=False)),
        (t("Pekerjaan yang pernah dijalani", "Jobs of the past"), _worked(person["work_history"], "title")),
        (t("Bahasa", "Languages"), _listed(person["languages"], _language)),
        (t("Sertifikat", "Certificates"), _listed(person["certificates"], _certificate)),
        (t("Jam pelatihan", "Hours of training"), _listed(person["training_hours"], _hours)),
        (t("Magang di luar negeri", "Training abroad"), _listed(person.get("prior_programmes"), _programme)),
    ]


def _wishes(person: Body) -> list[Row]:
    wishes = person.get("wishes") or {}
    distance, boarding = wishes.get("max_distance_km"), wishes.get("boarding_ok")
    wage = wishes.get("min_wage")
    said = {True: t("ya", "yes"), False: t("tidak", "no")}
    return [
        (t("Pekerjaan", "Work"), _listed(wishes.get("isco08"), lambda code: t(*JOBS[code]) if code in JOBS else code)),
        (t("Negara tujuan", "Destinations"), _listed(wishes.get("destinations"), country)),
        (t("Upah paling sedikit", "Least wage"), _one(money(wage) if wage else None)),
        (t("Siap berangkat", "Ready to leave"), _one(_ready(wishes.get("ready_within_days")))),
        (t("Jarak pelatihan", "Distance of training"), _one(f"{distance} km" if distance else None)),
        (
            t("Bersedia di asrama", "Would stay in a hostel"),
            _one(said.get(bool(boarding)) if boarding is not None else None),
        ),
    ]


def _ready(days: int | None) -> str | None:
    return None if days is None else t("dalam {n} hari", "within {n} days", n=days)


def _field(code: str | None) -> str | None:
    """A field of study or of a programme; one that is on no list as it was written."""
    return t(*study.FIELDS[code]) if code in study.FIELDS else code


def _worked(rows: Sequence[Body] | None, name: str, *, home: bool | None = None) -> list[str]:
    if rows is None:
        return _one(None)
    wanted = [one for one in rows if home is None or (one["source"] == "HOME") is home]
    return baris.written(wanted, name).splitlines() or [t("tidak ada", "none")]


def _language(one: Body) -> str:
    name = t(*baris.LANGUAGES[one["language"]]) if one["language"] in baris.LANGUAGES else one["language"]
    tested = " ".join(str(one[part]) for part in ("test", "result") if one.get(part))
    return ", ".join(filter(None, (name, tested, one.get("cefr"))))


def _certificate(one: Body) -> str:
    named = scheme(one["scheme"]) if one.get("scheme") else one.get("title") or one["kind"]
    until = t("berlaku sampai {d}", "valid until {d}", d=day(one["valid_until"])) if one.get("valid_until") else ""
    return ", ".join(filter(None, (named, one.get("number"), one.get("issuer"), until)))


def _hours(one: Body) -> str:
    job = t(*JOBS[one["isco08"]]) if one["isco08"] in JOBS else one["isco08"]
    where = country(one["destination"]) if one.get("destination") else ""
    return ", ".join(filter(None, (t("{n} jam", "{n} hours", n=one["hours"]), job, where)))


def _programme(one: Body) -> str:
    over = t("selesai", "finished") if one.get("finished") else t("tidak selesai", "not finished")
    return ", ".join(filter(None, (one["kind"], _field(one.get("field")), over)))


def _paper(record: Body) -> str:
    state = t(*_STATES[record["status"]]) if record["status"] in _STATES else record["status"]
    until = (
        t("berlaku sampai {d}", "valid until {d}", d=day(record["valid_until"])) if record.get("valid_until") else ""
    )
    return ", ".join(filter(None, (state, record.get("number"), until)))


def _consent(one: Body) -> str:
    given = t("diberikan {d}", "given {d}", d=day(one["given_at"]))
    return (
        f"{given}, {t('ditarik {d}', 'taken back {d}', d=day(one['withdrawn_at']))}" if one["withdrawn_at"] else given
    )


def _listed(rows: Iterable[Any] | None, said: Any) -> list[str]:
    if rows is None:
        return _one(None)
    return [said(one) for one in rows] or [t("tidak ada", "none")]


def _one(value: str | None) -> list[str]:
    return [value] if value else [t("belum ditanya", "not asked yet")]
