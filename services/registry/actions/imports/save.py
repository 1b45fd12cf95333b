"""For the import job, second pass: good rows become people, with their events and rows in the trail."""

from collections.abc import Sequence
from dataclasses import replace

from services.registry.actions import papers
from services.registry.actions.candidates import consent_row, drafted, with_nik
from services.registry.actions.house import Document, House, living, who
from services.registry.actions.imports.differences import after, changes
from services.registry.actions.imports.judge import Payload
from services.registry.actions.imports.rows import declared, requirements_to_set
from services.registry.model import candidate, consents, numbers
from services.registry.says import Type
from services.registry.store.trail import Did
from shared import clock
from shared.documents import replaced
from shared.documents.mongo import Tx
from shared.http.callers import Caller
from shared.imports.rows import CHANGED, NEW, SAME, Judged
from shared.profiles.consents import Purpose


def numbered(house: House, group: Sequence[Judged]) -> list[Judged]:
    """The rows, each new person with a candidate number; all numbers of a group are taken in one step."""
    year = clock.today().year
    serials = iter(house.candidates.next_serials(year, sum(map(_registers, group))))
    return [
        replace(row, payload=replace(row.payload, number=numbers.number(year, next(serials))))
        if _registers(row)
        else row
        for row in group
    ]


def save(house: House, tx: Tx, caller: Caller, import_id: str, row: Judged) -> Judged:
    """Take a good row in.

    Raises:
        CandidateErased: the person was erased while the file was being judged.
    """
    payload: Payload = row.payload
    return (
        _register(house, tx, caller, import_id, row, payload)
        if row.target is None
        else _amend(house, tx, caller, import_id, row, payload)
    )


def _registers(row: Judged) -> bool:
    return row.outcome == NEW and row.target is None


def _register(house: House, tx: Tx, caller: Caller, import_id: str, row: Judged, payload: Payload) -> Judged:
    person = payload.person
    profile = {**person.body, **declared(house.words, candidate.DECLARED, person)}
    document = drafted(
        house,
        profile,
        number=payload.number or "",
        caller=caller,
        confirmed_new=person.body["confirm_new"],
        coded_yet=True,
    )
    document["origin"] = {"import": import_id, "row": row.row}
    document["requirements"] = _checked(caller, requirements_to_set(document, person))
    saved = house.candidates.create(tx, document)
    for mark in row.marks if person.returns else ():
        house.candidates.welcome_back(tx, mark)
    house.trail.add(tx, who(caller), Did.IMPORTED, [saved["_id"]], about=import_id)
    return replace(row, target=saved["_id"])


def _amend(house: House, tx: Tx, caller: Caller, import_id: str, row: Judged, payload: Payload) -> Judged:
    person, known = payload.person, row.target or ""
    before = living(caller, house, known, tx)
    then = after(house, before, person)
    found = changes(before, then)
    if not found:
        return replace(row, outcome=SAME, changes=(), changed=())
    fields, given, required = (then.pop(part) for part in ("_fields", "_consents", "_requirements"))
    then[replaced.FIELD] = replaced.remembered(before, then, [name for name in fields if name != "nik"])
    if "nik" in fields:
        then = with_nik(house, then, person.body["nik"])
    elif {"birth_date", "sex"}.intersection(fields) and then["nik"]:
        then = with_nik(house, then, house.vault.nik(then["nik"], known))
    for consent in given:
        then["consents"] = consents.given(then["consents"], consent_row(consent, caller))
    then[replaced.FIELD] = papers.remembered(then, required)
    then["requirements"] = {**before["requirements"], **_checked(caller, required)}
    matching = any(consent["purpose"] == Purpose.MATCHING for consent in given)
    house.candidates.change(tx, then, type=Type.CONSENT_GIVEN if matching else Type.CHANGED)
    names = list(dict.fromkeys(one.field for one in found))
    house.trail.add(tx, who(caller), Did.CHANGED, [known], fields=names, about=import_id)
    return replace(row, outcome=CHANGED, changes=tuple(found), changed=tuple(names))


def _checked(caller: Caller, records: dict[str, Document]) -> dict[str, Document]:
    today = clock.today().isoformat()
    return {code: {**record, "checked_on": today, "checked_by": caller.id} for code, record in records.items()}
