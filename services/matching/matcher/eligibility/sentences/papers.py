"""Sentences of the papers of later stages: what it is, who makes it."""

from collections.abc import Iterator
from itertools import chain

from services.matching.matcher.eligibility.rules.papers import BY_CODE
from services.matching.matcher.eligibility.sentences.wording import Wording, act, only, wording
from services.matching.matcher.eligibility.status import Group, Stage


def _paper(
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
        _paper(
            "LABOUR_OFFICE_REGISTRATION",
            ("pendaftaran di Disnaker", "registration at the labour office"),
            ("Daftar di kantor Disnaker terdekat.", "Register at the nearest labour office."),
        ),
        _paper(
            "MARITAL_STATUS_STATEMENT",
            ("surat keterangan status perkawinan", "statement of marital status"),
            ("Buat surat ini di kantor desa atau kelurahan.", "Have the statement made at the village office."),
        ),
        _paper(
            "FAMILY_CONSENT",
            ("surat izin keluarga", "family consent"),
            (
                "Minta izin suami, istri, orang tua, atau wali. Kepala desa ikut menandatangani.",
                "Ask husband, wife, parents or guardian. The village head signs too.",
            ),
        ),
        _paper(
            "HEALTH_CERTIFICATE",
            ("surat keterangan sehat jasmani dan rohani", "certificate of health, body and mind"),
            ("Periksakan diri di klinik yang ditunjuk.", "Have a check at a designated clinic."),
            ("Periksakan diri lagi di klinik yang ditunjuk.", "Have a new check at a designated clinic."),
        ),
        _paper(
            "SOCIAL_SECURITY_PRE",
            ("jaminan sosial sebelum bekerja", "social security before work"),
            ("Perusahaan mendaftarkan calon.", "The company registers the person."),
        ),
        _paper(
            "PLACEMENT_AGREEMENT",
            ("perjanjian penempatan", "placement agreement"),
            ("Tandatangani di depan petugas.", "Sign it before an officer."),
        ),
        _paper(
            "PASSPORT",
            ("paspor", "passport"),
            ("Urus paspor di kantor imigrasi.", "Get the passport at the immigration office."),
            ("Perpanjang di kantor imigrasi.", "Renew it at the immigration office."),
        ),
        _paper(
            "WORK_VISA",
            ("visa kerja", "work visa"),
            ("Majikan mengurus visa kerja.", "The employer arranges the work visa."),
        ),
        _paper(
            "WORK_CONTRACT",
            ("perjanjian kerja", "work contract"),
            ("Baca dulu, lalu tandatangani.", "Read it first, then sign."),
        ),
        _paper(
            "SOCIAL_SECURITY_DURING",
            ("jaminan sosial selama bekerja", "social security during work"),
            ("Perusahaan atau majikan membayar iuran.", "The company or the employer pays for it."),
        ),
        _paper(
            "ORIENTATION",
            ("pembekalan sebelum berangkat", "orientation before leaving"),
            ("Ikuti pembekalan di BP3MI.", "Attend the orientation at BP3MI."),
        ),
        _paper(
            "E_KPMI",
            ("kartu pekerja migran", "migrant worker card"),
            ("Ambil kartu di BP3MI.", "Get the card at BP3MI."),
        ),
    )
)
