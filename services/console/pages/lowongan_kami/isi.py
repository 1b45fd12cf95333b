"""What a job order offers and asks, as labels and words: for its company, and for the reviewer who verifies it."""

from collections.abc import Mapping
from typing import Any

from services.console.frame.conditions import asked
from services.console.frame.occupations import occupation
from services.console.frame.words import both, day, money, number, t
from services.console.pages.lowongan_kami import biaya
from services.console.pages.lowongan_kami.isian import CHANNELS, EMPLOYERS, SCHEMES
from shared.codes.offers import VISA_TYPES

Order = Mapping[str, Any]


def facts(order: Order, *, company: str = "") -> list[tuple[str, str]]:
    """(label, words) of all that is on record, in the order in which one reads an offer.

    ``company``: its name, for whoever does not know it.
    """
    employer, named = order.get("employer") or {}, dict(order.get("company") or {})
    if company:
        named["name"] = company
    permit, months = order.get("sip2mi") or {}, order.get("term_months")
    rows = [
        (t("Perusahaan", "Company"), _company(named)),
        (t("Jabatan", "Occupation"), occupation(order.get("isco08"))),
        (t("Kode KBJI", "KBJI code"), order.get("kbji") or ""),
        (t("Izin SIP2MI", "Permit (SIP2MI)"), _permit(permit) if permit else ""),
        (t("Jalur penempatan", "Scheme"), _word(SCHEMES, order.get("scheme"))),
        (t("Kanal", "Channel"), _word(CHANNELS, order.get("channel"))),
        (t("Visa", "Visa"), _word(VISA_TYPES, order.get("visa_type"))),
        (t("Pemberi kerja", "Employer"), _employer(employer)),
        (t("Upah sebulan", "Wage a month"), money(order["wage"]) if order.get("wage") else ""),
        (t("Jam kerja", "Working hours"), _hours(order.get("working_hours") or {})),
        (t("Lama kontrak", "Term"), t("{n} bulan", "{n} months", n=months) if months else ""),
        (t("Berangkat paling lambat", "Departure by"), day(order["departure_by"]) if order.get("departure_by") else ""),
        (t("Biaya", "Costs"), "; ".join(map(biaya.said, order.get("costs") or ()))),
        (
            t("Diminta dari calon", "Asked of the person"),
            "; ".join(dict.fromkeys(filter(None, asked(order.get("requirements"))))) or t("tidak ada", "nothing"),
        ),
        (t("Keterampilan yang wajib", "Skills that must be there"), _skills(order, essential=True)),
        (t("Keterampilan yang membantu", "Skills that help"), _skills(order, essential=False)),
        (t("Uraian", "Description"), both(order.get("description"))),
    ]
    return [(label, said) for label, said in rows if said]


def _word(table: Mapping[str, tuple[str, str]], code: str | None) -> str:
    return t(*table[code]) if code and code in table else code or ""


def _company(company: Order) -> str:
    number = str(company.get("sip3mi") or "")
    told = number if number.startswith("SIP3MI") else f"SIP3MI {number}" if number else ""
    return ", ".join(filter(None, (company.get("name") or "", told)))


def _permit(permit: Order) -> str:
    return f"{permit['number']}, {day(permit.get('valid_from'))} – {day(permit.get('valid_until'))}"


def _employer(employer: Order) -> str:
    said = [_word(EMPLOYERS, employer.get("type"))]
    if employer.get("partner_id") or employer.get("partner_listed"):
        listed = employer.get("partner_listed")
        said.append(
            t("mitra terdaftar", "the partner is listed")
            if listed
            else t("mitra tidak terdaftar", "partner not listed")
        )
    if employer.get("household_income"):
        income = money(employer["household_income"])
        said.append(t("penghasilan {m} sebulan", "income {m} a month", m=income))
    if employer.get("household_size"):
        said.append(t("{n} penghuni", "{n} in the household", n=employer["household_size"]))
    return ", ".join(filter(None, said))


def _hours(hours: Order) -> str:
    said = {
        "per_day": ("{n} sehari", "{n} a day"),
        "per_week": ("{n} seminggu", "{n} a week"),
        "rest_per_day": ("istirahat {n} sehari", "rest {n} a day"),
        "rest_per_week": ("istirahat {n} seminggu", "rest {n} a week"),
    }
    return ", ".join(t(*words, n=number(hours[part])) for part, words in said.items() if hours.get(part) is not None)


def _skills(order: Order, *, essential: bool) -> str:
    rows = [one for one in order.get("skills") or () if bool(one.get("essential")) is essential]
    return "; ".join(dict.fromkeys(one.get("text") or one.get("code") or "" for one in rows))
