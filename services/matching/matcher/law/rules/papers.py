"""The papers of later stages, from the person's requirement records: the checklist after "you may apply today"."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.law.applied_rules import FIVE_CONDITIONS, PROTECTION, AppliedRule, document
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.requirements.paper import NeedsPaper
from services.matching.matcher.requirements.status import Group, Stage
from services.matching.matcher.requirements.wording import Wording, act, only, wording

REGISTERED = LegalBasis(PROTECTION, "5 d", FIVE_CONDITIONS)
SOCIAL_SECURITY = LegalBasis("Permenaker 4/2023", "18", "pasal.id (Permenaker 4/2023)")
ORIENTATION = LegalBasis("PP 59/2021", "4", "basishukum.com/pp/59/2021")
E_KPMI = LegalBasis("Permen P2MI 34/2025", None, "pasal.id (Permen P2MI 34/2025)")


@dataclass(frozen=True, slots=True)
class PaperKind:
    """`usual_days`: from asking to holding it; practice and not law: our estimates (confidence L), for plans."""

    code: str
    stage: Stage
    who: str
    usual_days: int
    legal_basis: LegalBasis


PAPERS: tuple[PaperKind, ...] = (
    PaperKind("LABOUR_OFFICE_REGISTRATION", Stage.AGREEMENT, "LABOUR_OFFICE", 1, REGISTERED),
    PaperKind("MARITAL_STATUS_STATEMENT", Stage.AGREEMENT, "PERSON", 3, document("a")),
    PaperKind("FAMILY_CONSENT", Stage.AGREEMENT, "FAMILY", 3, document("b")),
    PaperKind("HEALTH_CERTIFICATE", Stage.AGREEMENT, "CLINIC", 7, document("d")),
    PaperKind("SOCIAL_SECURITY_PRE", Stage.AGREEMENT, "COMPANY", 2, SOCIAL_SECURITY),
    PaperKind("PLACEMENT_AGREEMENT", Stage.AGREEMENT, "COMPANY", 7, document("g")),
    PaperKind("PASSPORT", Stage.DEPARTURE, "IMMIGRATION", 14, document("e")),
    PaperKind("WORK_VISA", Stage.DEPARTURE, "EMPLOYER", 30, document("f")),
    PaperKind("WORK_CONTRACT", Stage.DEPARTURE, "EMPLOYER", 14, document("h")),
    PaperKind("SOCIAL_SECURITY_DURING", Stage.DEPARTURE, "COMPANY", 2, SOCIAL_SECURITY),
    PaperKind("ORIENTATION", Stage.DEPARTURE, "BP3MI", 7, ORIENTATION),
    PaperKind("E_KPMI", Stage.DEPARTURE, "BP3MI", 3, E_KPMI),
)
"""In the order of practice; the law prescribes no strict chain, so neither do we."""

BY_CODE = {paper.code: paper for paper in PAPERS}


def before_agreement(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """A worker who goes alone signs with an employer, not with a placement company."""
    for rule in _PAPERS[Stage.AGREEMENT]:
        if order.scheme != "MANDIRI" or rule.code != "PLACEMENT_AGREEMENT":
            yield rule


def before_departure(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """The papers of the last stage, the same for every order."""
    yield from _PAPERS[Stage.DEPARTURE]


_PAPERS = {
    stage: tuple(
        AppliedRule.built_in(paper.code, NeedsPaper(paper.code), paper.legal_basis, stage=stage)
        for paper in PAPERS
        if paper.stage is stage
    )
    for stage in (Stage.AGREEMENT, Stage.DEPARTURE)
}


def _sentences(
    code: str, name: tuple[str, str], how: tuple[str, str], renew: tuple[str, str] | None = None
) -> Iterator[tuple[str, Wording]]:
    """The sentences of a paper follow one pattern; only its name and how to get or renew it differ."""
    paper = BY_CODE[code]
    group = Group.AGREEMENT if paper.stage is Stage.AGREEMENT else Group.DEPARTURE
    indonesian, english = (words[0].upper() + words[1:] for words in name)
    yield (
        code,
        wording(
            (f"{indonesian} sudah ada.", f"{english}: done."),
            (f"{indonesian} belum ada.", f"{english}: still missing."),
            (f"{indonesian} belum diperiksa.", f"{english}: not checked yet."),
            act(group, paper.who, *how),
        ),
    )
    ran_out = f"{indonesian} sudah habis masa berlakunya.", f"{english}: it has run out."
    yield f"{code}/EXPIRED", only(*ran_out, act(group, paper.who, *(renew or how)))


WORDINGS: dict[str, Wording] = dict(
    chain(
        _sentences(
            "LABOUR_OFFICE_REGISTRATION",
            ("pendaftaran di Disnaker", "registration at the labour office"),
            ("Daftar di kantor Disnaker terdekat.", "Register at the nearest labour office."),
        ),
        _sentences(
            "MARITAL_STATUS_STATEMENT",
            ("surat keterangan status perkawinan", "statement of marital status"),
            ("Buat surat ini di kantor desa atau kelurahan.", "Have the statement made at the village office."),
        ),
        _sentences(
            "FAMILY_CONSENT",
            ("surat izin keluarga", "family consent"),
            (
                "Minta izin suami, istri, orang tua, atau wali. Kepala desa ikut menandatangani.",
                "Ask husband, wife, parents or guardian. The village head signs too.",
            ),
        ),
        _sentences(
            "HEALTH_CERTIFICATE",
            ("surat keterangan sehat jasmani dan rohani", "certificate of health, body and mind"),
            ("Periksakan diri di klinik yang ditunjuk.", "Have a check at a designated clinic."),
            ("Periksakan diri lagi di klinik yang ditunjuk.", "Have a new check at a designated clinic."),
        ),
        _sentences(
            "SOCIAL_SECURITY_PRE",
            ("jaminan sosial sebelum bekerja", "social security before work"),
            ("Perusahaan mendaftarkan calon.", "The company registers the person."),
        ),
        _sentences(
            "PLACEMENT_AGREEMENT",
            ("perjanjian penempatan", "placement agreement"),
            ("Tandatangani di depan petugas.", "Sign it before an officer."),
        ),
        _sentences(
            "PASSPORT",
            ("paspor", "passport"),
            ("Urus paspor di kantor imigrasi.", "Get the passport at the immigration office."),
            ("Perpanjang di kantor imigrasi.", "Renew it at the immigration office."),
        ),
        _sentences(
            "WORK_VISA",
            ("visa kerja", "work visa"),
            ("Majikan mengurus visa kerja.", "The employer arranges the work visa."),
        ),
        _sentences(
            "WORK_CONTRACT",
            ("perjanjian kerja", "work contract"),
            ("Baca dulu, lalu tandatangani.", "Read it first, then sign."),
        ),
        _sentences(
            "SOCIAL_SECURITY_DURING",
            ("jaminan sosial selama bekerja", "social security during work"),
            ("Perusahaan atau majikan membayar iuran.", "The company or the employer pays for it."),
        ),
        _sentences(
            "ORIENTATION",
            ("pembekalan sebelum berangkat", "orientation before leaving"),
            ("Ikuti pembekalan di BP3MI.", "Attend the orientation at BP3MI."),
        ),
        _sentences(
            "E_KPMI",
            ("kartu pekerja migran", "migrant worker card"),
            ("Ambil kartu di BP3MI.", "Get the card at BP3MI."),
        ),
    )
)
