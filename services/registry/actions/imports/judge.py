"""For the import job, first pass: what would become of each row. Nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from services.registry.actions.house import Document, House, coded
from services.registry.actions.imports.rows import consents_to_add, declared, requirements_to_set
from services.registry.model import candidate, nik, requirements
from services.registry.schemas.fields import NIK_FAULTS
from services.registry.schemas.sheet import at_cells, registration
from shared import clock
from shared.http.problems import Fault
from shared.sheets import Record

NEW, CHANGED, SAME, BAD = OUTCOMES = ("NEW", "CHANGED", "SAME", "BAD")


@dataclass(frozen=True, slots=True)
class Judged:
    """What would become of one row: ``body`` is the loaded row of a good one, ``known`` the id of whom it is about.

    ``number`` is the candidate number of a new person, once the row is to be saved.
    """

    record: Record
    outcome: str
    body: Document | None = None
    known: str | None = None
    number: str | None = None
    changed: Sequence[str] = field(default_factory=list)
    faults: Sequence[Fault] = field(default_factory=list)

    def refused(self, *faults: Fault) -> "Judged":
        """The same row as a bad one; each fault finds its cell."""
        found = at_cells(self.record, list(faults))
        return replace(self, outcome=BAD, body=None, changed=[], faults=[*self.faults, *found])


def judge(house: House, some: Sequence[Record], *, import_id: str, seen: dict[str, int]) -> list[Judged]:
    """Rows against the schema, against the rows before them and against the people who are registered.

    ``seen`` maps what the file's rows so far are recognised by to their numbers, and grows.
    """
    loaded = [(record, *registration(record)) for record in some]
    keys = [_keys(house, body) if body else (None, None) for _, body, _ in loaded]
    by_nik = house.candidates.by_nik_hashes([one for one, _ in keys if one])
    by_person = house.candidates.by_person_hashes([other for _, other in keys if other])
    judged = []
    for (record, body, faults), (nik_key, person_key) in zip(loaded, keys, strict=True):
        row = Judged(record, NEW, body=body, faults=faults)
        fault = (_repeated(nik_key, person_key, seen) or _fault(house, body)) if body else None
        if body is None or fault:
            judged.append(row.refused(*([fault] if fault else [])))
            continue
        seen |= dict.fromkeys(_claims(nik_key, person_key), record.number)
        people = by_nik.get(nik_key or "") or by_person.get(person_key or "", [])
        judged.append(_about(house, row, body, people, nik_key=nik_key, import_id=import_id))
    return judged


def differences(before: Document, body: Mapping[str, Any], house: House) -> list[str]:
    """What a row would change of a registered person: names of fields, consents and requirements."""
    _, changed = candidate.amended(before, coded(house.words, declared(before, body)))
    if body.get("nik") and (before["nik"] is None or before["nik"]["hash"] != house.candidates.nik_hash(body["nik"])):
        changed.append("nik")
    changed += [row["purpose"] for row in consents_to_add(before, body)]
    return changed + list(requirements_to_set(before, body))


def _about(
    house: House, row: Judged, body: Document, people: Sequence[Document], *, nik_key: str | None, import_id: str
) -> Judged:
    """A good row, once it is known whom it may be about."""
    same_nik = [one for one in people if not (nik_key and one["nik"] and one["nik"]["hash"] != nik_key)]
    if body["confirm_new"]:
        # Of two who look alike, the row means the one that was confirmed before; sent first, it makes that one.
        same_nik = people = [one for one in same_nik if one.get("confirmed_new")][:1]
    if not people:
        return row
    if len(people) > 1 or not same_nik:
        return row.refused(DUPLICATE)
    known = people[0]
    if known.get("origin") == {"import": import_id, "row": row.record.number}:
        # Saved by this very import, before its job was cut off.
        return replace(row, known=known["_id"])
    changed = differences(known, body, house)
    return replace(row, outcome=CHANGED if changed else SAME, known=known["_id"], changed=changed)


def _fault(house: House, body: Document) -> Fault | None:
    """What is wrong with a row that its schema cannot know."""
    if body["nik"] and nik.is_synthetic(body["nik"]) and not house.invented_people:
        return Fault("/nik", "nik_synthetic", *NIK_FAULTS["nik_synthetic"])
    today = clock.today().isoformat()
    for record in body["requirements"]:
        refused = requirements.refusal(record["code"], record, today)
        if refused:
            return Fault("/requirements", refused.code, refused.text)
    return None


def _keys(house: House, body: Document) -> tuple[str | None, str | None]:
    """Keyed hashes of the NIK, and of name, birthday and regency; None where unknown."""
    described = {"birth_date": None, "regency": None, **body}
    return house.candidates.nik_hash(body["nik"]) if body["nik"] else None, house.candidates.person_hash(described)


def _claims(nik_key: str | None, person_key: str | None) -> list[str]:
    """What later rows of the file may not be recognised by too; ``~`` marks a person that some row has, NIK or not."""
    return [key for key in (nik_key or person_key, f"~{person_key}" if person_key else None) if key]


def _repeated(nik_key: str | None, person_key: str | None, seen: Mapping[str, int]) -> Fault | None:
    """Is somebody in the file twice? Two rows with two NIK are two people, whatever else is equal."""
    if not nik_key and not person_key:
        return NO_KEY
    number = seen.get(nik_key) or seen.get(person_key or "") if nik_key else seen.get(f"~{person_key}")
    if number is None:
        return None
    message = {"id": f"Orang ini sudah ada di baris {number}.", "en": f"This person is in row {number} already."}
    return Fault("/full_name", "repeated_in_file", message, {"id": "Hapus salah satunya.", "en": "Delete one of them."})


DUPLICATE = Fault(
    "/full_name",
    "possible_duplicate",
    {"id": "Orang ini mungkin sudah terdaftar.", "en": "This person may be registered already."},
    {
        "id": "Cari dahulu. Bila memang orang lain, isi ya di kolom Orang baru.",
        "en": "Search first. If it is somebody else, write yes in the column Another person.",
    },
)
NO_KEY = Fault(
    "/full_name",
    "not_recognisable",
    {
        "id": "Baris ini tidak dapat dikenali lagi bila dikirim dua kali.",
        "en": "This row could not be recognised if it were sent twice.",
    },
    {"id": "Isi NIK, atau tanggal lahir dan kabupaten.", "en": "Give the NIK, or birthday and regency."},
)
