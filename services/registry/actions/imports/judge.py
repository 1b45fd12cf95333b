"""For the import job, first pass: what would become of each row. Nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.registry.actions.house import Document, House, may_open
from services.registry.actions.imports.differences import after, changes, coming_back, kept_withdrawn, strange
from services.registry.model import nik, requirements
from services.registry.schemas.fields import NIK_FAULTS
from services.registry.schemas.listing import unlisted
from services.registry.schemas.sheet import COLUMNS, Person, at_cells, registration
from shared import clock
from shared.codes import texts
from shared.documents.mongo import Document as Stored
from shared.http.callers import Caller
from shared.http.problems import Fault, say
from shared.imports.rows import CHANGED, NEW, SAME, Judged
from shared.profiles import coding
from shared.sheets import SheetRecord
from shared.sheets.merging import contradicting
from shared.sheets.records import rows_apart
from shared.sheets.wording import row_in_words


@dataclass(frozen=True, slots=True)
class Payload:
    """What saving a good row needs: what it says, and the candidate number of somebody new once it has been taken."""

    person: Person
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """One row, loaded, with the keyed hashes by which its person is recognised."""

    at: int
    record: SheetRecord
    person: Person | None
    faults: Sequence[Fault]
    nik: str | None = None
    who: str | None = None


def judge(house: House, document: Stored, caller: Caller, some: Sequence[tuple[int, Any]]) -> list[Judged]:
    """Rows against the schema and against the people who are registered."""
    rows = [_read(house, at, record) for at, record in some]
    niks = [row.nik for row in rows if row.nik]
    by_nik = house.candidates.by_nik_hashes(niks)
    by_person = house.candidates.by_person_hashes([row.who for row in rows if row.who])
    by_number = house.candidates.by_whole_numbers(
        [row.person.number for row in rows if row.person and row.person.number]
    )
    gone = [one for row in rows if (one := _mark(row)) and one not in by_nik and one not in by_person]
    erased = house.candidates.erased(gone)
    return [_judged(caller, house, row, by_nik, by_person, by_number, erased) for row in rows]


def _read(house: House, at: int, record: SheetRecord) -> Read:
    person, found = registration(record)
    if person is None:
        return Read(at, record, None, found)
    body = person.body
    described = {"birth_date": None, "regency": None, **body}
    hashed = house.candidates.nik_hash(body["nik"]) if body["nik"] else None
    return Read(at, record, person, found, hashed, house.candidates.person_hash(described))


def _judged(
    caller: Caller,
    house: House,
    row: Read,
    by_nik: Mapping[str, list[Document]],
    by_person: Mapping[str, list[Document]],
    by_number: Mapping[str, Document],
    erased: Mapping[str, Any],
) -> Judged:
    judged = Judged(
        row.at,
        row.record.number,
        NEW,
        sheet=row.record.sheet,
        notes=(*row.record.notes, *_asked(house, row)),
        words=row_in_words(dict(row.record.values), COLUMNS),
        claims=_claims(row),
        marks=tuple(one for one in (row.nik, row.who) if one),
    )
    person = row.person
    if person is None:
        return judged.bad(row.faults)
    fault = NO_KEY if not (row.nik or row.who or person.number) else _fault(house, person)
    if fault is None and person.number and person.number not in by_number:
        fault = _nobody_of(house, person.number)
    if fault is None and _mark(row) in erased and not person.number:
        fault = _returning(person, erased[_mark(row)])
    if fault is not None:
        return judged.bad(at_cells(row.record, [fault]))
    people = by_nik.get(row.nik or "") or by_person.get(row.who or "", [])
    if person.number:
        # Its number says who is meant; another person with its NIK is a contradiction.
        known = by_number[person.number]
        if row.nik and people and people[0]["_id"] != known["_id"]:
            return judged.bad(at_cells(row.record, [DUPLICATE]))
        people = [known]
    return _about(caller, house, replace(judged, payload=Payload(person)), row, person, people)


def _nobody_of(house: House, number: str) -> Fault:
    """A number that no living record has: nobody's, or one of a record that was merged, which names the kept one."""
    found = house.candidates.by_number(number)
    if not found:
        return UNKNOWN_NUMBER
    message = say(
        "Nomor ini sudah digabung dengan data lain dari orang yang sama.",
        "The record of this number was merged with another one of the same person.",
    )
    fix = say(f"Ketik {found[0]['number']}.", f"Type {found[0]['number']}.")
    return Fault("/number", "number_merged", message, fix)


def _mark(row: Read) -> str:
    """By what somebody who was erased is known again: the number, or without one the name, birthday and regency. With
    a number of their own a namesake is another person.
    """
    return row.nik or row.who or ""


def _asked(house: House, row: Read) -> list[Fault]:
    """Words of a row that fit several skills or occupations: which one is meant."""
    body = row.person.body if row.person else {}
    coded = {"skills": coding.skills, "work_history": coding.jobs}
    found = [
        Fault(f"/{name}", asked.code, asked.message, asked.fix)
        for name, code in coded.items()
        for asked in coding.questions(house.words, code(house.words, body.get(name) or ()), f"/{name}")
    ]
    said = row.record.values
    if "wish_currency" in said and "wish_min_wage" not in said:
        found.append(Fault("/wishes/min_wage/currency", "currency_without_wage", _CURRENCY_ALONE))
    return at_cells(row.record, found)


def _about(
    caller: Caller, house: House, judged: Judged, row: Read, person: Person, people: Sequence[Document]
) -> Judged:
    """A good row, once it is known whom it may be about."""
    same = [one for one in people if not (row.nik and one["nik"] and one["nik"]["hash"] != row.nik)]
    if person.body["confirm_new"] and not person.number:
        # Of two who look alike, the row means the one that was confirmed before; sent first, it makes that one.
        same = people = [one for one in same if one.get("confirmed_new")][:1]
    judged = replace(judged, warnings=tuple(at_cells(row.record, unlisted(person.body))))
    if not people:
        return judged
    if len(people) > 1 or not same:
        return judged.bad(at_cells(row.record, [DUPLICATE]))
    known = same[0]
    if not may_open(caller, house, known):
        return judged.bad(at_cells(row.record, [ELSEWHERE]))
    different = strange(known, person)
    if different:
        return judged.bad(at_cells(row.record, [different]))
    then = after(house, known, person)
    found = changes(known, then)
    warned = at_cells(row.record, [*coming_back(known, then), *kept_withdrawn(known, then, person)])
    return replace(
        judged,
        outcome=CHANGED if found else SAME,
        target=known["_id"],
        changes=tuple(found),
        changed=tuple(one.field for one in found),
        warnings=(*judged.warnings, *warned),
    )


def clashes(house: House, claim: str, items: Sequence[tuple[int, Any]]) -> dict[int, Fault]:
    """Rows about one person. Two with two NIK are two people, whatever else is equal; others repeat or contradict."""
    rows = [_read(house, at, record) for at, record in items]
    if claim.startswith("~"):
        with_nik = [row for row in rows if row.nik]
        rows = [*with_nik[:1], *(row for row in rows if not row.nik)]
    if len(rows) < 2:
        return {}
    differing = contradicting([(row.at, _compared(row.record)) for row in rows])
    places = {row.at: rows_apart(row.record, [one.record for one in rows]) for row in rows}
    if differing:
        return {
            row.at: at_cells(
                row.record, [_contradicts(differing[0], [one for at, one in places.items() if at != row.at])]
            )[0]
            for row in rows
        }
    return {row.at: at_cells(row.record, [_repeated(places[rows[0].at])])[0] for row in rows[1:]}


def _compared(record: SheetRecord) -> dict[str, Any]:
    return {key: value for key, value in record.values.items() if key not in ("confirm_new", "returns")}


def _claims(row: Read) -> tuple[str, ...]:
    """By what a row is recognised within its file; ``~`` marks a person that some row has, NIK or not."""
    twin = "#new" if row.person is not None and row.person.body["confirm_new"] else ""
    number = row.person.number if row.person else None
    if number:
        # Twins of one name, birthday and home are told apart by their numbers.
        return tuple(one for one in (f"#{number}", row.nik and f"{row.nik}{twin}") if one)
    return tuple(one for one in (row.nik and f"{row.nik}{twin}", row.who and f"~{row.who}{twin}") if one)


def _fault(house: House, person: Person) -> Fault | None:
    """What is wrong with a row that its schema cannot know."""
    if person.body["nik"] and nik.is_synthetic(person.body["nik"]) and not house.invented_people:
        return Fault("/nik", "nik_synthetic", *NIK_FAULTS["nik_synthetic"])
    today = clock.today().isoformat()
    for record in person.body["requirements"]:
        refused = requirements.refusal(record["code"], record, today)
        if refused:
            return Fault("/requirements", refused.code, refused.text)
    return None


def _returning(person: Person, erased_at: Any) -> Fault | None:
    """Somebody who was erased comes back only by a row that says so, with a consent given after the erasure."""
    given = [one["given_at"] for one in person.body["consents"] if "given_at" in one]
    if person.returns and any(one > erased_at for one in given):
        return None
    day = texts.day(erased_at.astimezone(texts.WITA).date()), texts.day(erased_at.astimezone(texts.WITA).date(), "en")
    return Fault(
        "/returns" if not person.returns else "/consents",
        "erased_before",
        say(
            f"Data orang ini dihapus atas permintaan pada {day[0]}.",
            f"This person's data was erased on request on {day[1]}.",
        ),
        say(
            "Hapus baris ini. Bila ia mendaftar lagi, isi ya di kolom Daftar kembali dan tulis persetujuan "
            "bertanggal sesudah penghapusan. Bila orang lain yang senama, isi NIK-nya.",
            "Delete this row. If they register again, write yes in Registers again and a consent dated after that. "
            "If it is a namesake, fill in their NIK.",
        ),
    )


def _contradicts(key: str, others: Sequence[str]) -> Fault:
    title = next(column.title for column in COLUMNS if column.key == key)
    rows = ", ".join(others[:5])
    return Fault(
        f"/{key}",
        "contradicts_row",
        say(
            f"{title['id']} orang ini di baris ini dan di baris {rows} berbeda.",
            f"{title['en']} of this person differs in this row and in {rows}.",
        ),
        say(
            f"Samakan isinya, atau hapus salah satu baris. {_TWO_PEOPLE['id']}",
            f"Make them the same, or delete one of the rows. {_TWO_PEOPLE['en']}",
        ),
    )


def _repeated(row: str) -> Fault:
    message = say(f"Orang ini sudah ada di baris {row}.", f"This person is in row {row} already.")
    fix = say(f"Hapus salah satunya. {_TWO_PEOPLE['id']}", f"Delete one of them. {_TWO_PEOPLE['en']}")
    return Fault("/full_name", "repeated_in_file", message, fix)


_TWO_PEOPLE = say(
    "Bila dua orang (kembar, senama), isi NIK masing-masing, atau ya di kolom Orang baru.",
    "If they are two people (twins, namesakes), fill in the NIK of each, or yes in Another person.",
)


_CURRENCY_ALONE = say("Mata uang tanpa upah tidak dicatat.", "A currency without a wage beside it is not kept.")
ELSEWHERE = Fault(
    "/full_name",
    "other_centre",
    say("Orang ini dilayani kantor lain.", "This person is served by another office."),
    say(
        "Cari orangnya, buka dengan alasan, lalu kirim baris ini lagi.",
        "Find the person, open them with a reason, and send this row again.",
    ),
)
DUPLICATE = Fault(
    "/full_name",
    "possible_duplicate",
    say("Orang ini mungkin sudah terdaftar.", "This person may be registered already."),
    say(
        "Cari dahulu. Bila memang orang lain, isi ya di kolom Orang baru.",
        "Search first. If it is somebody else, write yes in the column Another person.",
    ),
)
UNKNOWN_NUMBER = Fault(
    "/number",
    "unknown_number",
    say("Nomor calon ini tidak terdaftar.", "Nobody is registered under this candidate number."),
    say("Periksa nomornya, atau kosongkan untuk orang baru.", "Check it, or leave it empty for somebody new."),
)
NO_KEY = Fault(
    "/full_name",
    "not_recognisable",
    say(
        "Baris ini tidak dapat dikenali lagi bila dikirim dua kali.",
        "This row could not be recognised if it were sent twice.",
    ),
    say("Isi NIK, atau tanggal lahir dan kabupaten.", "Give the NIK, or birthday and regency."),
)
