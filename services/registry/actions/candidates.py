"""At the counter: register a person, open the page, correct it, and forget somebody who asks for that."""

from collections.abc import Callable, Mapping
from typing import Any

from services.registry.actions.house import Document, House, coded, living, living_at, who
from services.registry.model import candidate, consents, merged, names, nik
from services.registry.problems import NotInvented, PossibleDuplicate
from services.registry.schemas.fields import NIK_FAULTS
from services.registry.store.candidates import Taken
from services.registry.store.trail import Did
from shared import clock, ids
from shared.documents import replaced
from shared.documents.mongo import Tx
from shared.http.callers import Caller

FORGET_NIK = "forget_nik"
"""Of the job that lets go of the hash of an erased person's number."""


def register(
    caller: Caller,
    house: House,
    profile: Mapping[str, Any],
    *,
    specific: Mapping[str, Any] | None = None,
    confirm_new: bool = False,
) -> Document:
    """A new candidate at version 1. ``profile`` is a loaded ``Registration``, ``specific`` what it says of health and
    records: whoever registers a person writes down what they bring, and needs other rights to see it again.

    Raises:
        PossibleDuplicate: somebody like this is registered, and nobody confirmed that this is another person.
    """
    caller.need("candidates:write")
    likely = [] if confirm_new else twins(house, profile)
    if likely:
        raise PossibleDuplicate(likely)
    number = house.candidates.next_number(clock.today().year)
    document = drafted(house, profile, number=number, caller=caller, confirmed_new=confirm_new)

    def save(tx: Tx) -> Document:
        beside = house.specific.begin(tx, document["_id"], dict(specific)) if specific else None
        saved = house.candidates.create(tx, document, beside=beside)
        house.trail.add(tx, who(caller), Did.REGISTERED, [saved["_id"]], fields=sorted(specific or ()))
        return saved

    return _unless_taken(lambda: house.database.run(save), lambda: twins(house, profile))


def drafted(
    house: House,
    profile: Mapping[str, Any],
    *,
    number: str,
    caller: Caller,
    confirmed_new: bool = False,
    coded_yet: bool = False,
) -> Document:
    """The document of a new person, not saved yet: words coded unless they are, NIK sealed, consents recorded."""
    id = ids.new()
    words = dict(profile) if coded_yet else coded(house.words, dict(profile))
    document = candidate.begun(id=id, number=number, profile=words, centre=caller.centre, by=caller.id)
    if confirmed_new:
        document["confirmed_new"] = True
    for consent in profile["consents"]:
        document["consents"] = consents.given(document["consents"], consent_row(consent, caller))
    return with_nik(house, document, profile.get("nik"))


def consent_row(consent: Mapping[str, Any], caller: Caller) -> Document:
    """A loaded ``Consent`` as the document keeps it."""
    return {
        "purpose": consent["purpose"],
        "method": consent["method"],
        "given_by": consent["given_by"],
        "given_at": consent.get("given_at") or clock.now(),
        "recorded_by": caller.id,
        "withdrawn_at": None,
    }


def show_again(caller: Caller, house: House, id: str) -> Document:
    """The page for a request that is sent again, to somebody who may write what it wrote: one more look, on the trail.

    Raises:
        NoSuchCandidate, CandidateErased: see :func:`living`.
    """
    caller.need("candidates:write")
    document = living(None, house, id)
    house.trail.add(None, who(caller), Did.OPENED, [id])
    return document


def open_page(caller: Caller, house: House, id: str) -> Document:
    """The whole candidate for somebody who may see it; the trail knows before anything is shown."""
    caller.need("candidates:read")
    document = living(caller, house, id)
    house.trail.add(None, who(caller), Did.OPENED, [id])
    return document


def amend(caller: Caller, house: House, id: str, version: int, changes: Mapping[str, Any]) -> Document:
    """Correct declared fields. ``changes`` is a loaded ``Amendment``; what changes nothing keeps the version.

    Raises:
        Stale: somebody changed the candidate since ``version``.
        PossibleDuplicate: the correction makes this person look like another one.
    """
    caller.need("candidates:write")
    confirm_new = changes.get("confirm_new", False)

    def save(tx: Tx) -> Document:
        before = living_at(caller, house, id, version, tx)
        after, differing = candidate.amended(before, coded(house.words, dict(changes)))
        if "nik" in changes and _nik_differs(house, before, changes["nik"]):
            after, differing = with_nik(house, after, changes["nik"]), [*differing, "nik"]
        elif {"birth_date", "sex"}.intersection(differing) and after["nik"]:
            after = with_nik(house, after, house.vault.nik(after["nik"], id))
        if not differing:
            return before
        after[replaced.FIELD] = replaced.remembered(before, after, differing)
        if confirm_new:
            after["confirmed_new"] = True
        elif {"nik", "full_name", "birth_date", "regency"}.intersection(differing):
            likely = twins(house, {**after, "nik": changes.get("nik")}, but=id)
            if likely:
                raise PossibleDuplicate(likely)
        saved = house.candidates.change(tx, after)
        house.trail.add(tx, who(caller), Did.CHANGED, [id], fields=differing)
        return saved

    return _unless_taken(
        lambda: house.database.run(save),
        lambda: twins(house, {**living(None, house, id), "nik": None, **changes}, but=id),
    )


def forget(caller: Caller, house: House, id: str, version: int, reason: str) -> None:
    """Erase a person: a stub and a tombstone stay, everything else goes; the trail keeps who did what, without words.

    Every house that heard of the person deletes what it holds when the tombstone reaches it (UU 27/2022 arts. 43, 44).
    """
    caller.need("candidates:write")

    def erase(tx: Tx) -> None:
        person = living_at(caller, house, id, version, tx)
        known_by = merged.marks(person)
        marks = [*([person["nik"]["hash"]] if person["nik"] else ()), *known_by]
        # Records that were merged into this one too: houses keep things under their ids, such as plans and letters.
        for one in (id, *person.get(merged.ALSO, ())):
            house.candidates.erase(tx, one)
        for mark in marks:
            until = house.candidates.remember_erased(tx, mark)
            house.jobs.put(tx, FORGET_NIK, mark, until)
        house.specific.erase(tx, id)
        house.risk_notes.erase(tx, id)
        house.imports.forget(tx, target=id, marks=marks)
        for mark in known_by:
            house.submissions.forget(tx, mark)
        for one in (id, *person.get(merged.ALSO, ())):
            house.trail.forget_reasons(tx, one)
        house.trail.add(tx, who(caller), Did.ERASED, [id], reason=reason)

    house.database.run(erase)


def forget_nik(house: House, hashed: str) -> None:
    """The job of a year later: not even the hash by which an erased person would be known is left."""
    house.candidates.forget_nik(hashed)


def twins(house: House, profile: Mapping[str, Any], *, but: str | None = None) -> list[Document]:
    """People who may be the one described, as ``{id, number, because}``; ``but`` leaves out the person themselves.

    ``because`` is ``SAME_NIK``, or ``LIKE_NAME``: a name that sounds alike with the same birthday and regency.
    """
    found: dict[str, Document] = {}
    if profile.get("nik"):
        for row in house.candidates.by_nik(profile["nik"]):
            found[row["_id"]] = {"id": row["_id"], "number": row["number"], "because": "SAME_NIK"}
    if profile.get("birth_date") and profile.get("regency"):
        for row in house.candidates.by_birth(profile["birth_date"], profile["regency"]):
            if names.alike(row["full_name"], profile["full_name"]):
                found.setdefault(row["_id"], {"id": row["_id"], "number": row["number"], "because": "LIKE_NAME"})
    found.pop(but or "", None)
    return list(found.values())


def _unless_taken(save: Callable[[], Document], who_is_it: Callable[[], list[Document]]) -> Document:
    """Save, or say who was faster: two counters that register one person at the same moment make one candidate."""
    try:
        return save()
    except Taken:
        likely = who_is_it()
        if not likely:
            raise
        raise PossibleDuplicate(likely) from None


def with_nik(house: House, document: Document, digits: str | None) -> Document:
    """The document with this number sealed into it, compared with the birthday and sex that stand there.

    Raises:
        NotInvented: an invented person's number outside of a test environment.
    """
    if digits is None:
        return {**document, "nik": None}
    if nik.is_synthetic(digits) and not house.invented_people:
        raise NotInvented(*NIK_FAULTS["nik_synthetic"])
    reviews = nik.reviews(digits, birth_date=document["birth_date"], sex=document["sex"])
    kept = {
        **house.vault.sealed_nik(digits, document["_id"]),
        "reviews": reviews,
        "synthetic": nik.is_synthetic(digits),
    }
    return {**document, "nik": kept}


def _nik_differs(house: House, before: Document, digits: str | None) -> bool:
    known = before["nik"]["hash"] if before["nik"] else None
    return known != (house.candidates.nik_hash(digits) if digits else None)
