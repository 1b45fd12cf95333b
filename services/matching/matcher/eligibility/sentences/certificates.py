"""Sentences of certificates: where each kind comes from, because a seaman's book is not a course."""

from services.matching.matcher.eligibility.sentences.people import ASK_PERSON
from services.matching.matcher.eligibility.sentences.wording import Act, Wording, act, only, wording
from services.matching.matcher.eligibility.status import Group

SHOW = act(
    Group.BRING,
    "PERSON",
    "Bawa surat aslinya; petugas mencatat nama dan tanggal berakhirnya.",
    "Bring the original; the officer records its name and end date.",
)

HOW: dict[str, Act] = {
    "": act(
        Group.LEARN,
        "CERTIFIER",
        "Ikuti pelatihannya, lalu ujian untuk {needed}.",
        "Take the course, then the test for the {needed}.",
    ),
    "COMPETENCE": act(
        Group.LEARN,
        "CERTIFIER",
        "Ikuti pelatihannya, lalu uji kompetensi untuk {needed}.",
        "Take the course, then the competence test for the {needed}.",
    ),
    "COMPLETION": act(Group.LEARN, "PROVIDER", "Ikuti pelatihannya sampai selesai.", "Finish the course."),
    "SKILL_TEST": act(
        Group.LEARN, "CERTIFIER", "Daftar dan ikuti ujian untuk {needed}.", "Register for the test for the {needed}."
    ),
    "EPS_STAGE_2": act(
        Group.LEARN, "CERTIFIER", "Daftar dan ikuti ujian EPS tahap 2.", "Register for the EPS stage 2 test."
    ),
    "LICENCE": act(
        Group.LEARN,
        "CERTIFIER",
        "Urus {needed} di lembaga yang menerbitkannya; bawa ijazah dan sertifikat kompetensi.",
        "Apply for the {needed} where it is issued; bring the diploma and the competence certificate.",
    ),
    "STR_NURSE": act(
        Group.LEARN,
        "CERTIFIER",
        "Urus STR perawat di konsil tenaga kesehatan; bawa ijazah dan sertifikat uji kompetensi.",
        "Apply for the nurse registration (STR) at the health council; bring the diploma and the competence test.",
    ),
    "SAFETY": act(
        Group.LEARN,
        "PROVIDER",
        "Ikuti pelatihan {needed} di balai diklat pelayaran.",
        "Take the {needed} course at a maritime training centre.",
    ),
    "SEAMAN_BOOK": act(
        Group.LEARN,
        "CERTIFIER",
        "Urus buku pelaut di kantor syahbandar (KSOP), setelah punya sertifikat BST.",
        "Apply for the seaman's book at the harbour master's office (KSOP), once there is a BST certificate.",
    ),
    "LANGUAGE": act(
        Group.LEARN,
        "CERTIFIER",
        "Belajar bahasanya, lalu ikuti ujian untuk {needed}.",
        "Learn the language, then take the test for the {needed}.",
    ),
}
"""By kind, and by scheme where a scheme has a way of its own."""

RENEW = act(
    Group.LEARN,
    "CERTIFIER",
    "Perpanjang {needed} di lembaga yang menerbitkannya.",
    "Renew the {needed} where it was issued.",
)


def _missing(how: Act) -> Wording:
    return wording(
        ("Ada {needed} yang berlaku.", "There is a valid {needed}."),
        ("Belum ada {needed} yang berlaku.", "There is no valid {needed} yet."),
        ("Masa berlaku {needed} belum jelas.", "It is not clear until when the {needed} is valid."),
        how,
        SHOW,
    )


WORDINGS: dict[str, Wording] = {
    **{f"CERTIFICATE/{kind}" if kind else "CERTIFICATE": _missing(how) for kind, how in HOW.items()},
    "CERTIFICATE/EXPIRED": only(
        "Masa berlaku {needed} sudah habis.",
        "The {needed} has run out.",
        RENEW,
    ),
    "CERTIFICATE/UNASKED": only("Belum ditanyakan: {needed}.", "Not asked yet: {needed}.", ASK_PERSON),
}
