"""What can go wrong in the training house, in the words of the people who meet it."""

from typing import NoReturn

from shared.http.problems import Conflict, Fault, Forbidden, Gone, Invalid, Merged, NotFound, NotYetVisible, Text


class NoSuchProvider(NotFound):
    code = "provider_not_found"
    title = {"id": "Lembaga pelatihan tidak ditemukan", "en": "No such training provider"}


class NoSuchCourse(NotFound):
    code = "course_not_found"
    title = {"id": "Kursus tidak ditemukan", "en": "No such course"}


class NoSuchBatch(NotFound):
    code = "batch_not_found"
    title = {"id": "Angkatan tidak ditemukan", "en": "No such batch"}


class NoSuchEnrolment(NotFound):
    code = "enrolment_not_found"
    title = {"id": "Pendaftaran tidak ditemukan", "en": "No such enrolment"}


class EnrolmentErased(Gone):
    """The enrolment of somebody who was erased. Its state, seat and result are gone with them."""

    title = {"id": "Data peserta ini sudah dihapus", "en": "The data of this person has been erased"}


class NoSuchLetter(NotFound):
    code = "letter_not_found"
    title = {"id": "Surat ini tidak dikenal", "en": "This letter is not known"}


class NothingToLetter(Conflict):
    code = "referral_ended"
    title = {"id": "Rujukan ini sudah berakhir", "en": "This referral has ended"}


class NoSuchSeatLink(NotFound):
    """Not signed here for this batch; or cut off on its way."""

    code = "seat_link_not_genuine"
    title = {"id": "Tautan ini tidak berlaku", "en": "This link is not good"}

    def __init__(self) -> None:
        super().__init__(
            {
                "id": "Salin tautannya lengkap, atau minta tautan baru dari halaman lembaga.",
                "en": "Copy the whole link, or have a new one made on the provider's page.",
            }
        )


class SeatLinkOver(Gone):
    """Its last day is past."""

    code = "seat_link_over"
    title = {"id": "Tautan ini sudah lewat waktunya", "en": "This link is over"}

    def __init__(self) -> None:
        super().__init__(
            {
                "id": "Minta tautan baru dari halaman lembaga.",
                "en": "Have a new one made on the provider's page.",
            }
        )


class KeyByAKey(Forbidden):
    """A key that leaked must not make itself a second one."""

    code = "key_by_a_key"
    title = {"id": "Kunci tidak membuat kunci", "en": "A key makes no keys"}

    def __init__(self) -> None:
        super().__init__(
            {
                "id": "Masuk ke konsol sebagai orang lembaga, lalu buat kuncinya di sana.",
                "en": "Sign in to the console as somebody of the provider and make the key there.",
            }
        )


class NoSuchImport(NotFound):
    code = "import_not_found"
    title = {"id": "Unggahan tidak ditemukan", "en": "No such import"}


class NotYours(Forbidden):
    code = "not_yours"
    title = {"id": "Hanya milik lembaga Anda sendiri", "en": "Only what belongs to your own organisation"}


class CodeTaken(Conflict):
    code = "code_taken"
    title = {"id": "Kode ini sudah dipakai", "en": "This code is in use"}


class CourseWithdrawn(Conflict):
    code = "course_withdrawn"
    title = {"id": "Kursus ini sudah ditarik", "en": "This course has been withdrawn"}


class CourseNotApproved(Conflict):
    code = "course_not_approved"
    title = {"id": "Kursus ini belum disetujui", "en": "This course is not approved"}

    def __init__(self) -> None:
        super().__init__(
            {
                "id": "Isi kursusnya berubah atau ditolak. Minta provinsi meninjaunya, lalu kirim langkah ini lagi.",
                "en": "Its text has changed, or was rejected. Have the province review it, then send this step again.",
            }
        )


class NotAccredited(Conflict):
    code = "not_accredited"
    title = {"id": "Program ini belum terakreditasi", "en": "This programme is not accredited"}


class SeatsBelowTaken(Conflict):
    code = "seats_below_taken"
    title = {"id": "Kursi lebih sedikit daripada peserta", "en": "Fewer seats than people"}


class BatchClosed(Conflict):
    code = "batch_closed"
    title = {"id": "Angkatan ini tidak menerima pendaftaran", "en": "This batch takes no registrations"}


class BatchHasPeople(Conflict):
    code = "batch_has_people"
    title = {"id": "Sudah ada peserta di angkatan ini", "en": "There are people in this batch"}


class AlreadyEnrolled(Conflict):
    code = "already_enrolled"
    title = {"id": "Orang ini sudah terdaftar", "en": "This person is enrolled already"}


class DatesOverlap(Conflict):
    code = "dates_overlap"
    title = {"id": "Jadwal bertabrakan dengan kursus lain", "en": "The dates overlap another course of this person"}


class StepNotPossible(Conflict):
    code = "step_not_possible"
    title = {"id": "Langkah ini belum mungkin", "en": "This step is not possible"}


class PersonNotKnownYet(NotYetVisible):
    code = "candidate_not_known"
    title = {"id": "Calon ini belum dikenal di sini", "en": "This candidate is not known here yet"}


class PersonMerged(Merged):
    """The record was of the same person as another one; what is done for them is done under that id."""

    code = "candidate_merged"
    title = {"id": "Data calon ini sudah digabung", "en": "This candidate's record was merged into another one"}


class NoConsent(Conflict):
    code = "consent_needed"
    title = {"id": "Persetujuan calon belum ada", "en": "The candidate has not given consent"}


class Refused(Invalid):
    """A value that is well formed and cannot be true beside the others."""


def refuse(pointer: str, code: str, text: Text, fix: Text | None = None, *, where: str = "body") -> NoReturn:
    """Refuse one value of the request; `fix` says what to type instead.

    Raises:
        Refused: always.
    """
    raise Refused(errors=[Fault(pointer, code, text, fix, where=where)])
