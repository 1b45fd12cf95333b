"""The letter of referral in words: what stands where on the paper, in the visitor's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.console.frame.words import batch_name, both, country, day, language, money, place, price, regency, t
from services.console.pdf.making import made, square_code

Body = Mapping[str, Any]
MOST_BASES = 6


def letter(
    written: Body, *, person: Body, course: Body, path: Body | None, bases: Sequence[str], officer: str, url: str
) -> bytes:
    """The PDF.

    Args:
        written: the letter as the training house gives it (`LetterOut`).
        person: name, number and home of whoever is sent; what is missing is left out.
        course: for the price; empty where the house said nothing.
        path: one of `jalur.named`, or None.
        bases: legal grounds, as one line each.
        officer: who signs.
        url: of the console, as people reach it.
    """
    code = written["code"]
    link = f"{url}/surat/{code.replace('-', '')}"
    signed = f"{link}#{written['slip']}"
    office = _office(written.get("office"))
    return made(
        "surat",
        {
            "lang": language(),
            "title": t("Surat rujukan pelatihan", "Letter of referral to a training"),
            "from": f"{t('Layanan Terpadu Satu Atap', 'One-stop service centre')} {office}".strip(),
            "foot": t("Surat {code}", "Letter {code}", code=code),
            "about": _rows(
                (t("Nomor surat", "Number"), code),
                (t("Dibuat", "Issued"), day(written["issued_on"], short=False)),
                (
                    t("Berlaku sampai", "Valid until"),
                    day(written["valid_until"], short=False),
                    t("selama rujukannya tidak ditarik", "as long as the referral is not taken back"),
                ),
            ),
            "person": {
                "head": t("Yang dirujuk", "Who is referred"),
                "rows": _rows(
                    (t("Nama", "Name"), person.get("full_name")),
                    (t("Nomor calon", "Number"), person.get("number")),
                    (t("Asal", "Home"), regency(person["regency"]) if person.get("regency") else None),
                ),
            },
            "destination": {
                "head": t("Dirujuk ke", "Referred to"),
                "rows": _rows(
                    (t("Lembaga", "Provider"), both(written["destination"]["name"])),
                    (
                        t("Pelatihan", "Training"),
                        both(written["course"]),
                        batch_name(written["batch_number"]),
                    ),
                    (t("Tempat", "Place"), _where(written)),
                    (
                        t("Waktu", "Dates"),
                        f"{day(written['starts'], short=False, weekday=True)} – {day(written['ends'], short=False)}",
                    ),
                    (
                        t("Biaya calon", "Cost"),
                        price(course["cost_to_trainee"]) if "cost_to_trainee" in course else None,
                    ),
                ),
            },
            "note": written.get("note") or "",
            "note_head": t("Catatan petugas", "Note of the officer"),
            "path": _path(path) if path else None,
            "basis_head": t("Dasar", "Ground"),
            "basis": list(bases)[:MOST_BASES],
            "sign": {
                "place": f"{office}, {day(written['issued_on'], short=False)}",
                "role": t("Petugas LTSA", "Officer of the service centre"),
                "name": officer,
            },
            "square": {
                "alt": t("Kode persegi untuk memeriksa surat ini", "Square code to check this letter"),
                "code": code,
                "how": t(
                    "Periksa surat ini: pindai kodenya, atau buka {url}/surat dan ketik {code}.",
                    "Check this letter: scan the code, or open {url}/surat and type {code}.",
                    url=url.split("://")[-1],
                    code=code,
                ),
                "limits": t(
                    "Kode ini untuk pemeriksaan; bukan tanda tangan elektronik tersertifikasi (BSrE). "
                    "Cocokkan inisial dan tujuan dengan kertas ini.",
                    "The code is a check and no certified electronic signature (BSrE). "
                    "Compare initials and destination with this paper.",
                ),
            },
            "codes": {"picture": square_code(signed), "keywords": [signed]},
        },
    )


def _path(path: Body) -> dict[str, Any]:
    rows = [
        {
            "number": f"{number}.",
            "what": step["title"],
            "more": ", ".join(filter(None, (step["provider"], place(step["regency"]), price(step["cost"])))),
            "when": f"{day(step['starts'])} – {day(step['ends'])}",
        }
        for number, step in enumerate(path["steps"], 1)
    ]
    aim = path["aim"]
    what = (
        t("Bisa melamar: {what}", "Can apply: {what}", what=f"{aim['title']}, {country(aim['country'])}")
        if aim
        else t("Bisa melamar {n} lowongan resmi", "Can apply for {n} legal job orders", n=path["opens"])
    )
    wage = t("upah mulai {m} sebulan", "wages from {m} a month", m=money(path["wage"])) if path.get("wage") else ""
    rows.append({"number": f"{len(rows) + 1}.", "what": what, "more": wage, "when": day(path["ready_on"])})
    return {
        "head": t("Jalur calon", "The person's path"),
        "heads": [t("No.", "No."), t("Langkah", "Step"), t("Waktu", "When")],
        "rows": rows,
        "after": t(
            "Sesudah itu masih paspor, visa, dan perjanjian kerja. Paling cepat berangkat {day}.",
            "Passport, visa and contract still follow. Leaving {day} at the earliest.",
            day=day(path["can_leave_from"]),
        )
        if path.get("can_leave_from")
        else "",
    }


def _rows(*rows: tuple[Any, ...]) -> list[dict[str, str]]:
    """Those that have a value."""
    return [{"label": label, "value": str(value), "more": "".join(more)} for label, value, *more in rows if value]


def _where(written: Body) -> str:
    region = written["destination"].get("regency")
    return ", ".join(filter(None, (written.get("place"), regency(region) if region else t("daring", "online"))))


def _office(code: str | None) -> str:
    return code.replace("_", " ").title() if code else ""
