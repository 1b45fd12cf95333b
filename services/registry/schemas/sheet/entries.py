"""For the columns with entries: the parts of each, and what people call their codes."""

import re
from collections.abc import Mapping
from typing import Any

from shared.codes import certificates, papers, schemes
from shared.http.problems import Fault, say
from shared.profiles import parts
from shared.profiles.consents import Giver, Method, Purpose
from shared.sheets import Column, SheetRecord
from shared.sheets.days import span_of
from shared.sheets.entries import SPOKEN, EntryPart, entry_of, spoken

Body = dict[str, Any]

_SOURCES = spoken(parts.SKILL_SOURCES, kerja="WORK", pekerjaan="WORK", rumah="HOME", di_rumah="HOME",
                   pelatihan="TRAINING", kursus="TRAINING")  # fmt: skip
_PURPOSES = spoken([one.value for one in Purpose], pencocokan="MATCHING",
                    berbagi_lembaga="SHARING_PROVIDER", berbagi_perusahaan="SHARING_COMPANY",
                    statistik="STATISTICS")  # fmt: skip
_METHODS = spoken([one.value for one in Method], tertulis="WRITTEN", lisan="SPOKEN", elektronik="ELECTRONIC")
_GIVERS = spoken([one.value for one in Giver], sendiri="SELF", wali="GUARDIAN", orang_tua="GUARDIAN")
_CERTIFICATES = spoken(tuple(certificates.KINDS), kompetensi="COMPETENCE",
                       sertifikat_kompetensi="COMPETENCE", bnsp="COMPETENCE", sertifikat_bnsp="COMPETENCE",
    lsp="COMPETENCE", pelatihan="COMPLETION",
                        buku_pelaut="SEAMAN_BOOK", bahasa="LANGUAGE", keselamatan="SAFETY",
                        sim="DRIVING_LICENCE")  # fmt: skip
_REQUIREMENTS = spoken(list(papers.PAPERS), paspor="PASSPORT", izin_keluarga="FAMILY_CONSENT",
                        surat_izin_keluarga="FAMILY_CONSENT", visa="WORK_VISA", visa_kerja="WORK_VISA",
                        kontrak_kerja="WORK_CONTRACT", surat_sehat="HEALTH_CERTIFICATE",
                        status_perkawinan="MARITAL_STATUS_STATEMENT", ak1="LABOUR_OFFICE_REGISTRATION",
                        orientasi="ORIENTATION", opp="ORIENTATION",
                        perjanjian_penempatan="PLACEMENT_AGREEMENT")  # fmt: skip
_STATUSES = spoken(papers.STATUSES, ada="MET", lengkap="MET", sudah="MET",
                    terpenuhi="MET", belum="MISSING", tidak_ada="MISSING", kurang="MISSING",
                    belum_dicek="UNCHECKED", kedaluwarsa="EXPIRED", habis="EXPIRED")  # fmt: skip

_SCHEMES = {name: code for code, names in schemes.KNOWN.items() for name in (code, *names)}

PARTS: Mapping[str, tuple[EntryPart, ...]] = {
    "skills": (
        EntryPart("text", "keterampilan"), EntryPart("source", "asal", "code", _SOURCES),
        EntryPart("months", "bulan", "whole", unit="months"),
    ),
    "work_history": (
        EntryPart("title", "pekerjaan"), EntryPart("months", "bulan", "whole", unit="months"),
        EntryPart("country", "negara", "country"), EntryPart("isco08", "kode jabatan", "occupation"),
    ),
    "languages": (*SPOKEN, EntryPart("valid_until", "berlaku sampai", "date")),
    "certificates": (
        EntryPart("kind", "jenis", "code", _CERTIFICATES), EntryPart("scheme", "skema", "open_code", _SCHEMES),
        EntryPart("isco08", "kode jabatan", "occupation"), EntryPart("valid_until", "berlaku sampai", "date"),
        EntryPart("number", "nomor"), EntryPart("issuer", "penerbit"), EntryPart("title", "nama"),
    ),
    "training_hours": (
        EntryPart("isco08", "kode jabatan", "occupation"), EntryPart("hours", "jam", "whole", unit="hours"),
        EntryPart("destination", "negara", "country"),
    ),
    "prior_programmes": (
        EntryPart("kind", "program"), EntryPart("field", "bidang"), EntryPart("finished", "selesai", "yes_no"),
    ),
    "available": (EntryPart("from", "mulai", "date"), EntryPart("until", "sampai", "date")),
    "consents": (
        EntryPart("purpose", "tujuan", "code", _PURPOSES), EntryPart("method", "cara", "code", _METHODS),
        EntryPart("given_at", "tanggal", "date"), EntryPart("given_by", "oleh", "code", _GIVERS),
    ),
    "requirements": (
        EntryPart("code", "syarat", "code", _REQUIREMENTS), EntryPart("status", "keadaan", "code", _STATUSES),
        EntryPart("valid_until", "berlaku sampai", "date"), EntryPart("number", "nomor"),
        EntryPart("village_head_ack", "diketahui kepala desa", "yes_no"),
    ),
}  # fmt: skip
"""The parts of an entry in the order of the cell; those at the end may be left out."""

_WITH_LENGTH = re.compile(
    r"(?P<title>[^|]*[^|\s])\s+(?P<length>[0-9]{1,3}\s*(?:bulan|bln|tahun|thn|th))\.?", re.IGNORECASE
)


def entry(record: SheetRecord, column: Column, text: str, found: list[Fault]) -> Body:
    """One entry of a cell; what cannot be read of it goes to ``found``, at its cell."""
    days = span_of(text) if column.key == "available" else None
    read = entry_of(record, column, PARTS[column.key], " | ".join(days) if days else text, found)
    if "given_at" in read:
        # A day on which consent was given counts from its first minute in the province.
        read["given_at"] = f"{read['given_at']}T00:00:00+08:00"
    told = _WITH_LENGTH.fullmatch(text.strip()) if column.key == "work_history" else None
    if told is not None:
        # The length would be kept as words of the title, and count for nothing.
        fix = f"{told['title']} | {told['length']}"
        found.append(record.at(column.key, Fault("", "length_in_title", _LENGTH, say(f"Ketik {fix}.", f"Type {fix}."))))
    return read


_LENGTH = say("lama kerja ditulis di belakang tanda |.", "how long it was stands behind a | mark.")
