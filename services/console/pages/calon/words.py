"""Words that several pages about a person share: purposes of consent, papers, bands, kinds of paths, states."""

from collections.abc import Mapping
from typing import Any

from services.console.frame import t
from shared.codes.papers import PAPERS

PURPOSES: dict[str, tuple[str, str]] = {
    "MATCHING": ("Mencarikan pelatihan dan lowongan", "Finding training and job orders"),
    "SHARING_PROVIDER": (
        "Memberi nama dan telepon kepada lembaga pelatihan",
        "Giving name and phone to the training provider",
    ),
    "SHARING_COMPANY": (
        "Memberi nama dan telepon kepada perusahaan penempatan",
        "Giving name and phone to the placement company",
    ),
    "STATISTICS": ("Menghitung angka tanpa nama", "Counting figures without names"),
}

_KINDS = {
    "FASTEST": ("tercepat", "fastest"),
    "NEAREST": ("terdekat rumah", "nearest home"),
    "BEST_PAID": ("upah tertinggi", "best paid"),
}
_BANDS = {
    "VERY_GOOD": (("Sangat cocok", "A very good fit"), 3),
    "GOOD": (("Cocok", "A good fit"), 2),
    "POSSIBLE": (("Mungkin", "Possible"), 1),
}
_WHO = {
    "BP3MI": ("BP3MI", "BP3MI"),
    "CERTIFIER": ("lembaga sertifikasi", "the certifier"),
    "CLINIC": ("klinik", "the clinic"),
    "COMPANY": ("perusahaan", "the company"),
    "EMPLOYER": ("majikan", "the employer"),
    "FAMILY": ("keluarga", "the family"),
    "IMMIGRATION": ("imigrasi", "immigration"),
    "LABOUR_OFFICE": ("Disnaker", "the labour office"),
    "PERSON": ("calon sendiri", "the person"),
    "PROVIDER": ("lembaga pelatihan", "the training provider"),
    "PROVINCE": ("pemerintah provinsi", "the province"),
    "SERVICE_CENTRE": ("LTSA", "the service centre"),
}
_ENROLMENTS = {
    "APPLIED": ("menunggu jawaban lembaga", "waits for the provider"),
    "SELECTED": ("diterima", "accepted"),
    "ENROLLED": ("terdaftar", "enrolled"),
    "COMPLETED": ("selesai", "finished"),
    "DROPPED": ("berakhir", "ended"),
}
_APPLICATIONS = {
    "APPLIED": ("melamar", "applied"),
    "SELECTED": ("terpilih", "selected"),
    "AGREED": ("perjanjian ditandatangani", "agreement signed"),
    "DEPARTED": ("sudah berangkat", "departed"),
    "REJECTED": ("tidak diterima", "not accepted"),
    "WITHDRAWN": ("ditarik", "withdrawn"),
    "STOPPED": ("dihentikan karena aturan", "stopped by the law"),
}


def paper(code: str) -> str:
    return t(*PAPERS[code]) if code in PAPERS else code


def purpose(code: str) -> str:
    return t(*PURPOSES[code]) if code in PURPOSES else code


def kind_of_path(code: str) -> str:
    return t(*_KINDS[code]) if code in _KINDS else code.lower()


def band(code: str | None) -> dict[str, object]:
    """``{text, boxes}`` of how well something fits."""
    words, boxes = _BANDS.get(code or "", _BANDS["POSSIBLE"])
    return {"text": t(*words), "boxes": "■" * boxes + "□" * (3 - boxes)}


def who(code: str | None) -> str:
    return t(*_WHO[code]) if code in _WHO else ""


def enrolment_states() -> dict[str, str]:
    """Every state → what it is called."""
    return {code: t(*words) for code, words in _ENROLMENTS.items()}


def application_states() -> dict[str, str]:
    """Every state → what it is called."""
    return {code: t(*words) for code, words in _APPLICATIONS.items()}


def enrolment_state(code: str) -> str:
    return t(*_ENROLMENTS[code]) if code in _ENROLMENTS else code.lower()


def application_state(code: str) -> str:
    return t(*_APPLICATIONS[code]) if code in _APPLICATIONS else code.lower().replace("_", " ")


def headline(verdict: Mapping[str, Any]) -> tuple[str, str]:
    """The sentence for the heading and what follows it.

    Why exactly the wish is closed stands in the strip below with its law; where something may be applied for today,
    that is the heading instead.
    """
    goal = verdict.get("goal") or {}
    first, dot, rest = verdict["text"].partition(". ")
    reasons = [one["text"] for one in goal.get("blocked_by", ()) if one["text"] in rest]
    if reasons and goal.get("exact") and goal.get("state") != "ELIGIBLE_BY":
        for reason in reasons:
            rest = rest.replace(reason, "")
        rest = " ".join(rest.split())
        return (rest, "") if rest else (first + dot.strip(), "")
    return first + dot.strip(), rest
