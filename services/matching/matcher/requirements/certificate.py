"""Certificates by kind and scheme: where each kind comes from, because a seaman's book is not a course."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.abilities import Certificate, CourseCertificate
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Payload, Text, text
from services.matching.matcher.requirements.base import (
    MET,
    NOT_MET,
    UNKNOWN,
    Requirement,
    best,
    iso,
    last_ended,
    longest,
    yes,
)
from services.matching.matcher.requirements.names import certificate
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import (
    ASK_PERSON,
    WAIT_FOR_IT,
    Act,
    Wording,
    act,
    only,
    wording,
)


@dataclass(frozen=True, slots=True)
class NeedsCertificate(Requirement):
    """`certificate` is the kind (COMPETENCE, SKILL_TEST ...); `scheme` None means any scheme of that kind."""

    KIND = "certificate"
    RULE = "CERTIFICATE"
    FACET = "certificates"
    DAY_MATTERS = True
    LEARNABLE = True
    certificate: str
    scheme: str | None = None

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "NeedsCertificate | None":
        kind = text(source.get("certificate"))
        return None if kind is None else cls(kind, text(source.get("scheme")), ref=ref)

    def judge(self, person: Person, day: date) -> Status:
        return best((self.answered_by(held, day) for held in person.certificates), self, person)

    def answered_by(self, held: Certificate, day: date) -> Status:
        """Does this one certificate answer? Without an expiry on record nobody can say that it is still valid."""
        if held.kind != self.certificate:
            return NOT_MET
        fits = MET
        if self.scheme is not None and held.scheme != self.scheme:
            fits = UNKNOWN if held.scheme is None else NOT_MET
        return min(fits, valid_on(held, day))

    def ended(self, person: Person, day: date) -> date | None:
        mine = (held for held in person.certificates if held.kind == self.certificate)
        return last_ended((held.valid_until for held in mine if self.scheme in (None, held.scheme)), day)

    def begins(self, person: Person, day: date) -> date | None:
        later = (held for held in person.certificates if held.valid_from is not None and day < held.valid_from)
        return min((one.valid_from for one in later if one.valid_from and self._answers_then(one)), default=None)

    def _answers_then(self, held: Certificate) -> bool:
        return held.valid_from is not None and self.answered_by(held, held.valid_from) is MET

    def ends(self, person: Person, day: date) -> date | None:
        return longest(held.valid_until for held in person.certificates if self.answered_by(held, day) is MET)

    def variants(self, person: Person, day: date, status: Status) -> list[str]:
        found = super(NeedsCertificate, self).variants(person, day, status)
        if found and found != ["EXPIRED"]:
            return found
        prefix = "EXPIRED_" if found else ""
        return [*(f"{prefix}{kind}" for kind in (self.scheme, self.certificate)), *found]

    def _had(self, person: Person, day: date) -> Any:
        mine = (held for held in person.certificates if held.kind == self.certificate)
        return [{"scheme": held.scheme, "valid_until": iso(held.valid_until)} for held in mine]

    def wanted(self) -> Any:
        return {"certificate": self.certificate, "scheme": self.scheme}

    def phrase(self) -> Text:
        return certificate(self.certificate, self.scheme)

    def proof(self) -> Hashable | None:
        return "CERTIFICATE", self.certificate, self.scheme

    def lesson(self) -> Mapping[str, Any]:
        return {"certificates": (CourseCertificate(self.certificate, self.scheme, None),)}


def valid_on(held: Certificate, day: date) -> Status:
    """Has it begun and not run out? Only a language certificate may go without an end."""
    if held.valid_from is not None and day < held.valid_from:
        return NOT_MET
    if held.valid_until is None:
        return MET if held.kind == "LANGUAGE" else UNKNOWN
    return yes(day <= held.valid_until)


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
        "Lulus uji kompetensi untuk {needed}; ikuti dulu pelatihannya bila belum.",
        "Pass the competence test for the {needed}; take the course first where that is not done.",
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
TAKE_AGAIN = act(Group.LEARN, "CERTIFIER", "Ikuti lagi ujian untuk {needed}.", "Take the test for the {needed} again.")


def _ended(how: Act) -> Wording:
    return only("Masa berlaku {needed} sudah habis.", "The {needed} has run out.", how)


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
    "CERTIFICATE/EXPIRED": _ended(RENEW),
    "CERTIFICATE/EXPIRED_SKILL_TEST": _ended(TAKE_AGAIN),
    "CERTIFICATE/EXPIRED_EPS_STAGE_2": _ended(TAKE_AGAIN),
    "CERTIFICATE/EXPIRED_SAFETY": _ended(
        act(
            Group.LEARN,
            "PROVIDER",
            "Perbarui {needed} di balai diklat pelayaran.",
            "Renew the {needed} at a maritime training centre.",
        )
    ),
    "CERTIFICATE/EXPIRED_SEAMAN_BOOK": _ended(
        act(
            Group.LEARN,
            "CERTIFIER",
            "Perpanjang buku pelaut di kantor syahbandar (KSOP), selama sertifikat BST masih berlaku.",
            "Renew the seaman's book at the harbour master's office (KSOP), with a BST certificate that is valid.",
        )
    ),
    "CERTIFICATE/NOT_YET": only(
        "{needed} baru berlaku mulai {by}.",
        "The {needed} is valid only from {by}.",
        WAIT_FOR_IT,
    ),
    "CERTIFICATE/UNASKED": only("Belum ditanyakan: {needed}.", "Not asked yet: {needed}.", ASK_PERSON),
}
