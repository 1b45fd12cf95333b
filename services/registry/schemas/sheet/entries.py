"""For the columns with entries: ``merawat nenek | rumah | 36`` as a mapping, each part by its kind and spoken names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from shared.codes import certificates, languages, papers
from shared.http.problems import Fault, say
from shared.profiles import parts
from shared.profiles.consents import Giver, Method, Purpose
from shared.sheets import Cell, Column, SheetRecord
from shared.sheets.cells import Kind, Unit
from shared.sheets.outcomes import UnreadableCell
from shared.sheets.values import value_of

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an entry: its name in the data, its kind, and what people call its codes."""

    name: str
    kind: Kind = "text"
    choices: Mapping[str, str] = field(default_factory=dict)
    unit: Unit = ""


def _spoken(codes: Sequence[str], **names: str) -> dict[str, str]:
    return {**{name.replace("_", " "): code for name, code in names.items()}, **{code: code for code in codes}}


_SOURCES = _spoken(parts.SKILL_SOURCES, kerja="WORK", pekerjaan="WORK", rumah="HOME", di_rumah="HOME",
                   pelatihan="TRAINING", kursus="TRAINING")  # fmt: skip
_LANGUAGES = {
    **{name: code for code, names in languages.LANGUAGES.items() for name in names},
    **{f"bahasa {names[0]}": code for code, names in languages.LANGUAGES.items()},
    **{code: code for code in languages.LANGUAGES},
}
_PURPOSES = _spoken([one.value for one in Purpose], pencocokan="MATCHING",
                    berbagi_lembaga="SHARING_PROVIDER", berbagi_perusahaan="SHARING_COMPANY",
                    statistik="STATISTICS")  # fmt: skip
_METHODS = _spoken([one.value for one in Method], tertulis="WRITTEN", lisan="SPOKEN", elektronik="ELECTRONIC")
_GIVERS = _spoken([one.value for one in Giver], sendiri="SELF", wali="GUARDIAN", orang_tua="GUARDIAN")
_CERTIFICATES = _spoken(certificates.KINDS, kompetensi="COMPETENCE", pelatihan="COMPLETION",
                        buku_pelaut="SEAMAN_BOOK", bahasa="LANGUAGE", keselamatan="SAFETY",
                        sim="DRIVING_LICENCE")  # fmt: skip
_REQUIREMENTS = _spoken(list(papers.PAPERS), paspor="PASSPORT", izin_keluarga="FAMILY_CONSENT",
                        surat_izin_keluarga="FAMILY_CONSENT", visa="WORK_VISA", visa_kerja="WORK_VISA",
                        kontrak_kerja="WORK_CONTRACT", surat_sehat="HEALTH_CERTIFICATE",
                        status_perkawinan="MARITAL_STATUS_STATEMENT", ak1="LABOUR_OFFICE_REGISTRATION",
                        orientasi="ORIENTATION", opp="ORIENTATION",
                        perjanjian_penempatan="PLACEMENT_AGREEMENT")  # fmt: skip
_STATUSES = _spoken(papers.STATUSES, ada="MET", lengkap="MET", sudah="MET",
                    terpenuhi="MET", belum="MISSING", tidak_ada="MISSING", kurang="MISSING",
                    belum_dicek="UNCHECKED", kedaluwarsa="EXPIRED", habis="EXPIRED")  # fmt: skip

PARTS: Mapping[str, tuple[Part, ...]] = {
    "skills": (Part("text"), Part("source", "code", _SOURCES), Part("months", "whole", unit="months")),
    "work_history": (
        Part("title"), Part("months", "whole", unit="months"), Part("country", "country"), Part("isco08", "digits"),
    ),
    "languages": (
        Part("language", "code", _LANGUAGES), Part("test"), Part("result"), Part("cefr"), Part("valid_until", "date"),
    ),
    "certificates": (
        Part("kind", "code", _CERTIFICATES), Part("scheme"), Part("isco08", "digits"), Part("valid_until", "date"),
        Part("number"), Part("issuer"), Part("title"),
    ),
    "training_hours": (Part("isco08", "digits"), Part("hours", "whole"), Part("destination", "country")),
    "prior_programmes": (Part("kind"), Part("field"), Part("finished", "yes_no")),
    "available": (Part("from", "date"), Part("until", "date")),
    "consents": (
        Part("purpose", "code", _PURPOSES), Part("method", "code", _METHODS), Part("given_at", "date"),
        Part("given_by", "code", _GIVERS),
    ),
    "requirements": (
        Part("code", "code", _REQUIREMENTS), Part("status", "code", _STATUSES), Part("valid_until", "date"),
        Part("number"), Part("village_head_ack", "yes_no"),
    ),
}  # fmt: skip
"""The parts of an entry in the order of the cell; those at the end may be left out."""


def entry(record: SheetRecord, column: Column, text: str, found: list[Fault]) -> Body:
    """One entry of a cell; what cannot be read of it goes to ``found``, at its cell."""
    known = PARTS[column.key]
    read: Body = {}
    typed = [part.strip() for part in text.split("|")]
    if len(typed) > len(known):
        found.append(record.at(column.key, Fault("", "too_many_parts", _TOO_MANY, column.help)))
    for place, (part, written) in enumerate(zip(known, typed, strict=False)):
        if not written:
            continue
        try:
            value = _read(column.key, place, written)
        except UnreadableCell as error:
            found.append(record.at(column.key, Fault("", error.code, error.message, error.fix)))
        else:
            # A day on which consent was given counts from its first minute in the province.
            read[part.name] = f"{value}T00:00:00+08:00" if part.name == "given_at" and value else value
    return {name: value for name, value in read.items() if value is not None}


# A sheet says "rumah", "WRITTEN" and "36" in every row; what is read depends on nothing but the words.
@lru_cache(maxsize=8192)
def _read(key: str, place: int, written: str) -> Any:
    part = PARTS[key][place]
    return value_of(
        Cell("", written), Column(part.name, say(part.name, part.name), part.kind, choices=part.choices, unit=part.unit)
    )[0]


def text_of(key: str, kept: Mapping[str, Any]) -> str:
    """A kept entry as its cell would say it."""
    texts = ["" if kept.get(part.name) is None else str(kept[part.name]) for part in PARTS[key]]
    return " | ".join(texts).rstrip(" |")


def is_sayable(key: str, kept: Mapping[str, Any]) -> bool:
    """Would a cell with this entry be read as the entry again? Not where a part holds the mark between parts."""
    first = PARTS[key][0].name
    if kept.get(first) is None:
        return False
    for place, part in enumerate(PARTS[key]):
        value = kept.get(part.name)
        if value is None:
            continue
        text = str(value)
        if "|" in text or "\n" in text:
            return False
        try:
            if _read(key, place, text) != value:
                return False
        except UnreadableCell:
            return False
    return True


_TOO_MANY = say("Ada bagian yang berlebih di antara tanda |.", "There are too many parts between the | marks.")
