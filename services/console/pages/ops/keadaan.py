"""O1 and O2 `/ops`: each house in a line: what it is behind in messages and minutes, what is not sent, long work."""

from datetime import datetime
from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, number, t, together
from services.console.frame.ask import House, current_houses
from services.console.frame.troubles import house_name
from services.console.frame.words import ago
from services.console.houses import Answer
from shared import clock

page = Page(
    __name__,
    "/ops",
    needs=("operations:read",),
    menu=Entry("Keadaan sistem", "State of the system", 20),
    home_of=("operator",),
)

Body = dict[str, Any]
JOBS = {
    "count_demand": ("menghitung kebutuhan kursus", "count the demand for courses"),
    "count_figures": ("menghitung capaian", "count the figures"),
    "draft-lapse": ("menghapus pendaftaran yang tidak selesai", "erase registrations that were not finished"),
    "finish_batch": ("menutup angkatan yang selesai", "close batches that are over"),
    "forget_nik": ("melupakan sidik NIK orang yang dihapus", "forget the NIK prints of erased people"),
    "heed_withdrawals": ("memeriksa persetujuan yang ditarik", "look after consents that were withdrawn"),
    "import": ("lembar kerja", "a sheet"),
    "import_expiry": ("menghapus lembar kerja lama", "erase old sheets"),
    "lapse_reservation": ("melepas tempat yang tidak dipakai", "let go of slots that were not used"),
    "lapse_seat": ("melepas kursi yang tidak dijawab", "let go of seats that were not answered"),
    "make_plan": ("rencana untuk semua", "a plan for everybody"),
    "name-keys": ("memperbarui kunci pencarian nama", "renew the keys by which names are found"),
    "prune_feed": ("membuang peristiwa lama bagi mitra", "drop old events of the feed"),
    "retell_company": ("memberi tahu lowongan tentang perusahaannya", "tell orders of their company"),
    "retell_courses": ("memberi tahu kursus tentang lembaganya", "tell courses of their provider"),
    "retell_partner": ("memberi tahu lowongan tentang mitranya", "tell orders of their partner"),
    "submission-lapse": ("menghapus kiriman desa yang tidak dibuka", "erase what villages sent and nobody opened"),
}
"""Kinds of leased work, as an operator calls them."""

TOO_LONG_SECONDS = 60
"""What is written reaches the other houses in seconds; who waits for a minute waits for something to be mended."""


@page.get
def show() -> ResponseReturnValue:
    answers = together(**{name: House(name).get("/v1/operations") for name in houses()})
    for answer in answers.values():
        if not answer.silent and answer.status != 404:
            answer.must()
    rows = [
        {"name": name, "called": house_name(name), "answer": answer, **judged(answer)}
        for name, answer in answers.items()
    ]
    return page.render(
        rows=rows,
        unread=[{**one, "house": row["called"]} for row in rows for one in row["answer"].or_empty().get("unread", [])],
        jobs=[{**one, "house": row["called"]} for row in rows for one in row["answer"].or_empty().get("jobs", [])],
        behind=behind,
        job=lambda kind: t(*JOBS[kind]) if kind in JOBS else kind,
    )


def houses() -> list[str]:
    """Every house that the console knows."""
    return current_houses().names


def judged(answer: Answer) -> Body:
    """``{tone, said}`` of one house, in one sentence."""
    body = answer.or_empty()
    if answer.silent or not body:
        return {"tone": "stop", "said": t("tidak menjawab", "does not answer")}
    if body["stopped"]:
        return {"tone": "stop", "said": t("berhenti mendengar: terlalu banyak rekaman ditolak", "has stopped hearing")}
    letters = sum(one["number"] for one in body["causes"])
    late = [one for one in body["unread"] if one["records"] and is_old(one["since"])]
    if late:
        records = sum(one["records"] for one in late)
        return {
            "tone": "warn",
            "said": t(
                "tertinggal {n} pesan, selama {m}",
                "{n} messages behind, for {m}",
                n=number(records),
                m=ago(min(one["since"] for one in late)),
            ),
        }
    if is_old(body["unsent"]["oldest"]):
        rows, oldest = number(body["unsent"]["rows"]), ago(body["unsent"]["oldest"])
        said = t("{n} pesan belum terkirim, tertua {m}", "{n} messages not sent, the oldest {m}", n=rows, m=oldest)
        return {"tone": "warn", "said": said}
    if letters:
        said = t("{n} rekaman disisihkan", "{n} records set aside", n=number(letters))
        return {"tone": "warn", "said": said}
    return {"tone": "ok", "said": t("tidak ada yang tertinggal", "nothing is behind")}


def behind(row: Body) -> str:
    """How far one topic is behind, in messages and minutes."""
    if not row["records"]:
        return t("tidak tertinggal", "not behind")
    since = ago(row["since"]) if row["since"] else "–"
    return t("{n} pesan, selama {m}", "{n} messages, for {m}", n=number(row["records"]), m=since)


def is_old(moment: str | None) -> bool:
    """Longer ago than anybody should wait."""
    return moment is not None and (clock.wall() - datetime.fromisoformat(moment)).total_seconds() > TOO_LONG_SECONDS
