"""For the import job, second pass: each good row becomes one transaction with its event and its row in the trail."""

from dataclasses import replace

from services.registry.actions.candidates import consent_row, drafted, with_nik
from services.registry.actions.house import Document, House, coded, living, who
from services.registry.actions.imports.judge import CHANGED, DUPLICATE, NEW, SAME, Judged, differences
from services.registry.actions.imports.rows import consents_to_add, declared, requirements_to_set
from services.registry.model import candidate, consents
from services.registry.model.consents import Purpose
from services.registry.problems import CandidateErased
from services.registry.says import Type
from services.registry.store.candidates import Taken
from services.registry.store.trail import Did
from shared import clock
from shared.documents.mongo import Tx
from shared.http.callers import Caller


def save(house: House, caller: Caller, row: Judged, *, import_id: str) -> Judged:
    """Save a good row and tell what became of it; rows that are bad, or saved before, stay as they are."""
    try:
        if registers(row):
            return _register(house, caller, row, import_id)
        if row.outcome == CHANGED:
            return _amend(house, caller, row, import_id)
    except (Taken, CandidateErased):
        # Registered at a counter, or erased, while this file was being judged.
        return row.refused(DUPLICATE)
    return row


def registers(row: Judged) -> bool:
    """Will saving this row register somebody?"""
    return row.outcome == NEW and row.known is None


def _register(house: House, caller: Caller, row: Judged, import_id: str) -> Judged:
    body = row.body or {}
    profile = {**body, **declared(candidate.DECLARED, body)}
    document = drafted(house, profile, number=row.number or "", caller=caller, confirmed_new=body["confirm_new"])
    document["origin"] = {"import": import_id, "row": row.record.number}
    document["requirements"] = _checked(caller, requirements_to_set(document, body))

    def create(tx: Tx) -> Document:
        saved = house.candidates.create(tx, document)
        house.trail.add(tx, who(caller), Did.IMPORTED, [saved["_id"]], about=import_id)
        return saved

    return replace(row, known=house.database.run(create)["_id"])


def _amend(house: House, caller: Caller, row: Judged, import_id: str) -> Judged:
    body, known = row.body or {}, row.known or ""

    def change(tx: Tx) -> list[str]:
        before = living(house, known, tx)
        changed = differences(before, body, house)
        if not changed:
            return changed
        after, fields = candidate.amended(before, coded(house.words, declared(before, body)))
        if "nik" in changed:
            after = with_nik(house, after, body["nik"])
        elif {"birth_date", "sex"}.intersection(fields) and after["nik"]:
            after = with_nik(house, after, house.vault.nik(after["nik"], known))
        for consent in consents_to_add(before, body):
            after["consents"] = consents.given(after["consents"], consent_row(consent, caller))
        after["requirements"] = {**before["requirements"], **_checked(caller, requirements_to_set(before, body))}
        given = Purpose.MATCHING in changed
        house.candidates.change(tx, after, type=Type.CONSENT_GIVEN if given else Type.CHANGED)
        house.trail.add(tx, who(caller), Did.CHANGED, [known], fields=changed, about=import_id)
        return changed

    changed = house.database.run(change)
    return replace(row, outcome=CHANGED if changed else SAME, changed=changed)


def _checked(caller: Caller, records: dict[str, Document]) -> dict[str, Document]:
    today = clock.today().isoformat()
    return {code: {**record, "checked_on": today, "checked_by": caller.id} for code, record in records.items()}
