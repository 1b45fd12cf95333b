"""For judging and saving: who a row is about, what it changes of them, and what it would undo."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from services.registry.actions import papers
from services.registry.actions.house import Document, House
from services.registry.actions.imports.rows import consents_to_add, declared, requirements_to_set
from services.registry.model import candidate, consents, names
from services.registry.schemas.sheet import FIELDS, Field, Person
from shared.codes import texts
from shared.documents import replaced
from shared.http.problems import Fault, Text, say
from shared.imports.rows import Change
from shared.sheets.wording import in_words

_TITLES: Mapping[str, Field] = {field.pointer: field for field in reversed(FIELDS)}
_IDENTITY = ("birth_date", "sex", "regency")


def after(house: House, known: Document, person: Person) -> Document:
    """The person as they stand once the row is saved; consents and requirement records as rows to add."""
    said = declared(house.words, known, person)
    # The name that is registered stays: a sheet spells it as it likes (Juliana, MARIA), and is no correction of it.
    said.pop("full_name", None)
    changed, fields = candidate.amended(known, said)
    digits = person.body["nik"]
    new_nik = bool(digits) and (known["nik"] is None or known["nik"]["hash"] != house.candidates.nik_hash(digits))
    return {
        **changed,
        "_fields": [*fields, *(["nik"] if new_nik else [])],
        "_consents": consents_to_add(known, person),
        "_requirements": requirements_to_set(known, person),
    }


def strange(known: Document, person: Person) -> Fault | None:
    """What tells that the row is about another person than the one with its number: never a change of who they are."""
    body = person.body
    if names.folded(known["full_name"]) != names.folded(body["full_name"]) or (
        not names.folded(body["full_name"]) and _plain(known["full_name"]) != _plain(body["full_name"])
    ):
        return _another("full_name")
    for member in _IDENTITY:
        if body.get(member) is not None and known[member] is not None and body[member] != known[member]:
            return _another(member)
    return None


def changes(known: Document, then: Document) -> list[Change]:
    """Each field that differs afterwards, from what to what, in the words of its column."""
    found = [
        Change(field.pointer.partition("/")[0], field.column.title, _said(field, known), _said(field, then))
        for field in FIELDS
        if field.column.offered and field.back(known) != field.back(then) and _is_declared(field)
    ]
    if "nik" in then["_fields"]:
        # A number is never written into a report.
        before = say("belum ada", "none") if known["nik"] is None else _ending(known["nik"]["last4"])
        found.append(
            Change("nik", _TITLES["nik"].column.title, before, say("nomor di berkas", "the number in the file"))
        )
    none = say("belum ada", "none")
    for consent in then["_consents"]:
        found.append(Change(consent["purpose"], _TITLES["consents"].column.title, none, _of_consent(consent)))
    for code, record in then["_requirements"].items():
        before = known["requirements"].get(code)
        told = in_words({"status": before["status"]}) if before else none
        found.append(Change(code, _TITLES["requirements"].column.title, told, in_words({"code": code, **record})))
    return found


def coming_back(known: Document, then: Document) -> list[Fault]:
    """A warning for each value that stood there before somebody corrected it: this sheet may be older."""
    back = replaced.coming_back(known, then, [name for name in then["_fields"] if name != "nik"])
    found = []
    for field in FIELDS:
        day = next((day for path, day in back.items() if _about(field.pointer, path)), None)
        if day is not None and field.column.offered and field.back(known) != field.back(then):
            found.append(_undoes(field, _said(field, known), _said(field, then), day))
    for code, day in papers.coming_back(known, then["_requirements"]).items():
        now, again = (_of_paper(code, one[code]) for one in (known["requirements"], then["_requirements"]))
        found.append(_undoes(_TITLES["requirements"], now, again, day))
    return found


def kept_withdrawn(known: Document, then: Document, person: Person) -> list[Fault]:
    """A warning for each consent of the row that was taken back since: only one of a later day gives it again."""
    added = {one["purpose"] for one in then["_consents"]}
    found = []
    for purpose in dict.fromkeys(one["purpose"] for one in person.body["consents"]):
        rows = [row for row in known["consents"] if row["purpose"] == purpose]
        if purpose in added or not rows or consents.open_consent(rows, purpose):
            continue
        day = max(row["withdrawn_at"] for row in rows if row["withdrawn_at"]).astimezone(texts.WITA).date()
        found.append(
            Fault(
                "/consents",
                "consent_stays_withdrawn",
                say(
                    f"Persetujuan {purpose} dicabut pada {texts.day(day)} dan tidak diberikan lagi oleh berkas ini.",
                    f"The consent {purpose} was taken back on {texts.day(day, 'en')}; this file does not renew it.",
                ),
                say(
                    "Bila orangnya setuju lagi, tulis persetujuan bertanggal sesudah itu.",
                    "If the person agrees again, write a consent dated after that.",
                ),
            )
        )
    return found


def _undoes(field: Field, now: Text, again: Text, day: str) -> Fault:
    title, when = field.column.title, in_words(day, _TITLES["birth_date"].column)
    return Fault(
        f"/{field.pointer}",
        "undoes_correction",
        say(
            f"{title['id']} tercatat {now['id']} sejak {when['id']}; berkas ini mengembalikannya ke {again['id']}.",
            f"{title['en']} has been {now['en']} since {when['en']}; this file puts {again['en']} back.",
        ),
        say(
            "Kosongkan sel ini bila berkasnya lebih lama daripada perbaikan itu.",
            "Leave this cell empty if the file is older than that correction.",
        ),
    )


def _about(pointer: str, path: str) -> bool:
    """Does the column of this pointer say what stands at the path, or a part of it?"""
    return pointer == path or pointer.startswith(f"{path}/") or path.startswith(f"{pointer}/")


def _is_declared(field: Field) -> bool:
    return field.pointer.partition("/")[0] in candidate.DECLARED


def _said(field: Field, person: Mapping[str, Any]) -> Text:
    return in_words(field.back(person), field.column)


def _ending(last4: str) -> Text:
    return say(f"berakhir {last4}", f"ending in {last4}")


def _of_consent(consent: Mapping[str, Any]) -> Text:
    return in_words({"purpose": consent["purpose"], "method": consent["method"]})


def _of_paper(code: str, record: Mapping[str, Any]) -> Text:
    return in_words({"code": code, "status": record["status"], "valid_until": record.get("valid_until")})


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold()))


def _another(member: str) -> Fault:
    title = _TITLES[member].column.title
    return Fault(
        f"/{member}",
        "possible_duplicate",
        say(
            f"{title['id']} berbeda dari orang yang terdaftar dengan pengenal ini; mungkin orang lain.",
            f"{title['en']} differs from the person registered under this; it may be somebody else.",
        ),
        say(
            "Cocokkan dengan KTP. Perbaikan data diri dicatat di halaman orangnya; bila memang orang lain, "
            "isi ya di kolom Orang baru.",
            "Compare it with the id card. Corrections of identity are made on the person's page; if it is somebody "
            "else, write yes in the column Another person.",
        ),
    )
