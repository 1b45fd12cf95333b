"""What can go wrong in the placement house, in the words of the people who meet it."""

from collections.abc import Sequence
from typing import NoReturn

from services.placement.problems.wrong import WRONG
from shared.http.problems import Conflict, Fault, Forbidden, Gone, Invalid, Merged, NotFound, NotYetVisible
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


def contradictory(found: Sequence[Contradiction]) -> None:
    """Refuse values that cannot be true together; nothing happens when there are none.

    Raises:
        Refused: with one fault for each.
    """
    if found:
        raise Refused(errors=[Fault(at, code, *WRONG[code]) for at, code in found])


def refuse(pointer: str, code: str, *, where: str = "body") -> NoReturn:
    """Refuse one value of the request. `code`: one of `wrong.py`, which says what to type instead.

    Raises:
        Refused: always.
    """
    raise Refused(errors=[Fault(pointer, code, *WRONG[code], where=where)])
