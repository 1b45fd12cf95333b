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
