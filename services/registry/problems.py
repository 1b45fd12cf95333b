"""What can go wrong at the registry's counter, in the words of whoever stands there."""

from collections.abc import Sequence
from typing import Any

from shared.http.problems import Conflict, Fault, Forbidden, Gone, Invalid, NotFound, Text


class NoSuchCandidate(NotFound):
    """No person has this id."""

    code = "no_such_candidate"
    title = {"id": "Calon ini tidak ada", "en": "There is no such candidate"}


class CandidateErased(Gone):
    """The person asked to be forgotten; only the id is left, so that nothing brings them back."""

    title = {"id": "Data calon ini sudah dihapus", "en": "This candidate's data has been erased"}


class PossibleDuplicate(Conflict):
    """Somebody like this is registered already. The officer opens the candidates shown, or confirms a new person."""

    code = "possible_duplicate"
    title = {"id": "Orang ini mungkin sudah terdaftar", "en": "This person may be registered already"}

    def __init__(self, candidates: Sequence[dict[str, Any]]) -> None:
        super().__init__(
            {
                "id": "Buka calon yang ditunjukkan. Bila memang orang lain, kirim lagi dengan confirm_new: true.",
                "en": "Open the candidates shown. If it is somebody else, send it again with confirm_new: true.",
            },
            # Ids and numbers only: whoever opens one leaves a row in its trail, and no name stands in a refusal.
            extra={"candidates": list(candidates)},
        )


class CandidateMerged(Gone):
    """The record was of the same person as another one; both histories are there."""

    code = "candidate_merged"
    title = {"id": "Data ini sudah digabung", "en": "This record was merged into another one"}

    def __init__(self, survivor: str) -> None:
        super().__init__(
            {
                "id": "Buka data gabungannya; nomornya ada di jawaban ini.",
                "en": "Open the record it was merged into; this answer names it.",
            },
            extra={"merged_into": survivor},
            headers={"Link": f'</v1/candidates/{survivor}>; rel="successor-version"'},
        )


class TooManyForSheet(Invalid):
    """More people than a sheet is made of."""

    code = "too_many_for_sheet"
    title = {"id": "Terlalu banyak orang untuk satu lembar", "en": "Too many people for one sheet"}

    def __init__(self, most: int) -> None:
        message = {
            "id": f"Satu lembar memuat paling banyak {most} orang.",
            "en": f"A sheet holds {most} people at most.",
        }
        fix = {"id": "Pilih satu kabupaten.", "en": "Choose one regency."}
        super().__init__(errors=[Fault("/regency", self.code, message, fix)])


class SamePerson(Invalid):
    """A record cannot be merged into itself."""

    code = "same_candidate"
    title = {"id": "Ini data yang sama", "en": "This is the very same record"}

    def __init__(self) -> None:
        text = {"id": "Isi id data yang ganda.", "en": "Give the id of the other record."}
        super().__init__(errors=[Fault("/duplicate", self.code, text)])


class AskedAlready(Conflict):
    """What somebody answered about bans is read and changed where specific data may be read."""

    code = "asked_already"
    title = {"id": "Sudah ada jawaban yang tercatat", "en": "An answer is on record already"}

    def __init__(self) -> None:
        super().__init__(
            {
                "id": "Bila jawabannya berubah, minta pengawas memperbaikinya.",
                "en": "If the answer is another one now, ask a supervisor to correct it.",
            }
        )


class TwoNiks(Conflict):
    """Two records with two NIK are two people until one NIK is found to be wrong."""

    code = "two_niks"
    title = {"id": "Dua data ini mempunyai dua NIK", "en": "These two records carry two NIK"}

    def __init__(self) -> None:
        super().__init__(
            {
                "id": "Dua NIK adalah dua orang. Bila salah satu salah ketik, koreksi dahulu NIK itu.",
                "en": "Two NIK are two people. If one was mistyped, correct that NIK first.",
            }
        )


class OtherCentre(Forbidden):
    """An officer works on people of the own centre; others are opened with a reason that the person can read."""

    code = "other_centre"
    title = {"id": "Orang ini dilayani kantor lain", "en": "This person is served by another office"}

    def __init__(self, candidate_id: str, centre: str) -> None:
        super().__init__(
            {
                "id": "Kirim alasan ke openings dahulu; alasan itu masuk jejak orang ini.",
                "en": "Send a reason to openings first; it stands in the person's trail.",
            },
            extra={"centre": centre, "openings": f"/v1/candidates/{candidate_id}/openings"},
        )


class OtherRegister(Forbidden):
    """The list of another centre: its people are found by search, one by one."""

    code = "other_register"
    title = {"id": "Daftar ini milik kantor lain", "en": "This is the register of another office"}

    def __init__(self) -> None:
        super().__init__(
            {
                "id": "Cari orangnya lewat candidates:search, lalu buka dengan alasan.",
                "en": "Find the person by candidates:search and open them with a reason.",
            }
        )


class NoSuchContact(NotFound):
    """Nobody of this id was sent to the organisation that asks, or it is over for longer than a month."""

    code = "no_such_contact"
    title = {"id": "Orang ini tidak dirujuk kepada Anda", "en": "This person was not sent to you"}

    def __init__(self) -> None:
        super().__init__(
            {
                "id": "Data hanya terlihat oleh lembaga yang dituju, dari rujukan sampai 30 hari sesudah selesai.",
                "en": "Only whom they were sent to sees a person, from the referral until 30 days after its end.",
            }
        )


class OrganisationNotActive(Forbidden):
    """The province ended the work of this organisation, or its licence; it sees nobody any more."""

    code = "organisation_not_active"
    title = {"id": "Lembaga atau perusahaan ini tidak aktif", "en": "This organisation is not active"}

    def __init__(self) -> None:
        super().__init__(
            {
                "id": "Data calon tidak dibuka untuk lembaga yang tidak aktif. Tanyakan status izin ke dinas provinsi.",
                "en": "An organisation that is not active sees nobody. Ask the province about its licence.",
            }
        )


class NotShared(Forbidden):
    """The person does not allow that this organisation sees name and phone."""

    code = "not_shared"
    title = {"id": "Orang ini tidak mengizinkan datanya dibagikan", "en": "This person does not share these data"}

    def __init__(self) -> None:
        super().__init__(
            {
                "id": "Minta LTSA yang merujuk menghubungi orang ini, atau mencatat persetujuannya.",
                "en": "Ask the office that referred them to contact them, or to record their consent.",
            }
        )


class NoSuchDraft(NotFound):
    """None of this officer's drafts has this id; it may have been finished, or its week was over."""

    code = "no_such_draft"
    title = {"id": "Pendaftaran ini tidak tersimpan lagi", "en": "This registration is not kept any more"}


class TooManyDrafts(Conflict):
    """The officer keeps as many as one may."""

    code = "too_many_drafts"
    title = {"id": "Terlalu banyak pendaftaran yang belum selesai", "en": "Too many registrations are not finished"}

    def __init__(self) -> None:
        super().__init__(
            {
                "id": "Selesaikan atau hapus satu pendaftaran yang lama dahulu.",
                "en": "Finish or throw away an old one first.",
            }
        )


class DraftTooLarge(Invalid):
    """More was typed than a registration can hold."""

    code = "draft_too_large"
    title = {"id": "Isian terlalu panjang", "en": "Too much was typed"}


class NoSuchSubmission(NotFound):
    """The caller's office has none of this id."""

    code = "no_such_submission"
    title = {"id": "Kiriman desa ini tidak ada", "en": "There is no such submission"}


class SubmissionClosed(Conflict):
    """Somebody said already what became of it."""

    code = "submission_closed"
    title = {"id": "Kiriman ini sudah ditutup", "en": "This submission is closed already"}


class WrongCode(Invalid):
    """A code in the address that is not in its list, or cannot be set by hand."""


class WrongRecord(Invalid):
    """A requirement record that contradicts itself or the law."""


class NotInvented(Invalid):
    """An invented person's number outside a test environment."""

    code = "nik_synthetic"

    def __init__(self, message: Text, fix: Text) -> None:
        super().__init__(errors=[Fault("/nik", self.code, message, fix)])


class NoConsent(NotFound):
    """Nothing to withdraw: this purpose was not allowed."""

    code = "no_such_consent"
    title = {"id": "Persetujuan ini tidak ada", "en": "There is no such consent"}


class NoNik(NotFound):
    """Nothing to reveal: the person has no number on record."""

    code = "no_nik"
    title = {"id": "NIK belum dicatat", "en": "No NIK is on record"}


class NoSuchImport(NotFound):
    """No import has this id."""

    code = "no_such_import"
    title = {"id": "Unggahan ini tidak ada", "en": "There is no such import"}
