"""What can go wrong in the matching house, in the words of the people who meet it."""

from shared.http.problems import Conflict, Forbidden, Gone, Invalid, Merged, NotFound, NotYetVisible


class NoSuchCandidate(NotFound):
    code = "candidate_not_found"
    title = {"id": "Calon tidak ditemukan", "en": "No such candidate"}


class CandidateErased(Gone):
    title = {"id": "Data calon ini sudah dihapus", "en": "This candidate has been erased"}


class CandidateMerged(Merged):
    """The record was of the same person as another one; what is done for them is done under that id."""

    code = "candidate_merged"
    title = {"id": "Data calon ini sudah digabung", "en": "This candidate's record was merged into another one"}


class NotHereYet(NotYetVisible):
    """The projection is behind what the caller has just written."""


class NoSuchRecommendation(NotFound):
    code = "recommendation_not_found"
    title = {"id": "Rekomendasi tidak ditemukan", "en": "No such recommendation"}


class RecommendationErased(Gone):
    title = {"id": "Rekomendasi ini sudah dihapus", "en": "This recommendation has been erased"}


class ConsentWithdrawn(Gone):
    """What was said stays on record for a while; without consent nobody reads it."""

    code = "consent_withdrawn"
    title = {
        "id": "Persetujuan calon ini ditarik; jawaban lama tidak dibuka",
        "en": "This person's consent was withdrawn; earlier answers are not opened",
    }


class NoSuchJobOrder(NotFound):
    code = "job_order_not_found"
    title = {"id": "Lowongan tidak ditemukan", "en": "No such job order"}


class NoSuchCourse(NotFound):
    code = "course_not_found"
    title = {"id": "Kursus tidak ditemukan", "en": "No such course"}


class UnreadableDraft(Invalid):
    code = "draft_unreadable"
    title = {"id": "Isi rancangan ini tidak dapat dibaca", "en": "The content of this draft cannot be read"}


class NotShown(Invalid):
    code = "not_in_recommendation"
    title = {"id": "Pilihan ini tidak ada di rekomendasi", "en": "This was not in the recommendation"}


class NothingToDecide(Conflict):
    code = "nothing_to_decide"
    title = {
        "id": "Rekomendasi ini bukan untuk calon yang tersimpan",
        "en": "This answer was not about a stored candidate",
    }


class NoSuchAllocation(NotFound):
    code = "allocation_not_found"
    title = {"id": "Usulan pembagian tempat tidak ditemukan", "en": "No such allocation"}


class PlanNotMade(Conflict):
    code = "plan_not_made"
    title = {
        "id": "Usulan tidak dapat dihitung. Ubah batas bawahnya, lalu coba lagi",
        "en": "The plan could not be made. Change its floors and try again",
    }


class PlanNotReady(Conflict):
    code = "plan_not_ready"
    title = {
        "id": "Usulan ini belum jadi. Tunggu sampai selesai dihitung, lalu tandatangani",
        "en": "This plan is not ready. Wait until it has been made, then sign it",
    }


class PlanEnded(Conflict):
    """It will never be ready, so nobody is told to wait for it."""

    code = "plan_ended"
    title = {
        "id": "Usulan ini dihentikan atau tidak dapat dihitung. Buat usulan baru",
        "en": "This plan was cancelled, or could not be made. Make a new one",
    }


class PlanMadeAlready(Conflict):
    code = "plan_made_already"
    title = {
        "id": "Usulan ini sudah selesai dihitung. Hanya yang masih dihitung dapat dihentikan",
        "en": "This plan has been made already. Only one that is being made can be cancelled",
    }


class FourEyes(Forbidden):
    """Whoever made a plan never signs it."""

    code = "four_eyes"
    title = {"id": "Perlu orang kedua", "en": "A second person is needed"}


class SignedAlready(Conflict):
    code = "signed_already"
    title = {"id": "Usulan ini sudah ditandatangani orang lain", "en": "Somebody else has signed this already"}


class NothingCounted(NotFound):
    code = "nothing_counted"
    title = {"id": "Angka publik belum dihitung", "en": "No figures have been counted yet"}


class NoSuchEdition(NotFound):
    code = "edition_not_found"
    title = {"id": "Edisi forum ini tidak ada", "en": "There is no edition of that day"}


class EditionTaken(Conflict):
    code = "edition_taken"
    title = {"id": "Edisi tanggal ini sudah dibekukan", "en": "The edition of that day is frozen already"}


class NoSuchPromise(NotFound):
    code = "promise_not_found"
    title = {"id": "Janji ini tidak ada", "en": "There is no such promise"}
