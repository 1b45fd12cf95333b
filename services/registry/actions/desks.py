"""At the desks behind the counter: consents, requirements, health, risk notes, and what the person may ask for."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from services.registry.actions import papers
from services.registry.actions.candidates import consent_row
from services.registry.actions.house import Document, House, living, living_at, living_held, who
from services.registry.model import consents, merged, requirements
from services.registry.problems import AskedAlready, CandidateErased, NoConsent, NoNik, WrongCode, WrongRecord
from services.registry.says import Type
from services.registry.store.trail import Did
from shared import clock
from shared.codes.papers import PAPERS
from shared.documents import receipts, replaced
from shared.documents.mongo import Tx
from shared.http.callers import Caller
from shared.http.faults import one_of
from shared.http.problems import Fault, Text
from shared.profiles.consents import Purpose


def consent(caller: Caller, house: House, id: str, given: Mapping[str, Any]) -> Document:
    """Record a consent; recording one that stands already changes nothing. ``given`` is a loaded ``Consent``."""
    caller.need("candidates:write")

    def save(tx: Tx) -> Document:
        before = living(caller, house, id, tx)
        rows = consents.given(before["consents"], consent_row(given, caller))
        if rows is before["consents"]:
            receipts.sign(tx, id=id, version=before["version"])
            return before
        told = Type.CONSENT_GIVEN if given["purpose"] == Purpose.MATCHING else Type.CHANGED
        saved = house.candidates.change(tx, {**before, "consents": rows}, type=told)
        receipts.sign(tx, id=id, version=saved["version"])
        house.trail.add(tx, who(caller), Did.CONSENT_GIVEN, [id], fields=[given["purpose"]])
        return saved

    return house.database.run(save)


def withdraw(caller: Caller, house: House, id: str, version: int, purpose: str) -> Document:
    """Take a consent back. With the one to matching, what other houses hear is cut down to the id (UU 27/2022 art. 40).

    What was answered and agreed before stays where it is; erasure is what removes that.

    Raises:
        NoConsent: this purpose is not allowed now.
        WrongCode: there is no such purpose.
    """
    caller.need("candidates:write")
    known = [one.value for one in Purpose]
    _known(purpose, known, "purpose", {"id": "Tujuan ini tidak dikenal.", "en": "This purpose is not known."})

    def save(tx: Tx) -> Document:
        before = living_at(caller, house, id, version, tx)
        if consents.open_consent(before["consents"], purpose) is None:
            raise NoConsent()
        rows = consents.withdrawn(before["consents"], purpose, clock.now())
        told = Type.CONSENT_WITHDRAWN if purpose == Purpose.MATCHING else Type.CHANGED
        saved = house.candidates.change(tx, {**before, "consents": rows}, type=told)
        house.trail.add(tx, who(caller), Did.CONSENT_WITHDRAWN, [id], fields=[purpose])
        return saved

    return house.database.run(save)


def set_requirement(
    caller: Caller, house: House, id: str, version: int, code: str, record: Mapping[str, Any]
) -> Document:
    """Record the state of one paper or step. ``record`` is a loaded ``Requirement``.

    Raises:
        WrongCode: an unknown code, or one that is derived.
        WrongRecord: the record contradicts itself or the law.
    """
    caller.need("candidates:write")
    _settable(code)
    today = clock.today().isoformat()
    refused = requirements.refusal(code, dict(record), today)
    if refused:
        raise WrongRecord(errors=[Fault(f"/{refused.field}", refused.code, refused.text)])

    def save(tx: Tx) -> Document:
        before = living_at(caller, house, id, version, tx)
        kept = {**record, "checked_on": today, "checked_by": caller.id}
        after = {**before, "requirements": {**before["requirements"], code: kept}}
        after[replaced.FIELD] = papers.remembered(before, {code: kept})
        saved = house.candidates.change(tx, after)
        house.trail.add(tx, who(caller), Did.REQUIREMENT_SET, [id], fields=[code])
        return saved

    return house.database.run(save)


def open_elsewhere(caller: Caller, house: House, id: str, reason: str) -> datetime:
    """Say why somebody of another centre works on this person today. Returns until when they may.

    Raises:
        NoSuchCandidate, CandidateErased, CandidateMerged: see :func:`living`.
    """
    caller.need("candidates:read")

    def note(tx: Tx) -> datetime:
        living_held(None, house, id, tx)
        until = house.trail.open_elsewhere(tx, who(caller), id, reason)
        receipts.sign(tx, id=id, version=1)
        return until

    return house.database.run(note)


def reveal_nik(caller: Caller, house: House, id: str, reason: str) -> str:
    """The whole number, after the reason is in the trail.

    Raises:
        NoNik: no number is on record.
    """
    caller.need("nik:reveal")

    def note(tx: Tx) -> Document:
        document = living_held(caller, house, id, tx)
        if document["nik"] is None:
            raise NoNik()
        house.trail.add(tx, who(caller), Did.NIK_REVEALED, [id], reason=reason)
        return document

    return house.vault.nik(house.database.run(note)["nik"], id)


def specific(caller: Caller, house: House, id: str) -> tuple[Document, int]:
    """Health, records and loans of a person, and the candidate's version."""
    caller.need("specific:read")
    document = living(caller, house, id)
    house.trail.add(None, who(caller), Did.SPECIFIC_OPENED, [id])
    return house.specific.load(id), document["version"]


def set_specific(caller: Caller, house: House, id: str, version: int, parts: Mapping[str, Any]) -> tuple[Document, int]:
    """Replace the parts that are sent. The candidate gets a new version, because matching reads two of them."""
    caller.need("specific:write")

    def save(tx: Tx) -> int:
        before = living_at(caller, house, id, version, tx)
        house.specific.save(tx, id, dict(parts))
        saved = house.candidates.change(tx, before)
        house.trail.add(tx, who(caller), Did.SPECIFIC_CHANGED, [id], fields=sorted(parts))
        new: int = saved["version"]
        return new

    changed = house.database.run(save)
    return house.specific.load(id), changed


def records_asked(caller: Caller, house: House, id: str) -> tuple[bool, int]:
    """Whether anybody asked about deportation, overstay and bans, and the candidate's version. Not what was said."""
    caller.need("candidates:read")
    document = living(caller, house, id)
    return house.specific.load(id)["records"] is not None, document["version"]


def answer_records(caller: Caller, house: House, id: str, version: int, records: list[Document]) -> int:
    """Write down what a person answered. Whoever serves them may, once; what stands there only a desk that may read it
    changes. Returns the new version of the candidate.

    Raises:
        AskedAlready: an answer is on record, and the caller may not read it.
    """
    caller.need("candidates:write")

    def save(tx: Tx) -> int:
        before = living_at(caller, house, id, version, tx)
        kept = house.specific.found(tx, id)
        if kept and kept["records"] is not None and not caller.may("specific:write"):
            raise AskedAlready()
        house.specific.save(tx, id, {"records": records})
        saved = house.candidates.change(tx, before)
        house.trail.add(tx, who(caller), Did.SPECIFIC_CHANGED, [id], fields=["records"])
        new: int = saved["version"]
        return new

    return house.database.run(save)


def note_risk(caller: Caller, house: House, id: str, note: Mapping[str, Any]) -> Document:
    """Write down a worry. Whoever serves the person may write one; only those with ``risk:read`` see it again."""
    caller.need("candidates:write")

    def save(tx: Tx) -> Document:
        living_held(caller, house, id, tx)
        row = house.risk_notes.add(tx, id, dict(note), caller.id)
        receipts.sign(tx, id=row["_id"], version=1)
        house.trail.add(tx, who(caller), Did.RISK_NOTED, [id], about=row["_id"])
        return row

    return house.database.run(save)


def risk_note(caller: Caller, house: House, id: str) -> Document:
    """One worry again, for the request that wrote it and is sent once more.

    Raises:
        CandidateErased: it went with the person.
    """
    caller.need("candidates:write")
    row = house.risk_notes.load(id)
    if row is None:
        raise CandidateErased()
    house.trail.add(None, who(caller), Did.RISK_OPENED, [row["candidate_id"]], about=id)
    return row


def risk_notes(caller: Caller, house: House, id: str) -> list[Document]:
    """The worries about a case, oldest first."""
    caller.need("risk:read")
    living(caller, house, id)
    house.trail.add(None, who(caller), Did.RISK_OPENED, [id])
    return house.risk_notes.of(id)


def trail(caller: Caller, house: House, id: str, args: Mapping[str, Any]) -> Document:
    """A page of who saw or changed what. An erased person's trail is still there: it is the minimal audit.

    Raises:
        NoSuchCandidate, OtherCentre: as :func:`living`; of a record that was merged, of the one that was kept.
    """
    caller.need("trail:read")
    person = house.candidates.load(id)
    kept = person and house.candidates.kept(person)
    if kept is None or not kept.get("erased"):
        living(caller, house, kept["_id"] if kept else id)
    house.trail.add(None, who(caller), Did.TRAIL_OPENED, [id])
    return house.trail.page([id, *((person or {}).get(merged.ALSO, ()))], args)


def export(caller: Caller, house: House, id: str) -> Document:
    """Everything kept about a person, for the person (UU 27/2022 arts. 7 and 13). The NIK stays masked: they have it.

    Specific data and the trail are in it when the caller may see them; else ``left_out`` names them, and somebody with
    those rights prints them. Risk notes never are: they may concern others, and the work of the task force.
    """
    caller.need("candidates:read")
    document = living(caller, house, id)
    house.trail.add(None, who(caller), Did.EXPORTED, [id])
    copy: Document = {"candidate": document, "left_out": []}
    if caller.may("specific:read"):
        copy["specific"] = house.specific.load(id)
    else:
        copy["left_out"].append("specific")
    if caller.may("trail:read"):
        copy["trail"] = house.trail.of([id, *document.get(merged.ALSO, ())])
    else:
        copy["left_out"].append("trail")
    return copy


def _settable(code: str) -> None:
    if code in requirements.DERIVED:
        raise WrongCode(errors=[Fault("/code", "derived_requirement", requirements.DERIVED[code], where="path")])
    _known(code, PAPERS, "code", {"id": "Kode syarat ini tidak dikenal.", "en": "No requirement has this code."})


def _known(code: str, choices: Iterable[str], name: str, message: Text) -> None:
    """Refuse a code in the path that is not in its list."""
    if code not in choices:
        raise WrongCode(errors=[Fault(f"/{name}", "unknown_code", message, one_of(list(choices), code), where="path")])
