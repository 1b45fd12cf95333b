"""What can go wrong in the placement house, in the words of the people who meet it."""

from collections.abc import Sequence
from typing import NoReturn

from shared.http.problems import Conflict, Fault, Forbidden, Gone, Invalid, Merged, NotFound, NotYetVisible, Text
from shared.judgements import StoppedByRules


class NoSuchCompany(NotFound):
    code = "no_such_company"
    title = {"id": "Perusahaan ini tidak ada", "en": "There is no such company"}


class NoSuchPartner(NotFound):
    code = "no_such_partner"
    title = {"id": "Mitra ini tidak ada", "en": "There is no such foreign partner"}


class NoSuchJobOrder(NotFound):
    code = "no_such_job_order"
    title = {"id": "Lowongan ini tidak ada", "en": "There is no such job order"}


class NoSuchReservation(NotFound):
    code = "no_such_reservation"
    title = {"id": "Pemesanan slot ini tidak ada", "en": "There is no such reservation"}


class NoSuchApplication(NotFound):
    code = "no_such_application"
    title = {"id": "Lamaran ini tidak ada", "en": "There is no such application"}


class ApplicationErased(Gone):
    """The person asked to be forgotten."""

    title = {"id": "Lamaran ini sudah dihapus", "en": "This application has been erased"}


class NoSuchPolicy(NotFound):
    code = "no_such_policy"
    title = {"id": "Aturan ini tidak ada", "en": "There is no such policy"}


class NoSuchRevision(NotFound):
    code = "no_such_revision"
    title = {"id": "Revisi ini tidak ada", "en": "There is no such revision"}


class NoSuchConcern(NotFound):
    code = "no_such_concern"
    title = {"id": "Laporan ini tidak ada", "en": "There is no such concern"}


class NoSuchImport(NotFound):
    code = "no_such_import"
    title = {"id": "Unggahan ini tidak ada", "en": "There is no such import"}


class NotYours(Forbidden):
    code = "not_yours"
    title = {"id": "Hanya milik perusahaan Anda sendiri", "en": "Only what belongs to your own company"}


class FourEyes(Forbidden):
    """Whoever proposed a law never approves it: one saved password must not be enough to change what is legal."""

    code = "four_eyes"
    title = {"id": "Perlu orang kedua", "en": "A second person is needed"}


class CodeTaken(Conflict):
    code = "code_taken"
    title = {"id": "Kode ini sudah dipakai", "en": "This code is in use"}


class StepNotPossible(Conflict):
    code = "step_not_possible"
    title = {"id": "Langkah ini belum mungkin", "en": "This step is not possible"}


class OrderClosed(Conflict):
    code = "job_order_closed"
    title = {"id": "Lowongan ini sudah ditutup", "en": "This job order is closed"}


class OrderNotOpen(Conflict):
    code = "job_order_not_open"
    title = {"id": "Lowongan ini tidak dibuka hari ini", "en": "This job order is not open today"}


class OrderNotVerified(Conflict):
    code = "job_order_not_verified"
    title = {"id": "Lowongan ini belum diperiksa", "en": "This job order has not been verified"}


class CompanyNotLicensed(Conflict):
    code = "company_not_licensed"
    title = {"id": "Izin perusahaan tidak berlaku", "en": "The company's licence is not in force"}


class PartnerListed(Conflict):
    code = "partner_listed"
    title = {"id": "Mitra di luar negeri ada di daftar bermasalah", "en": "The partner abroad is on the problem list"}


class PermitNotValid(Conflict):
    code = "permit_not_valid"
    title = {"id": "SIP2MI lowongan ini tidak berlaku", "en": "The order's SIP2MI is not in force"}


class QuotaFull(Conflict):
    code = "quota_full"
    title = {"id": "Semua slot sudah terisi atau dipesan", "en": "Every slot is taken or reserved"}


class QuotaBelowPromised(Conflict):
    code = "quota_below_promised"
    title = {
        "id": "Kuota lebih kecil daripada slot yang sudah dijanjikan",
        "en": "The quota is below the slots promised",
    }


class AlreadyReserved(Conflict):
    code = "already_reserved"
    title = {"id": "Orang ini sudah punya slot", "en": "This person holds a slot already"}


class AlreadyApplied(Conflict):
    code = "already_applied"
    title = {"id": "Orang ini sudah melamar", "en": "This person has applied already"}


class SlotNeeded(Conflict):
    code = "slot_needed"
    title = {"id": "Slot belum dipesan", "en": "No slot is reserved yet"}


class PersonNotKnownYet(NotYetVisible):
    code = "candidate_not_known"
    title = {"id": "Calon ini belum dikenal di sini", "en": "This candidate is not known here yet"}


class PersonErased(Gone):
    title = {"id": "Data calon ini sudah dihapus", "en": "This candidate's data has been erased"}


class PersonMerged(Merged):
    """The record was of the same person as another one; what is done for them is done under that id."""

    code = "candidate_merged"
    title = {"id": "Data calon ini sudah digabung", "en": "This candidate's record was merged into another one"}


class NoConsent(Conflict):
    code = "consent_needed"
    title = {"id": "Persetujuan calon belum ada", "en": "The candidate has not given consent"}


class TooManyRevisions(Conflict):
    code = "too_many_revisions"
    title = {"id": "Aturan ini terlalu banyak revisinya", "en": "This policy has too many revisions"}


class PapersMissing(StoppedByRules):
    code = "papers_missing"
    title = {"id": "Dokumen untuk langkah ini belum lengkap", "en": "Papers for this step are missing"}


class UnlawfulOrder(StoppedByRules):
    code = "unlawful_job_order"
    title = {"id": "Lowongan ini melanggar hukum", "en": "This job order is against the law"}


class Refused(Invalid):
    """A value that is well formed and cannot be true beside the others."""


Contradiction = tuple[str, str]
"""Pointer and code of two values that cannot both be true."""

_WRONG: dict[str, tuple[Text, Text]] = {
    "until_before_from": (
        {"id": "Hari terakhir ada sebelum hari pertama.", "en": "The last day is before the first."},
        {"id": "Tukar kedua tanggal itu.", "en": "Swap the two dates."},
    ),
    "in_the_future": (
        {"id": "Tanggal ini belum tiba.", "en": "This day has not come yet."},
        {"id": "Isi hari ini atau sebelumnya.", "en": "Give today or a day before."},
    ),
    "closes_before_opens": (
        {"id": "Lowongan ditutup sebelum dibuka.", "en": "The order closes before it opens."},
        {
            "id": "Isi hari penutupan yang sama dengan atau sesudah hari pembukaan.",
            "en": "Give a closing day on or after the opening day.",
        },
    ),
    "departs_before_opens": (
        {"id": "Keberangkatan ada sebelum lowongan dibuka.", "en": "The departure is before the order opens."},
        {"id": "Isi tanggal sesudah hari pembukaan.", "en": "Give a day after the opening day."},
    ),
    "kbji_of_another_occupation": (
        {"id": "Kode KBJI ini milik jabatan ISCO-08 lain.", "en": "This KBJI title belongs to another ISCO-08 group."},
        {"id": "Empat angka pertama KBJI sama dengan isco08.", "en": "Its first four digits must be isco08."},
    ),
    "only_for_households": (
        {"id": "Isian ini hanya untuk pemberi kerja HOUSEHOLD.", "en": "This is for employers of type HOUSEHOLD only."},
        {"id": "Hapus isian ini, atau ganti jenis pemberi kerja.", "en": "Remove it, or change the employer's type."},
    ),
    "cost_twice": (
        {"id": "Biaya ini sudah ditulis dengan pembayar yang sama.", "en": "This cost is listed with the same payer."},
        {"id": "Gabungkan menjadi satu.", "en": "Make it one."},
    ),
    "hours_do_not_add_up": (
        {"id": "Jam kerja dan istirahat ini tidak muat.", "en": "These hours of work and rest do not fit."},
        {"id": "Sehari 24 jam, seminggu tujuh hari.", "en": "A day has 24 hours and a week seven days."},
    ),
    "unknown_company": (
        {"id": "Perusahaan ini tidak ada di daftar kami.", "en": "This company is not in our list."},
        {"id": "Isi id atau nomor SIP3MI.", "en": "Give an id or a SIP3MI number."},
    ),
    "unknown_partner": (
        {"id": "Mitra ini tidak ada di daftar kami.", "en": "This partner is not in our list."},
        {"id": "Isi id atau kode mitra.", "en": "Give the partner's id or code."},
    ),
    "unknown_job_order": (
        {"id": "Lowongan ini tidak ada.", "en": "There is no such job order."},
        {"id": "Isi id lowongan.", "en": "Give the order's id."},
    ),
    "kind_is_fixed": (
        {"id": "Jenis aturan tidak dapat diubah.", "en": "The kind of a policy cannot change."},
        {"id": "Pakai kode lain untuk aturan jenis lain.", "en": "Use another code for another kind."},
    ),
    "about_nobody": (
        {"id": "Laporan ini belum terhubung dengan siapa pun.", "en": "This concern points to nobody yet."},
        {"id": "Isi company_id atau job_order_id.", "en": "Give company_id or job_order_id."},
    ),
    "about_nothing": (
        {"id": "Sebutkan perusahaan atau lowongan.", "en": "Name a company or a job order."},
        {"id": "Isi company, job_order, atau keduanya.", "en": "Give company, job_order or both."},
    ),
    "rule_not_met": (
        {
            "id": "Aturan ini tidak terpenuhi dan mengikat.",
            "en": "This rule is not met; nobody may override it.",
        },
        {"id": "Sebutkan hanya aturan yang berstatus UNKNOWN.", "en": "Name only rules whose status is UNKNOWN."},
    ),
    "company_has_applicants": (
        {
            "id": "Sudah ada orang yang melamar atau memegang slot pada perusahaan ini.",
            "en": "People have applied to this company or hold a slot with it.",
        },
        {
            "id": "Tutup lowongan ini dan terbitkan lowongan baru untuk perusahaan lain.",
            "en": "Close this order and publish a new one for the other company.",
        },
    ),
    "permit_used_up": (
        {
            "id": "Slot izin ini sudah dijanjikan lewat lowongan lain.",
            "en": "The slots of this permit are promised through other job orders.",
        },
        {
            "id": "Lepaskan slot di lowongan lain dengan izin ini, atau isi izin lain.",
            "en": "Release slots of the other orders under this permit, or give another permit.",
        },
    ),
    "rule_not_open": (
        {
            "id": "Aturan ini tidak dipertanyakan di sini.",
            "en": "This rule is no question here.",
        },
        {
            "id": "Sebutkan aturan UNKNOWN dari judgement.",
            "en": "Name rules of the judgement with status UNKNOWN.",
        },
    ),
    "day_has_passed": (
        {"id": "Hari ini sudah lewat.", "en": "This day has passed."},
        {"id": "Isi hari ini atau sesudahnya.", "en": "Give today or a day after it."},
    ),
    "filter_missing": (
        {"id": "Sebutkan orang atau lowongannya.", "en": "Name a person or a job order."},
        {"id": "Isi candidate atau job_order.", "en": "Give candidate or job_order."},
    ),
}


def contradictory(found: Sequence[Contradiction]) -> None:
    """Refuse values that cannot be true together; nothing happens when there are none.

    Raises:
        Refused: with one fault for each.
    """
    if found:
        raise Refused(errors=[Fault(at, code, *_WRONG[code]) for at, code in found])


def refuse(pointer: str, code: str, *, where: str = "body") -> NoReturn:
    """Refuse one value of the request.

    Raises:
        Refused: always.
    """
    raise Refused(errors=[Fault(pointer, code, *_WRONG[code], where=where)])
