"""“Jalur saya” in words: the one page that the person takes home, in short sentences with whole dates."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.console.frame.words import country, day, language, money, place, price, t
from services.console.pdf.making import made, square_code

Body = Mapping[str, Any]


def my_path(
    *,
    person: Body,
    verdict: str,
    paths: Sequence[Body],
    agreed: Sequence[Body],
    papers: Sequence[str],
    pay_nobody: str,
    since: str,
    url: str,
) -> bytes:
    """The PDF.

    Args:
        person: name, number, office.
        verdict: the sentence of `jawaban.for_home`.
        paths: the chosen path of `jalur.named`, or none.
        agreed: the trainings of `jalur.referred`, each with its `status` in words; they come first.
        papers: what is still to be got ready, one line each.
        pay_nobody: the warning of `jalur.pay_nobody`.
        since: day of the answer, in words.
        url: of the console; the square code leads to the check of an offer, and tells nothing of the person.
    """
    office = (person.get("centre") or "").replace("_", " ").title()
    check = f"{url}/periksa"
    whole = [*agreed, *(step for path in paths for step in path["steps"])]
    return made(
        "jalur",
        {
            "lang": language(),
            "title": t("Jalur saya", "My path"),
            "from": f"LTSA {office}".strip(),
            "foot": t(
                "Keadaan {day}. Bertanya: LTSA {office}, atau 0800-1000 (gratis).",
                "As of {day}. Questions: LTSA {office}, or 0800-1000 (free).",
                day=since,
                office=office,
            ),
            "name": f"{person['full_name']} ({person['number']})" if person.get("number") else person["full_name"],
            "verdict": verdict,
            "steps": [_step(number, step) for number, step in enumerate(whole, 1)],
            "goal": _goal(paths[0]) if paths else None,
            "papers_head": t("Surat yang perlu disiapkan", "Papers to get ready"),
            "papers": list(papers),
            "remember_head": t("Ingat", "Remember"),
            "remember": [
                " ".join(filter(None, (pay_nobody, t("Minta kuitansi.", "Ask for a receipt.") if whole else ""))),
                t("KTP, ijazah, dan paspor dipegang sendiri.", "Keep id card, certificates and passport yourself."),
                t("Bawa KTP, KK, dan ijazah ke pelatihan.", "Bring id card, family card and certificates."),
                t(
                    "Ada tawaran kerja? Pindai kode ini, atau buka {url}, sebelum menjawab.",
                    "Somebody offers you work? Scan this code, or open {url}, before you answer.",
                    url=check.split("://")[-1],
                ),
            ],
            "square": {
                "alt": t("Kode persegi untuk memeriksa tawaran kerja", "Square code to check an offer of work"),
                "code": "",
            },
            "codes": {"picture": square_code(check)},
        },
    )


def _step(number: int, step: Body) -> dict[str, Any]:
    closes = day(step["closes"], weekday=True, short=False) if step["closes"] else ""
    ends = ("starts", "ends")
    rows = [
        (t("Di mana", "Where"), ", ".join(filter(None, (step["provider"], place(step["regency"]))))),
        (t("Mulai dan selesai", "From and until"), " – ".join(day(step[at], weekday=True, short=False) for at in ends)),
        (t("Biaya", "Cost"), price(step["cost"])),
        (t("Rujukan", "Referral"), step.get("status", "")),
        (t("Daftar paling lambat", "Register by"), closes),
    ]
    return {"what": f"{number}. {step['title']}", "rows": _facts(rows)}


def _goal(path: Body) -> dict[str, Any]:
    aim, opens = path["aim"], path["opens"]
    if aim:
        named = f"{aim['title']}, {country(aim['country'])}"
        what = t("Sesudah itu bisa melamar: {what}", "Then you can apply: {what}", what=named)
    else:
        what = t("Sesudah itu bisa melamar {n} lowongan resmi", "Then you can apply for {n} legal job orders", n=opens)
    wage = t("mulai {m} sebulan", "from {m} a month", m=money(path["wage"])) if path.get("wage") else ""
    rows = [
        (t("Mulai", "From"), day(path["ready_on"], weekday=True, short=False)),
        (t("Upah", "Wages"), wage),
    ]
    return {"what": what, "rows": _facts(rows)}


def _facts(rows: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in rows if value and value != "–"]
