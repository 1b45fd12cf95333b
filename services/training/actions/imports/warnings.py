"""For judging a row: what will keep its course from being approved, or from opening anything to anybody.

Nothing here refuses a row. Whoever sends it learns today what a reviewer, or an empty class, would tell in a month.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from services.training.model import batch as batches
from services.training.model import provider as providers
from services.training.model.asked import Asked
from shared import clock
from shared.codes import schemes, texts
from shared.http.problems import Fault, Text, say

Document = Mapping[str, Any]


def warnings(owner: Document, course: Document, batch: Document | None, asked: Asked) -> list[Fault]:
    """Warnings of one row, each with the pointer of what it is about."""
    return [*_of_course(owner, course, batch, asked), *(_of_batch(course, batch) if batch else ())]


def _of_course(owner: Document, course: Document, batch: Document | None, asked: Asked) -> Iterator[Fault]:
    programme = course["programme"]
    accreditation = providers.accreditation_for(owner, programme)
    if accreditation is None:
        yield _warning(
            "/course/programme",
            "not_accredited",
            say(f"Program {programme} belum tercatat terakreditasi, jadi kursus ini belum bisa disetujui.",
                f"The programme {programme} has no accreditation on record, so the course cannot be approved yet."),
            say("Mintalah dinas mencatat akreditasinya.", "Ask the office to record its accreditation."),
        )  # fmt: skip
    elif batch and accreditation["until"] and accreditation["until"] < batch["starts"]:
        until = texts.day(accreditation["until"]), texts.day(accreditation["until"], "en")
        yield _warning(
            "/course/programme",
            "accreditation_ends",
            say(f"Akreditasi program {programme} berakhir {until[0]}, sebelum angkatan ini mulai.",
                f"The accreditation of {programme} ends on {until[1]}, before this batch begins."),
            say("Perpanjang akreditasinya, atau majukan tanggalnya.", "Renew it, or move the dates."),
        )  # fmt: skip
    scheme = (course["certificate"] or {}).get("scheme")
    if scheme and scheme not in schemes.KNOWN and scheme not in asked.schemes:
        near = schemes.slip_of(scheme)
        yield _warning(
            "/course/certificate/scheme",
            "scheme_not_listed",
            say(f"Skema {scheme} belum ada di daftar mana pun, jadi belum membuka lowongan.",
                f"No list knows the scheme {scheme}, so it opens no job order yet."),
            say(f"Maksudnya {near}?", f"Did you mean {near}?") if near else
            say("Periksa kodenya, atau pilih dari daftar di templat.", "Check it, or choose one of the template's."),
        )  # fmt: skip
    if not course["isco08"] and not scheme and not course["languages"]:
        yield _warning(
            "/course/isco08",
            "opens_nothing",
            say("Tanpa jabatan, skema sertifikat atau bahasa, kursus ini tidak membuka lowongan mana pun.",
                "Without an occupation, a scheme or a language this course opens no job order."),
            say("Isi Jabatan, misalnya 5322.", "Fill in Occupations, for example 5322."),
        )  # fmt: skip
    elif asked.orders and not asked.for_any_of(course):
        taught = "isco08" if course["isco08"] else "certificate/scheme" if scheme else "languages"
        yield _warning(
            f"/course/{taught}",
            "no_order_asks",
            say("Belum ada lowongan terbuka yang meminta jabatan, skema atau bahasa dari kursus ini.",
                "No open job order asks for an occupation, scheme or language of this course."),
            say("Periksa kodenya. Kursusnya tetap dapat disetujui; pesertanya menunggu lowongan.",
                "Check the codes. The course can be approved all the same; its trainees wait for an order."),
        )  # fmt: skip
    if course["cost_to_trainee"] is None:
        yield _warning(
            "/course/cost_to_trainee",
            "cost_unknown",
            say("Biaya peserta belum diketahui; kursus ini tidak dihitung gratis.",
                "What trainees pay is not known; the course does not count as free."),
            say("Isi Biaya peserta; ketik 0 bila gratis.", "Fill in Cost to trainee; type 0 if it is free."),
        )  # fmt: skip


def _of_batch(course: Document, batch: Document) -> Iterator[Fault]:
    days = batches.days_of(batch)
    if not batches.hours_fit(course["lesson_hours"], batch):
        yield _warning(
            "/course/lesson_hours",
            "hours_do_not_fit",
            say(f"{course['lesson_hours']} JP tidak muat dalam {days} hari.",
                f"{course['lesson_hours']} lessons do not fit into {days} days."),
            say("Periksa JP dan kedua tanggal.", "Check the hours and both dates."),
        )  # fmt: skip
    if batch["regency"] is None and course["mode"] != "ONLINE":
        yield _warning(
            "/batch/regency",
            "place_unknown",
            say("Tempat pelatihan belum diketahui; jaraknya tidak dapat dihitung.",
                "Where it is held is not known; no distance can be told."),
            say("Isi Tempat dengan nama kabupaten.", "Fill in Place with the name of a regency."),
        )  # fmt: skip
    today = clock.today().isoformat()
    if batch["starts"] <= today <= batch["ends"] or batch["ends"] < today:
        yield _warning(
            "/batch/starts",
            "has_begun",
            say("Angkatan ini sudah mulai, jadi tidak menerima pendaftaran lagi.",
                "This batch has begun and takes no registrations any more."),
            say("Periksa tahunnya.", "Check the year."),
        )  # fmt: skip


def _warning(pointer: str, code: str, message: Text, fix: Text) -> Fault:
    return Fault(pointer, code, message, fix)
